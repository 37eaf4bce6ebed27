//! An answer with everything that came with it.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// An answer with everything that came with it. Made by [`Client::exchange`](crate::Client::exchange).
#[derive(Clone)]
#[non_exhaustive]
pub struct Exchange<R> {
    /// The decoded answer, as [`Client::send`](crate::Client::send) gives it.
    pub response: R,
    head: Head,
}

/// What came with an answer.
#[derive(Clone)]
pub(crate) struct Head {
    pub(crate) answer: http::Response<Bytes>,
    pub(crate) request_id: Option<String>,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
}

impl<R> Exchange<R> {
    pub(crate) fn new(response: R, head: Head) -> Self {
        Self { response, head }
    }

    /// The id under which the provider's support finds the request: from the body, or from a header where the body has none.
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id.as_deref()
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.head.answer.status()
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        self.head.answer.headers()
    }

    /// The body as the provider sent it, decompressed. It holds whatever the answer holds, secret or not.
    pub fn body(&self) -> &Bytes {
        self.head.answer.body()
    }

    /// How many times the request was sent until this answer came.
    pub fn attempts(&self) -> u32 {
        self.head.attempts
    }

    /// How long the call took, with all its attempts and waits.
    pub fn elapsed(&self) -> Duration {
        self.head.elapsed
    }
}

impl<R: fmt::Debug> fmt::Debug for Exchange<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither headers nor body: the response shows what may be shown of them.
        formatter
            .debug_struct("Exchange")
            .field("response", &self.response)
            .field("request_id", &self.request_id())
            .field("status", &self.status())
            .field("attempts", &self.attempts())
            .field("elapsed", &self.elapsed())
            .finish_non_exhaustive()
    }
}
