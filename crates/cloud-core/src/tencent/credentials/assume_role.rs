//! Taking a role with a key.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use super::sts::{Options, REGION, Sts, key, options};
use crate::credentials::sts::{self, Caller};
use crate::credentials::{CredentialSource, Lookup, Settings, Surroundings};
use crate::error::Error;
use crate::transport::BoxFuture;

/// The key of a role of Tencent Cloud, for those who may take it with the key of another source: `AssumeRole` of STS.
///
/// ```
/// use cloud_core::tencent::credentials::{AssumeRole, CvmRole};
///
/// let source = AssumeRole::new(CvmRole::new(), "qcs::cam::uin/100000000001:roleName/backup-reader");
/// ```
///
/// The provider's page: <https://cloud.tencent.com/document/product/1312/48197>.
#[derive(Debug, Clone)]
pub struct AssumeRole {
    source: Arc<dyn CredentialSource>,
    role_arn: String,
    options: Options,
}

impl AssumeRole {
    /// The role with this name, such as `qcs::cam::uin/100000000001:roleName/backup-reader`, taken with the source's key. The source
    /// may be another role.
    pub fn new(source: impl CredentialSource, role_arn: impl Into<String>) -> Self {
        Self {
            source: Arc::new(source),
            role_arn: role_arn.into(),
            options: Options::default(),
        }
    }

    options!();

    async fn take(&self, surroundings: &Surroundings) -> Result<Lookup, Error> {
        let role = self.options.role(&self.role_arn);
        let with = role.inner_key(&*self.source, surroundings).await?;
        let caller = Caller {
            surroundings,
            credentials: with.credentials.clone(),
            region: self.options.region.as_deref().or(Some(REGION)),
            endpoint: self.options.endpoint.as_deref(),
        };
        let parameters = self.options.parameters(&role, surroundings);
        let answer = caller.ask::<Sts>(&role, "AssumeRole", parameters);
        let key = key(&role, answer.await?)?;
        Ok(role.found(key, with))
    }
}

impl CredentialSource for AssumeRole {
    fn name(&self) -> Cow<'_, str> {
        sts::source_name(&self.role_arn).into()
    }

    fn load<'a>(&'a self, surroundings: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
        Box::pin(self.take(surroundings))
    }

    fn settings(&self, surroundings: &Surroundings) -> Result<Settings, Error> {
        self.source.settings(surroundings)
    }
}
