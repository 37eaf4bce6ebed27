//! The security token service of Alibaba Cloud.

use std::time::Duration;

use serde_json::Value as Json;

use super::is_true;
use crate::aliyun::Aliyun;
use crate::credentials::sts::{self, Caller, Role};
use crate::credentials::{Credentials, Surroundings, temporary};
use crate::endpoint::{Endpoint, EndpointRule};
use crate::error::Error;
use crate::service::{Service, ServiceInfo};

/// What both ways to take a role can be told.
#[derive(Debug, Clone, Default)]
pub(super) struct Options {
    pub(super) session: Option<String>,
    pub(super) duration: Option<Duration>,
    pub(super) policy: Option<String>,
    pub(super) region: Option<String>,
    pub(super) vpc: bool,
    pub(super) endpoint: Option<String>,
}

/// The methods that set them.
macro_rules! options {
    () => {
        /// What the provider's logs call those who use the key: 2 to 64 letters, digits and `.@-_`. Without it, what
        /// `ALIBABA_CLOUD_ROLE_SESSION_NAME` says, else a name with the time.
        #[must_use]
        pub fn session_name(mut self, name: impl Into<String>) -> Self {
            self.options.session = Some(name.into());
            self
        }

        /// How long the key is to last, in whole seconds: an hour unless set, 15 minutes at least, and at most what the role allows.
        #[must_use]
        pub fn duration(mut self, duration: Duration) -> Self {
            self.options.duration = Some(duration);
            self
        }

        /// What the key may do, in the language of RAM: no more than this and no more than the role may.
        #[must_use]
        pub fn policy(mut self, policy: impl Into<String>) -> Self {
            self.options.policy = Some(policy.into());
            self
        }

        /// The region whose host to ask, `https://sts.<region>.aliyuncs.com`: what `ALIBABA_CLOUD_STS_REGION` says unless set. Without
        /// either it is `https://sts.aliyuncs.com`.
        #[must_use]
        pub fn sts_region(mut self, region: impl Into<String>) -> Self {
            self.options.region = Some(region.into());
            self
        }

        /// Asks the region's host inside of a VPC, `https://sts-vpc.<region>.aliyuncs.com`, as `ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED=true`
        /// does. It means nothing without a region.
        #[must_use]
        pub fn vpc(mut self) -> Self {
            self.options.vpc = true;
            self
        }

        /// Where to ask, whatever the region.
        #[must_use]
        pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
            self.options.endpoint = Some(endpoint.into());
            self
        }
    };
}

pub(super) use options;

/// How long keys last that nobody said it of, as in the official SDKs.
const SECONDS: u64 = 3_600;

/// The security token service.
enum Sts {}

impl Service for Sts {
    type Provider = Aliyun;

    const INFO: ServiceInfo = ServiceInfo {
        name: "sts",
        version: "2015-04-01",
        user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
        endpoints: &[EndpointRule::always(CENTRAL)],
        errors: &[],
    };
}

const CENTRAL: &str = "https://sts.aliyuncs.com";
const REGIONAL: &str = "https://sts.{region}.aliyuncs.com";
const REGIONAL_VPC: &str = "https://sts-vpc.{region}.aliyuncs.com";

impl Options {
    pub(super) fn role(&self, arn: &str, surroundings: &Surroundings) -> Result<Role, Error> {
        let session = match &self.session {
            Some(session) => Some(session.clone()),
            None => surroundings.variable("ALIBABA_CLOUD_ROLE_SESSION_NAME")?,
        };
        Ok(Role {
            name: arn.to_owned(),
            session,
        })
    }

    /// Where to ask.
    fn endpoint(&self, surroundings: &Surroundings) -> Result<String, Error> {
        if let Some(endpoint) = &self.endpoint {
            return Ok(endpoint.clone());
        }
        let region = match &self.region {
            Some(region) => Some(region.clone()),
            None => surroundings.variable("ALIBABA_CLOUD_STS_REGION")?,
        };
        let vpc = self.vpc || is_true(surroundings, "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED")?;
        let host = match (&region, vpc) {
            (None, _) => CENTRAL,
            (Some(_), false) => REGIONAL,
            (Some(_), true) => REGIONAL_VPC,
        };
        let endpoint = Endpoint::by_rules(&[EndpointRule::always(host)], region.as_deref())?;
        Ok(format!("https://{}", endpoint.host()))
    }

    /// The key that the service gives for this.
    pub(super) async fn key(
        &self,
        role: &Role,
        action: &'static str,
        credentials: Credentials,
        proof: impl IntoIterator<Item = (&'static str, Json)>,
        surroundings: &Surroundings,
    ) -> Result<Credentials, Error> {
        let endpoint = self.endpoint(surroundings);
        let endpoint = endpoint.map_err(|error| error.with_context(&role.source_name()))?;
        let caller = Caller {
            surroundings,
            credentials,
            region: None,
            endpoint: Some(&endpoint),
        };
        let seconds = self.duration.map_or(SECONDS, |duration| duration.as_secs());
        let parameters = [
            ("RoleArn", role.name.clone().into()),
            ("RoleSessionName", role.session(surroundings).into()),
            ("DurationSeconds", seconds.into()),
            ("Policy", self.policy.clone().into()),
        ];
        let parameters = parameters.into_iter().chain(proof);
        let answer = caller.ask::<Sts>(role, action, parameters).await?;
        sts::key(role, &temporary::ACCESS_KEY, answer)
    }
}
