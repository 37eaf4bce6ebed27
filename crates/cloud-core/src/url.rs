//! Addresses that are as good as a key.

use std::fmt;

use crate::record::{AsValue, FromScalar, Scalar, Value};

/// An address from which anyone who has it can fetch something, since its query carries a signature or a token.
///
/// `Debug` shows the address without the query, and there is no `Display`, so that it can't slip into a message. `Serialize` leaves it
/// out, as it does every [`Secret`](crate::Secret); [`with_secrets`](crate::with_secrets) writes it in clear.
///
/// ```
/// let url = cloud_core::DownloadUrl::from("https://files.example.com/backup.rdb?sign=0a1b2c");
/// assert_eq!(format!("{url:?}"), "https://files.example.com/backup.rdb?…");
/// assert_eq!(url.as_str(), "https://files.example.com/backup.rdb?sign=0a1b2c");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DownloadUrl(String);

impl DownloadUrl {
    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The whole address.
    pub fn into_string(self) -> String {
        self.0
    }

    /// The address up to its query, and the rest; `None` for what is no address, since that may be anything.
    fn parts(&self) -> Option<(&str, &str)> {
        let (scheme, rest) = self.0.split_once("://")?;
        let path_end = rest.find(['?', '#']).unwrap_or(rest.len());
        let (host_and_path, _) = rest.split_at_checked(path_end)?;
        let host = host_and_path.split('/').next()?;
        let is_scheme = !scheme.is_empty() && scheme.chars().all(|one| one.is_ascii_alphanumeric());
        // A name or a key before an `@` would stand in the host's place.
        let is_host = !host.is_empty()
            && host
                .chars()
                .all(|one| one.is_alphanumeric() || "-._:[]".contains(one));
        let is_line = !host_and_path.contains(|one: char| one.is_whitespace() || one.is_control());
        if !(is_scheme && is_host && is_line) {
            return None;
        }
        self.0
            .split_at_checked(scheme.len() + "://".len() + path_end)
    }
}

impl fmt::Debug for DownloadUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((shown, hidden)) = self.parts() else {
            return formatter.write_str("…");
        };
        formatter.write_str(shown)?;
        match hidden.chars().next() {
            Some(mark) => write!(formatter, "{mark}…"),
            None => Ok(()),
        }
    }
}

impl From<String> for DownloadUrl {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for DownloadUrl {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl AsValue for DownloadUrl {
    fn value(&self) -> Value<'_> {
        Value::Secret(&self.0)
    }
}

impl FromScalar for DownloadUrl {
    const EXPECTS: &'static str = "an address";

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        String::from_scalar(scalar).map(Self)
    }
}

crate::scalar_field!(DownloadUrl);
