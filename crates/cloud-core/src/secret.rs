//! Text that must not be seen: keys, tokens, passwords.

use std::fmt;

use serde_core::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

use crate::record::{AsValue, FromScalar, Scalar, Text, Value};

/// Text whose `Debug` shows nothing, and whose memory is overwritten when it is dropped.
///
/// There is no `Display`, so that it can't slip into a message. `Serialize` leaves it out, and writes `null` where it stands on its
/// own; [`with_secrets`](crate::with_secrets) writes it in clear.
///
/// ```
/// let password = cloud_core::Secret::from("hunter2");
/// assert_eq!(format!("{password:?}"), "[secret]");
/// assert_eq!(password.expose(), "hunter2");
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[secret]")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

/// What the text carries is hidden with it: a secret record is given as a record and kept as text.
impl<T> From<Text<T>> for Secret {
    fn from(text: Text<T>) -> Self {
        Self::from(text.into_string())
    }
}

impl AsValue for Secret {
    fn value(&self) -> Value<'_> {
        Value::Secret(self.expose())
    }
}

impl FromScalar for Secret {
    const EXPECTS: &'static str = "text";
    const EMPTY_IS_ABSENT: bool = false;

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        Some(Self::from(scalar.text().into_owned()))
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::record::deserialize_scalar(deserializer)
    }
}
