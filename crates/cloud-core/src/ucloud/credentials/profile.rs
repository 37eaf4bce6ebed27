//! The profiles of UCloud's command line, which its Go SDK reads too.

use std::borrow::Cow;
use std::path::PathBuf;

use crate::credentials::document::{Document, Entry};
use crate::credentials::{CredentialSource, File, Found, Lookup, Settings, Surroundings};
use crate::error::Error;
use crate::transport::BoxFuture;

const CONFIG: (&str, &str) = ("UCLOUD_SHARED_CONFIG_FILE", "config.json");
const CREDENTIAL: (&str, &str) = ("UCLOUD_SHARED_CREDENTIAL_FILE", "credential.json");

/// A profile in `~/.ucloud/config.json` and `~/.ucloud/credential.json`, as UCloud's command line writes them.
///
/// `UCLOUD_SHARED_CONFIG_FILE` and `UCLOUD_SHARED_CREDENTIAL_FILE` name other files, and `UCLOUD_PROFILE` another profile than the
/// one that is active. A profile has the region, the zone, the project and the base address of its calls beside its key. All this is
/// as in the Go SDK's `external.LoadDefaultUCloudConfig`, but that a key is never put together from two places.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    name: Option<String>,
}

/// The name of a profile, and who chose it.
struct Choice {
    name: String,
    /// Whoever names a profile wants no other key. The active one may be there for its region alone.
    by: Option<Cow<'static, str>>,
}

impl Profile {
    /// The one that `UCLOUD_PROFILE` names, or else the active one.
    pub fn active() -> Self {
        Self::default()
    }

    /// This one.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
        }
    }

    fn choice(
        &self,
        surroundings: &Surroundings,
        config: &[Entry<'_>],
    ) -> Result<Option<Choice>, Error> {
        if let Some(name) = self.name.clone() {
            return Ok(Some(Choice {
                name,
                by: Some("the program".into()),
            }));
        }
        if let Some(name) = surroundings.variable("UCLOUD_PROFILE")? {
            return Ok(Some(Choice {
                name,
                by: Some("UCLOUD_PROFILE".into()),
            }));
        }
        // The last one counts, as in the SDK.
        for entry in config.iter().rev() {
            if entry.flag("active")? {
                let name = entry.required("profile")?.to_owned();
                return Ok(Some(Choice { name, by: None }));
            }
        }
        Ok(None)
    }

    fn find(&self, surroundings: &Surroundings) -> Result<Lookup, Error> {
        let absent = |why: String| Ok(Lookup::Absent(why));
        let config = read(surroundings, CONFIG)?;
        let credential = read(surroundings, CREDENTIAL)?;
        let config_file = config.as_ref().map(Document::parse).transpose()?;
        let configs = config_file
            .as_ref()
            .map(Document::objects)
            .transpose()?
            .unwrap_or_default();
        let Some(choice) = self.choice(surroundings, &configs)? else {
            return absent(match config_file {
                Some(file) => format!("{} has no active profile", file.place()),
                None => format!("there is no {}", shown(surroundings, CONFIG)?),
            });
        };
        let name = &*choice.name;
        let is_configured = profile(&configs, name)?.is_some();
        let unknown = |file: String| match &choice.by {
            Some(by) if !is_configured => Err(Error::configuration(format!(
                "{file} has no profile {name}, which {by} names"
            ))),
            _ => Ok(Lookup::Absent(format!("{file} has no profile {name}"))),
        };
        let Some(file) = credential else {
            let file = shown(surroundings, CREDENTIAL)?;
            return match (&choice.by, is_configured) {
                (Some(by), false) => Err(Error::configuration(format!(
                    "{by} names the profile {name}, but there is no {file}"
                ))),
                _ => absent(format!("there is no {file}")),
            };
        };
        let document = Document::parse(&file)?;
        let Some(entry) = profile(&document.objects()?, name)? else {
            return unknown(document.place().to_owned());
        };
        let entry = entry.named(name, document.place());
        match entry.key("public_key", "private_key")? {
            Some(key) => Ok(Lookup::Found(
                Found::new(key, entry.place()).guarded_by(&file),
            )),
            None if entry.text("access_token")?.is_some() => Err(Error::configuration(format!(
                "{}: it is signed in with OAuth, which only the command line can use: give it keys, or choose another profile \
                 with UCLOUD_PROFILE",
                entry.place()
            ))),
            None => absent(format!("{} has no key", entry.place())),
        }
    }
}

impl CredentialSource for Profile {
    fn name(&self) -> Cow<'_, str> {
        "the profile of UCloud's command line".into()
    }

    fn load<'a>(&'a self, surroundings: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
        Box::pin(async { self.find(surroundings) })
    }

    fn settings(&self, surroundings: &Surroundings) -> Result<Settings, Error> {
        let Some(file) = read(surroundings, CONFIG)? else {
            return Ok(Settings::default());
        };
        let document = Document::parse(&file)?;
        let entries = document.objects()?;
        let Some(choice) = self.choice(surroundings, &entries)? else {
            return Ok(Settings::default());
        };
        let Some(entry) = profile(&entries, &choice.name)? else {
            return Ok(Settings::default());
        };
        let entry = entry.named(&choice.name, document.place());
        let text = |key| Ok(entry.text(key)?.map(str::to_owned));
        Ok(Settings {
            region: text("region")?,
            zone: text("zone")?,
            project: text("project_id")?,
            endpoint: text("base_url")?,
        })
    }
}

/// The last entry of this name.
fn profile<'a>(entries: &[Entry<'a>], name: &str) -> Result<Option<Entry<'a>>, Error> {
    for entry in entries.iter().rev() {
        if entry.text("profile")? == Some(name) {
            return Ok(Some(entry.clone()));
        }
    }
    Ok(None)
}

/// The file that a variable names, which has to be there, or else the usual one.
fn read(surroundings: &Surroundings, place: (&str, &str)) -> Result<Option<File>, Error> {
    surroundings.read_named(place.0, usual(surroundings, place))
}

fn usual(surroundings: &Surroundings, (_, file): (&str, &str)) -> Option<PathBuf> {
    surroundings
        .home()
        .map(|home| home.join(".ucloud").join(file))
}

fn shown(surroundings: &Surroundings, place: (&str, &str)) -> Result<String, Error> {
    Ok(match surroundings.variable(place.0)? {
        Some(path) => path,
        None => format!("~/.ucloud/{}", place.1),
    })
}
