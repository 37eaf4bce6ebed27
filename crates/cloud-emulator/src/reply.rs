//! An answer, and how it is to reach the caller.

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};
use serde::Serialize;

pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) delivery: Delivery,
}

/// What happens on the way. The default is that nothing does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Delivery {
    pub(crate) before_head: Duration,
    pub(crate) in_body: Duration,
    pub(crate) cut: Option<Cut>,
    /// The end of the connection is a reset (RST) instead of a regular one (FIN).
    pub(crate) is_reset: bool,
}

/// Where the connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    BeforeHead,
    AfterHead,
    InBody,
    AfterBody,
}

impl Reply {
    pub(crate) fn new(
        status: StatusCode,
        content_type: &'static str,
        body: impl Into<Bytes>,
    ) -> Self {
        let content_type = HeaderValue::from_static(content_type);
        Self {
            status,
            headers: HeaderMap::from_iter([(CONTENT_TYPE, content_type)]),
            body: body.into(),
            delivery: Delivery::default(),
        }
    }

    /// The content type has no parameters: one of the official SDKs finds errors only then.
    pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Self {
        // What is written here has no map whose keys are not text, and nothing else can fail.
        let body = serde_json::to_vec(body).unwrap_or_default();
        Self::new(status, "application/json", body)
    }

    pub(crate) fn text(status: StatusCode, body: impl Into<String>) -> Self {
        Self::new(status, "text/plain; charset=utf-8", body.into())
    }

    /// Sets a header; a value that no header can have is left out.
    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(HeaderName::from_static(name), value);
        }
        self
    }
}
