//! How a client is put together.

use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, OnceLock};

use super::Client;
use super::call::Core;
use super::keys::Keys;
use super::search::Driver;
use super::shared::Shared;
use super::skew::Skew;
use crate::credentials::{self, Chain, CredentialSource, Credentials, Environment, Surroundings};
use crate::endpoint::{self, Override};
use crate::error::Error;
use crate::observe::Hooks;
use crate::policy::{Budget, Policy, RateLimiter};
use crate::runtime::{Runtime, System};
use crate::service::{Sealed, Service};
use crate::transport::Transport;

/// Puts a client `C` together, a [`Client`] unless it is said otherwise. What is not set comes from where the
/// provider's own tools have it.
///
/// Some settings exist for one provider only: `zone` and `project_id` for UCloud, `language` for Tencent Cloud.
pub struct ClientBuilder<S, C = Client<S>> {
    pub(crate) settings: Settings,
    built: PhantomData<fn() -> (S, C)>,
}

#[derive(Default)]
pub(crate) struct Settings {
    pub(crate) chain: Option<Chain>,
    pub(crate) environment: Option<Environment>,
    pub(crate) region: Option<String>,
    pub(crate) zone: Option<String>,
    pub(crate) project: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) endpoint: Option<String>,
    pub(crate) policy: Policy,
    pub(crate) budget: Budget,
    pub(crate) limiter: Option<RateLimiter>,
    pub(crate) hooks: Vec<Arc<dyn Hooks>>,
    pub(crate) transport: Option<Arc<dyn Transport>>,
    pub(crate) runtime: Option<Arc<dyn Runtime>>,
    pub(crate) driver: Driver,
    pub(crate) skew: Arc<Skew>,
    #[cfg(feature = "testing")]
    pub(crate) mock: Option<Arc<crate::testing::Handlers>>,
}

impl<S: Service, C> ClientBuilder<S, C> {
    pub(crate) fn new() -> Self {
        Self {
            settings: Settings::default(),
            built: PhantomData,
        }
    }

    /// The key to sign with.
    #[must_use]
    pub fn credentials(self, credentials: Credentials) -> Self {
        self.credential_source(credentials)
    }

    /// Where the key comes from, instead of the places where the provider's own tools look.
    #[must_use]
    pub fn credential_source(self, source: impl CredentialSource) -> Self {
        self.credential_chain(Chain::only_source(Arc::new(source)))
    }

    /// Where to look for a key: where the provider's own tools do unless set. See the guide to [credentials](crate#credentials).
    #[must_use]
    pub fn credential_chain(mut self, chain: Chain) -> Self {
        self.settings.chain = Some(chain);
        self
    }

    /// The variables that count, among them `HOME` with the user's files: those of the process unless set.
    #[must_use]
    pub fn environment(mut self, environment: Environment) -> Self {
        self.settings.environment = Some(environment);
        self
    }

    /// The region of requests that name none.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.settings.region = Some(region.into());
        self
    }

    /// Where to send requests, whatever the region: `https://host`, `http://127.0.0.1:8080`. In a pattern such as
    /// `https://hbr-vpc.{region}.aliyuncs.com`, the region of each request takes its place.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.settings.endpoint = Some(endpoint.into());
        self
    }

    /// How often a call is tried, and for how long: [`Policy::new`] unless set.
    #[must_use]
    pub fn policy(mut self, policy: Policy) -> Self {
        self.settings.policy = policy;
        self
    }

    /// The supply of retries: one of the client's own unless set. Clones of one budget are one supply.
    #[must_use]
    pub fn budget(mut self, budget: Budget) -> Self {
        self.settings.budget = budget;
        self
    }

    /// Holds calls back so that they keep to the provider's limits: none unless set. Clones of one limiter count together.
    #[must_use]
    pub fn rate_limiter(mut self, limiter: RateLimiter) -> Self {
        self.settings.limiter = Some(limiter);
        self
    }

    /// Tells these hooks of every attempt, after those that were set before.
    #[must_use]
    pub fn hooks(mut self, hooks: impl Hooks) -> Self {
        self.settings.hooks.push(Arc::new(hooks));
        self
    }

    /// The clocks, waiting and the source of nonces: the [`System`] unless set.
    #[must_use]
    pub fn runtime(mut self, runtime: impl Runtime) -> Self {
        self.settings.runtime = Some(Arc::new(runtime));
        self
    }

    /// The client, with these defaults for what carries its requests and its time.
    pub(crate) fn assemble(
        self,
        transport: impl FnOnce() -> Result<Arc<dyn Transport>, Error>,
        runtime: impl FnOnce() -> Arc<dyn Runtime>,
    ) -> Result<Client<S>, Error> {
        let settings = self.settings;
        let protocol = S::Provider::protocol();
        let transport = settings.transport.map_or_else(transport, Ok)?;
        let runtime = settings.runtime.unwrap_or_else(runtime);
        let surroundings = Surroundings::of(
            settings.environment.unwrap_or_else(Environment::process),
            Arc::clone(&transport),
            Arc::clone(&runtime),
            Arc::clone(&settings.skew),
        );
        let chain = settings.chain.unwrap_or_else(Chain::of::<S::Provider>);
        // What was not set comes from where the key does, and then from variables.
        let (beside_key, unreadable) = chain.settings(&surroundings);
        let settled = credentials::Settings {
            region: settings.region,
            zone: settings.zone,
            project: settings.project,
            endpoint: settings.endpoint,
        }
        .or(beside_key)
        .or(protocol.variables().settings(&surroundings)?);
        let shared = Shared {
            service: &S::INFO,
            protocol,
            region: settled.region,
            zone: settled.zone,
            project: settled.project,
            unreadable,
            language: settings.language,
            endpoint: settled
                .endpoint
                .as_deref()
                .map(Override::parse)
                .transpose()?,
            home: OnceLock::new(),
            transport,
            runtime,
            budget: settings.budget,
            limiter: settings.limiter,
            hooks: settings.hooks,
            keys: Keys::new(protocol, chain, surroundings, settings.driver),
            skew: settings.skew,
            #[cfg(feature = "testing")]
            mock: settings.mock,
        };
        Ok(Client {
            core: Arc::new(Core {
                policy: settings.policy,
                shared: Arc::new(shared),
            }),
            service: PhantomData,
        })
    }
}

impl<S: Service> ClientBuilder<S> {
    /// How requests travel: a transport of the client's own over reqwest unless set.
    ///
    /// Give clones of one transport to several clients, and they share its connections.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.settings.transport = Some(Arc::new(transport));
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) if the endpoint can't be used or the transport can't be set up.
    pub fn build(self) -> Result<Client<S>, Error> {
        self.assemble(default_transport, || Arc::new(System))
    }
}

#[cfg(feature = "reqwest")]
fn default_transport() -> Result<Arc<dyn Transport>, Error> {
    Ok(Arc::new(crate::transport::ReqwestTransport::new()?))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport() -> Result<Arc<dyn Transport>, Error> {
    Err(Error::configuration(
        "the client has no transport: turn on the feature `reqwest`, or give it one with `Client::builder().transport(…)`",
    ))
}

impl<S, C> fmt::Debug for ClientBuilder<S, C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settings = &self.settings;
        formatter
            .debug_struct("ClientBuilder")
            .field("credentials", &settings.chain)
            .field("region", &settings.region)
            // An endpoint with a password in it is refused, but only when the client is built.
            .field(
                "endpoint",
                &settings.endpoint.as_deref().map(endpoint::without_user),
            )
            .field("policy", &settings.policy)
            .finish_non_exhaustive()
    }
}
