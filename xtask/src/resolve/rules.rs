//! What a spec says about the values of a field, as data.

use super::format::HOUR;
use super::json::number;
use crate::model::{Condition, Rules};
use crate::source::Spanned;
use crate::spec::{Field, Text};
use crate::yaml::{Kind, Node};

/// The rules of a field, with its conditions, which are resolved against the fields beside it.
pub fn resolve(
    field: &Field<'_>,
    only_when: Vec<Condition>,
    required_when: Vec<Condition>,
) -> Rules {
    let limit = |node: Option<&Node<'_>>| number(node?.atom()?);
    let count = |count: Option<Spanned<u32>>| count.map(|count| count.value);
    let text = |text: Option<Text<'_>>| text.map(|text| text.value.to_owned());
    let texts = |texts: &[Text<'_>]| texts.iter().map(|text| text.value.to_owned()).collect();
    Rules {
        default: field.default.and_then(literal_text),
        hour: field.format.is_some_and(|format| format.value == HOUR),
        minimum: limit(field.minimum),
        maximum: limit(field.maximum),
        multiple_of: text(field.multiple_of),
        min_items: count(field.min_items),
        max_items: count(field.max_items),
        min_length: count(field.min_length),
        max_length: count(field.max_length),
        pattern: text(field.pattern),
        not_empty: field.not_empty.is_some(),
        not_prefix: texts(&field.not_prefix),
        not_containing: texts(&field.not_containing),
        only_when,
        required_when,
    }
}

/// A scalar in the spec's own words.
pub fn literal_text(node: &Node<'_>) -> Option<String> {
    match &node.kind {
        Kind::Scalar(scalar) => Some(scalar.text.clone().into_owned()),
        _ => None,
    }
}
