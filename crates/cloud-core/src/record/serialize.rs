//! The one serialiser: canonical names, canonical spellings, absent values left out.

use serde_core::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{Field, List, Map, Record, Value};

/// Writes a record as an object. What `Serialize` of every generated type calls.
pub fn serialize<S: Serializer>(record: &dyn Record, serializer: S) -> Result<S::Ok, S::Error> {
    let present = |(index, field): (usize, &'static Field)| match record.value(index) {
        Value::Absent => None,
        value => Some((field, value)),
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
        map.serialize_value(&value)?;
    }
    map.end()
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Value::Absent => serializer.serialize_none(),
            Value::Bool(value) => serializer.serialize_bool(value),
            Value::I64(value) => serializer.serialize_i64(value),
            Value::U64(value) => serializer.serialize_u64(value),
            Value::F64(value) => serializer.serialize_f64(value),
            Value::Text(value) => serializer.serialize_str(value),
            Value::List(list) => serialize_list(list, serializer),
            Value::Record(record) => serialize(record, serializer),
            Value::Map(map) => serialize_map(map, serializer),
            Value::Json(json) => json.serialize(serializer),
        }
    }
}

fn serialize_list<S: Serializer>(list: &dyn List, serializer: S) -> Result<S::Ok, S::Error> {
    let mut items = serializer.serialize_seq(Some(list.len()))?;
    for index in 0..list.len() {
        items.serialize_element(&list.get(index))?;
    }
    items.end()
}

fn serialize_map<S: Serializer>(map: &dyn Map, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(map.entries())
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
