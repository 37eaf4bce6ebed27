//! The client: every verb, once, for all services.

mod answer;
mod builder;
mod call;
mod flight;
mod hints;
mod items;
mod key;
mod keys;
#[cfg(feature = "testing")]
mod mocked;
mod pages;
mod retry;
mod search;
mod shared;
pub(crate) mod skew;
mod wait;

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::sync::Arc;

use bytes::Bytes;
use http::Request;

pub use self::answer::decode;
pub use self::builder::ClientBuilder;
use self::call::Core;
pub use self::items::Items;
pub use self::pages::Pages;
#[cfg(feature = "blocking")]
pub(crate) use self::search::Driver;
use self::shared::Call;
pub use self::wait::Wait;
use crate::credentials::Explanation;
use crate::error::Error;
use crate::observe::Exchange;
use crate::operation::Operation;
use crate::params::Params;
use crate::policy::Policy;
use crate::service::Service;

/// Sends the operations of the service `S`. Service crates export it as `Client`, with their service filled in.
///
/// A client is cheap to clone, and clones share their connections and credentials. It can be used from many tasks at once.
pub struct Client<S> {
    core: Arc<Core>,
    service: PhantomData<fn() -> S>,
}

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

    /// A client with another policy that shares everything else with this one: connections, key, budget, limits.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use cloud_core::{Client, Service};
    /// # fn example<S: Service>(client: &Client<S>) {
    /// let impatient = client.with(|policy| policy.attempts(1).deadline(Duration::from_secs(2)));
    /// # }
    /// ```
    #[must_use]
    pub fn with(&self, change: impl FnOnce(Policy) -> Policy) -> Self {
        Self {
            core: Arc::new(Core {
                policy: change(self.core.policy),
                shared: Arc::clone(&self.core.shared),
            }),
            service: PhantomData,
        }
    }

    /// Sends a request and waits for the answer. What fails for a while is sent again, as far as the client's [`Policy`] and the
    /// operation's effect allow: see the guide to [retries](crate#retries).
    ///
    /// The future is small and does not borrow the client, so it can be spawned. Dropping it cancels the call.
    ///
    /// # Errors
    ///
    /// [`Error`] says what went wrong: before sending (a missing region or key), on the way, at the provider, or in its answer.
    pub fn send<O: Operation<S>>(
        &self,
        operation: O,
    ) -> impl Future<Output = Result<O::Response, Error>> + Send + use<S, O> {
        self.start(&operation)
    }

    /// Sends a request as [`send`](Self::send) does, and keeps what came with the answer: request id, headers, raw body, attempts.
    ///
    /// # Errors
    ///
    /// What [`send`](Self::send) says.
    pub fn exchange<O: Operation<S>>(
        &self,
        operation: O,
    ) -> impl Future<Output = Result<Exchange<O::Response>, Error>> + Send + use<S, O> {
        let call = self.call_of(&operation);
        let core = Arc::clone(&self.core);
        async move {
            let mut call = call?;
            let mut response = Box::<O::Response>::default();
            let head = core.call(&mut call, &mut *response).await?;
            Ok(Exchange::new(*response, head))
        }
    }

    /// The call for a request, which borrows neither of the two.
    fn start<O: Operation<S>>(
        &self,
        operation: &O,
    ) -> impl Future<Output = Result<O::Response, Error>> + Send + use<S, O> {
        let call = self.call_of(operation);
        let core = Arc::clone(&self.core);
        async move {
            let mut call = call?;
            let mut response = Box::<O::Response>::default();
            core.call(&mut call, &mut *response).await?;
            Ok(*response)
        }
    }

    /// The signed request as [`send`](Self::send) would send it now, without sending it.
    ///
    /// Its headers and, for UCloud, its body carry the signature and the token of temporary keys; do not log them.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) if a region, a key or the like is missing.
    pub async fn prepare<O: Operation<S>>(&self, operation: &O) -> Result<Request<Bytes>, Error> {
        let call = self.call_of(operation)?;
        self.core
            .shared
            .prepare(&call, self.core.policy.deadline)
            .await
    }

    /// Looks for a key anew, and says where it looked and what it found, without secrets. See the guide to
    /// [credentials](crate#credentials).
    ///
    /// The key that the client signs with stays the one that it had found before.
    pub async fn explain_credentials(&self) -> Explanation {
        self.core.shared.explain_credentials().await
    }

    fn call_of<O: Operation<S>>(&self, operation: &O) -> Result<Box<Call>, Error> {
        let shared = &self.core.shared;
        let mut params = Params::new(shared.protocol.style());
        operation.encode(&mut params);
        let call = shared.address(operation.metadata(), operation.scope(), params);
        #[cfg(feature = "testing")]
        let call = call.map(|call| shared.mocked(call, operation.as_any()));
        call
    }
}

impl<S> Clone for Client<S> {
    fn clone(&self) -> Self {
        Self {
            core: Arc::clone(&self.core),
            service: PhantomData,
        }
    }
}

impl<S> fmt::Debug for Client<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.core.shared.fmt(formatter)
    }
}
