//! A network in memory that does to each request what the test says, and takes its time on the clock of the test.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use cloud_core::{Delivery, Runtime as _, TransportError};
use http::{Request, Response};

use crate::common::memory::Clock;

/// What happens to a request, and after how long.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) after: Duration,
    outcome: Result<Response<Bytes>, TransportError>,
}

impl Reply {
    /// Somebody answers.
    pub(crate) fn answer(status: u16, body: impl AsRef<[u8]>) -> Self {
        let body = Bytes::copy_from_slice(body.as_ref());
        Self {
            after: Duration::ZERO,
            outcome: Ok(Response::builder().status(status).body(body).unwrap()),
        }
    }

    /// The provider carries it out.
    pub(crate) fn success() -> Self {
        Self::answer(
            200,
            r#"{"RetCode":0,"Response":{"RequestId":"r"},"RequestId":"r","Success":true}"#,
        )
    }

    /// Nobody does.
    pub(crate) fn fault(delivery: Delivery) -> Self {
        Self {
            after: Duration::ZERO,
            outcome: Err(TransportError::new(delivery, "reset")),
        }
    }

    /// The connection is not made in time.
    pub(crate) fn no_connection() -> Self {
        Self {
            after: Duration::from_secs(5),
            outcome: Err(TransportError::new(Delivery::NotSent, "no connection").timeout()),
        }
    }

    /// The server can't be trusted.
    pub(crate) fn permanent() -> Self {
        let problem = TransportError::new(Delivery::NotSent, "invalid peer certificate: Expired");
        Self {
            after: Duration::ZERO,
            outcome: Err(problem.permanent()),
        }
    }

    /// Nothing happens for so long.
    pub(crate) fn after_millis(mut self, millis: u64) -> Self {
        self.after = Duration::from_millis(millis);
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(answer) = &mut self.outcome {
            answer.headers_mut().insert(name, value.parse().unwrap());
        }
        self
    }
}

/// A request that arrived, when, and how long its answer might have taken.
pub(crate) struct Arrived {
    pub(crate) at: Duration,
    pub(crate) timeout: Duration,
    pub(crate) request: Request<Bytes>,
}

#[derive(Clone)]
pub(crate) struct Network {
    clock: Clock,
    replies: Arc<Mutex<VecDeque<Reply>>>,
    arrived: Arc<Mutex<Vec<Arrived>>>,
}

impl Network {
    pub(crate) fn new(clock: &Clock, replies: impl IntoIterator<Item = Reply>) -> Self {
        Self {
            clock: clock.clone(),
            replies: Arc::new(Mutex::new(replies.into_iter().collect())),
            arrived: Arc::default(),
        }
    }

    /// What has arrived since this was last asked.
    pub(crate) fn arrived(&self) -> Vec<Arrived> {
        std::mem::take(&mut self.arrived.lock().unwrap())
    }

    /// When it did, in milliseconds.
    pub(crate) fn times(&self) -> Vec<u128> {
        let arrived = self.arrived();
        arrived.iter().map(|one| one.at.as_millis()).collect()
    }

    /// Does to a request what comes next.
    pub(crate) fn carry(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> Result<Response<Bytes>, TransportError> {
        self.arrived.lock().unwrap().push(Arrived {
            at: self.clock.instant(),
            timeout,
            request,
        });
        let reply = self.replies.lock().unwrap().pop_front();
        let reply = reply.unwrap_or_else(Reply::success);
        self.clock.advance(reply.after.min(timeout));
        if reply.after < timeout {
            reply.outcome
        } else {
            Err(TransportError::new(Delivery::MaybeSent, "no answer").timeout())
        }
    }
}
