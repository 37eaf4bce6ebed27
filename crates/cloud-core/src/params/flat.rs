//! Nested values as flat parameters: `Tag.1.Key=env`.
//!
//! An empty list or map leaves nothing behind, since there is no name to put it under.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::Pair;
use crate::record::Value;

/// Writes a value, its lists counting from `first_index`.
pub(super) fn value(
    name: Cow<'static, str>,
    value: Value<'_>,
    first_index: usize,
    pairs: &mut Vec<Pair>,
) {
    let text = match value {
        Value::Absent => return,
        Value::Bool(value) => boolean(value),
        Value::I64(value) => integer(value),
        Value::U64(value) => integer(value),
        Value::F64(value) => float(value),
        Value::Text(text) | Value::Secret(text) => text.to_owned(),
        Value::List(list) => {
            for index in 0..list.len() {
                self::value(
                    join(&name, index + first_index),
                    list.get(index),
                    first_index,
                    pairs,
                );
            }
            return;
        }
        Value::Record(record) => {
            for (index, field) in record.fields().iter().enumerate() {
                self::value(
                    join(&name, field.name),
                    field.written(record.value(index)),
                    first_index,
                    pairs,
                );
            }
            return;
        }
        Value::Map(map) => {
            for (key, value) in map.entries() {
                self::value(join(&name, key), value, first_index, pairs);
            }
            return;
        }
        Value::Json(value) => return json(&name, value, first_index, pairs),
    };
    pairs.push((name, text));
}

/// Writes a JSON value, its lists counting from `first_index`.
pub(super) fn json(name: &str, value: &Json, first_index: usize, pairs: &mut Vec<Pair>) {
    let text = match value {
        Json::Null => return,
        Json::Bool(value) => boolean(*value),
        Json::Number(number) => match number.as_f64() {
            Some(value) if number.is_f64() => float(value),
            _ => number.to_string(),
        },
        Json::String(text) => text.clone(),
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                json(&join(name, index + first_index), item, first_index, pairs);
            }
            return;
        }
        Json::Object(members) => {
            for (member, value) in members {
                json(&join(name, member), value, first_index, pairs);
            }
            return;
        }
    };
    pairs.push((Cow::Owned(name.to_owned()), text));
}

fn join(name: &str, part: impl std::fmt::Display) -> Cow<'static, str> {
    Cow::Owned(format!("{name}.{part}"))
}

fn boolean(value: bool) -> String {
    if value {
        "true".to_owned()
    } else {
        "false".to_owned()
    }
}

fn integer(value: impl itoa::Integer) -> String {
    itoa::Buffer::new().format(value).to_owned()
}

/// Without an exponent and without `.0`, as the providers' own signers write floats.
fn float(value: f64) -> String {
    value.to_string()
}
