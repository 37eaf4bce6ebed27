//! Taking a role with a token that somebody else has issued, such as a Kubernetes cluster.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::sts::{Options, options};
use crate::credentials::{CredentialSource, Credentials, Lookup, Surroundings, sts};
use crate::error::Error;
use crate::transport::BoxFuture;

const ROLE_ARN: &str = "ALIBABA_CLOUD_ROLE_ARN";
const PROVIDER_ARN: &str = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
const TOKEN_FILE: &str = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";

/// The key of a role of Alibaba Cloud, for those who have the token of an identity provider: `AssumeRoleWithOIDC` of STS. The Alibaba
/// Cloud CLI calls it the mode `OIDC`, and ACK gives it to pods as RRSA.
///
/// The token is in a file, which is read again for each key, since whoever writes it renews it. It travels in the body of the request;
/// some official SDKs send it in the address, where logs keep it.
///
/// ```
/// use cloud_core::aliyun::credentials::OidcRoleArn;
///
/// // In a pod of ACK, which has set the variables.
/// let source = OidcRoleArn::from_env();
/// // Anywhere else.
/// let source = OidcRoleArn::new(
///     "acs:ram::100000000000:role/pod",
///     "acs:ram::100000000000:oidc-provider/cluster",
///     "/var/run/secrets/token",
/// );
/// ```
///
/// The provider's page: <https://help.aliyun.com/zh/ram/developer-reference/api-sts-2015-04-01-assumerolewithoidc>.
#[derive(Debug, Clone)]
pub struct OidcRoleArn {
    /// `None` for what the variables say.
    identity: Option<Identity>,
    options: Options,
}

#[derive(Debug, Clone)]
struct Identity {
    role_arn: String,
    provider_arn: String,
    token_file: PathBuf,
}

impl OidcRoleArn {
    /// What the pods of ACK are told by the environment variables `ALIBABA_CLOUD_ROLE_ARN`, `ALIBABA_CLOUD_OIDC_PROVIDER_ARN` and
    /// `ALIBABA_CLOUD_OIDC_TOKEN_FILE`.
    ///
    /// The source is absent if none is set, or the first alone, which other sources use too. It is broken if others are missing; the
    /// official SDKs look elsewhere then, which would make a program use another key because of a typo.
    pub fn from_env() -> Self {
        Self {
            identity: None,
            options: Options::default(),
        }
    }

    /// This role, for whom this identity provider of the account knows, with the token in this file.
    pub fn new(
        role_arn: impl Into<String>,
        provider_arn: impl Into<String>,
        token_file: impl AsRef<Path>,
    ) -> Self {
        Self {
            identity: Some(Identity {
                role_arn: role_arn.into(),
                provider_arn: provider_arn.into(),
                token_file: token_file.as_ref().to_owned(),
            }),
            options: Options::default(),
        }
    }

    options!();

    async fn take(&self, surroundings: &Surroundings) -> Result<Lookup, Error> {
        let names = [ROLE_ARN, PROVIDER_ARN, TOKEN_FILE];
        let identity = match &self.identity {
            Some(identity) => identity.clone(),
            None => match sts::variables(surroundings, names, &[ROLE_ARN])? {
                Ok([role_arn, provider_arn, token_file]) => Identity {
                    role_arn,
                    provider_arn,
                    token_file: token_file.into(),
                },
                Err(reason) => return Ok(Lookup::Absent(reason)),
            },
        };
        let role = self.options.role(&identity.role_arn, surroundings)?;
        let token = sts::token(&role, &identity.token_file, surroundings)?;
        let proof = [
            ("OIDCProviderArn", identity.provider_arn.into()),
            ("OIDCToken", token.expose().into()),
        ];
        let nobody = Credentials::anonymous(token);
        let key = self
            .options
            .key(&role, "AssumeRoleWithOIDC", nobody, proof, surroundings);
        Ok(role.found_by_token(key.await?, &identity.token_file))
    }
}

impl CredentialSource for OidcRoleArn {
    fn name(&self) -> Cow<'_, str> {
        "OIDC".into()
    }

    fn load<'a>(&'a self, surroundings: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
        Box::pin(self.take(surroundings))
    }
}
