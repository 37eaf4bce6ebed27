//! Fields: parameters of a request, members of an answer or a record.

use serde::Deserialize;
use serde_json::{Map, Number, Value};

/// A field. Its rules are about its value; for a list about each item, all but the number of items.
#[derive(Debug, Deserialize)]
pub(crate) struct Field {
    /// Its name on the wire.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// What its text or number stands for.
    pub format: Option<Format>,
    /// Whether it has to be there.
    #[serde(default)]
    pub required: bool,
    /// How Alibaba Cloud expects it; numbered parameters if left out.
    pub encoding: Option<Encoding>,
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
    /// The field that it is a multiple of.
    pub multiple_of: Option<String>,
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
    /// A type of the grammar.
    Scalar(Scalar),
    /// A record or an enum, by its name.
    Named(String),
}

/// A type of the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Scalar {
    /// Text.
    String,
    /// True or false.
    Bool,
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
}

/// What a text or a number stands for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Format {
    /// `true` or `false`, as text.
    Bool,
    /// An integer, as text.
    I64,
    /// An integer without a sign, as text.
    U64,
    /// A number, as text.
    F64,
    /// JSON, as text.
    Json,
    /// Bytes.
    Base64,
    /// Seconds since 1970.
    UnixSeconds,
    /// Milliseconds since 1970.
    UnixMillis,
    /// An hour of the day.
    Hour,
    /// `YYYY-MM-DD HH:mm:ss`.
    DateTime,
    /// `YYYY-MM-DD`.
    Date,
    /// `HH:mm`.
    Time,
    /// `HH:mm-HH:mm`.
    TimeRange,
    /// The address of something to download.
    DownloadUrl,
    /// A record, as JSON.
    #[serde(untagged)]
    Record(String),
}

/// How a parameter with parts is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Encoding {
    /// As one text that holds JSON.
    JsonText,
}
