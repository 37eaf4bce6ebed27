//! The security token service of Tencent Cloud.

use std::time::Duration;

use serde_json::Value as Json;

use super::NAMES;
use crate::credentials::sts::{self, Role};
use crate::credentials::temporary::Object;
use crate::credentials::{Credentials, Surroundings};
use crate::endpoint::EndpointRule;
use crate::error::Error;
use crate::service::{Service, ServiceInfo};
use crate::tencent::Tencent;

/// What both ways to take a role can be told.
#[derive(Debug, Clone, Default)]
pub(super) struct Options {
    pub(super) session: Option<String>,
    pub(super) duration: Option<Duration>,
    pub(super) region: Option<String>,
    pub(super) endpoint: Option<String>,
}

/// The methods that set them.
macro_rules! options {
    () => {
        /// What the provider's logs call those who use the key: letters, digits and `=,.@_-`. Without it, a name with the time.
        #[must_use]
        pub fn session_name(mut self, name: impl Into<String>) -> Self {
            self.options.session = Some(name.into());
            self
        }

        /// How long the key is to last, in whole seconds: two hours unless set, twelve at most.
        #[must_use]
        pub fn duration(mut self, duration: Duration) -> Self {
            self.options.duration = Some(duration);
            self
        }

        /// The region to ask in: `ap-guangzhou` unless set. Those of finance, whose names end in `-fsi`, have hosts of their own.
        #[must_use]
        pub fn region(mut self, region: impl Into<String>) -> Self {
            self.options.region = Some(region.into());
            self
        }

        /// Where to ask, if not at `https://sts.tencentcloudapi.com`: `https://sts.internal.tencentcloudapi.com`.
        #[must_use]
        pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
            self.options.endpoint = Some(endpoint.into());
            self
        }
    };
}

pub(super) use options;

/// The region that the official SDKs ask in; roles are the same in all of them.
pub(super) const REGION: &str = "ap-guangzhou";

/// How long keys last that nobody said it of, as in the official SDKs.
const SECONDS: u64 = 7_200;

/// The security token service.
pub(super) enum Sts {}

impl Service for Sts {
    type Provider = Tencent;

    const INFO: ServiceInfo = ServiceInfo {
        name: "sts",
        version: "2018-08-13",
        user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
        endpoints: &[
            // The regions of finance are a network of their own.
            EndpointRule::suffix("-fsi", "https://sts.{region}.tencentcloudapi.com"),
            EndpointRule::always("https://sts.tencentcloudapi.com"),
        ],
        errors: &[],
    };
}

impl Options {
    pub(super) fn role(&self, arn: &str) -> Role {
        Role {
            name: arn.to_owned(),
            session: self.session.clone(),
        }
    }

    /// The parameters that both ways to take a role have.
    pub(super) fn parameters(
        &self,
        role: &Role,
        surroundings: &Surroundings,
    ) -> [(&'static str, Json); 3] {
        let seconds = self.duration.map_or(SECONDS, |duration| duration.as_secs());
        [
            ("RoleArn", role.name.clone().into()),
            ("RoleSessionName", role.session(surroundings).into()),
            ("DurationSeconds", seconds.into()),
        ]
    }
}

pub(super) fn key(role: &Role, answer: Object) -> Result<Credentials, Error> {
    sts::key(role, &NAMES, answer)
}
