//! The one serialiser: canonical names, canonical spellings, absent values left out.

use serde_core::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{List, Record, Value};

/// Writes a record as an object. What `Serialize` of every generated type calls.
pub fn serialize<S: Serializer>(record: &dyn Record, serializer: S) -> Result<S::Ok, S::Error> {
    let present = |(index, field)| match record.value(index) {
        Value::Absent => None,
        value => Some((super::Field::name(field), value)),
    };
    let fields = record.fields();
    let mut map =
        serializer.serialize_map(Some(fields.iter().enumerate().filter_map(present).count()))?;
    for (name, value) in fields.iter().enumerate().filter_map(present) {
        map.serialize_entry(name, &value)?;
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
