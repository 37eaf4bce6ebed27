//! What a field says about its values, held against a value: its range, its length, its pattern.

use std::borrow::Cow;

use regex_lite::Regex;

use super::json::json;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::{Carried, Type};
use crate::source::Spanned;
use crate::spec::Field;
use crate::yaml::{Atom, Kind, Node};

/// Whether values of a type are numbers that can be compared.
pub fn is_number(ty: &Type) -> bool {
    matches!(
        ty,
        Type::I32
            | Type::I64
            | Type::U64
            | Type::F64
            | Type::Hour
            | Type::Text(Carried::I64 | Carried::U64 | Carried::F64)
    )
}

/// Whether values of a type are text on the wire.
pub fn is_text(ty: &Type) -> bool {
    matches!(
        ty,
        Type::String
            | Type::Secret
            | Type::DownloadUrl
            | Type::Text(_)
            | Type::JsonText(_)
            | Type::SecretJson(_)
    )
}

/// Reports where a value, which is of its type otherwise, is none that the field allows. `what` is what a message calls it.
pub fn check(
    field: &Field<'_>,
    ty: &Type,
    node: &Node<'_>,
    what: &str,
    diagnostics: &mut Diagnostics,
) {
    match (ty, &node.kind) {
        (Type::List(item), Kind::Sequence(items)) => {
            for node in items {
                check(field, item, node, what, diagnostics);
            }
        }
        (Type::Map(of), Kind::Mapping(entries)) => {
            for entry in entries {
                check(field, of, &entry.value, what, diagnostics);
            }
        }
        _ => {
            if let Some((wrong, limit)) = number(field, ty, node).or_else(|| text(field, ty, node))
            {
                let message = format!("{what} {wrong}");
                diagnostics.push(
                    Diagnostic::error(codes::WRONG_VALUE, node.span, message).help(format!(
                        "correct the value or the {limit}; if the page contradicts itself, say so in `quirks`"
                    )),
                );
            }
        }
    }
}

/// What is wrong with a value, and what says so.
type Wrong = (String, &'static str);

/// What is wrong with a number.
fn number(field: &Field<'_>, ty: &Type, node: &Node<'_>) -> Option<Wrong> {
    if !is_number(ty) {
        return None;
    }
    let number = match node.atom()? {
        Atom::Integer(number) => number as f64,
        Atom::Float(text) | Atom::Text(text) => text.parse().ok()?,
        Atom::Bool(_) => return None,
    };
    let step = field.multiple_of.and_then(|step| step.atom());
    let step = match step {
        Some(Atom::Integer(step)) if number % (step as f64) != 0.0 => Some(step),
        _ => None,
    };
    let (least, most) = range(field);
    match (least, most) {
        _ if *ty == Type::Hour && !(0.0..=23.0).contains(&number) => {
            Some(("is not an hour of the day, from 0 to 23".to_owned(), "type"))
        }
        (Some(least), Some(most)) if least > most => None,
        (Some(least), _) if number < least => {
            Some((format!("is below the minimum, {least}"), "limit"))
        }
        (_, Some(most)) if number > most => {
            Some((format!("is above the maximum, {most}"), "limit"))
        }
        _ => step.map(|step| (format!("is not a multiple of {step}"), "limit")),
    }
}

/// The smallest and the largest number that a field allows.
pub fn range(field: &Field<'_>) -> (Option<f64>, Option<f64>) {
    let limit = |node: Option<&Node<'_>>| match node?.atom()? {
        Atom::Integer(number) => Some(number as f64),
        Atom::Float(text) => text.parse().ok(),
        Atom::Bool(_) | Atom::Text(_) => None,
    };
    (limit(field.minimum), limit(field.maximum))
}

/// What is wrong with a text.
fn text(field: &Field<'_>, ty: &Type, node: &Node<'_>) -> Option<Wrong> {
    if !is_text(ty) {
        return None;
    }
    let text = match (node.text(), ty) {
        (Some(text), _) => Cow::Borrowed(text),
        // A value that is sent as JSON in text.
        (None, Type::JsonText(_) | Type::SecretJson(_)) => {
            Cow::Owned(json(node, &mut Diagnostics::default())?.to_string())
        }
        _ => return None,
    };
    let length = text.chars().count();
    let is = |compare: fn(&usize, &usize) -> bool, limit: Option<Spanned<u32>>| {
        let limit = usize::try_from(limit?.value).ok()?;
        compare(&length, &limit).then_some(limit)
    };
    let characters = if length == 1 {
        "character"
    } else {
        "characters"
    };
    if let Some(least) = is(usize::lt, field.min_length) {
        let wrong = format!("has {length} {characters}, fewer than {least}");
        return Some((wrong, "limit"));
    }
    if let Some(most) = is(usize::gt, field.max_length) {
        let wrong = format!("has {length} {characters}, more than {most}");
        return Some((wrong, "limit"));
    }
    let pattern = field.pattern?.value;
    let matches = whole(pattern).ok()?.is_match(&text);
    (!matches).then(|| (format!("does not match `{pattern}`"), "pattern"))
}

/// Reports a pattern that is no regular expression.
pub fn report_bad_pattern(field: &Field<'_>, diagnostics: &mut Diagnostics) {
    if let Some(pattern) = field.pattern
        && let Err(why) = whole(pattern.value)
    {
        diagnostics.push(
            Diagnostic::error(
                codes::BAD_PATTERN,
                pattern.span,
                format!("this is no regular expression: {why}"),
            )
            .help("write it as the crate `regex-lite` takes it; what it cannot say, such as a look ahead, belongs in `doc`"),
        );
    }
}

/// A pattern that has to match the whole text. It has to be right alone, too: `a)|(b` is not.
fn whole(pattern: &str) -> Result<Regex, regex_lite::Error> {
    Regex::new(pattern)?;
    Regex::new(&format!("^(?:{pattern})$"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_for_the_whole_text() {
        let matches = |pattern: &str, text: &str| whole(pattern).unwrap().is_match(text);
        assert!(matches("[a-z]+", "abc"));
        assert!(!matches("[a-z]+", "abc1"));
        assert!(matches("a|bc", "bc"));
        assert!(!matches("a|bc", "abc"));
        assert!(!matches("a", "a\n"));
        assert!(matches("测+", "测测"));
    }

    #[test]
    fn a_pattern_has_to_be_right_alone() {
        for wrong in ["a)|(b", "(", "a{2", "(?=a)", "[z-a]"] {
            assert!(whole(wrong).is_err(), "{wrong}");
        }
    }
}
