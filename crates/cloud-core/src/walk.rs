//! Paths to values of requests and answers, by the names on the wire.

use std::borrow::Cow;

use crate::record::{Record, Value, scalar};

/// One step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// Into the field of a record with this name on the wire.
    Field(&'static str),
    /// Into every item of a list.
    Items,
}

impl Step {
    /// The name of the field that it leads into.
    pub(crate) fn name(&self) -> Option<&'static str> {
        match self {
            Self::Field(name) => Some(name),
            Self::Items => None,
        }
    }
}

/// Shows every value at the end of a path: none behind an empty list, [`Value::Absent`] where something on the way is absent or is
/// not what the step is for.
///
/// A list that the provider wraps in an object is found under the name of its field alone.
pub(crate) fn walk<'a>(
    value: Value<'a>,
    mut path: impl Iterator<Item = Step> + Clone,
    visit: &mut dyn FnMut(Value<'a>),
) {
    match (path.next(), value) {
        (None, end) => visit(end),
        (Some(Step::Field(name)), Value::Record(record)) => {
            let index = record.fields().iter().position(|field| field.name == name);
            let value = index.map_or(Value::Absent, |index| record.value(index));
            walk(value, path, visit);
        }
        (Some(Step::Items), Value::List(list)) => {
            for index in 0..list.len() {
                walk(list.get(index), path.clone(), visit);
            }
        }
        (Some(_), _) => visit(Value::Absent),
    }
}

/// The value at the end of a path without lists.
pub(crate) fn at<'a>(record: &'a dyn Record, names: &[&'static str]) -> Value<'a> {
    let mut found = Value::Absent;
    let path = names.iter().map(|name| Step::Field(name));
    walk(Value::Record(record), path, &mut |value| found = value);
    found
}

/// A scalar as it is spelled on the wire: text as it is, numbers in decimal, `true` and `false`.
pub(crate) fn spelled(value: Value<'_>) -> Option<Cow<'_, str>> {
    Some(scalar(value)?.text())
}
