//! The rules of a field against its value. A problem is said as the end of a sentence whose beginning is the parameter.

mod conditions;
#[cfg(test)]
mod tests;

use regex_lite::Regex;
use serde_json::Value;

use crate::tables::{Field, Step};
pub(crate) use conditions::relations;

/// Says what is wrong with a single value: its range, its text.
pub(crate) fn value(field: &Field, value: &Value) -> Result<(), String> {
    // Text that carries a number has its range, too.
    let number = value.as_f64().or_else(|| value.as_str()?.parse().ok());
    if let Some(number) = number {
        range(field, number)?;
        multiple(field, number)?;
    }
    value.as_str().map_or(Ok(()), |value| text(field, value))
}

fn range(field: &Field, number: f64) -> Result<(), String> {
    let limit = |limit: &Option<serde_json::Number>| limit.as_ref()?.as_f64();
    let (least, most) = (limit(&field.minimum), limit(&field.maximum));
    match (least, most) {
        (Some(least), Some(most)) if number < least || number > most => {
            Err(format!("must be from {least} to {most}"))
        }
        (Some(least), _) if number < least => Err(format!("must be at least {least}")),
        (_, Some(most)) if number > most => Err(format!("must be at most {most}")),
        _ => Ok(()),
    }
}

fn multiple(field: &Field, number: f64) -> Result<(), String> {
    match field.multiple_of {
        Some(Step::Number(step)) if number % step as f64 != 0.0 => {
            Err(format!("must be a multiple of {step}"))
        }
        _ => Ok(()),
    }
}

/// Says what is wrong with a text.
pub(crate) fn text(field: &Field, text: &str) -> Result<(), String> {
    if field.not_empty && text.is_empty() {
        return Err("must not be empty".to_owned());
    }
    length(
        text.chars().count(),
        field.min_length,
        field.max_length,
        "character",
    )?;
    if let Some(pattern) = &field.pattern
        && !matches(pattern, text)
    {
        return Err(format!("must match `{pattern}`"));
    }
    let quoted = |what: &str, part: &String| Err(format!("must not {what} `{part}`"));
    if let Some(prefix) = field
        .not_prefix
        .iter()
        .find(|prefix| text.starts_with(&**prefix))
    {
        return quoted("begin with", prefix);
    }
    if let Some(part) = field
        .not_containing
        .iter()
        .find(|part| text.contains(&**part))
    {
        return quoted("contain", part);
    }
    Ok(())
}

/// Says what is wrong with the number of a list's items.
pub(crate) fn length_of_list(field: &Field, value: &Value) -> Result<(), String> {
    match value {
        Value::Array(items) => length(items.len(), field.min_items, field.max_items, "item"),
        _ => Ok(()),
    }
}

fn length(
    length: usize,
    least: Option<usize>,
    most: Option<usize>,
    what: &str,
) -> Result<(), String> {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    match (least, most) {
        (Some(least), _) if length < least => Err(format!(
            "must have at least {least} {what}{}",
            plural(least)
        )),
        (_, Some(most)) if length > most => {
            Err(format!("must have at most {most} {what}{}", plural(most)))
        }
        _ => Ok(()),
    }
}

/// Whether the whole text matches. The generator made sure that the pattern is one.
fn matches(pattern: &str, text: &str) -> bool {
    Regex::new(&format!("^(?:{pattern})$")).is_ok_and(|pattern| pattern.is_match(text))
}
