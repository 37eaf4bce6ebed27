//! Taking a role with a token that somebody else has issued, such as a Kubernetes cluster.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::sts::{Options, REGION, Sts, key, options};
use crate::credentials::sts::{self, Caller};
use crate::credentials::{CredentialSource, Credentials, Lookup, Surroundings};
use crate::error::Error;
use crate::transport::BoxFuture;

const ROLE_ARN: &str = "TKE_ROLE_ARN";
const PROVIDER_ID: &str = "TKE_PROVIDER_ID";
const TOKEN_FILE: &str = "TKE_WEB_IDENTITY_TOKEN_FILE";

/// The key of a role of Tencent Cloud, for those who have the token of an identity provider: `AssumeRoleWithWebIdentity` of STS.
///
/// The token is in a file, which is read again for each key, since whoever writes it renews it. It travels in the body of the request.
///
/// ```
/// use cloud_core::tencent::credentials::WebIdentity;
///
/// // In a pod of TKE, which has set the variables.
/// let source = WebIdentity::from_env();
/// // Anywhere else.
/// let source = WebIdentity::new("qcs::cam::uin/100000000001:roleName/pod", "OIDC", "/var/run/secrets/token");
/// ```
///
/// The provider's page: <https://cloud.tencent.com/document/product/1312/73068>.
#[derive(Debug, Clone)]
pub struct WebIdentity {
    /// `None` for what the variables say.
    identity: Option<Identity>,
    options: Options,
}

#[derive(Debug, Clone)]
struct Identity {
    role_arn: String,
    provider_id: String,
    token_file: PathBuf,
}

impl WebIdentity {
    /// What the pods of TKE are told by the environment variables `TKE_ROLE_ARN`, `TKE_PROVIDER_ID`, `TKE_WEB_IDENTITY_TOKEN_FILE`
    /// and `TKE_REGION`. The source is absent if none of the first three is set, and broken if only some are.
    pub fn from_env() -> Self {
        Self {
            identity: None,
            options: Options::default(),
        }
    }

    /// This role, for whom this identity provider of the account knows, with the token in this file.
    pub fn new(
        role_arn: impl Into<String>,
        provider_id: impl Into<String>,
        token_file: impl AsRef<Path>,
    ) -> Self {
        Self {
            identity: Some(Identity {
                role_arn: role_arn.into(),
                provider_id: provider_id.into(),
                token_file: token_file.as_ref().to_owned(),
            }),
            options: Options::default(),
        }
    }

    options!();

    async fn take(&self, surroundings: &Surroundings) -> Result<Lookup, Error> {
        let identity = match &self.identity {
            Some(identity) => identity.clone(),
            None => match sts::variables(surroundings, [ROLE_ARN, PROVIDER_ID, TOKEN_FILE], &[])? {
                Ok([role_arn, provider_id, token_file]) => Identity {
                    role_arn,
                    provider_id,
                    token_file: token_file.into(),
                },
                Err(reason) => return Ok(Lookup::Absent(reason)),
            },
        };
        let region = match (&self.options.region, &self.identity) {
            (None, None) => surroundings.variable("TKE_REGION")?,
            (region, _) => region.clone(),
        };
        let role = self.options.role(&identity.role_arn);
        let token = sts::token(&role, &identity.token_file, surroundings)?;
        let caller = Caller {
            surroundings,
            credentials: Credentials::anonymous(token.clone()),
            region: region.as_deref().or(Some(REGION)),
            endpoint: self.options.endpoint.as_deref(),
        };
        let proof = [
            ("ProviderId", identity.provider_id.into()),
            ("WebIdentityToken", token.expose().into()),
        ];
        let parameters = self.options.parameters(&role, surroundings);
        let parameters = parameters.into_iter().chain(proof);
        let answer = caller.ask::<Sts>(&role, "AssumeRoleWithWebIdentity", parameters);
        let key = key(&role, answer.await?)?;
        Ok(role.found_by_token(key, &identity.token_file))
    }
}

impl CredentialSource for WebIdentity {
    fn name(&self) -> Cow<'_, str> {
        "web identity".into()
    }

    fn load<'a>(&'a self, surroundings: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
        Box::pin(self.take(surroundings))
    }
}
