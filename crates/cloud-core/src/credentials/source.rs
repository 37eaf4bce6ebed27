//! What a place where keys come from has to say.

use std::borrow::Cow;
use std::fmt;

use super::{Credentials, Surroundings};
use crate::client::skew::Moment;
use crate::error::Error;
use crate::time::UnixSeconds;
use crate::transport::BoxFuture;

/// Where a key comes from. A provider's own places are sources; so is anything of the user's.
///
/// A client asks its source when it first needs a key, and again before the key [expires](Credentials::expires_at). It asks once
/// however many calls wait for the answer, and forgets what failed, so a source keeps nothing.
///
/// A call waits for a source until its [deadline](crate::Policy::deadline), and not at all while the key that the client has is good.
/// A source that is slower goes on with the next call, which asks once more beside it. A blocking client asks on a thread of its own,
/// which ends when the source has answered.
///
/// ```
/// use std::borrow::Cow;
/// use cloud_core::credentials::{Credentials, CredentialSource, Found, Lookup, Surroundings};
/// use cloud_core::{BoxFuture, Error};
///
/// #[derive(Debug)]
/// struct Vault;
///
/// impl CredentialSource for Vault {
///     fn name(&self) -> Cow<'_, str> {
///         "the vault".into()
///     }
///
///     fn load<'a>(&'a self, surroundings: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
///         Box::pin(async move {
///             let Some(path) = surroundings.variable("VAULT_FILE")? else {
///                 return Ok(Lookup::Absent("VAULT_FILE is not set".to_owned()));
///             };
///             let Some(file) = surroundings.read(path.as_ref())? else {
///                 return Err(Error::configuration(format!("VAULT_FILE names {path}, which does not exist")));
///             };
///             let Some((id, secret)) = file.text.expose().trim().split_once(':') else {
///                 return Err(Error::configuration(format!("{path} has no line such as `id:secret`")));
///             };
///             Ok(Lookup::Found(Found::new(Credentials::new(id, secret), path).guarded_by(&file)))
///         })
///     }
/// }
/// ```
pub trait CredentialSource: fmt::Debug + Send + Sync + 'static {
    /// What explanations call it: `the environment`, `instance metadata`.
    fn name(&self) -> Cow<'_, str>;

    /// Looks for a key.
    ///
    /// A source that is not set up here is [absent](Lookup::Absent), and the next one is asked.
    ///
    /// # Errors
    ///
    /// A source that is set up but broken is an error, which ends the search: a typo must not make a program use another key. The
    /// message says which file and line or which variable is wrong, and never quotes what may be a secret.
    fn load<'a>(&'a self, surroundings: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>>;

    /// What stands beside the key and can be read without asking anybody over the network.
    ///
    /// # Errors
    ///
    /// A place that can't be read.
    fn settings(&self, surroundings: &Surroundings) -> Result<Settings, Error> {
        let _ = surroundings;
        Ok(Settings::default())
    }
}

/// What came of looking for a key.
#[derive(Debug)]
pub enum Lookup {
    /// There is one.
    Found(Found),
    /// There is none, and why: `UCLOUD_PUBLIC_KEY is not set`.
    Absent(String),
}

/// A key, and where exactly it was.
#[derive(Debug)]
#[non_exhaustive]
pub struct Found {
    /// The key.
    pub credentials: Credentials,
    /// Where it was: `~/.aliyun/config.json, profile default`.
    pub place: String,
    /// What is wrong with the place although it has a key: `other users can read ~/.aliyun/config.json`.
    pub warnings: Vec<String>,
}

impl Found {
    /// A key that was found in this place.
    pub fn new(credentials: Credentials, place: impl Into<String>) -> Self {
        Self {
            credentials,
            place: place.into(),
            warnings: Vec::new(),
        }
    }

    /// Adds a warning if others can read the file that the key is in.
    #[must_use]
    pub fn guarded_by(mut self, file: &super::File) -> Self {
        if file.readable_by_others {
            let place = file.place();
            self.warnings.push(format!(
                "other users of this computer can read {place}: `chmod 600 {place}` keeps it to yourself"
            ));
        }
        self
    }

    /// Adds a warning if the key has expired. The provider has the last word, since it is the clock that may be wrong.
    pub(super) fn warn_if_expired(&mut self, now: Moment) {
        if let Some(expires) = self.credentials.expires()
            && now.is_past(expires)
        {
            self.warnings.push(format!(
                "the key has expired at {}: renew it there, or check the clock of this computer",
                UnixSeconds::from(expires)
            ));
        }
    }
}

/// What a profile says beside the key. A client takes from it what its builder was not told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settings {
    /// The region of requests that name none.
    pub region: Option<String>,
    /// The zone of requests that name none.
    pub zone: Option<String>,
    /// The project of requests that name none.
    pub project: Option<String>,
    /// Where to send requests, whatever the region.
    pub endpoint: Option<String>,
}

impl Settings {
    /// These, and those of others for what they leave open.
    pub(crate) fn or(self, others: Self) -> Self {
        Self {
            region: self.region.or(others.region),
            zone: self.zone.or(others.zone),
            project: self.project.or(others.project),
            endpoint: self.endpoint.or(others.endpoint),
        }
    }

    /// Each with its name.
    pub(super) fn named(&self) -> [(&'static str, Option<&str>); 4] {
        [
            ("region", self.region.as_deref()),
            ("zone", self.zone.as_deref()),
            ("project", self.project.as_deref()),
            ("endpoint", self.endpoint.as_deref()),
        ]
    }
}

/// A key that is given is a source of itself.
impl CredentialSource for Credentials {
    fn name(&self) -> Cow<'_, str> {
        "the key given to the client".into()
    }

    fn load<'a>(&'a self, _: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
        Box::pin(async {
            Ok(Lookup::Found(Found::new(
                self.clone(),
                "the program itself",
            )))
        })
    }
}
