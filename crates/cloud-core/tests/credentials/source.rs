//! A source of keys that does what it is told, and counts how often it was asked.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::future::{pending, poll_fn};
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cloud_core::credentials::{CredentialSource, Credentials, Found, Lookup, Surroundings};
use cloud_core::{BoxFuture, Error};

use crate::common::memory::NOW;

/// What a source does when it is asked.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// It has the key `<name>-id`, good for so many seconds after [`NOW`].
    Key(&'static str, u64),
    /// The same, once the gate is open.
    Gated(Gate, &'static str, u64),
    Fail,
    /// The same, once the gate is open.
    GatedFail(Gate),
    /// It never answers.
    Hang,
    Panic,
}

/// Follows its steps; the last one is for all further times.
#[derive(Debug, Clone)]
pub(crate) struct Scripted(Arc<Mutex<(VecDeque<Step>, usize)>>);

impl Scripted {
    pub(crate) fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        Self(Arc::new(Mutex::new((steps.into_iter().collect(), 0))))
    }

    /// How often it was asked.
    pub(crate) fn loads(&self) -> usize {
        self.0.lock().unwrap().1
    }

    fn next(&self) -> Step {
        let mut script = self.0.lock().unwrap();
        script.1 += 1;
        match script.0.len() {
            1 => script.0[0].clone(),
            _ => script.0.pop_front().unwrap(),
        }
    }
}

impl CredentialSource for Scripted {
    fn name(&self) -> Cow<'_, str> {
        "the script".into()
    }

    fn load<'a>(&'a self, _: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
        Box::pin(async {
            match self.next() {
                Step::Key(name, seconds) => Ok(found(name, seconds)),
                Step::Gated(gate, name, seconds) => {
                    gate.passed().await;
                    Ok(found(name, seconds))
                }
                Step::Fail => Err(Error::configuration("the script says no")),
                Step::GatedFail(gate) => {
                    gate.passed().await;
                    Err(Error::configuration("the script says no"))
                }
                Step::Hang => pending().await,
                Step::Panic => panic!("the script says so"),
            }
        })
    }
}

fn found(name: &str, seconds: u64) -> Lookup {
    let credentials = key(name).expires_at(after(seconds));
    Lookup::Found(Found::new(credentials, format!("the step {name}")))
}

pub(crate) fn key(name: &str) -> Credentials {
    Credentials::new(format!("{name}-id"), format!("{name}-secret"))
        .with_token(format!("{name}-token"))
}

/// So many seconds after the beginning of a test.
pub(crate) fn after(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(NOW + seconds)
}

/// Holds up whoever wants to pass until it is opened.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gate(Arc<Mutex<(bool, Vec<Waker>)>>);

impl Gate {
    pub(crate) fn open(&self) {
        let mut gate = self.0.lock().unwrap();
        gate.0 = true;
        gate.1.drain(..).for_each(Waker::wake);
    }

    async fn passed(&self) {
        poll_fn(|context| {
            let mut gate = self.0.lock().unwrap();
            if gate.0 {
                return Poll::Ready(());
            }
            gate.1.push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}
