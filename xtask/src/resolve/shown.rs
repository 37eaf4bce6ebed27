//! Examples of fields, taken from the examples of their operation: what a page shows once need not be said again.
//!
//! Shared types are left as they are, since a new operation must not change them.

use std::collections::{HashSet, VecDeque};

use serde_json::{Map, Value};

use super::types::innermost;
use crate::model::{Example, Field, Type, TypeDef, TypeKind};

/// A longer example says less than it takes to read.
const LONGEST: usize = 60;

type Objects<'v> = Vec<&'v Map<String, Value>>;

/// Gives each field that has no example the first value that an example of the operation shows.
pub fn fill(
    request: &mut [Field],
    response: &mut [Field],
    types: &mut [TypeDef],
    examples: &[Example],
) {
    let mut seen = HashSet::new();
    let mut open = VecDeque::new();
    let sent = examples
        .iter()
        .filter_map(|example| example.sent.as_ref()?.as_object());
    fields(request, &sent.collect(), &mut open);
    let answers = examples
        .iter()
        .filter_map(|example| example.response.as_ref());
    let answers = answers.filter_map(|answer| answer.canonical.as_object());
    fields(response, &answers.collect(), &mut open);
    while let Some((name, found)) = open.pop_front() {
        if let Some(def) = types.iter_mut().find(|def| def.name == name)
            && let TypeKind::Record {
                fields: members, ..
            } = &mut def.kind
            && seen.insert(name)
        {
            fields(members, &found, &mut open);
        }
    }
}

/// Fills fields from the objects that they are members of, and hands on what is inside.
fn fields<'v>(
    fields: &mut [Field],
    objects: &Objects<'v>,
    open: &mut VecDeque<(String, Objects<'v>)>,
) {
    for field in fields {
        let mut values = objects.iter().filter_map(|object| object.get(&field.wire));
        if let Type::Named(name) = innermost(&field.ty) {
            let inner: Objects<'v> = values.flat_map(objects_in).collect();
            if !inner.is_empty() {
                open.push_back((name.clone(), inner));
            }
        } else if field.example.is_none() && shows(&field.ty) {
            field.example = values.find_map(text);
        }
    }
}

/// The objects in a value, however deep in lists.
fn objects_in(value: &Value) -> Objects<'_> {
    match value {
        Value::Object(object) => vec![object],
        Value::Array(items) => items.iter().flat_map(objects_in).collect(),
        _ => Vec::new(),
    }
}

/// Whether an example says more than the type does.
fn shows(ty: &Type) -> bool {
    !matches!(
        ty,
        Type::Bool
            | Type::Flag
            | Type::Secret
            | Type::SecretJson(_)
            | Type::DownloadUrl
            | Type::Json
            | Type::JsonText(_)
            | Type::List(_)
            | Type::Map(_)
    )
}

fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty() && text.chars().count() <= LONGEST).then_some(text)
}
