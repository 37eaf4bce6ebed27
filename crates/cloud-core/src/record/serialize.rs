//! The one serialiser: canonical names, canonical spellings, absent values left out, and secrets too unless they are asked for.

use serde_core::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{AsValue, Field, List, Map, Record, Value};

/// Writes a record as an object, without its secrets. What `Serialize` of every generated type calls.
pub fn serialize<S: Serializer>(record: &dyn Record, serializer: S) -> Result<S::Ok, S::Error> {
    serialize_record(record, false, serializer)
}

/// An answer, or anything that can stand in one, that is serialised with its secrets.
///
/// `Serialize` of answers and of [`Secret`](crate::Secret) leaves secrets out: an answer that a web handler passes on or a log
/// writes as JSON shows none. With this wrapper they are written in clear, for storage of your own, and what is read back is equal to
/// what was written.
///
/// ```
/// # use std::collections::BTreeMap;
/// use cloud_core::{Secret, with_secrets};
///
/// let passwords = BTreeMap::from([("proxy".to_owned(), Secret::from("hunter2"))]);
/// let stored = serde_json::to_string(&with_secrets(&passwords))?;
/// assert_eq!(stored, r#"{"proxy":"hunter2"}"#);
/// assert_eq!(serde_json::from_str::<BTreeMap<String, Secret>>(&stored)?, passwords);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct WithSecrets<'a>(Value<'a>);

/// The value with its secrets, for `Serialize`. See [`WithSecrets`].
pub fn with_secrets<T: AsValue + ?Sized>(value: &T) -> WithSecrets<'_> {
    WithSecrets(value.value())
}

impl Serialize for WithSecrets<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (value, secrets) = (self.0, true);
        Written { value, secrets }.serialize(serializer)
    }
}

impl std::fmt::Debug for WithSecrets<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("WithSecrets(…)")
    }
}

/// Without its secrets.
impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (value, secrets) = (*self, false);
        Written { value, secrets }.serialize(serializer)
    }
}

/// A value, and whether its secrets are written.
#[derive(Clone, Copy)]
struct Written<'a> {
    value: Value<'a>,
    secrets: bool,
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let secrets = self.secrets;
        match self.value {
            Value::Absent => serializer.serialize_none(),
            Value::Bool(value) => serializer.serialize_bool(value),
            Value::I64(value) => serializer.serialize_i64(value),
            Value::U64(value) => serializer.serialize_u64(value),
            Value::F64(value) => serializer.serialize_f64(value),
            Value::Text(value) => serializer.serialize_str(value),
            Value::Secret(value) if secrets => serializer.serialize_str(value),
            // On its own it can't be left out.
            Value::Secret(_) => serializer.serialize_none(),
            Value::List(list) => serialize_list(list, secrets, serializer),
            Value::Record(record) => serialize_record(record, secrets, serializer),
            Value::Map(map) => serialize_map(map, secrets, serializer),
            Value::Json(json) => json.serialize(serializer),
        }
    }
}

fn serialize_record<S: Serializer>(
    record: &dyn Record,
    secrets: bool,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let present = |(index, field): (usize, &'static Field)| match record.value(index) {
        Value::Absent => None,
        Value::Secret(_) if !secrets => None,
        value => Some((field, field.written(value))),
    };
    let fields = || record.fields().iter().enumerate().filter_map(present);
    let mut map = serializer.serialize_map(Some(fields().count()))?;
    for (field, value) in fields() {
        let wrapped;
        let value = match field.wrapper() {
            None => value,
            Some(member) => {
                wrapped = Wrapped { member, value };
                Value::Map(&wrapped)
            }
        };
        // Unlike `serialize_entry` these two are inlined, which is worth 3 % of all encoding as JSON.
        map.serialize_key(field.name)?;
        map.serialize_value(&Written { value, secrets })?;
    }
    map.end()
}

fn serialize_list<S: Serializer>(
    list: &dyn List,
    secrets: bool,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    // All items have the same type.
    let is_left_out = !secrets && matches!(list.get(0), Value::Secret(_));
    let length = if is_left_out { 0 } else { list.len() };
    let mut items = serializer.serialize_seq(Some(length))?;
    for index in 0..length {
        let value = list.get(index);
        items.serialize_element(&Written { value, secrets })?;
    }
    items.end()
}

fn serialize_map<S: Serializer>(
    map: &dyn Map,
    secrets: bool,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let is_written = |value: &Value<'_>| secrets || !matches!(value, Value::Secret(_));
    let entries = || map.entries().filter(|(_, value)| is_written(value));
    let mut written = serializer.serialize_map(Some(entries().count()))?;
    for (key, value) in entries() {
        written.serialize_entry(key, &Written { value, secrets })?;
    }
    written.end()
}

/// A list inside the object that the provider puts around it.
struct Wrapped<'a> {
    member: &'static str,
    value: Value<'a>,
}

impl Map for Wrapped<'_> {
    fn len(&self) -> usize {
        1
    }

    fn entries(&self) -> Box<dyn Iterator<Item = (&str, Value<'_>)> + '_> {
        Box::new(std::iter::once((self.member, self.value)))
    }
}
