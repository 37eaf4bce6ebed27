//! The role of a virtual machine.

use std::borrow::Cow;

use super::NAMES;
use crate::credentials::metadata::{self, Server, Step};
use crate::credentials::{CredentialSource, Lookup, Surroundings};
use crate::error::Error;
use crate::transport::BoxFuture;

const PATH: &str = "/latest/meta-data/cam/security-credentials/";

/// The key of the role that is bound to a virtual machine (CVM) of Tencent Cloud, from its instance metadata.
///
/// The source is absent where no role is bound, and where nobody answers within a second, as everywhere but on such machines.
///
/// ```
/// use cloud_core::tencent::credentials::CvmRole;
///
/// let source = CvmRole::new().role("backup-reader");
/// ```
///
/// The provider's page: <https://cloud.tencent.com/document/product/213/4934>.
#[derive(Debug, Clone)]
pub struct CvmRole {
    address: String,
    role: Option<String>,
    is_probe: bool,
}

impl CvmRole {
    /// The metadata of the machine that the program runs on.
    pub fn new() -> Self {
        Self::at("http://metadata.tencentyun.com")
    }

    /// Metadata at another address, such as an emulator's: `http://127.0.0.1:4080`.
    pub fn at(address: impl Into<String>) -> Self {
        Self {
            address: address.into(),
            role: None,
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

    /// The name of the role. Without it the metadata are asked, which takes a request more.
    #[must_use]
    pub fn role(mut self, name: impl Into<String>) -> Self {
        self.role = Some(name.into());
        self
    }

    async fn look(&self, surroundings: &Surroundings) -> Result<Lookup, Error> {
        let server = Server::new(&self.address, surroundings)?.probe(self.is_probe);
        let role = match &self.role {
            Some(role) => {
                metadata::check_role(role, "`CvmRole::role`")?;
                role.clone()
            }
            None => match server.role(server.get(PATH, None).await?, true)? {
                Step::Got(role) => role,
                Step::Absent(reason) => return Ok(Lookup::Absent(reason)),
            },
        };
        let reply = server.get(&format!("{PATH}{role}"), None).await?;
        match server.object(reply, Some(&role), self.role.is_some())? {
            Step::Got(mut object) => {
                let key = object.succeeded().and_then(|()| object.key(&NAMES));
                server.found(key, &role)
            }
            Step::Absent(reason) => Ok(Lookup::Absent(reason)),
        }
    }
}

impl Default for CvmRole {
    fn default() -> Self {
        Self::new()
    }
}

impl CredentialSource for CvmRole {
    fn name(&self) -> Cow<'_, str> {
        metadata::NAME.into()
    }

    fn load<'a>(&'a self, surroundings: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
        Box::pin(self.look(surroundings))
    }
}
