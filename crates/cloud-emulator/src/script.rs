//! The body of an answer, with what is to happen on its way.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame};
use tokio::time::Sleep;

use crate::reply::{Cut, Delivery};
use crate::wire::Ending;

/// Gives what was written time to leave, since an error drops what is still in buffers.
const FLUSH: Duration = Duration::from_millis(5);

enum Step {
    Data(Bytes),
    Wait(Duration),
    /// Ends the connection here.
    Abort,
    /// Ends it after the answer. It must come before the last data, after which nobody asks for more.
    Close,
}

pub(crate) struct Script {
    steps: VecDeque<Step>,
    waiting: Option<Pin<Box<Sleep>>>,
    ending: Arc<Ending>,
}

/// The connection ends because a fault wants it.
#[derive(Debug)]
pub(crate) struct Aborted;

impl fmt::Display for Aborted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the connection ends here")
    }
}

impl std::error::Error for Aborted {}

impl Script {
    pub(crate) fn new(mut body: Bytes, delivery: Delivery, ending: Arc<Ending>) -> Self {
        let mut half = || {
            let middle = body.len() / 2;
            Step::Data(body.split_to(middle))
        };
        let abort = [Step::Wait(FLUSH), Step::Abort];
        let steps = match delivery.cut {
            Some(Cut::BeforeHead | Cut::AfterHead) => VecDeque::from(abort),
            Some(Cut::InBody) => std::iter::once(half()).chain(abort).collect(),
            Some(Cut::AfterBody) => VecDeque::from([Step::Close, Step::Data(body)]),
            None if delivery.in_body.is_zero() => VecDeque::from([Step::Data(body)]),
            None => {
                let first = half();
                VecDeque::from([first, Step::Wait(delivery.in_body), Step::Data(body)])
            }
        };
        Self {
            steps,
            waiting: None,
            ending,
        }
    }
}

/// There is no hint of its size: the head says the length, which may be more than what comes.
impl Body for Script {
    type Data = Bytes;
    type Error = Aborted;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Aborted>>> {
        loop {
            if let Some(waiting) = &mut self.waiting {
                if waiting.as_mut().poll(context).is_pending() {
                    return Poll::Pending;
                }
                self.waiting = None;
            }
            match self.steps.pop_front() {
                Some(Step::Data(data)) if data.is_empty() => {}
                Some(Step::Data(data)) => return Poll::Ready(Some(Ok(Frame::data(data)))),
                Some(Step::Wait(time)) => self.waiting = Some(Box::pin(tokio::time::sleep(time))),
                Some(Step::Abort) => return Poll::Ready(Some(Err(Aborted))),
                Some(Step::Close) => self.ending.is_closed.store(true, Ordering::Relaxed),
                None => return Poll::Ready(None),
            }
        }
    }
}
