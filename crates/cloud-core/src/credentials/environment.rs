//! Keys and settings in environment variables.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;

use super::{CredentialSource, Credentials, Found, Lookup, Settings, Surroundings};
use crate::error::Error;
use crate::transport::BoxFuture;

/// Environment variables: those of the process, or given ones.
///
/// ```
/// let environment: cloud_core::Environment = [("UCLOUD_REGION", "cn-bj2")].into_iter().collect();
/// assert_eq!(environment.get("UCLOUD_REGION")?.as_deref(), Some("cn-bj2"));
/// # Ok::<(), cloud_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Environment(Option<BTreeMap<String, String>>);

impl Environment {
    /// The variables of the process, read whenever they are needed.
    pub fn process() -> Self {
        Self(None)
    }

    /// The value of a variable. An empty one counts as not set, since that is how scripts unset things.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) if it is not valid UTF-8.
    pub fn get(&self, name: &str) -> Result<Option<String>, Error> {
        let value = match &self.0 {
            Some(variables) => variables.get(name).cloned(),
            None => match std::env::var(name) {
                Ok(value) => Some(value),
                Err(std::env::VarError::NotPresent) => None,
                Err(std::env::VarError::NotUnicode(_)) => {
                    return Err(Error::configuration(format!(
                        "the environment variable {name} is not valid UTF-8"
                    )));
                }
            },
        };
        Ok(value.filter(|value| !value.is_empty()))
    }

    /// A variable that names a file, which need not be UTF-8.
    pub(super) fn raw(&self, name: &str) -> Option<OsString> {
        let value = match &self.0 {
            Some(variables) => variables.get(name).map(OsString::from),
            None => std::env::var_os(name),
        };
        value.filter(|value| !value.is_empty())
    }

    /// The first of these variables that is set.
    pub(crate) fn first(&self, names: &[&str]) -> Result<Option<String>, Error> {
        names
            .iter()
            .find_map(|name| self.get(name).transpose())
            .transpose()
    }
}

impl Variables {
    /// The key that these variables hold.
    fn key(&self, environment: &Environment) -> Result<Lookup, Error> {
        for family in self.keys {
            let (id, secret) = (environment.get(family.id)?, environment.get(family.secret)?);
            return match (id, secret) {
                (Some(id), Some(secret)) => {
                    let credentials = Credentials::new(id, secret);
                    let credentials = match environment.first(family.tokens)? {
                        Some(token) => credentials.with_token(token),
                        None => credentials,
                    };
                    let place = format!("{} and {}", family.id, family.secret);
                    Ok(Lookup::Found(Found::new(credentials, place)))
                }
                (None, None) => continue,
                (Some(_), None) => Err(half_a_key(family.id, family.secret)),
                (None, Some(_)) => Err(half_a_key(family.secret, family.id)),
            };
        }
        let ids: Vec<_> = self.keys.iter().map(|family| family.id).collect();
        Ok(Lookup::Absent(match &*ids {
            [id] => format!("{id} is not set"),
            _ => format!("none of {} is set", ids.join(", ")),
        }))
    }
}

impl CredentialSource for Variables {
    fn name(&self) -> Cow<'_, str> {
        "the environment".into()
    }

    fn load<'a>(&'a self, surroundings: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
        Box::pin(async { self.key(surroundings.environment()) })
    }

    fn settings(&self, surroundings: &Surroundings) -> Result<Settings, Error> {
        let first = |names| surroundings.environment().first(names);
        Ok(Settings {
            region: first(self.region)?,
            zone: first(self.zone)?,
            project: first(self.project)?,
            endpoint: first(self.endpoint)?,
        })
    }
}

fn half_a_key(present: &str, missing: &str) -> Error {
    Error::configuration(format!(
        "half a key: the environment has {present} but not {missing}"
    ))
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(variables: I) -> Self {
        Self(Some(
            variables
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        ))
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => formatter.write_str("Environment(process)"),
            Some(variables) => formatter.debug_set().entries(variables.keys()).finish(),
        }
    }
}

/// The environment variables of a provider's own tools, as a source of keys.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Variables {
    /// Key variables, family by family: a key is never put together from two of them.
    pub(crate) keys: &'static [KeyVariables],
    pub(crate) region: &'static [&'static str],
    pub(crate) zone: &'static [&'static str],
    pub(crate) project: &'static [&'static str],
    pub(crate) endpoint: &'static [&'static str],
}

/// Variables that hold one key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KeyVariables {
    pub(crate) id: &'static str,
    pub(crate) secret: &'static str,
    pub(crate) tokens: &'static [&'static str],
}
