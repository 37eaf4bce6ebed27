//! What a client lets others see of its calls.

mod exchange;
mod keys;
mod span;

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::Response;

pub use self::exchange::Exchange;
pub(crate) use self::exchange::Head;
pub(crate) use self::keys::{found_key, kept_old_key};
pub(crate) use self::span::CallSpan;
use crate::error::Error;

/// Told of every attempt of a client's calls: to count, to measure, to keep what was answered. See the guide to
/// [observing](crate#observing).
///
/// The methods are called on the way of the call, so they should be quick. Nothing that they are shown holds a key, a token or a
/// signature, except that the body of an answer is as the provider sent it.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use cloud_core::{Attempt, AttemptEnd, Hooks};
///
/// #[derive(Default)]
/// struct Retries(AtomicU64);
///
/// impl Hooks for Retries {
///     fn after_attempt(&self, _: &Attempt<'_>, end: &AttemptEnd<'_>) {
///         if end.retry_in.is_some() {
///             self.0.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
/// ```
pub trait Hooks: Send + Sync + 'static {
    /// A request is signed and about to be sent.
    fn before_attempt(&self, attempt: &Attempt<'_>) {
        let _ = attempt;
    }

    /// The attempt has ended. Not called if the call was dropped meanwhile.
    fn after_attempt(&self, attempt: &Attempt<'_>, end: &AttemptEnd<'_>) {
        let _ = (attempt, end);
    }
}

/// One attempt of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// The provider, as OpenTelemetry spells it: `alibaba_cloud`, `tencent_cloud`, `ucloud`.
    pub provider: &'a str,
    /// The product's name in hosts and signatures, such as `redis`.
    pub service: &'a str,
    /// The action that is called.
    pub action: &'a str,
    /// Which attempt of the call it is, from 1.
    pub number: u32,
    /// Where it is sent, with the port if it is not the usual one.
    pub host: &'a str,
    /// The region that the request names.
    pub region: Option<&'a str>,
}

/// How an attempt ended.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct AttemptEnd<'a> {
    /// The answer with its headers and its decompressed body, if one came, whatever it says.
    pub answer: Option<&'a Response<Bytes>>,
    /// What went wrong, if something did. It does not say yet what the call came to.
    pub error: Option<&'a Error>,
    /// How long it took.
    pub took: Duration,
    /// How long the client waits before it sends the request again. `None` if it does not.
    pub retry_in: Option<Duration>,
}

impl fmt::Debug for AttemptEnd<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AttemptEnd")
            .field("status", &self.answer.map(Response::status))
            .field("error", &self.error)
            .field("took", &self.took)
            .field("retry_in", &self.retry_in)
            .finish()
    }
}
