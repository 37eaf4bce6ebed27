//! The default transport of the blocking client, over ureq.

use std::error::Error as StdError;
use std::fmt;
use std::io::{self, Read as _};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, HeaderValue};
use http::{Request, Response, Uri};
use ureq::config::Config;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{
    ConnectionDetails, Connector, DefaultConnector, NextTimeout, Transport as Connection,
};
use ureq::{Agent, Body};

use super::transport::Transport;
use crate::error::Error;
use crate::transport::{Delivery, Direct, TransportError, limits, reason, tls};

/// Sends requests with [`ureq`], TLS by rustls with the certificates that the operating system trusts.
///
/// Clones share their connections. Proxies are taken from the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`).
#[derive(Clone)]
pub struct UreqTransport {
    agent: Agent,
    max_body: usize,
}

impl UreqTransport {
    /// A transport with the defaults of its [builder](Self::builder).
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) if the certificates of the operating system can't be loaded.
    pub fn new() -> Result<Self, Error> {
        Self::builder().build()
    }

    /// A transport whose parts can be set.
    pub fn builder() -> UreqTransportBuilder {
        UreqTransportBuilder {
            connect_timeout: limits::CONNECT_TIMEOUT,
            max_body: limits::MAX_BODY,
        }
    }
}

impl fmt::Debug for UreqTransport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An agent shows its proxies, and those may have passwords.
        formatter
            .debug_struct("UreqTransport")
            .field("max_body", &self.max_body)
            .finish_non_exhaustive()
    }
}

/// Puts a [`UreqTransport`] together.
#[derive(Debug, Clone)]
pub struct UreqTransportBuilder {
    connect_timeout: Duration,
    max_body: usize,
}

impl UreqTransportBuilder {
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

    /// The transport.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) if the certificates of the operating system can't be loaded.
    pub fn build(self) -> Result<UreqTransport, Error> {
        let provider = tls::provider();
        // ureq makes one of its own when it first connects, too late to say what is missing.
        tls::verifier(&provider)?;
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(provider)
            .build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .timeout_connect(Some(self.connect_timeout.min(limits::LONGEST_TIMEOUT)))
            .max_idle_age(limits::POOL_IDLE_TIMEOUT)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .build();
        let connector = Marking(DefaultConnector::new());
        let resolver = Marking(DefaultResolver::default());
        Ok(UreqTransport {
            agent: Agent::with_parts(config, connector, resolver),
            max_body: self.max_body,
        })
    }
}

impl Transport for UreqTransport {
    fn send(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> Result<Response<Bytes>, TransportError> {
        let (mut head, body) = request.into_parts();
        if body.is_empty() {
            // Some gateways refuse a POST without it.
            head.headers
                .insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let is_direct = head.extensions.get::<Direct>().is_some();
        let mut config = self
            .agent
            .configure_request(Request::from_parts(head, &*body))
            .timeout_global(Some(timeout.min(limits::LONGEST_TIMEOUT)));
        if is_direct {
            config = config.proxy(None);
        }
        let request = config.build();
        let answer = self.agent.run(request).map_err(|error| failure(&error))?;
        let (head, body) = answer.into_parts();
        Ok(Response::from_parts(head, self.read(body)?))
    }
}

impl UreqTransport {
    fn read(&self, body: Body) -> Result<Bytes, TransportError> {
        let mut bytes = Vec::new();
        // One byte more than is allowed tells a body that is too long from one that is just as long.
        let limit = u64::try_from(self.max_body)
            .unwrap_or(u64::MAX)
            .saturating_add(1);
        let read = body.into_reader().take(limit).read_to_end(&mut bytes);
        read.map_err(|error| failure(&ureq::Error::from(error)))?;
        if bytes.len() > self.max_body {
            return Err(limits::too_large(self.max_body));
        }
        Ok(Bytes::from(bytes))
    }
}

/// Marks what fails before there is a connection, TLS included: whatever fails later may have sent a part of the request.
#[derive(Debug)]
struct Marking<T>(T);

impl<In: Connection, T: Connector<In>> Connector<In> for Marking<T> {
    type Out = T::Out;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        self.0.connect(details, chained).map_err(not_connected)
    }
}

impl<T: Resolver> Resolver for Marking<T> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        self.0.resolve(uri, config, timeout).map_err(not_connected)
    }
}

fn not_connected(error: ureq::Error) -> ureq::Error {
    ureq::Error::Other(Box::new(NotConnected(error)))
}

#[derive(Debug)]
struct NotConnected(ureq::Error);

impl fmt::Display for NotConnected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl StdError for NotConnected {}

fn failure(error: &ureq::Error) -> TransportError {
    let marked = match error {
        ureq::Error::Other(inner) => inner.downcast_ref::<NotConnected>(),
        _ => None,
    };
    let (delivery, error) = match marked {
        Some(NotConnected(error)) => (Delivery::NotSent, error),
        None if is_unusable(error) => (Delivery::NotSent, error),
        None => (Delivery::MaybeSent, error),
    };
    let is_timeout = match error {
        ureq::Error::Timeout(_) => true,
        ureq::Error::Io(error) => error.kind() == io::ErrorKind::TimedOut,
        _ => false,
    };
    let failure = TransportError::new(delivery, describe(error));
    if is_timeout {
        failure.timeout()
    } else if is_permanent(error) {
        failure.permanent()
    } else {
        failure
    }
}

/// Whether another attempt would fail the same way.
fn is_permanent(error: &ureq::Error) -> bool {
    use ureq::Error;
    match error {
        Error::Io(error) => reason::is_permanent(error),
        Error::Rustls(error) => reason::is_permanent(error),
        Error::HostNotFound | Error::Tls(_) => true,
        error => is_unusable(error),
    }
}

/// Whether the address, of the server or of a proxy, can't be used at all.
fn is_unusable(error: &ureq::Error) -> bool {
    use ureq::Error;
    matches!(
        error,
        Error::BadUri(_) | Error::RequireHttpsOnly(_) | Error::InvalidProxyUrl | Error::TlsRequired
    )
}

fn describe(error: &ureq::Error) -> String {
    match error {
        // The address holds the parameters of the request.
        ureq::Error::BadUri(_) | ureq::Error::RequireHttpsOnly(_) => {
            "the address can't be used".to_owned()
        }
        error => error.to_string(),
    }
}
