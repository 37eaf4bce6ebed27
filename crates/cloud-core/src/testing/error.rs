//! Errors as clients give them.

use std::any::Any;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::error::{Error, ErrorKind, Stopped};
use crate::transport::{Delivery, TransportError};

/// The error that a call gives when the provider refuses it with this code and message.
///
/// The kind is the caller's to choose: which codes mean what is known to each client of its own. [`ErrorBuilder`] makes all the others.
pub fn refusal(kind: ErrorKind, code: impl Into<String>, message: impl Into<String>) -> Error {
    ErrorBuilder::new(kind, message).code(code).build()
}

/// Makes errors of every kind, for functions of a [`Mock`](super::Mock) and for tests of code that looks at errors.
///
/// What is not set is as after one attempt. Without a [code](Self::code), a [status](Self::status) or a
/// [request id](Self::request_id) there was no answer.
///
/// ```
/// use cloud_core::testing::ErrorBuilder;
/// use cloud_core::{ErrorKind, Stopped};
///
/// let error = ErrorBuilder::new(ErrorKind::Timeout, "no answer in time")
///     .operation("CreateBackup")
///     .stopped(Stopped::MayHaveArrived)
///     .build();
/// assert_eq!(error.to_string(), "CreateBackup: timed out: no answer in time (it may have been carried out)");
/// ```
#[must_use = "it is no error until it is built"]
pub struct ErrorBuilder {
    kind: ErrorKind,
    message: String,
    operation: Option<String>,
    code: Option<String>,
    status: Option<u16>,
    request_id: Option<String>,
    retryable: Option<bool>,
    attempts: Option<u32>,
    elapsed: Duration,
    stopped: Option<Stopped>,
    may_have_arrived: Option<bool>,
    answer: Option<Arc<dyn Any + Send + Sync>>,
}

impl ErrorBuilder {
    /// An error of this kind, with the provider's message or what happened instead of an answer.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            operation: None,
            code: None,
            status: None,
            request_id: None,
            retryable: None,
            attempts: None,
            elapsed: Duration::ZERO,
            stopped: None,
            may_have_arrived: None,
            answer: None,
        }
    }

    /// The action that was called. A mock fills it in.
    pub fn operation(mut self, action: impl Into<String>) -> Self {
        self.operation = Some(action.into());
        self
    }

    /// The provider's code. An empty one is none.
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into()).filter(|code| !code.is_empty());
        self
    }

    /// The HTTP status of the answer: 200 if there is a code or a request id, unless set.
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// The id under which the provider's support finds the request.
    pub fn request_id(mut self, id: impl Into<String>) -> Self {
        self.request_id = Some(id.into());
        self
    }

    /// Whether sending the request again may help: what the kind says unless set.
    pub fn retryable(mut self, retryable: bool) -> Self {
        self.retryable = Some(retryable);
        self
    }

    /// How many attempts there were: one unless set, or none for [`Configuration`](ErrorKind::Configuration).
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = Some(attempts);
        self
    }

    /// How long they took: no time unless set.
    pub fn elapsed(mut self, time: Duration) -> Self {
        self.elapsed = time;
        self
    }

    /// Why there was no further attempt. Unless set, none would have helped, or no more were allowed, as the kind says.
    pub fn stopped(mut self, stopped: Stopped) -> Self {
        self.stopped = Some(stopped);
        self
    }

    /// Whether the request may have reached the provider: so unless set, but for [`Configuration`](ErrorKind::Configuration).
    pub fn may_have_arrived(mut self, may_have_arrived: bool) -> Self {
        self.may_have_arrived = Some(may_have_arrived);
        self
    }

    /// The last answer of a [wait](crate::Client::wait) that ended in vain.
    pub fn answer<R: Any + Send + Sync>(mut self, answer: R) -> Self {
        self.answer = Some(Arc::new(answer));
        self
    }

    /// The error.
    pub fn build(self) -> Error {
        let was_sent = self.kind != ErrorKind::Configuration;
        let may_have_arrived = self.may_have_arrived.unwrap_or(was_sent);
        let has_answer = self.code.is_some() || self.request_id.is_some();
        let status = self.status.or(has_answer.then_some(200));
        let mut error = match self.kind {
            ErrorKind::Timeout | ErrorKind::Transport
                if status.is_none() && self.answer.is_none() =>
            {
                let delivery = match may_have_arrived {
                    true => Delivery::MaybeSent,
                    false => Delivery::NotSent,
                };
                let mut failure = TransportError::new(delivery, self.message);
                if self.kind == ErrorKind::Timeout {
                    failure = failure.timeout();
                }
                if self.retryable == Some(false) {
                    failure = failure.permanent();
                }
                Error::from_transport(failure)
            }
            kind => Error::new(kind, self.message),
        };
        error = error.with_code(self.code);
        if let Some(status) = status {
            error = error.with_answer(status, self.request_id);
        }
        if let Some(retryable) = self.retryable {
            error = error.with_retryable(retryable);
        }
        if let Some(answer) = self.answer {
            error = error.with_response(answer);
        }
        let attempts = self.attempts.unwrap_or(u32::from(was_sent));
        error = match &self.operation {
            Some(action) => error.with_call(action, attempts),
            None => error.with_attempts(attempts),
        };
        let stopped = self.stopped.unwrap_or(match error.is_retryable() {
            true => Stopped::AttemptsUsed,
            false => Stopped::NotRetryable,
        });
        error.with_end(stopped, self.elapsed, may_have_arrived)
    }
}

impl fmt::Debug for ErrorBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ErrorBuilder")
            .field("kind", &self.kind)
            .field("message", &self.message)
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}
