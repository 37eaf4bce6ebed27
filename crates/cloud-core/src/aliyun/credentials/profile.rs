//! The profiles of Alibaba Cloud's command line.

use std::borrow::Cow;

use super::{PROFILE, SharedFile, modes};
use crate::credentials::document::{Document, Entry};
use crate::credentials::held::Held;
use crate::credentials::{CredentialSource, File, Found, Lookup, Settings, Surroundings};
use crate::error::Error;
use crate::transport::BoxFuture;

const VARIABLE: &str = "ALIBABA_CLOUD_CONFIG_FILE";
const OFF: &str = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";

/// A profile in `~/.aliyun/config.json`, as Alibaba Cloud's command line writes it.
///
/// `ALIBABA_CLOUD_CONFIG_FILE` names another file (Go SDK), `ALIBABA_CLOUD_PROFILE` another profile than the file's `current` one, and
/// `ALIBABA_CLOUD_CLI_PROFILE_DISABLED=true` switches it off. The profile's `mode` says how it has its key. Its region is that of the
/// client.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    name: Option<String>,
    /// The profiles whose roles are taken with this one's key, the first one first.
    takers: Vec<String>,
}

impl Profile {
    /// The one that `ALIBABA_CLOUD_PROFILE` names, or else the `current` one.
    pub fn current() -> Self {
        Self::default()
    }

    /// This one.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            takers: Vec::new(),
        }
    }

    /// The file, or why it is not read.
    fn file(&self, surroundings: &Surroundings) -> Result<Result<File, String>, Error> {
        let is_off = surroundings
            .variable(OFF)?
            .is_some_and(|value| value.eq_ignore_ascii_case("true"));
        if is_off && self.name.is_none() {
            return Ok(Err(format!("{OFF} is true")));
        }
        let usual = surroundings
            .home()
            .map(|home| home.join(".aliyun/config.json"));
        let file = surroundings.read_named(VARIABLE, usual)?;
        Ok(file.ok_or_else(|| "there is no ~/.aliyun/config.json".to_owned()))
    }

    /// The name of the profile, and who chose it, unless it was the file.
    fn choice(
        &self,
        surroundings: &Surroundings,
        file: &Entry<'_>,
    ) -> Result<(String, Option<&'static str>), Error> {
        if let Some(name) = self.name.clone() {
            return Ok((name, Some("the program")));
        }
        if let Some(name) = surroundings.environment().first(&PROFILE)? {
            return Ok((name, Some(PROFILE[0])));
        }
        Ok((file.text("current")?.unwrap_or("default").to_owned(), None))
    }

    fn find(&self, surroundings: &Surroundings) -> Result<Held, Error> {
        let file = match self.file(surroundings)? {
            Ok(file) => file,
            Err(why) => return Ok(Held::Nothing(why)),
        };
        let document = Document::parse(&file)?;
        let root = document.object()?;
        let profiles = root.entries("profiles")?;
        if profiles.is_empty() {
            return Ok(Held::Nothing(format!(
                "{} has no profiles",
                document.place()
            )));
        }
        let (name, chosen_by) = self.choice(surroundings, &root)?;
        let Some(entry) = profile(&profiles, &name)? else {
            let missing = format!("{} has no profile {name}", document.place());
            let chosen_by = match chosen_by {
                // The variable may mean a section of the other file.
                Some(variable)
                    if variable == PROFILE[0]
                        && SharedFile::usual().has(surroundings, &name)? =>
                {
                    return Ok(Held::Nothing(missing));
                }
                other => other.unwrap_or("`current`"),
            };
            return Err(Error::configuration(format!(
                "{missing}, which {chosen_by} names"
            )));
        };
        let entry = entry.named(&name, document.place());
        let place = entry.place().to_owned();
        let mode = entry.text("mode")?;
        let chained = |source: &str| self.chained(&name, source, &place);
        if let Some(source) = modes::source(mode.unwrap_or_default(), &entry, chained)? {
            return Ok(Held::Elsewhere {
                source,
                place,
                file,
            });
        }
        match key(&entry, mode)? {
            Some(found) => Ok(Held::Key(found.guarded_by(&file))),
            None => Ok(Held::Nothing(format!("{place} has no key"))),
        }
    }

    /// The profile whose key a role is taken with.
    fn chained(&self, name: &str, source: &str, place: &str) -> Result<Self, Error> {
        let mut takers = self.takers.clone();
        takers.push(name.to_owned());
        if takers.iter().any(|taker| taker == source) {
            return Err(Error::configuration(format!(
                "{place}: `source_profile` goes in a circle: {} → {source}",
                takers.join(" → ")
            )));
        }
        Ok(Self {
            name: Some(source.to_owned()),
            takers,
        })
    }
}

/// The key of a profile whose mode says that it has one; `None` if it has not been filled in.
fn key(entry: &Entry<'_>, mode: Option<&str>) -> Result<Option<Found>, Error> {
    let permanent = || entry.key("access_key_id", "access_key_secret");
    let place = entry.place();
    let Some(mode) = mode else {
        return Err(Error::configuration(format!(
            "{place}: `mode` is missing: `aliyun configure` writes it"
        )));
    };
    let key = match mode {
        "AK" => permanent()?,
        "StsToken" => {
            let mut key = permanent()?;
            if let Some(found) = key.take() {
                let found = found.with_token(entry.required("sts_token")?);
                key = Some(match entry.time("sts_expiration")? {
                    Some(expires) => found.expires_at(expires),
                    None => found,
                });
            }
            key
        }
        "CloudSSO"
        | "OAuth"
        | "BearerToken"
        | "Anonymous"
        | "RsaKeyPair"
        | "RamRoleArnWithRoleName" => {
            return Err(Error::configuration(format!(
                "{place}: only the command line can use the mode {mode}: choose another profile with {}",
                PROFILE[0]
            )));
        }
        // An unknown mode is a word of the file's that may be anything.
        _ => {
            return Err(Error::configuration(format!(
                "{place}: `mode` is none that is known, such as AK or StsToken"
            )));
        }
    };
    Ok(key.map(|key| Found::new(key, place)))
}

impl CredentialSource for Profile {
    fn name(&self) -> Cow<'_, str> {
        "the profile of Alibaba Cloud's command line".into()
    }

    fn load<'a>(&'a self, surroundings: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
        Box::pin(async {
            let held = self.find(surroundings)?;
            held.load(&self.name(), surroundings).await
        })
    }

    fn settings(&self, surroundings: &Surroundings) -> Result<Settings, Error> {
        let Ok(file) = self.file(surroundings)? else {
            return Ok(Settings::default());
        };
        let document = Document::parse(&file)?;
        let root = document.object()?;
        let (name, _) = self.choice(surroundings, &root)?;
        let region = match profile(&root.entries("profiles")?, &name)? {
            Some(entry) => entry
                .named(&name, document.place())
                .text("region_id")?
                .map(str::to_owned),
            None => None,
        };
        Ok(Settings {
            region,
            ..Settings::default()
        })
    }
}

fn profile<'a>(profiles: &[Entry<'a>], name: &str) -> Result<Option<Entry<'a>>, Error> {
    for entry in profiles {
        if entry.text("name")? == Some(name) {
            return Ok(Some(entry.clone()));
        }
    }
    Ok(None)
}
