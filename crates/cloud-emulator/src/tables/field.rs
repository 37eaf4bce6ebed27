//! Fields: parameters of a request, members of an answer or a record.

use serde::Deserialize;
use serde_json::{Map, Number, Value};

/// A field. Its rules are about its value; for a list about each item, all but the number of items.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Field {
    /// Its name on the wire.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Whether it has to be there.
    #[serde(default)]
    pub required: bool,
    /// The one member of the object that answers put around a list.
    pub wrapper: Option<String>,
    /// A value that it may have, as text.
    pub example: Option<String>,
    /// What stands for it when it is absent, as text.
    pub default: Option<String>,
    /// Its smallest value.
    pub minimum: Option<Number>,
    /// Its largest value.
    pub maximum: Option<Number>,
    /// What it is a multiple of.
    pub multiple_of: Option<Step>,
    /// The shortest list.
    pub min_items: Option<usize>,
    /// The longest list.
    pub max_items: Option<usize>,
    /// The shortest text.
    pub min_length: Option<usize>,
    /// The longest text.
    pub max_length: Option<usize>,
    /// A regular expression that the whole text matches.
    pub pattern: Option<String>,
    /// Whether text has to hold something.
    #[serde(default)]
    pub not_empty: bool,
    /// What text may not begin with.
    #[serde(default)]
    pub not_prefix: Vec<String>,
    /// What text may not contain.
    #[serde(default)]
    pub not_containing: Vec<String>,
    /// With which values of other fields it may be there.
    #[serde(default)]
    pub only_when: Conditions,
    /// With which values of other fields it has to be there.
    #[serde(default)]
    pub required_when: Conditions,
    /// Without which other fields it has to be there: one of them is enough.
    #[serde(default)]
    pub required_unless: Vec<String>,
    /// Which other fields have to be there with it: all of them.
    #[serde(default)]
    pub only_with: Vec<String>,
}

/// What a number is a multiple of.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Step {
    /// A number.
    Number(i64),
    /// The value of another field.
    Field(String),
}

/// Other fields, and the values of which each has one.
pub(crate) type Conditions = Map<String, Value>;

/// The type of a field, as the specs write it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Type {
    /// A list: `[T]`.
    List((Box<Type>,)),
    /// A map whose keys are text: `{ map: T }`.
    Map {
        /// The type of its values.
        map: Box<Type>,
    },
    /// Text that holds a scalar: `{ text: T }`.
    Text {
        /// The type of the scalar.
        text: Scalar,
    },
    /// Text that holds JSON: `{ json: T }`.
    Json {
        /// The type of what it holds.
        json: Box<Type>,
    },
    /// A type of the grammar.
    Scalar(Scalar),
    /// A record or an enum, by its name.
    Named(String),
}

impl Default for Type {
    fn default() -> Self {
        Self::Scalar(Scalar::Any)
    }
}

/// A type of the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Scalar {
    /// Text.
    String,
    /// True or false.
    Bool,
    /// A number that is 0 or 1.
    Flag,
    /// A signed number of 32 bits.
    I32,
    /// A signed number of 64 bits.
    I64,
    /// An unsigned number of 64 bits.
    U64,
    /// A number with a fraction.
    F64,
    /// Any JSON.
    Any,
    /// An hour of the day.
    Hour,
    /// Seconds since 1970.
    UnixSeconds,
    /// Milliseconds since 1970.
    UnixMillis,
    /// `YYYY-MM-DD HH:mm:ss`.
    DateTime,
    /// `YYYY-MM-DD`.
    Date,
    /// `HH:mm`.
    Time,
    /// `HH:mm-HH:mm`.
    TimeRange,
    /// Bytes in text.
    Base64,
    /// The address of something to download.
    DownloadUrl,
}
