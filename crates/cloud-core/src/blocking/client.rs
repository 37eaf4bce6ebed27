//! The client: every verb of the async one, done when the function returns.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use pollster::block_on;

use super::runtime::Blocking;
use super::transport::{Adapter, Transport};
use super::ureq::UreqTransport;
use crate::client;
use crate::credentials::Explanation;
use crate::error::Error;
use crate::observe::Exchange;
use crate::operation::Operation;
use crate::policy::Policy;
use crate::service::Service;

/// Puts a [`Client`] together. What is not set comes from the environment.
pub type ClientBuilder<S> = client::ClientBuilder<S, Client<S>>;

/// Sends the operations of the service `S` from the calling thread. Service crates export it as `blocking::Client`.
///
/// A client is cheap to clone, and clones share their connections and credentials. It can be used from many threads at once.
pub struct Client<S>(pub(super) client::Client<S>);

impl<S: Service> Client<S> {
    /// A client that takes region, endpoint and credentials from where the provider's own tools do: environment variables and
    /// profiles. See the guide to [credentials](crate#credentials).
    ///
    /// Credentials are looked for when they are first needed.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) if a variable holds what can't be used, or the transport can't be set up.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().build()
    }

    /// A client whose parts can be set.
    pub fn builder() -> ClientBuilder<S> {
        ClientBuilder::new()
    }

    /// A client around one whose calls never have to wait for anything.
    #[cfg(feature = "testing")]
    pub(crate) fn around(client: client::Client<S>) -> Self {
        Self(client)
    }

    /// A client with another policy that shares everything else with this one: connections, key, budget, limits.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(Policy) -> Policy) -> Self {
        Self(self.0.with(change))
    }

    /// Sends a request and waits for the answer. What fails for a while is sent again, as far as the client's [`Policy`] and the
    /// operation's effect allow: see the guide to [retries](crate#retries).
    ///
    /// # Errors
    ///
    /// [`Error`] says what went wrong: before sending (a missing region or key), on the way, at the provider, or in its answer.
    pub fn send<O: Operation<S>>(&self, operation: O) -> Result<O::Response, Error> {
        block_on(self.0.send(operation))
    }

    /// Sends a request as [`send`](Self::send) does, and keeps what came with the answer: request id, headers, raw body, attempts.
    ///
    /// # Errors
    ///
    /// What [`send`](Self::send) says.
    pub fn exchange<O: Operation<S>>(&self, operation: O) -> Result<Exchange<O::Response>, Error> {
        block_on(self.0.exchange(operation))
    }

    /// The signed request as [`send`](Self::send) would send it now, without sending it.
    ///
    /// Its headers and, for UCloud, its body carry the signature and the token of temporary keys; do not log them.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) if a region, a key or the like is missing.
    pub fn prepare<O: Operation<S>>(&self, operation: &O) -> Result<Request<Bytes>, Error> {
        block_on(self.0.prepare(operation))
    }

    /// Looks for a key anew, and says where it looked and what it found, without secrets. See the guide to
    /// [credentials](crate#credentials).
    ///
    /// The key that the client signs with stays the one that it had found before.
    pub fn explain_credentials(&self) -> Explanation {
        block_on(self.0.explain_credentials())
    }
}

impl<S: Service> ClientBuilder<S> {
    /// How requests travel: a transport of the client's own over ureq unless set.
    ///
    /// Give clones of one transport to several clients, and they share its connections.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.settings.transport = Some(Arc::new(Adapter(transport)));
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) if the endpoint can't be used or the transport can't be set up.
    pub fn build(mut self) -> Result<Client<S>, Error> {
        self.settings.driver = client::Driver::Thread;
        let transport = || Ok(Arc::new(Adapter(UreqTransport::new()?)) as Arc<_>);
        self.assemble(transport, || Arc::new(Blocking)).map(Client)
    }
}

impl<S> Clone for Client<S> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<S> fmt::Debug for Client<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
