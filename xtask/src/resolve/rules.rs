//! What a spec says about values, as sentences for the docs.

use super::format::HOUR;
use crate::model::Type;
use crate::source::Spanned;
use crate::spec::{Field, one_of};
use crate::yaml::{Kind, Node};

/// What the rules of a field depend on beside the field itself.
pub struct Facts {
    /// Whether `new` sets the field to its default.
    pub preset: bool,
    /// When it has a meaning, as part of a sentence.
    pub only_when: Option<String>,
    /// When it is required, as part of a sentence.
    pub required_when: Option<String>,
}

/// The rules of a field, each a sentence.
pub fn sentences(field: &Field<'_>, ty: &Type, facts: &Facts) -> Vec<String> {
    let is_list = matches!(ty, Type::List(_) | Type::Map(_));
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
        rules.push(if facts.preset {
            format!("The provider requires it: `new` sets it to `{default}`.")
        } else {
            format!("The provider takes `{default}` when it is absent.")
        });
    }
    if field.format.is_some_and(|format| format.value == HOUR) {
        rules.push(each("An hour", "Each item is an hour") + " of the day, from 0 to 23.");
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
    rules.extend(count(field.min_items, field.max_items, "item").map(|count| count + "."));
    rules.extend(
        count(field.min_length, field.max_length, "character").map(|count| {
            if is_list {
                format!("Each item has {}.", uncapitalised(&count))
            } else {
                count + "."
            }
        }),
    );
    if let Some(pattern) = field.pattern {
        rules.push(each("It", "Each item") + &format!(" matches `{}`.", pattern.value));
    }
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
    if let Some(condition) = &facts.only_when {
        rules.push(format!("Only when {condition}."));
    }
    if let Some(condition) = &facts.required_when {
        rules.push(format!("Required when {condition}."));
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

/// How many of something there may be: `From 1 to 20 items`.
fn count(least: Option<Spanned<u32>>, most: Option<Spanned<u32>>, what: &str) -> Option<String> {
    let plural = |count: u32| if count == 1 { "" } else { "s" };
    match (least.map(|least| least.value), most.map(|most| most.value)) {
        (Some(least), Some(most)) if least == most => {
            Some(format!("Exactly {most} {what}{}", plural(most)))
        }
        (Some(least), Some(most)) => Some(format!("From {least} to {most} {what}s")),
        (Some(least), None) => Some(format!("At least {least} {what}{}", plural(least))),
        (None, Some(most)) => Some(format!("At most {most} {what}{}", plural(most))),
        (None, None) => None,
    }
}

fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_ascii_lowercase().to_string() + letters.as_str()
    })
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + letters.as_str()
    })
}
