//! Taking a role with a key.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use super::sts::{Options, options};
use crate::credentials::{CredentialSource, Lookup, Settings, Surroundings, sts};
use crate::error::Error;
use crate::transport::BoxFuture;

/// The key of a role of Alibaba Cloud, for those who may take it with the key of another source: `AssumeRole` of STS. The Alibaba Cloud
/// CLI calls it the modes `RamRoleArn` and `ChainableRamRoleArn`.
///
/// The request is signed like those of every other service, with ACS3-HMAC-SHA256; the official SDKs still use an older signature here,
/// which puts the token of the other key into the address.
///
/// ```
/// use cloud_core::aliyun::credentials::{EcsRamRole, RamRoleArn};
///
/// let source = RamRoleArn::new(EcsRamRole::new(), "acs:ram::100000000000:role/backup-reader").sts_region("cn-hangzhou");
/// ```
///
/// The provider's page: <https://help.aliyun.com/zh/ram/developer-reference/api-sts-2015-04-01-assumerole>.
#[derive(Debug, Clone)]
pub struct RamRoleArn {
    source: Arc<dyn CredentialSource>,
    role_arn: String,
    external_id: Option<String>,
    options: Options,
}

impl RamRoleArn {
    /// The role with this name, such as `acs:ram::100000000000:role/backup-reader`, taken with the source's key. The source may be
    /// another role.
    pub fn new(source: impl CredentialSource, role_arn: impl Into<String>) -> Self {
        Self {
            source: Arc::new(source),
            role_arn: role_arn.into(),
            external_id: None,
            options: Options::default(),
        }
    }

    /// What the owner of the role demands of those who take it from another account.
    #[must_use]
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.external_id = Some(id.into());
        self
    }

    options!();

    async fn take(&self, surroundings: &Surroundings) -> Result<Lookup, Error> {
        let role = self.options.role(&self.role_arn, surroundings)?;
        let with = role.inner_key(&*self.source, surroundings).await?;
        let proof = [("ExternalId", self.external_id.clone().into())];
        let key = with.credentials.clone();
        let key = self
            .options
            .key(&role, "AssumeRole", key, proof, surroundings);
        Ok(role.found(key.await?, with))
    }
}

impl CredentialSource for RamRoleArn {
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
