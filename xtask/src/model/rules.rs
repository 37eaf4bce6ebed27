//! What a spec says about the values of a field. The docs tell it in sentences, a server holds requests against it.

use serde_json::Number;

/// The rules of a field. Those of a list are about each item, all but the number of items.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rules {
    /// What the provider takes when it is absent, in the spec's own words.
    pub default: Option<String>,
    /// Its smallest value.
    pub minimum: Option<Number>,
    /// Its largest value.
    pub maximum: Option<Number>,
    /// What it is a multiple of.
    pub multiple_of: Option<Step>,
    /// The shortest list.
    pub min_items: Option<u32>,
    /// The longest list.
    pub max_items: Option<u32>,
    /// The shortest text, in characters.
    pub min_length: Option<u32>,
    /// The longest text, in characters.
    pub max_length: Option<u32>,
    /// A regular expression that the whole text matches.
    pub pattern: Option<String>,
    /// Whether text has to hold something.
    pub not_empty: bool,
    /// What text may not begin with.
    pub not_prefix: Vec<String>,
    /// What text may not contain.
    pub not_containing: Vec<String>,
    /// With which values of other fields it has a meaning: all of these.
    pub only_when: Vec<Condition>,
    /// With which values of other fields it is required: all of these.
    pub required_when: Vec<Condition>,
    /// The fields of which one makes that it is not required, by their names on the wire.
    pub required_unless: Vec<String>,
    /// The fields that have to be there with it, by their names on the wire.
    pub only_with: Vec<String>,
}

/// What a number is a multiple of.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A number.
    Number(Number),
    /// The value of another field, by its name on the wire.
    Field(String),
}

/// What another field of the same struct has to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The other field, by its name on the wire.
    pub field: String,
    /// The values of which it has one, in their canonical spelling on the wire.
    pub values: Vec<String>,
}
