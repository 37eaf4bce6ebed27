//! What a [`Text`](super::Text) can carry, and how it is spelled.

use base64::alphabet;
use base64::engine::{DecodePaddingMode, Engine, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value as Json;

use super::decode::{from_text, json_from_text};
use super::{FromScalar, Record, RecordMut, Scalar, Value, with_secrets};

/// A type that can be written as text. Every record of an answer is one: its text is a JSON object.
pub trait TextFormat: Sized {
    /// What the text should carry, for messages: `a date such as 2024-03-01`.
    const EXPECTS: &'static str;

    /// What the text carries, or `None` if it carries something else.
    fn parse(text: &str) -> Option<Self>;

    /// The text that carries the value.
    fn format(&self) -> String;
}

macro_rules! as_it_is_displayed {
    ($($type:ty),+) => {
        $(impl TextFormat for $type {
            const EXPECTS: &'static str = <Self as FromScalar>::EXPECTS;

            fn parse(text: &str) -> Option<Self> {
                Self::from_scalar(Scalar::Text(text))
            }

            fn format(&self) -> String {
                self.to_string()
            }
        })+
    };
}

as_it_is_displayed!(bool, i64, u64, f64);

impl TextFormat for Json {
    const EXPECTS: &'static str = "JSON as text";

    fn parse(text: &str) -> Option<Self> {
        json_from_text(text).ok()
    }

    fn format(&self) -> String {
        self.to_string()
    }
}

/// Written with padding; some providers leave it out.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl TextFormat for Vec<u8> {
    const EXPECTS: &'static str = "bytes as Base64";

    fn parse(text: &str) -> Option<Self> {
        BASE64.decode(text).ok()
    }

    fn format(&self) -> String {
        BASE64.encode(self)
    }
}

impl<T: RecordMut + Default> TextFormat for T {
    const EXPECTS: &'static str = "a JSON object as text";

    fn parse(text: &str) -> Option<Self> {
        let mut record = Self::default();
        from_text(&mut record, text).ok().map(|()| record)
    }

    fn format(&self) -> String {
        write(self)
    }
}

/// Apart from the trait, so that it is compiled once and not for every record.
fn write(record: &dyn Record) -> String {
    // Writing to memory fails for keys that are not text only, and records have none. What is sent has its secrets.
    serde_json::to_string(&with_secrets(&Value::Record(record))).unwrap_or_default()
}
