//! Where a page begins.

use serde_core::de::{self, Deserialize, Deserializer, Visitor};
use serde_core::ser::{Serialize, Serializer};

/// Where a page begins. It can be stored, to read on from there another time.
///
/// Stored, it is a number, a text, or nothing: `40`, `"AAAAAV3MpHK1AP0"`, `null`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Position {
    /// At the beginning of a list whose pages begin at marks: there is none yet.
    Start,
    /// At this item, or at the page with this number.
    Number(u64),
    /// At a mark that the page before has left.
    Token(String),
}

impl Position {
    /// The position for a parameter that is a number of this type; `None` if it does not fit.
    pub fn number<N: TryFrom<u64>>(&self) -> Option<N> {
        let number = match self {
            Self::Start => return None,
            Self::Number(number) => *number,
            Self::Token(token) => token.parse().ok()?,
        };
        N::try_from(number).ok()
    }

    /// The position for a parameter that is text; `None` at the start.
    pub fn token(&self) -> Option<String> {
        match self {
            Self::Start => None,
            Self::Number(number) => Some(number.to_string()),
            Self::Token(token) => Some(token.clone()),
        }
    }
}

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Start => serializer.serialize_unit(),
            Self::Number(number) => serializer.serialize_u64(*number),
            Self::Token(token) => serializer.serialize_str(token),
        }
    }
}

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Stored)
    }
}

struct Stored;

impl Visitor<'_> for Stored {
    type Value = Position;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("where a page begins: a number, a text, or null")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Position, E> {
        Ok(Position::Start)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Position, E> {
        Ok(Position::Number(number))
    }

    /// Some formats read every number that is not too large as a signed one.
    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Position, E> {
        u64::try_from(number)
            .map(Position::Number)
            .map_err(|_| E::invalid_value(de::Unexpected::Signed(number), &self))
    }

    fn visit_str<E: de::Error>(self, token: &str) -> Result<Position, E> {
        Ok(Position::Token(token.to_owned()))
    }
}
