//! The transport over reqwest.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_LENGTH, HeaderValue};
use http::{Request, Response};

use super::reason::{chain, is_permanent};
use super::{BoxFuture, Delivery, Direct, Transport, TransportError, limits, tls};
use crate::error::Error;

/// Sends requests with reqwest: connections are kept and reused, answers may be compressed with gzip, TLS is rustls with ring and
/// the certificates of the operating system, and proxies are taken from `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`.
///
/// It needs a tokio runtime. Clones share their connections; give one to several clients instead of building several.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    /// A client without proxies, once there was something for it.
    direct: Arc<OnceLock<reqwest::Client>>,
    connect_timeout: Duration,
    max_body: usize,
}

impl ReqwestTransport {
    /// A transport with the defaults.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) if the certificates of the operating system can't be loaded.
    pub fn new() -> Result<Self, Error> {
        Self::builder().build()
    }

    /// A transport whose limits can be set.
    pub fn builder() -> ReqwestTransportBuilder {
        ReqwestTransportBuilder {
            connect_timeout: limits::CONNECT_TIMEOUT,
            max_body: limits::MAX_BODY,
            client: None,
        }
    }
}

/// Sets the limits of a [`ReqwestTransport`].
#[derive(Debug, Clone)]
pub struct ReqwestTransportBuilder {
    connect_timeout: Duration,
    max_body: usize,
    client: Option<reqwest::Client>,
}

impl ReqwestTransportBuilder {
    /// How long to wait for a connection, TLS included: 5 seconds unless set.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The longest answer to accept, in bytes after decompression: 32 MiB unless set.
    #[must_use]
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Uses a client of your own, with its TLS, proxies and connect timeout. Instance metadata are asked without it, since they are
    /// never behind a proxy.
    ///
    /// It must not follow redirects (`redirect::Policy::none()`) nor retry (`retry::never()`): both would send a signed request
    /// again behind the back of the client that signed it.
    #[must_use]
    pub fn client(mut self, client: reqwest::Client) -> Self {
        self.client = Some(client);
        self
    }

    /// The transport.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) if the certificates of the operating system can't be loaded.
    pub fn build(self) -> Result<ReqwestTransport, Error> {
        let client = match self.client {
            Some(client) => client,
            None => build_client(client_builder(self.connect_timeout)?)?,
        };
        Ok(ReqwestTransport {
            client,
            direct: Arc::default(),
            connect_timeout: self.connect_timeout,
            max_body: self.max_body,
        })
    }
}

fn client_builder(connect_timeout: Duration) -> Result<reqwest::ClientBuilder, Error> {
    Ok(reqwest::Client::builder()
        .tls_backend_preconfigured(tls_config()?)
        .connect_timeout(connect_timeout)
        .pool_idle_timeout(limits::POOL_IDLE_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false))
}

fn build_client(builder: reqwest::ClientBuilder) -> Result<reqwest::Client, Error> {
    builder.build().map_err(|error| {
        Error::configuration(format!("reqwest can't be set up: {}", chain(&error)))
    })
}

impl ReqwestTransport {
    /// The client for a request, which goes through proxies unless it must not.
    fn client_for(&self, request: &Request<Bytes>) -> Result<&reqwest::Client, TransportError> {
        if request.extensions().get::<Direct>().is_none() {
            return Ok(&self.client);
        }
        if let Some(direct) = self.direct.get() {
            return Ok(direct);
        }
        let direct = client_builder(self.connect_timeout)
            .and_then(|builder| build_client(builder.no_proxy()))
            .map_err(|error| TransportError::new(Delivery::NotSent, error.message()))?;
        Ok(self.direct.get_or_init(|| direct))
    }
}

fn tls_config() -> Result<rustls::ClientConfig, Error> {
    let provider = tls::provider();
    let verifier = tls::verifier(&provider)?;
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(tls::unusable)?
        // What "dangerous" asks of its user is a verifier that verifies; this one asks the operating system.
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(config)
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let client = self.client_for(&request)?;
            let is_empty = request.body().is_empty();
            let mut request = reqwest::Request::try_from(request).map_err(failure)?;
            if is_empty {
                // hyper leaves it out, and some gateways refuse a POST without it.
                request
                    .headers_mut()
                    .insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
            *request.timeout_mut() = Some(timeout);
            let answer = client.execute(request).await.map_err(failure)?;
            read_answer(answer, self.max_body).await
        })
    }
}

async fn read_answer(
    mut answer: reqwest::Response,
    max_body: usize,
) -> Result<Response<Bytes>, TransportError> {
    let mut head = Response::new(());
    *head.status_mut() = answer.status();
    *head.version_mut() = answer.version();
    *head.headers_mut() = std::mem::take(answer.headers_mut());
    let mut body = Body::Empty;
    while let Some(chunk) = answer.chunk().await.map_err(failure)? {
        body = body.append(chunk);
        if body.len() > max_body {
            return Err(limits::too_large(max_body));
        }
    }
    Ok(head.map(|()| body.into_bytes()))
}

/// A body as it grows. Most answers are one chunk, which need not be copied.
enum Body {
    Empty,
    One(Bytes),
    Many(BytesMut),
}

impl Body {
    fn append(self, chunk: Bytes) -> Self {
        match self {
            Self::Empty => Self::One(chunk),
            Self::One(first) => {
                let mut all = BytesMut::with_capacity((first.len() + chunk.len()) * 2);
                all.extend_from_slice(&first);
                all.extend_from_slice(&chunk);
                Self::Many(all)
            }
            Self::Many(mut all) => {
                all.extend_from_slice(&chunk);
                Self::Many(all)
            }
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Empty => 0,
            Self::One(bytes) => bytes.len(),
            Self::Many(bytes) => bytes.len(),
        }
    }

    fn into_bytes(self) -> Bytes {
        match self {
            Self::Empty => Bytes::new(),
            Self::One(bytes) => bytes,
            Self::Many(bytes) => bytes.freeze(),
        }
    }
}

fn failure(error: reqwest::Error) -> TransportError {
    let delivery = if error.is_connect() || error.is_builder() {
        Delivery::NotSent
    } else {
        Delivery::MaybeSent
    };
    // The address holds the parameters of the request.
    let error = error.without_url();
    let failure = TransportError::new(delivery, chain(&error));
    if error.is_timeout() {
        failure.timeout()
    } else if error.is_builder() || is_permanent(&error) {
        failure.permanent()
    } else {
        failure
    }
}
