//! The role of a virtual machine.

use std::borrow::Cow;

use http::StatusCode;
use serde_json::Value as Json;

use crate::credentials::metadata::{self, Reply, Server, Step};
use crate::credentials::temporary::{ACCESS_KEY, Names, Object};
use crate::credentials::{CredentialSource, Lookup, Surroundings};
use crate::error::Error;
use crate::transport::BoxFuture;

const V1: &str = "/meta-data/v1/uam/security-credentials";
const V2: &str = "/meta-data/v2/iam/security-credentials";

const V1_NAMES: Names = Names {
    id: "PublicKey",
    secret: "PrivateKey",
    token: "SecurityToken",
    expires: "Expiration",
};

/// The key of the role that is bound to a machine (UHost, UPHost) of UCloud, from its instance metadata.
///
/// A [named](Self::role) role is looked up in the second version of the metadata, and in the first if that does not know it. Without a
/// name it is the first version that knows the role of the machine.
///
/// The source is absent where no role is bound, and where nobody answers within a second, as everywhere but on such machines.
///
/// ```
/// use cloud_core::ucloud::credentials::InstanceRole;
///
/// let source = InstanceRole::new().role("Uk8sServiceCharacter");
/// ```
///
/// Paths and members are those of the official SDK for Go (`external.LoadSTSConfig` and `LoadSTSConfigV2`).
#[derive(Debug, Clone)]
pub struct InstanceRole {
    address: String,
    role: Option<String>,
}

impl InstanceRole {
    /// The metadata of the machine that the program runs on.
    pub fn new() -> Self {
        Self::at("http://100.80.80.80")
    }

    /// Metadata at another address, such as an emulator's: `http://127.0.0.1:4080`.
    pub fn at(address: impl Into<String>) -> Self {
        Self {
            address: address.into(),
            role: None,
        }
    }

    /// The name of the role.
    #[must_use]
    pub fn role(mut self, name: impl Into<String>) -> Self {
        self.role = Some(name.into());
        self
    }

    async fn look(&self, surroundings: &Surroundings) -> Result<Lookup, Error> {
        let server = Server::new(&self.address, surroundings)?;
        let Some(role) = &self.role else {
            let reply = server.get(V1, None).await?;
            let object = server.object(reply, None, true)?;
            return read(&server, object, &V1_NAMES, "of the machine");
        };
        metadata::check_role(role, "`InstanceRole::role`")?;
        let reply = server.get(&format!("{V2}/{role}"), None).await?;
        if let Reply::Status(StatusCode::NOT_FOUND) = reply {
            let reply = server.get(&format!("{V1}/{role}"), None).await?;
            let object = server.object(reply, Some(role), false)?;
            return read(&server, object, &V1_NAMES, role);
        }
        let object = server.object(reply, Some(role), true)?;
        read(&server, object, &ACCESS_KEY, role)
    }
}

fn read(
    server: &Server<'_>,
    object: Step<Object>,
    names: &Names,
    role: &str,
) -> Result<Lookup, Error> {
    match object {
        Step::Got(mut object) => {
            let data = succeeded(&object).and_then(|()| object.object("Data"));
            let key = data.and_then(|mut data| data.key(names));
            server.found(key, role)
        }
        Step::Absent(reason) => Ok(Lookup::Absent(reason)),
    }
}

/// Looks at the code, which is 0 for success.
fn succeeded(object: &Object) -> Result<(), String> {
    let code = match object.get("RetCode") {
        Some(Json::Number(code)) => code.as_i64(),
        Some(Json::String(code)) => code.parse().ok(),
        _ => None,
    };
    match code {
        Some(0) => Ok(()),
        Some(code) => Err(format!("the code {code}")),
        None => Err("no `RetCode` that is a number".to_owned()),
    }
}

impl Default for InstanceRole {
    fn default() -> Self {
        Self::new()
    }
}

impl CredentialSource for InstanceRole {
    fn name(&self) -> Cow<'_, str> {
        metadata::NAME.into()
    }

    fn load<'a>(&'a self, surroundings: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
        Box::pin(self.look(surroundings))
    }
}
