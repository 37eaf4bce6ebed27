//! What the clones of a client share, and what they make of a request: where it goes, and what is sent.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::Request;

use super::keys::{Keys, NoKey, Signing};
use super::skew::Skew;
use crate::credentials::{Explanation, Settings};
use crate::endpoint::{Endpoint, Override};
use crate::error::{Error, ErrorKind};
use crate::observe::{Attempt, AttemptEnd, CallSpan, Hooks};
use crate::operation::{Effect, Metadata, Need, RateLimit, Scope};
use crate::params::Params;
use crate::policy::{Budget, RateLimiter};
use crate::protocol::{Protocol, Signer, Unsigned};
use crate::runtime::Runtime;
use crate::service::ServiceInfo;
use crate::transport::Transport;

/// What the clones of a client share.
pub(super) struct Shared {
    pub(super) service: &'static ServiceInfo,
    pub(super) protocol: &'static dyn Protocol,
    pub(super) region: Option<String>,
    pub(super) zone: Option<String>,
    pub(super) project: Option<String>,
    /// Why not everything was read that could have said more about these.
    pub(super) unreadable: Option<Error>,
    pub(super) language: Option<String>,
    pub(super) endpoint: Option<Override>,
    /// The endpoint of the client's own region, once a request went there.
    pub(super) home: OnceLock<Endpoint>,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) runtime: Arc<dyn Runtime>,
    pub(super) budget: Budget,
    pub(super) limiter: Option<RateLimiter>,
    pub(super) hooks: Vec<Arc<dyn Hooks>>,
    pub(super) keys: Keys,
    pub(super) skew: Arc<Skew>,
    /// What answers instead of the provider.
    #[cfg(feature = "testing")]
    pub(super) mock: Option<Arc<crate::testing::Handlers>>,
}

/// A request that only lacks what differs from attempt to attempt: key, time, nonce, signature.
pub(super) struct Call {
    pub(super) action: String,
    pub(super) effect: Effect,
    pub(super) rate: Option<RateLimit>,
    pub(super) params: Params,
    endpoint: Endpoint,
    region: Option<String>,
    zone: Option<String>,
    project: Option<String>,
    /// The answer, if nothing is to be sent. Nobody waits for the lock: it lets the call be shared.
    #[cfg(feature = "testing")]
    pub(super) mocked: Option<std::sync::Mutex<super::mocked::Mocked>>,
}

impl Shared {
    /// Settles where a request goes. Boxed, like everything that a future of [`send`](crate::Client::send) keeps.
    pub(super) fn address(
        &self,
        metadata: Metadata<'_>,
        scope: Scope<'_>,
        params: Params,
    ) -> Result<Box<Call>, Error> {
        self.settle(metadata, scope, params)
            .map(Box::new)
            .map_err(|error| error.with_call(metadata.action, 0))
    }

    fn settle(
        &self,
        metadata: Metadata<'_>,
        scope: Scope<'_>,
        params: Params,
    ) -> Result<Call, Error> {
        let variables = self.protocol.variables();
        let settle = |name, need, of_request, of_client, variables| {
            settle(name, need, of_request, of_client, variables)
                .map_err(|missing| self.unreadable.clone().unwrap_or(missing))
        };
        let region = settle(
            "region",
            metadata.region,
            scope.region,
            &self.region,
            variables.region,
        )?;
        let zone = settle(
            "zone",
            metadata.zone,
            scope.zone,
            &self.zone,
            variables.zone,
        )?;
        let project = settle(
            "project_id",
            metadata.project,
            scope.project,
            &self.project,
            variables.project,
        )?;
        let endpoint = self.endpoint(scope.region)?;
        Ok(Call {
            action: metadata.action.to_owned(),
            effect: metadata.effect,
            rate: metadata.rate(),
            params,
            endpoint,
            region: region.map(str::to_owned),
            zone: zone.map(str::to_owned),
            project: project.map(str::to_owned),
            #[cfg(feature = "testing")]
            mocked: None,
        })
    }

    /// Where requests for a region go; without one, those for the client's own.
    fn endpoint(&self, region: Option<&str>) -> Result<Endpoint, Error> {
        if let (None, Some(home)) = (region, self.home.get()) {
            return Ok(home.clone());
        }
        let of_either = region.or(self.region.as_deref());
        let endpoint = match &self.endpoint {
            Some(given) => given.endpoint(of_either),
            None => Endpoint::by_rules(self.service.endpoints, of_either),
        };
        let endpoint = endpoint.map_err(|missing| match &self.unreadable {
            Some(unreadable) if of_either.is_none() => unreadable.clone(),
            _ => missing,
        })?;
        if region.is_none() {
            self.home.get_or_init(|| endpoint.clone());
        }
        Ok(endpoint)
    }

    /// The request as it would be sent now, if there is a key within this time.
    pub(super) async fn prepare(
        &self,
        call: &Call,
        within: Duration,
    ) -> Result<Request<Bytes>, Error> {
        let deadline = self.runtime.instant().saturating_add(within);
        let request = match self.keys.signer(deadline).await {
            Ok(Signing { signer, .. }) => {
                let now = self.skew.correct(self.runtime.now());
                self.sign(call, &*signer, now)
            }
            Err(NoKey::Failed(error)) => Err(error),
            Err(NoKey::TooLate(asked)) => {
                let message = format!("{asked} has given no key before the deadline");
                Err(Error::new(ErrorKind::Timeout, message))
            }
        };
        request.map_err(|error| error.with_call(&call.action, 0))
    }

    /// Where this client looks for its key, and what it finds there now.
    pub(super) async fn explain_credentials(&self) -> Explanation {
        let mut explanation = self.keys.explain().await;
        explanation.settings = Settings {
            region: self.region.clone(),
            zone: self.zone.clone(),
            project: self.project.clone(),
            endpoint: self.endpoint.as_ref().map(ToString::to_string),
        };
        explanation
    }

    /// What others are told of an attempt.
    pub(super) fn attempt<'a>(&self, call: &'a Call, number: u32) -> Attempt<'a> {
        Attempt {
            provider: self.protocol.id(),
            service: self.service.name,
            action: &call.action,
            number,
            host: call.endpoint.host(),
            region: call.region.as_deref(),
        }
    }

    pub(super) fn attempt_begins(&self, attempt: &Attempt<'_>) {
        for hooks in &self.hooks {
            hooks.before_attempt(attempt);
        }
    }

    pub(super) fn attempt_ended(
        &self,
        attempt: &Attempt<'_>,
        took: Duration,
        answer: Option<&http::Response<Bytes>>,
        error: Option<&Error>,
        retry_in: Option<Duration>,
    ) {
        let end = AttemptEnd {
            answer,
            error,
            took,
            retry_in,
        };
        CallSpan::attempt_ended(attempt, &end);
        for hooks in &self.hooks {
            hooks.after_attempt(attempt, &end);
        }
    }

    /// Signs the request for a moment of the provider's clock.
    pub(super) fn sign(
        &self,
        call: &Call,
        signer: &dyn Signer,
        now: SystemTime,
    ) -> Result<Request<Bytes>, Error> {
        signer.sign(&Unsigned {
            service: self.service,
            action: &call.action,
            scope: Scope {
                region: call.region.as_deref(),
                zone: call.zone.as_deref(),
                project: call.project.as_deref(),
            },
            params: &call.params,
            endpoint: &call.endpoint,
            language: self.language.as_deref(),
            now,
            nonce: self.runtime.nonce(),
        })
    }
}

/// A part of the scope: from the request, else from the client, if the operation takes it at all.
fn settle<'a>(
    name: &str,
    need: Need,
    of_request: Option<&'a str>,
    of_client: &'a Option<String>,
    variables: &[&str],
) -> Result<Option<&'a str>, Error> {
    let value = of_request.or(of_client.as_deref());
    match (need, value) {
        (Need::None, _) => Ok(None),
        (Need::Required, None | Some("")) => {
            let variable = variables
                .first()
                .map(|variable| format!(", or in the environment variable {variable}"));
            Err(Error::configuration(format!(
                "no {name} is set: give it to the request with `.{name}(…)`, to the client with `Client::builder().{name}(…)`{}",
                variable.unwrap_or_default()
            )))
        }
        (_, value) => Ok(value),
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("service", &self.service.name)
            .field("credentials", &self.keys)
            .field("region", &self.region)
            .field("zone", &self.zone)
            .field("project", &self.project)
            .field("endpoint", &self.endpoint.as_ref().map(ToString::to_string))
            .finish_non_exhaustive()
    }
}
