//! One call: tried until there is an answer, or until another attempt would be of no use, unsafe or too late.
//!
//! Nothing here depends on the type of the operation, so it is compiled once, in this crate.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Response;

use super::keys::{NoKey, Signing};
use super::retry::{Failed, History};
use super::search::driving;
use super::shared::{Call, Shared};
use crate::error::{Error, ErrorKind, Stopped};
use crate::observe::{CallSpan, Head};
use crate::operation::Fill;
use crate::policy::Policy;
use crate::redact::Redactor;
use crate::transport::BoxFuture;

/// A client: what it shares with its clones, and how often it tries.
pub(super) struct Core {
    pub(super) policy: Policy,
    pub(super) shared: Arc<Shared>,
}

/// Why a call ended without an answer.
struct Ended {
    error: Error,
    stopped: Stopped,
}

/// What can't be signed or has no key fails the same way next time.
impl From<Error> for Ended {
    fn from(error: Error) -> Self {
        Self {
            error,
            stopped: Stopped::NotRetryable,
        }
    }
}

impl Core {
    /// Sends a request until it is answered. Boxed, so that the futures of all operations stay small.
    pub(super) fn call<'a>(
        &'a self,
        call: &'a mut Call,
        place: &'a mut dyn Fill,
    ) -> BoxFuture<'a, Result<Head, Error>> {
        #[cfg(feature = "testing")]
        if let Some(mocked) = call.mocked.take() {
            return Box::pin(async move { super::mocked::fill(call, mocked, place) });
        }
        let call = &*call;
        let span = CallSpan::new(&self.shared.attempt(call, 1));
        span.around(async move {
            let started = self.shared.runtime.instant();
            let mut history = History::default();
            let outcome = self.run(call, place, started, &mut history).await;
            let elapsed = self.shared.runtime.instant().saturating_sub(started);
            let attempts = history.attempts;
            outcome
                .map(|(answer, request_id)| Head {
                    answer,
                    request_id,
                    attempts,
                    elapsed,
                })
                .map_err(|Ended { error, stopped }| {
                    let error = error.with_call(&call.action, attempts);
                    error.with_end(stopped, elapsed, history.may_have_arrived)
                })
        })
    }

    async fn run(
        &self,
        call: &Call,
        place: &mut dyn Fill,
        started: Duration,
        history: &mut History,
    ) -> Result<(Response<Bytes>, Option<String>), Ended> {
        let (policy, shared) = (&self.policy, &*self.shared);
        let runtime = &*shared.runtime;
        if policy.deadline.min(policy.attempt_timeout).is_zero() {
            return Err(no_time());
        }
        let mut deadline = started.saturating_add(policy.total_deadline);
        let mut last = None;
        loop {
            // A start that the rate limit allows before the deadline, which counts from the first one.
            if !shared.turn(call, deadline).await {
                return Err(too_late(last, "the client's rate limit allows no call"));
            }
            if history.attempts == 0 {
                deadline = deadline.min(runtime.instant().saturating_add(policy.deadline));
            }

            // A key, which may have to be fetched first.
            let Signing { signer, search } = match shared.keys.signer(deadline).await {
                Ok(signing) => signing,
                Err(NoKey::Failed(error)) => return Err(error.into()),
                Err(NoKey::TooLate(asked)) => {
                    return Err(too_late(last, &format!("{asked} has given no key")));
                }
            };
            let (sent, now) = (runtime.instant(), runtime.now());
            let left = deadline.saturating_sub(sent);
            if left.is_zero() {
                return Err(too_late(last, "nothing was sent"));
            }

            // A request with the key, the time and the nonce of this attempt.
            let signed = shared.skew.correct(now);
            let request = shared.sign(call, &*signer, signed)?;

            // An answer, or why there is none.
            history.attempts += 1;
            let attempt = shared.attempt(call, history.attempts);
            shared.attempt_begins(&attempt);
            let timeout = policy.attempt_timeout.min(left);
            let answer = driving(search, shared.transport.send(request, timeout)).await;
            let took = runtime.instant().saturating_sub(sent);
            let redactor = Redactor::new(signer.credentials(), &call.params.secrets);
            let (error, answer) = match answer {
                Ok(answer) => match shared.read(&redactor, &answer, place) {
                    Ok(request_id) => {
                        shared.budget.credit();
                        shared.skew.accepted();
                        shared.attempt_ended(&attempt, took, Some(&answer), None, None);
                        return Ok((answer, request_id));
                    }
                    Err(error) => (error, Some(answer)),
                },
                Err(error) => (Error::from_transport(error).made_safe(&redactor), None),
            };
            history.may_have_arrived |= error.may_have_arrived();

            // Whether to try again, and when.
            let failed = Failed {
                error: &error,
                headers: answer.as_ref().map(Response::headers),
                credentials: signer.credentials(),
                now,
                signed,
                took,
            };
            let next = self.next(call, &failed, history, deadline).await;
            shared.attempt_ended(&attempt, took, answer.as_ref(), Some(&error), next.ok());
            match next {
                Ok(wait) => shared.pause(wait).await,
                Err(stopped) => return Err(Ended { error, stopped }),
            }
            last = Some(error);
        }
    }
}

/// The policy leaves no time for an attempt, now or later.
fn no_time() -> Ended {
    let message = "the client's policy leaves no time: a deadline or a timeout of it is zero";
    Ended {
        error: Error::new(ErrorKind::Timeout, message).with_retryable(false),
        stopped: Stopped::Deadline,
    }
}

/// The deadline came before an attempt. What failed last says more about why than that there was no time left.
fn too_late(last: Option<Error>, otherwise: &str) -> Ended {
    let error = last.unwrap_or_else(|| {
        let message = format!("{otherwise} before the deadline");
        Error::new(ErrorKind::Timeout, message)
    });
    Ended {
        error,
        stopped: Stopped::Deadline,
    }
}
