//! How requests travel.

#[cfg(any(feature = "blocking", feature = "reqwest"))]
pub(crate) mod limits;
#[cfg(any(feature = "blocking", feature = "reqwest"))]
pub(crate) mod reason;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(any(feature = "blocking", feature = "reqwest"))]
pub(crate) mod tls;

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

#[cfg(feature = "reqwest")]
pub use self::reqwest::{ReqwestTransport, ReqwestTransportBuilder};

/// A future on the heap, as [`Transport::send`] returns it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one signed request and returns the whole answer.
///
/// A transport must not follow redirects and must not send a request a second time: both would happen behind the back of the
/// client, which signs every attempt anew and decides what may be sent again. The body of the answer is decompressed, and bounded: one
/// that is longer is an error that says it is [too large](TransportError::too_large).
/// A request that is marked as [`Direct`] must not go through a proxy.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request. The answer must be complete within `timeout`.
    fn send(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>>;
}

/// An extension of requests that must not go through a proxy: those to instance metadata, and those of sources of keys to loopback and
/// link-local addresses. A transport looks for it with `request.extensions().get::<Direct>()`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Direct;

/// Whether a request that failed can have reached the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// No byte of the request left: sending it again can't do anything twice.
    NotSent,
    /// The provider may have received the request, and acted on it.
    MaybeSent,
}

/// Why a transport got no answer.
#[derive(Clone)]
pub struct TransportError {
    delivery: Delivery,
    timeout: bool,
    permanent: bool,
    too_large: bool,
    message: String,
}

impl TransportError {
    /// An error with what to tell the user. The message must hold no part of the request: its headers and body carry secrets.
    pub fn new(delivery: Delivery, message: impl Into<String>) -> Self {
        Self {
            delivery,
            timeout: false,
            permanent: false,
            too_large: false,
            message: message.into(),
        }
    }

    /// Says that time ran out.
    #[must_use]
    pub fn timeout(mut self) -> Self {
        self.timeout = true;
        self
    }

    /// Says that sending the request again would fail the same way: the server's certificate is not trusted, its name does not exist.
    #[must_use]
    pub fn permanent(mut self) -> Self {
        self.permanent = true;
        self
    }

    /// Says that the answer is longer than the transport accepts. It is not asked for again, since it would be as long the next time.
    #[must_use]
    pub fn too_large(mut self) -> Self {
        self.too_large = true;
        self
    }

    /// Whether the request can have reached the provider.
    pub fn delivery(&self) -> Delivery {
        self.delivery
    }

    /// Whether time ran out.
    pub fn is_timeout(&self) -> bool {
        self.timeout
    }

    /// Whether sending the request again would fail the same way.
    pub fn is_permanent(&self) -> bool {
        self.permanent
    }

    /// Whether the answer is longer than the transport accepts.
    pub fn is_too_large(&self) -> bool {
        self.too_large
    }

    pub(crate) fn set_message(&mut self, message: String) {
        self.message = message;
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TransportError")
            .field("delivery", &self.delivery)
            .field("timeout", &self.timeout)
            .field("permanent", &self.permanent)
            .field("too_large", &self.too_large)
            .field("message", &self.message)
            .finish()
    }
}

impl StdError for TransportError {}
