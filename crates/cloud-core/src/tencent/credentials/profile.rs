//! The profiles of tccli, Tencent Cloud's command line.

use std::borrow::Cow;
use std::path::PathBuf;

use super::{AssumeRole, CvmRole};
use crate::credentials::document::Document;
use crate::credentials::held::Held;
use crate::credentials::{CredentialSource, Found, Lookup, Settings, Surroundings};
use crate::error::Error;
use crate::transport::BoxFuture;

/// A profile of tccli: `~/.tccli/<name>.credential` with the key, and `~/.tccli/<name>.configure` with the region.
///
/// `TCCLI_PROFILE` names another profile than `default`. A profile that is signed in with OAuth or single sign-on has a temporary
/// key, which only tccli renews: any command of it does.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    name: Option<String>,
}

impl Profile {
    /// The one that `TCCLI_PROFILE` names, or else `default`.
    pub fn active() -> Self {
        Self::default()
    }

    /// This one.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
        }
    }

    /// Its name, and who chose it, unless it is what it always is.
    fn choice(&self, surroundings: &Surroundings) -> Result<(String, Option<&'static str>), Error> {
        if let Some(name) = self.name.clone() {
            return Ok((name, Some("the program")));
        }
        Ok(match surroundings.variable("TCCLI_PROFILE")? {
            Some(name) => (name, Some("TCCLI_PROFILE")),
            None => ("default".to_owned(), None),
        })
    }

    fn find(&self, surroundings: &Surroundings) -> Result<Held, Error> {
        let (name, chosen_by) = self.choice(surroundings)?;
        let Some(path) = path(surroundings, &name, "credential") else {
            return Ok(Held::Nothing(
                "there is no home folder: HOME is not set".to_owned(),
            ));
        };
        let Some(file) = surroundings.read(&path)? else {
            let missing = format!("there is no ~/.tccli/{name}.credential");
            return match chosen_by {
                Some(by) => Err(Error::configuration(format!(
                    "{missing}, although {by} names the profile {name}"
                ))),
                None => Ok(Held::Nothing(missing)),
            };
        };
        let document = Document::parse(&file)?;
        let entry = document.object()?;
        let place = entry.place().to_owned();
        if entry.text("type")? == Some("cvm-role") || entry.flag("use-cvm-role")? {
            return Ok(Held::Elsewhere {
                source: Box::new(CvmRole::new()),
                place,
                file,
            });
        }
        let Some(mut key) = entry.key("secretId", "secretKey")? else {
            return Ok(Held::Nothing(format!("{place} has no key")));
        };
        if let Some(token) = entry.text("token")? {
            key = key.with_token(token);
        }
        if let Some(expires) = entry.time("expiresAt")? {
            key = key.expires_at(expires);
        }
        if let Some(role) = entry.text("role-arn")? {
            let role = AssumeRole::new(key, role);
            let source = match entry.text("role-session-name")? {
                Some(name) => role.session_name(name),
                None => role,
            };
            return Ok(Held::Elsewhere {
                source: Box::new(source),
                place,
                file,
            });
        }
        Ok(Held::Key(Found::new(key, place).guarded_by(&file)))
    }
}

impl CredentialSource for Profile {
    fn name(&self) -> Cow<'_, str> {
        "the profile of tccli".into()
    }

    fn load<'a>(&'a self, surroundings: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
        Box::pin(async {
            let held = self.find(surroundings)?;
            held.load(&self.name(), surroundings).await
        })
    }

    fn settings(&self, surroundings: &Surroundings) -> Result<Settings, Error> {
        let (name, _) = self.choice(surroundings)?;
        let mut settings = Settings::default();
        let path = path(surroundings, &name, "configure");
        if let Some(file) = path
            .map(|path| surroundings.read(&path))
            .transpose()?
            .flatten()
        {
            let document = Document::parse(&file)?;
            let entry = document.object()?;
            // Old versions of tccli had it at the top.
            let inside = match entry.entry("_sys_param")? {
                Some(inside) => inside.text("region")?,
                None => None,
            };
            settings.region = inside.or(entry.text("region")?).map(str::to_owned);
        }
        Ok(settings)
    }
}

fn path(surroundings: &Surroundings, name: &str, kind: &str) -> Option<PathBuf> {
    let home = surroundings.home()?;
    Some(home.join(".tccli").join(format!("{name}.{kind}")))
}
