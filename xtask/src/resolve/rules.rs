//! What a spec says about the values of a field, as data.

use super::json::number;
use crate::model::{Condition, Rules, Step};
use crate::source::Spanned;
use crate::spec::{Field, Text};
use crate::yaml::{Kind, Node};

/// What the rules of a field say about the fields beside it.
pub struct Siblings {
    /// With which values of other fields it has a meaning.
    pub only_when: Vec<Condition>,
    /// With which values of other fields it is required.
    pub required_when: Vec<Condition>,
    /// The fields of which one makes that it is not required.
    pub required_unless: Vec<String>,
    /// The fields that have to be there with it.
    pub only_with: Vec<String>,
}

/// The rules of a field.
pub fn resolve(field: &Field<'_>, siblings: Siblings) -> Rules {
    let limit = |node: Option<&Node<'_>>| number(node?.atom()?);
    let count = |count: Option<Spanned<u32>>| count.map(|count| count.value);
    let texts = |texts: &[Text<'_>]| texts.iter().map(|text| text.value.to_owned()).collect();
    let step = |node: &Node<'_>| match node.text() {
        Some(name) => Some(Step::Field(name.to_owned())),
        None => number(node.atom()?).map(Step::Number),
    };
    Rules {
        default: field.default.and_then(literal_text),
        minimum: limit(field.minimum),
        maximum: limit(field.maximum),
        multiple_of: field.multiple_of.and_then(step),
        min_items: count(field.min_items),
        max_items: count(field.max_items),
        min_length: count(field.min_length),
        max_length: count(field.max_length),
        pattern: field.pattern.map(|text| text.value.to_owned()),
        not_empty: field.not_empty.is_some(),
        not_prefix: texts(&field.not_prefix),
        not_containing: texts(&field.not_containing),
        only_when: siblings.only_when,
        required_when: siblings.required_when,
        required_unless: siblings.required_unless,
        only_with: siblings.only_with,
    }
}

/// A scalar in the spec's own words.
pub fn literal_text(node: &Node<'_>) -> Option<String> {
    match &node.kind {
        Kind::Scalar(scalar) => Some(scalar.text.clone().into_owned()),
        _ => None,
    }
}
