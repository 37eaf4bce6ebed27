//! The file that Tencent Cloud's SDKs share.

use std::borrow::Cow;
use std::path::PathBuf;

use crate::credentials::ini::Section;
use crate::credentials::{CredentialSource, File, Found, Lookup, Surroundings};
use crate::error::Error;
use crate::transport::BoxFuture;

const VARIABLE: &str = "TENCENTCLOUD_CREDENTIALS_FILE";
const OF_USER: &str = ".tencentcloud/credentials";
const OF_SYSTEM: &str = "/etc/tencentcloud/credentials";

/// The section `[default]` of an INI file, with `secret_id`, `secret_key` and, for a temporary key, `token`.
///
/// It is the file that `TENCENTCLOUD_CREDENTIALS_FILE` names (Go SDK), or else the first that is there of
/// `~/.tencentcloud/credentials` and `/etc/tencentcloud/credentials` (Python and Node SDKs). A file without the key is an error, as in
/// the Go SDK.
#[derive(Debug, Clone, Default)]
pub struct SharedFile {
    path: Option<PathBuf>,
}

impl SharedFile {
    /// The file that the SDKs would read.
    pub fn usual() -> Self {
        Self::default()
    }

    /// This file.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self {
            path: Some(path.into()),
        }
    }

    fn file(&self, surroundings: &Surroundings) -> Result<Option<File>, Error> {
        if let Some(path) = &self.path {
            return surroundings.read_required(path, "the program").map(Some);
        }
        let of_user = surroundings.home().map(|home| home.join(OF_USER));
        match surroundings.read_named(VARIABLE, of_user)? {
            Some(file) => Ok(Some(file)),
            None => surroundings.read(OF_SYSTEM.as_ref()),
        }
    }

    fn find(&self, surroundings: &Surroundings) -> Result<Lookup, Error> {
        let Some(file) = self.file(surroundings)? else {
            return Ok(Lookup::Absent(format!(
                "there is neither ~/{OF_USER} nor {OF_SYSTEM}"
            )));
        };
        let Some(section) = Section::find(&file, "default")? else {
            return Err(Error::configuration(format!(
                "{} has no section [default]",
                file.place()
            )));
        };
        let mut key = section.key("secret_id", "secret_key")?;
        if let Some(token) = section.text("token") {
            key = key.with_token(token);
        }
        Ok(Lookup::Found(
            Found::new(key, section.place()).guarded_by(&file),
        ))
    }
}

impl CredentialSource for SharedFile {
    fn name(&self) -> Cow<'_, str> {
        "the credentials file of the SDKs".into()
    }

    fn load<'a>(&'a self, surroundings: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
        Box::pin(async { self.find(surroundings) })
    }
}
