//! One call, from its parameters to the provider's answer.
//!
//! Nothing here depends on the type of the operation, so it is compiled once, in this crate. Trying again, and waiting in between,
//! belongs into [`Core::call`].

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::credentials::Environment;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::operation::{Metadata, Need, Scope};
use crate::params::Params;
use crate::protocol::{Protocol, Signer, Unsigned};
use crate::runtime::Runtime;
use crate::service::ServiceInfo;
use crate::transport::{BoxFuture, Transport};

/// What the clones of a client share.
pub(super) struct Core {
    pub(super) service: &'static ServiceInfo,
    pub(super) protocol: &'static dyn Protocol,
    pub(super) region: Option<String>,
    pub(super) zone: Option<String>,
    pub(super) project: Option<String>,
    pub(super) language: Option<String>,
    pub(super) endpoint: Option<Endpoint>,
    /// The endpoint of the client's own region, once a request went there.
    pub(super) home: OnceLock<Endpoint>,
    pub(super) timeout: Duration,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) runtime: Arc<dyn Runtime>,
    /// Where the key is looked for when it is first needed.
    pub(super) environment: Environment,
    /// The key, once it was found.
    pub(super) signer: OnceLock<Arc<dyn Signer>>,
}

/// A request that only lacks what differs from attempt to attempt: key, time, nonce, signature.
pub(super) struct Call {
    pub(super) action: String,
    params: Params,
    endpoint: Endpoint,
    region: Option<String>,
    zone: Option<String>,
    project: Option<String>,
}

impl Core {
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
            params,
            endpoint,
            region: region.map(str::to_owned),
            zone: zone.map(str::to_owned),
            project: project.map(str::to_owned),
        })
    }

    /// Where requests for a region go; without one, those for the client's own.
    fn endpoint(&self, region: Option<&str>) -> Result<Endpoint, Error> {
        let known = match (&self.endpoint, region) {
            (Some(endpoint), _) => Some(endpoint),
            (None, None) => self.home.get(),
            (None, Some(_)) => None,
        };
        if let Some(endpoint) = known {
            return Ok(endpoint.clone());
        }
        let of_client = self.region.as_deref();
        let endpoint = Endpoint::by_rules(self.service.endpoints, region.or(of_client))?;
        if region.is_none() {
            self.home.get_or_init(|| endpoint.clone());
        }
        Ok(endpoint)
    }

    /// Sends the request and returns what came back, whatever it says. Boxed, so that the futures of all operations stay small.
    pub(super) fn call<'a>(
        &'a self,
        call: &'a Call,
    ) -> BoxFuture<'a, Result<Response<Bytes>, Error>> {
        Box::pin(async move {
            let request = self.prepare(call)?;
            let answer = self.transport.send(request, self.timeout).await;
            answer.map_err(|error| Error::from_transport(error).with_call(&call.action, 1))
        })
    }

    /// Signs the request for this moment.
    pub(super) fn prepare(&self, call: &Call) -> Result<Request<Bytes>, Error> {
        let sign = || {
            let unsigned = Unsigned {
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
                now: self.runtime.now(),
                nonce: self.runtime.nonce(),
            };
            self.signer()?.sign(&unsigned)
        };
        sign().map_err(|error: Error| error.with_call(&call.action, 0))
    }

    /// The key, looked for in the environment unless it was given. A failure is not remembered: the next call looks again.
    pub(super) fn signer(&self) -> Result<&Arc<dyn Signer>, Error> {
        if let Some(signer) = self.signer.get() {
            return Ok(signer);
        }
        let credentials = self.environment.credentials(self.protocol.variables())?;
        Ok(self
            .signer
            .get_or_init(|| self.protocol.signer(credentials)))
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

impl fmt::Debug for Core {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("service", &self.service.name)
            .field(
                "credentials",
                &self.signer.get().map(|signer| signer.credentials()),
            )
            .field("region", &self.region)
            .field("zone", &self.zone)
            .field("project", &self.project)
            .field(
                "endpoint",
                &self.endpoint.as_ref().map(|endpoint| endpoint.host()),
            )
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
