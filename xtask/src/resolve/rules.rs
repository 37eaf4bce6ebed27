//! What a spec says about values, as sentences for the docs.

use crate::model::Type;
use crate::spec::{Field, one_of};
use crate::yaml::{Kind, Node};

/// The rules of a field, each a sentence.
pub fn sentences(field: &Field<'_>, ty: &Type) -> Vec<String> {
    let is_list = matches!(ty, Type::List(_));
    let each = |one: &str, of_list: &str| {
        if is_list {
            of_list.to_owned()
        } else {
            one.to_owned()
        }
    };
    let texts = |texts: &[crate::spec::Text<'_>]| {
        one_of(&texts.iter().map(|text| text.value).collect::<Vec<_>>())
    };
    let mut rules = Vec::new();
    if let Some(default) = field.default.and_then(literal_text) {
        rules.push(format!("The provider takes `{default}` when it is absent."));
    }
    let range = match (
        field.minimum.and_then(literal_text),
        field.maximum.and_then(literal_text),
    ) {
        (Some(minimum), Some(maximum)) => Some(format!("from {minimum} to {maximum}")),
        (Some(minimum), None) => Some(format!("at least {minimum}")),
        (None, Some(maximum)) => Some(format!("at most {maximum}")),
        (None, None) => None,
    };
    rules.extend(range.map(|range| {
        if is_list {
            format!("Each item is {range}.")
        } else {
            capitalised(&range) + "."
        }
    }));
    if let Some(other) = field.multiple_of {
        rules.push(each("A", "Each item is a") + &format!(" multiple of `{}`.", other.value));
    }
    rules.extend(match (field.min_items, field.max_items) {
        (Some(least), Some(most)) => Some(format!("From {} to {} items.", least.value, most.value)),
        (Some(least), None) => Some(format!("At least {} {}.", least.value, items(least.value))),
        (None, Some(most)) => Some(format!("At most {} {}.", most.value, items(most.value))),
        (None, None) => None,
    });
    if field.not_empty.is_some() {
        rules.push(each("Not empty.", "No item is empty."));
    }
    if !field.not_prefix.is_empty() {
        rules.push(
            each("Does not begin", "No item begins")
                + &format!(" with {}.", texts(&field.not_prefix)),
        );
    }
    if !field.not_containing.is_empty() {
        rules.push(
            each("Does not contain", "No item contains")
                + &format!(" {}.", texts(&field.not_containing)),
        );
    }
    if let Some(condition) = field.only_when {
        rules.push(format!(
            "Only when {}.",
            condition.value.trim_end_matches('.')
        ));
    }
    rules
}

/// A scalar in the spec's own words.
pub fn literal_text(node: &Node<'_>) -> Option<String> {
    match &node.kind {
        Kind::Scalar(scalar) => Some(scalar.text.clone().into_owned()),
        _ => None,
    }
}

fn items(count: u32) -> &'static str {
    if count == 1 { "item" } else { "items" }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + letters.as_str()
    })
}
