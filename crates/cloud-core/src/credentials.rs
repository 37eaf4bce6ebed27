//! Keys, and where they come from.

use std::collections::BTreeMap;
use std::fmt;

use crate::error::Error;
use crate::secret::Secret;

/// The key that requests are signed with.
///
/// The providers call the two halves differently: public and private key (UCloud), secret id and secret key (Tencent Cloud), access
/// key id and access key secret (Alibaba Cloud). Temporary keys come with a token.
///
/// `Debug` shows the id only, and the secrets are overwritten in memory when they are dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    id: String,
    secret: Secret,
    token: Option<Secret>,
}

impl Credentials {
    /// A permanent key.
    pub fn new(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self {
            id: id.into(),
            secret: secret.into(),
            token: None,
        }
    }

    /// Makes it a temporary key with this token.
    #[must_use]
    pub fn with_token(mut self, token: impl Into<Secret>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// The half that names the key.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The half that signs.
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// The token of a temporary key.
    pub fn token(&self) -> Option<&Secret> {
        self.token.as_ref()
    }

    /// The text without the secrets that it may quote, such as a provider's message about a signature.
    pub(crate) fn redact(&self, text: String) -> String {
        let secrets = [Some(&self.secret), self.token.as_ref()];
        secrets
            .into_iter()
            .flatten()
            .map(Secret::expose)
            .filter(|secret| !secret.is_empty())
            .fold(text, |text, secret| {
                if text.contains(secret) {
                    text.replace(secret, "[secret]")
                } else {
                    text
                }
            })
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Credentials")
            .field("id", &self.id)
            .field("secret", &self.secret)
            .field("token", &self.token)
            .finish()
    }
}

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

    /// The first of these variables that is set.
    pub(crate) fn first(&self, names: &[&str]) -> Result<Option<String>, Error> {
        names
            .iter()
            .find_map(|name| self.get(name).transpose())
            .transpose()
    }

    /// The key that a provider's variables hold.
    pub(crate) fn credentials(&self, variables: &Variables) -> Result<Credentials, Error> {
        for family in variables.keys {
            let (id, secret) = (self.get(family.id)?, self.get(family.secret)?);
            return match (id, secret) {
                (Some(id), Some(secret)) => {
                    let credentials = Credentials::new(id, secret);
                    Ok(match self.first(family.tokens)? {
                        Some(token) => credentials.with_token(token),
                        None => credentials,
                    })
                }
                (None, None) => continue,
                (Some(_), None) => Err(half_a_key(family.id, family.secret)),
                (None, Some(_)) => Err(half_a_key(family.secret, family.id)),
            };
        }
        let wanted: Vec<String> = variables
            .keys
            .iter()
            .map(|family| format!("{} and {}", family.id, family.secret))
            .collect();
        Err(Error::configuration(format!(
            "no credentials: set {}, or give them to the client with `Client::builder().credentials(…)`",
            wanted.join(", or ")
        )))
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

/// The environment variables of a provider's own tools.
#[derive(Debug)]
pub(crate) struct Variables {
    /// Key variables, family by family: a key is never put together from two of them.
    pub(crate) keys: &'static [KeyVariables],
    pub(crate) region: &'static [&'static str],
    pub(crate) zone: &'static [&'static str],
    pub(crate) project: &'static [&'static str],
    pub(crate) endpoint: &'static [&'static str],
}

/// Variables that hold one key.
#[derive(Debug)]
pub(crate) struct KeyVariables {
    pub(crate) id: &'static str,
    pub(crate) secret: &'static str,
    pub(crate) tokens: &'static [&'static str],
}
