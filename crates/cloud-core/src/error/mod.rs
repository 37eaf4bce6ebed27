//! The one error type of every client.

mod kind;
pub(crate) mod line;

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use self::kind::{ErrorKind, Stopped};
use self::line::{one_line, printable};
use crate::redact::Redactor;
use crate::transport::{Delivery, TransportError};

/// What is kept of a message that others wrote, in bytes.
const LONGEST_MESSAGE: usize = 4_096;

/// What is kept of a code or of a request id.
const LONGEST_NAME: usize = 256;

/// Why a call failed. See the guide to [errors](crate#errors).
///
/// `Display` is one line with the operation, the provider's code and message, and the request id:
/// `DescribeInstanceBackups: ResourceNotFound.InstanceNotExists: no such instance (request id 2d43…, HTTP 200)`.
/// It never holds a secret, nor control characters, and is a few kilobytes long at most.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone, Default)]
struct Inner {
    kind: Option<ErrorKind>,
    operation: Option<String>,
    code: Option<String>,
    message: String,
    request_id: Option<String>,
    status: Option<u16>,
    attempts: u32,
    elapsed: Duration,
    stopped: Option<Stopped>,
    /// The answer ended before its time.
    broke_off: bool,
    /// Whether it may succeed when it is sent again, where the kind does not tell.
    retryable: Option<bool>,
    may_have_arrived: bool,
    source: Option<TransportError>,
    /// The answer that was waited for in vain; what it is made of shall not be shown.
    answer: Option<Arc<dyn Any + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind: Some(kind),
            message: message.into(),
            ..Inner::default()
        }))
    }

    /// What is wrong with a set-up, for [sources of keys](crate::CredentialSource) of your own: one line that says what to do, without
    /// a secret.
    pub fn configuration(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, message)
    }

    /// Says that the answer ended before its time.
    pub(crate) fn broken_off(mut self) -> Self {
        self.0.broke_off = true;
        self
    }

    pub(crate) fn from_transport(error: TransportError) -> Self {
        let kind = if error.is_timeout() {
            ErrorKind::Timeout
        } else if error.is_too_large() {
            ErrorKind::Decode
        } else {
            ErrorKind::Transport
        };
        let mut this = Self::new(kind, error.to_string());
        this.0.may_have_arrived = error.delivery() == Delivery::MaybeSent;
        this.0.retryable = error.is_permanent().then_some(false);
        this.0.source = Some(error);
        this
    }

    /// Takes secrets and control characters out of what others wrote, and bounds its length.
    pub(crate) fn made_safe(mut self, redactor: &Redactor<'_>) -> Self {
        let safe = |text: &str, limit| printable(&redactor.redact(text, limit));
        let inner = &mut *self.0;
        inner.message = safe(&inner.message, LONGEST_MESSAGE);
        for name in [&mut inner.code, &mut inner.request_id]
            .into_iter()
            .flatten()
        {
            *name = safe(name, LONGEST_NAME);
        }
        if let Some(source) = &mut inner.source {
            source.set_message(inner.message.clone());
        }
        self
    }

    /// Says what was being done, such as looking for a key on behalf of another call.
    pub(crate) fn with_context(mut self, what: &str) -> Self {
        self.0.message = format!("{what}: {}", self.0.message);
        self
    }

    /// Says whether it may succeed when it is sent again, where the kind does not tell.
    pub(crate) fn with_retryable(mut self, retryable: bool) -> Self {
        self.0.retryable = Some(retryable);
        self
    }

    pub(crate) fn with_code(mut self, code: Option<String>) -> Self {
        self.0.code = code;
        self
    }

    pub(crate) fn with_answer(mut self, status: u16, request_id: Option<String>) -> Self {
        self.0.status = Some(status);
        self.0.request_id = request_id;
        self.0.may_have_arrived = true;
        self
    }

    pub(crate) fn with_call(mut self, operation: &str, attempts: u32) -> Self {
        self.0.operation = Some(operation.to_owned());
        self.0.attempts = attempts;
        self
    }

    #[cfg(feature = "testing")]
    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    pub(crate) fn with_end(
        mut self,
        stopped: Stopped,
        elapsed: Duration,
        may_have_arrived: bool,
    ) -> Self {
        self.0.stopped = Some(stopped);
        self.0.elapsed = elapsed;
        self.0.may_have_arrived = may_have_arrived;
        self
    }

    /// Takes along the answer that was waited for in vain.
    pub(crate) fn with_response(mut self, answer: Arc<dyn Any + Send + Sync>) -> Self {
        self.0.answer = Some(answer);
        self
    }

    /// What went wrong, in the terms of what to do about it.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind.unwrap_or(ErrorKind::Other)
    }

    /// The provider's own code, such as `ResourceNotFound.InstanceNotExists` or `7085`. `None` if the provider did not answer.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The provider's own message, or what happened instead of an answer: its first 4 KiB, with control characters spelled out.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The id under which the provider's support finds the request.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The HTTP status of the answer. The providers often answer failures with 200.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The action that was called. `None` for errors of a client that could not be built.
    pub fn operation(&self) -> Option<&str> {
        self.0.operation.as_deref()
    }

    /// How many times the client tried to send the request; 0 if it could not even be signed.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the call took, with all its attempts and waits.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }

    /// Why the request was not sent once more. `None` if it was never to be sent: by a client that could not be built, or by
    /// [`prepare`](crate::Client::prepare).
    pub fn stopped(&self) -> Option<Stopped> {
        self.0.stopped
    }

    /// Whether the same request may succeed when it is sent again later.
    ///
    /// Its kind [says so](ErrorKind::is_retryable), with two exceptions: an answer that broke off on the way may come whole next time,
    /// and a certificate that is not trusted or a host that does not exist stays so.
    pub fn is_retryable(&self) -> bool {
        let usually = self.kind().is_retryable() || self.0.broke_off;
        self.0.retryable.unwrap_or(usually)
    }

    /// The last answer of one who [waited](crate::Client::wait) in vain: `error.answer::<DescribeTaskResponse>()`.
    pub fn answer<R: Any>(&self) -> Option<&R> {
        self.0.answer.as_ref()?.downcast_ref()
    }

    /// Whether the answer ended before its time. It proves nothing then, not even that the provider throttles.
    pub(crate) fn broke_off(&self) -> bool {
        self.0.broke_off
    }

    /// Whether one of the attempts may have reached the provider, so that sending a write again could do it twice.
    pub fn may_have_arrived(&self) -> bool {
        self.0.may_have_arrived
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        if let Some(operation) = &inner.operation {
            write!(formatter, "{}: ", one_line(operation))?;
        }
        match &inner.code {
            Some(code) => write!(formatter, "{}: ", one_line(code))?,
            None => write!(formatter, "{}: ", self.kind().describe())?,
        }
        formatter.write_str(one_line(&inner.message).trim_end())?;
        let request_id = inner
            .request_id
            .as_ref()
            .map(|id| format!("request id {}", one_line(id)));
        let status = inner.status.map(|status| format!("HTTP {status}"));
        let attempts = (inner.attempts > 1)
            .then(|| format!("{} attempts in {:.1?}", inner.attempts, inner.elapsed));
        let stopped = inner.stopped.and_then(Stopped::describe).map(str::to_owned);
        let notes: Vec<String> = [request_id, status, attempts, stopped]
            .into_iter()
            .flatten()
            .collect();
        if notes.is_empty() {
            Ok(())
        } else {
            write!(formatter, " ({})", notes.join(", "))
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        formatter
            .debug_struct("Error")
            .field("kind", &self.kind())
            .field("operation", &inner.operation)
            .field("code", &inner.code)
            .field("message", &inner.message)
            .field("request_id", &inner.request_id)
            .field("status", &inner.status)
            .field("attempts", &inner.attempts)
            .field("elapsed", &inner.elapsed)
            .field("stopped", &inner.stopped)
            .field("may_have_arrived", &inner.may_have_arrived)
            .field("source", &inner.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0
            .source
            .as_ref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}
