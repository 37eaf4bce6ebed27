//! Equality: one comparison for all records.

use super::{List, Map, Record, Value};

/// Whether two records of one type hold the same. What `PartialEq` of every generated record calls.
pub fn equal(one: &dyn Record, other: &dyn Record) -> bool {
    (0..one.fields().len()).all(|index| values(one.value(index), other.value(index)))
}

fn values(one: Value<'_>, other: Value<'_>) -> bool {
    match (one, other) {
        (Value::Absent, Value::Absent) => true,
        (Value::Bool(one), Value::Bool(other)) => one == other,
        (Value::I64(one), Value::I64(other)) => one == other,
        (Value::U64(one), Value::U64(other)) => one == other,
        (Value::F64(one), Value::F64(other)) => one == other,
        (Value::Text(one), Value::Text(other)) | (Value::Secret(one), Value::Secret(other)) => {
            one == other
        }
        (Value::List(one), Value::List(other)) => lists(one, other),
        (Value::Record(one), Value::Record(other)) => equal(one, other),
        (Value::Map(one), Value::Map(other)) => maps(one, other),
        (Value::Json(one), Value::Json(other)) => one == other,
        _ => false,
    }
}

fn lists(one: &dyn List, other: &dyn List) -> bool {
    one.len() == other.len() && (0..one.len()).all(|index| values(one.get(index), other.get(index)))
}

fn maps(one: &dyn Map, other: &dyn Map) -> bool {
    one.len() == other.len()
        && one
            .entries()
            .zip(other.entries())
            .all(|((key, value), (other_key, other))| key == other_key && values(value, other))
}
