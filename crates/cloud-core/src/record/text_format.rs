//! What a [`Text`](super::Text) can carry, and how it is spelled.

use std::collections::BTreeMap;

use base64::alphabet;
use base64::engine::{DecodePaddingMode, Engine, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value as Json;

use super::decode::{from_text, slot_from_text};
use super::{
    AsSlot, AsValue, Element, FromScalar, Record, RecordMut, Scalar, Slot, Value, with_secrets,
};

/// A type that can be written as text. Every record, every list and every map is one: its text is JSON.
pub trait TextFormat {
    /// What the text should carry, for messages: `a date such as 2024-03-01`.
    const EXPECTS: &'static str;

    /// The text that carries the value.
    fn format(&self) -> String;
}

/// A type that can be read from text. Records of requests alone can only be written.
pub trait FromText: TextFormat + Sized {
    /// What the text carries, or `None` if it carries something else.
    fn parse(text: &str) -> Option<Self>;
}

macro_rules! as_it_is_displayed {
    ($($type:ty),+) => {
        $(impl TextFormat for $type {
            const EXPECTS: &'static str = <Self as FromScalar>::EXPECTS;

            fn format(&self) -> String {
                self.to_string()
            }
        }

        impl FromText for $type {
            fn parse(text: &str) -> Option<Self> {
                Self::from_scalar(Scalar::Text(text))
            }
        })+
    };
}

as_it_is_displayed!(bool, i64, u64, f64);

impl TextFormat for Json {
    const EXPECTS: &'static str = "JSON as text";

    fn format(&self) -> String {
        self.to_string()
    }
}

impl FromText for Json {
    fn parse(text: &str) -> Option<Self> {
        let mut json = None;
        slot_from_text(Slot::Json(&mut json), text).ok()?;
        Some(json.unwrap_or_default())
    }
}

/// Written with padding; some providers leave it out.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl TextFormat for Vec<u8> {
    const EXPECTS: &'static str = "bytes as Base64";

    fn format(&self) -> String {
        BASE64.encode(self)
    }
}

impl FromText for Vec<u8> {
    fn parse(text: &str) -> Option<Self> {
        BASE64.decode(text).ok()
    }
}

impl<T: Record> TextFormat for T {
    const EXPECTS: &'static str = "a JSON object as text";

    fn format(&self) -> String {
        write(&Value::Record(self))
    }
}

impl<T: RecordMut + Default> FromText for T {
    fn parse(text: &str) -> Option<Self> {
        let mut record = Self::default();
        from_text(&mut record, text).ok().map(|()| record)
    }
}

impl<T: AsValue> TextFormat for Vec<T> {
    const EXPECTS: &'static str = "a JSON list as text";

    fn format(&self) -> String {
        write(&self.value())
    }
}

impl<T: Element> FromText for Vec<T> {
    fn parse(text: &str) -> Option<Self> {
        let mut list = Self::new();
        matches!(slot_from_text(list.slot(), text), Ok(true)).then_some(list)
    }
}

impl<T: AsValue> TextFormat for BTreeMap<String, T> {
    const EXPECTS: &'static str = "a JSON object as text";

    fn format(&self) -> String {
        write(&self.value())
    }
}

impl<T: Element> FromText for BTreeMap<String, T> {
    fn parse(text: &str) -> Option<Self> {
        let mut map = Self::new();
        matches!(slot_from_text(map.slot(), text), Ok(true)).then_some(map)
    }
}

/// A number in text that is `0` for no and `1` for yes. A field that is such a number, not text, is a `bool`.
///
/// ```
/// # use cloud_core::{Flag, Text};
/// let flag: Text<Flag> = true.into();
/// assert_eq!((flag.as_str(), flag.get()), ("1", Some(Flag(true))));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Flag(pub bool);

impl From<bool> for Flag {
    fn from(value: bool) -> Self {
        Self(value)
    }
}

impl From<Flag> for bool {
    fn from(flag: Flag) -> Self {
        flag.0
    }
}

impl TextFormat for Flag {
    const EXPECTS: &'static str = "0 or 1 as text";

    fn format(&self) -> String {
        i32::from(self.0).to_string()
    }
}

impl FromText for Flag {
    fn parse(text: &str) -> Option<Self> {
        bool::from_scalar(Scalar::Text(text)).map(Self)
    }
}

/// Apart from the traits, so that it is compiled once and not for every record.
fn write(value: &Value<'_>) -> String {
    // Writing to memory fails for keys that are not text only, and neither records nor maps have others. What is sent has its
    // secrets.
    serde_json::to_string(&with_secrets(value)).unwrap_or_default()
}
