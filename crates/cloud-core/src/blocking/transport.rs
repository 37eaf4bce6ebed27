//! How requests travel when the caller waits.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::transport::{BoxFuture, TransportError};

/// Sends one signed request and returns the whole answer, which the calling thread waits for.
///
/// The same holds as for the [`Transport`](crate::Transport) of the async client: no redirects, no second try, a decompressed body.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request. The answer must be complete within `timeout`.
    ///
    /// # Errors
    ///
    /// [`TransportError`] says whether the request can have reached the provider.
    fn send(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> Result<Response<Bytes>, TransportError>;
}

/// What the call loop sees of it: a future that is ready as soon as it is asked.
pub(super) struct Adapter<T>(pub(super) T);

impl<T: Transport> crate::transport::Transport for Adapter<T> {
    fn send(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move { self.0.send(request, timeout) })
    }
}
