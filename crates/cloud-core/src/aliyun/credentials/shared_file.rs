//! The file that Alibaba Cloud's SDKs share.

use std::borrow::Cow;
use std::path::PathBuf;

use super::{EcsRamRole, OidcRoleArn, PROFILE, RamRoleArn};
use crate::credentials::held::Held;
use crate::credentials::ini::Section;
use crate::credentials::{CredentialSource, Credentials, File, Found, Lookup, Surroundings};
use crate::error::Error;
use crate::transport::BoxFuture;

const VARIABLE: &str = "ALIBABA_CLOUD_CREDENTIALS_FILE";
/// The Python SDK's, and the Go SDK's.
const USUAL: [&str; 2] = [".alibabacloud/credentials.ini", ".alibabacloud/credentials"];

/// A section of an INI file, whose `type` says what it holds: `access_key` with `access_key_id` and `access_key_secret`, `sts` with a
/// `security_token` beside them, or where the key is: `ram_role_arn`, `ecs_ram_role`, `oidc_role_arn`.
///
/// It is the file that `ALIBABA_CLOUD_CREDENTIALS_FILE` names, or else the first that is there of `~/.alibabacloud/credentials.ini`
/// (Python SDK) and `~/.alibabacloud/credentials` (Go SDK). The section is `default` unless `ALIBABA_CLOUD_PROFILE` names another.
#[derive(Debug, Clone, Default)]
pub struct SharedFile {
    path: Option<PathBuf>,
    section: Option<String>,
}

impl SharedFile {
    /// The file and the section that the SDKs would read.
    pub fn usual() -> Self {
        Self::default()
    }

    /// This file.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self {
            path: Some(path.into()),
            section: None,
        }
    }

    /// This section of it.
    #[must_use]
    pub fn section(mut self, name: impl Into<String>) -> Self {
        self.section = Some(name.into());
        self
    }

    /// Whether there is such a section.
    pub(super) fn has(&self, surroundings: &Surroundings, section: &str) -> Result<bool, Error> {
        match self.file(surroundings)? {
            Some(file) => Ok(Section::find(&file, section)?.is_some()),
            None => Ok(false),
        }
    }

    fn file(&self, surroundings: &Surroundings) -> Result<Option<File>, Error> {
        if let Some(path) = &self.path {
            return surroundings.read_required(path, "the program").map(Some);
        }
        let [python, go] = USUAL.map(|path| surroundings.home().map(|home| home.join(path)));
        match (surroundings.read_named(VARIABLE, python)?, go) {
            (None, Some(go)) => surroundings.read(&go),
            (file, _) => Ok(file),
        }
    }

    fn find(&self, surroundings: &Surroundings) -> Result<Held, Error> {
        let Some(file) = self.file(surroundings)? else {
            return Ok(Held::Nothing(format!(
                "there is neither ~/{} nor ~/{}",
                USUAL[0], USUAL[1]
            )));
        };
        let named = match &self.section {
            Some(name) => Some((name.clone(), "the program")),
            None => surroundings
                .environment()
                .first(&PROFILE)?
                .map(|name| (name, PROFILE[0])),
        };
        let (name, chosen_by) = named.unwrap_or_else(|| ("default".to_owned(), ""));
        match Section::find(&file, &name)? {
            Some(section) => {
                let place = section.place().to_owned();
                if let Some(source) = source(&section)? {
                    return Ok(Held::Elsewhere {
                        source,
                        place,
                        file,
                    });
                }
                let found = Found::new(key(&section)?, place);
                Ok(Held::Key(found.guarded_by(&file)))
            }
            None if chosen_by.is_empty() => Ok(Held::Nothing(format!(
                "{} has no section [default]",
                file.place()
            ))),
            None => Err(Error::configuration(format!(
                "{} has no section [{name}], which {chosen_by} names",
                file.place()
            ))),
        }
    }
}

/// The source that a section names by its type; `None` for other types.
fn source(section: &Section<'_>) -> Result<Option<Box<dyn CredentialSource>>, Error> {
    Ok(Some(match section.required("type")? {
        "ram_role_arn" => {
            let key = section.key("access_key_id", "access_key_secret")?;
            let mut role = RamRoleArn::new(key, section.required("role_arn")?);
            if let Some(name) = section.text("role_session_name") {
                role = role.session_name(name);
            }
            if let Some(policy) = section.text("policy") {
                role = role.policy(policy);
            }
            Box::new(role)
        }
        "ecs_ram_role" => Box::new(match section.text("role_name") {
            Some(role) => EcsRamRole::new().role(role),
            None => EcsRamRole::new(),
        }),
        "oidc_role_arn" => {
            let mut role = OidcRoleArn::new(
                section.required("role_arn")?,
                section.required("oidc_provider_arn")?,
                section.required("oidc_token_file_path")?,
            );
            if let Some(name) = section.text("role_session_name") {
                role = role.session_name(name);
            }
            if let Some(policy) = section.text("policy") {
                role = role.policy(policy);
            }
            Box::new(role)
        }
        _ => return Ok(None),
    }))
}

/// The key of a section, by its type.
fn key(section: &Section<'_>) -> Result<Credentials, Error> {
    let place = section.place();
    let permanent = || section.key("access_key_id", "access_key_secret");
    match section.required("type")? {
        "access_key" => permanent(),
        "sts" => Ok(permanent()?.with_token(section.required("security_token")?)),
        "rsa_key_pair" => Err(Error::configuration(format!(
            "{place}: the type rsa_key_pair is not supported: use an access key or a role"
        ))),
        _ => Err(Error::configuration(format!(
            "{place}: `type` is none that is known, such as access_key or sts"
        ))),
    }
}

impl CredentialSource for SharedFile {
    fn name(&self) -> Cow<'_, str> {
        "the credentials file of the SDKs".into()
    }

    fn load<'a>(&'a self, surroundings: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
        Box::pin(async {
            let held = self.find(surroundings)?;
            held.load(&self.name(), surroundings).await
        })
    }
}
