//! Taking a role with a key.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use crate::credentials::sts::{self, Caller, Role};
use crate::credentials::temporary::ACCESS_KEY;
use crate::credentials::{CredentialSource, Lookup, Settings, Surroundings};
use crate::endpoint::EndpointRule;
use crate::error::Error;
use crate::service::{Service, ServiceInfo};
use crate::transport::BoxFuture;
use crate::ucloud::Ucloud;

/// The security token service.
enum Sts {}

impl Service for Sts {
    type Provider = Ucloud;

    const INFO: ServiceInfo = ServiceInfo {
        name: "sts",
        version: "",
        user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
        endpoints: &[EndpointRule::always("https://api.ucloud.cn")],
        errors: &[],
    };
}

/// The key of a role of UCloud, for those who may take it with the key of another source: `AssumeRole` of STS.
///
/// ```
/// use cloud_core::ucloud::credentials::{AssumeRole, InstanceRole};
///
/// let source = AssumeRole::new(InstanceRole::new(), "ucs:iam::10000:role/backup-reader");
/// ```
///
/// The provider's page: <https://docs.ucloud.cn/api/sts-api/assume_role>.
#[derive(Debug, Clone)]
pub struct AssumeRole {
    source: Arc<dyn CredentialSource>,
    role_urn: String,
    session: Option<String>,
    duration: Option<Duration>,
    policy: Option<String>,
    endpoint: Option<String>,
}

impl AssumeRole {
    /// The role with this name, such as `ucs:iam::10000:role/backup-reader`, taken with the source's key. The source may be another
    /// role.
    pub fn new(source: impl CredentialSource, role_urn: impl Into<String>) -> Self {
        Self {
            source: Arc::new(source),
            role_urn: role_urn.into(),
            session: None,
            duration: None,
            policy: None,
            endpoint: None,
        }
    }

    /// What the provider's logs call those who use the key: 1 to 64 letters, digits and `_-.`. Without it, a name with the time.
    #[must_use]
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.session = Some(name.into());
        self
    }

    /// How long the key is to last, in whole seconds: 15 minutes at least, and at most what the role allows. Unless set, the provider
    /// chooses.
    #[must_use]
    pub fn duration(mut self, duration: Duration) -> Self {
        self.duration = Some(duration);
        self
    }

    /// What the key may do, in the language of IAM, up to 2,048 characters: no more than this and no more than the role may.
    #[must_use]
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        self.policy = Some(policy.into());
        self
    }

    /// Where to ask, if not at `https://api.ucloud.cn`.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    async fn take(&self, surroundings: &Surroundings) -> Result<Lookup, Error> {
        let role = Role {
            name: self.role_urn.clone(),
            session: self.session.clone(),
        };
        let with = role.inner_key(&*self.source, surroundings).await?;
        let caller = Caller {
            surroundings,
            credentials: with.credentials.clone(),
            region: None,
            endpoint: self.endpoint.as_deref(),
        };
        let seconds = self.duration.map(|duration| duration.as_secs());
        let parameters = [
            ("RoleUrn", role.name.clone().into()),
            ("RoleSessionName", role.session(surroundings).into()),
            ("DurationSeconds", seconds.into()),
            ("Policy", self.policy.clone().into()),
        ];
        let answer = caller.ask::<Sts>(&role, "AssumeRole", parameters).await?;
        let key = sts::key(&role, &ACCESS_KEY, answer)?;
        Ok(role.found(key, with))
    }
}

impl CredentialSource for AssumeRole {
    fn name(&self) -> Cow<'_, str> {
        sts::source_name(&self.role_urn).into()
    }

    fn load<'a>(&'a self, surroundings: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
        Box::pin(self.take(surroundings))
    }

    fn settings(&self, surroundings: &Surroundings) -> Result<Settings, Error> {
        self.source.settings(surroundings)
    }
}
