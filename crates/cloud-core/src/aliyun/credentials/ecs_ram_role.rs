//! The role of a virtual machine.

use std::borrow::Cow;

use http::Method;
use http::header::HeaderValue;

use super::is_true;
use crate::credentials::metadata::{self, Reply, Server, Step};
use crate::credentials::{CredentialSource, Lookup, Surroundings, temporary};
use crate::error::Error;
use crate::transport::BoxFuture;

const PATH: &str = "/latest/meta-data/ram/security-credentials/";
const TOKEN_PATH: &str = "/latest/api/token";
const TOKEN: &str = "x-aliyun-ecs-metadata-token";
const TOKEN_SECONDS: &str = "x-aliyun-ecs-metadata-token-ttl-seconds";

const DISABLED: &str = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
const ROLE_NAME: &str = "ALIBABA_CLOUD_ECS_METADATA";
const V1_DISABLED: &str = "ALIBABA_CLOUD_IMDSV1_DISABLED";

/// The key of the role that is bound to a virtual machine (ECS) of Alibaba Cloud, from its instance metadata. The Alibaba Cloud CLI
/// calls it the mode `EcsRamRole`.
///
/// The metadata are first asked for a token, and then with it for the key; that is their hardened mode. Where they give no token they
/// are asked without one, unless [`disable_imds_v1`](Self::disable_imds_v1) or `ALIBABA_CLOUD_IMDSV1_DISABLED=true` forbids it.
///
/// The source is absent where no role is bound, where nobody answers within a second, as everywhere but on such machines, and with
/// `ALIBABA_CLOUD_ECS_METADATA_DISABLED=true`.
///
/// ```
/// use cloud_core::aliyun::credentials::EcsRamRole;
///
/// let source = EcsRamRole::new().disable_imds_v1();
/// ```
///
/// The provider's page: <https://help.aliyun.com/zh/ecs/user-guide/view-instance-metadata>.
#[derive(Debug, Clone)]
pub struct EcsRamRole {
    address: String,
    role: Option<String>,
    v1_is_disabled: bool,
    is_probe: bool,
}

impl EcsRamRole {
    /// The metadata of the machine that the program runs on.
    pub fn new() -> Self {
        Self::at("http://100.100.100.200")
    }

    /// Metadata at another address, such as an emulator's: `http://127.0.0.1:4080`.
    pub fn at(address: impl Into<String>) -> Self {
        Self {
            address: address.into(),
            role: None,
            v1_is_disabled: false,
            is_probe: false,
        }
    }

    /// The same where it is not known whether there is metadata.
    pub(crate) fn probe() -> Self {
        Self {
            is_probe: true,
            ..Self::new()
        }
    }

    /// The name of the role: what `ALIBABA_CLOUD_ECS_METADATA` says unless set. Without either the metadata are asked, which takes a
    /// request more.
    #[must_use]
    pub fn role(mut self, name: impl Into<String>) -> Self {
        self.role = Some(name.into());
        self
    }

    /// Never asks without a token.
    #[must_use]
    pub fn disable_imds_v1(mut self) -> Self {
        self.v1_is_disabled = true;
        self
    }

    async fn look(&self, surroundings: &Surroundings) -> Result<Lookup, Error> {
        if is_true(surroundings, DISABLED)? {
            return Ok(Lookup::Absent(format!("{DISABLED} switches it off")));
        }
        let given = match &self.role {
            Some(role) => Some((role.clone(), "`EcsRamRole::role`")),
            None => surroundings
                .variable(ROLE_NAME)?
                .map(|role| (role, ROLE_NAME)),
        };
        if let Some((role, from)) = &given {
            metadata::check_role(role, from)?;
        }
        let server = Server::new(&self.address, surroundings)?;
        let server = server.probe(self.is_probe && given.is_none());
        let token = match self.token(&server).await? {
            Step::Got(token) => token.map(|token| (TOKEN, token)),
            Step::Absent(reason) => return Ok(Lookup::Absent(reason)),
        };
        // What gave a token is there, and has to answer.
        let mut is_first = token.is_none();
        let role = match given {
            Some((role, _)) => role,
            None => match server.role(server.get(PATH, token.clone()).await?, is_first)? {
                Step::Got(role) => {
                    is_first = false;
                    role
                }
                Step::Absent(reason) => return Ok(Lookup::Absent(reason)),
            },
        };
        let reply = server.get(&format!("{PATH}{role}"), token).await?;
        match server.object(reply, Some(&role), is_first)? {
            Step::Got(mut object) => {
                let key = object
                    .succeeded()
                    .and_then(|()| object.key(&temporary::ACCESS_KEY));
                server.found(key, &role)
            }
            Step::Absent(reason) => Ok(Lookup::Absent(reason)),
        }
    }

    /// Gets a token, which serves for both questions that follow; none if they may go without.
    async fn token(&self, server: &Server<'_>) -> Result<Step<Option<HeaderValue>>, Error> {
        let seconds = (TOKEN_SECONDS, HeaderValue::from_static("21600"));
        let reply = server.ask(Method::PUT, TOKEN_PATH, Some(seconds)).await?;
        let must = self.v1_is_disabled || is_true(server.surroundings(), V1_DISABLED)?;
        match reply {
            Reply::Body(body) => match token(&body) {
                Some(token) => Ok(Step::Got(Some(token))),
                None if must => server.odd(server.nonsense("something else than a token")),
                None => Ok(Step::Got(None)),
            },
            Reply::Status(_) if !must => Ok(Step::Got(None)),
            Reply::Status(status) => {
                let and = ", gives no token, and may not be asked without one";
                server.odd(server.status(status, and))
            }
            Reply::Nobody(error) if must || !error.may_have_arrived() => {
                Ok(Step::Absent(error.message().to_owned()))
            }
            Reply::Nobody(_) => Ok(Step::Got(None)),
        }
    }
}

/// What can be a token: one line of what headers can carry.
fn token(body: &[u8]) -> Option<HeaderValue> {
    let text = std::str::from_utf8(body).ok()?.trim();
    let is_token = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    let mut token = is_token.then(|| HeaderValue::from_str(text).ok())??;
    token.set_sensitive(true);
    Some(token)
}

impl Default for EcsRamRole {
    fn default() -> Self {
        Self::new()
    }
}

impl CredentialSource for EcsRamRole {
    fn name(&self) -> Cow<'_, str> {
        metadata::NAME.into()
    }

    fn load<'a>(&'a self, surroundings: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
        Box::pin(self.look(surroundings))
    }
}
