//! Reading: what a field holds, seen without its type.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::Record;

/// The value of a field, borrowed from its record.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Value<'a> {
    /// Nothing: the field is left out wherever the record is written.
    Absent,
    /// `true` or `false`.
    Bool(bool),
    /// A signed integer.
    I64(i64),
    /// An unsigned integer.
    U64(u64),
    /// A floating point number.
    F64(f64),
    /// Text.
    Text(&'a str),
    /// Text that must not be seen: sent like any other, but serialised only by [`with_secrets`](crate::with_secrets).
    Secret(&'a str),
    /// A list; an empty one is written as an empty list.
    List(&'a dyn List),
    /// A nested record.
    Record(&'a dyn Record),
    /// A map; an empty one is written as an empty object.
    Map(&'a dyn Map),
    /// JSON of any shape but `null`.
    Json(&'a Json),
}

impl Value<'_> {
    /// Whether there is nothing to read here: no value, or a list or a map that is empty.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Value::Absent => true,
            Value::List(list) => list.is_empty(),
            Value::Map(map) => map.is_empty(),
            _ => false,
        }
    }
}

/// A list of values, seen without the type of its items.
pub trait List {
    /// How many items there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The item with this index; [`Value::Absent`] past the end.
    fn get(&self, index: usize) -> Value<'_>;
}

impl<T: AsValue> List for Vec<T> {
    fn len(&self) -> usize {
        Vec::len(self)
    }

    fn get(&self, index: usize) -> Value<'_> {
        self.as_slice()
            .get(index)
            .map_or(Value::Absent, AsValue::value)
    }
}

/// A map from text to values, seen without the type of its values.
pub trait Map {
    /// How many entries there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entries in the order of their keys.
    fn entries(&self) -> Box<dyn Iterator<Item = (&str, Value<'_>)> + '_>;
}

impl<T: AsValue> Map for BTreeMap<String, T> {
    fn len(&self) -> usize {
        BTreeMap::len(self)
    }

    fn entries(&self) -> Box<dyn Iterator<Item = (&str, Value<'_>)> + '_> {
        Box::new(
            self.iter()
                .map(|(key, value)| (key.as_str(), value.value())),
        )
    }
}

/// A type that a field can have, for reading.
pub trait AsValue {
    /// What the field holds.
    fn value(&self) -> Value<'_>;
}

impl AsValue for Value<'_> {
    fn value(&self) -> Value<'_> {
        *self
    }
}

impl<T: AsValue> AsValue for Option<T> {
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Absent, AsValue::value)
    }
}

impl<T: AsValue> AsValue for Vec<T> {
    fn value(&self) -> Value<'_> {
        Value::List(self)
    }
}

impl<T: AsValue> AsValue for BTreeMap<String, T> {
    fn value(&self) -> Value<'_> {
        Value::Map(self)
    }
}

impl<T: Record> AsValue for T {
    fn value(&self) -> Value<'_> {
        Value::Record(self)
    }
}

impl AsValue for Json {
    fn value(&self) -> Value<'_> {
        match self {
            Json::Null => Value::Absent,
            json => Value::Json(json),
        }
    }
}

impl AsValue for String {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl AsValue for bool {
    fn value(&self) -> Value<'_> {
        Value::Bool(*self)
    }
}

impl AsValue for i32 {
    fn value(&self) -> Value<'_> {
        Value::I64(i64::from(*self))
    }
}

impl AsValue for i64 {
    fn value(&self) -> Value<'_> {
        Value::I64(*self)
    }
}

impl AsValue for u64 {
    fn value(&self) -> Value<'_> {
        Value::U64(*self)
    }
}

impl AsValue for f64 {
    fn value(&self) -> Value<'_> {
        Value::F64(*self)
    }
}

/// What a field holds, by a name that takes one word in generated code.
#[doc(hidden)]
#[inline]
pub fn value(field: &impl AsValue) -> Value<'_> {
    field.value()
}
