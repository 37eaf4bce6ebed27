//! The reader of the document. It knows from the tables what may stand where, so that a mistake is told with its line.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::time::SystemTime;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::entry::{Entry, Finish};
use super::{Collection, Shape, moment};
use crate::call::Refusal;
use crate::parameters;

/// The lists that were read.
type Lists = HashMap<&'static Collection, Vec<Entry>>;

/// Reads a document.
pub(super) fn read(
    text: &str,
    shapes: &[Shape<'_>],
    start: SystemTime,
) -> serde_json::Result<Lists> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let lists = Document { shapes, start }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(lists)
}

/// The document.
struct Document<'d, 't> {
    shapes: &'d [Shape<'t>],
    start: SystemTime,
}

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = Lists;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Lists, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = Lists;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .write_str("an object with a member for each service, such as `\"ucloud-udb\": { … }`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Lists, A::Error> {
        let mut lists = Lists::new();
        while let Some(service) = map.next_key::<String>()? {
            let of_service = |shape: &&Shape<'_>| shape.collection.service == service;
            let shapes: Vec<&Shape<'_>> = self.shapes.iter().filter(of_service).collect();
            if shapes.is_empty() {
                let mut names: Vec<&str> = self
                    .shapes
                    .iter()
                    .map(|shape| shape.collection.service)
                    .collect();
                names.dedup();
                return Err(unknown("there is no data of a service", &service, names));
            }
            let start = self.start;
            let part = Part {
                service: &service,
                shapes,
                start,
            };
            for (collection, entries) in map.next_value_seed(part)? {
                if lists.insert(collection, entries).is_some() {
                    return Err(A::Error::custom(format!(
                        "`{service}` is there twice: join the two"
                    )));
                }
            }
        }
        Ok(lists)
    }
}

/// The lists of one service.
struct Part<'d, 't> {
    service: &'d str,
    shapes: Vec<&'d Shape<'t>>,
    start: SystemTime,
}

impl<'de> DeserializeSeed<'de> for Part<'_, '_> {
    type Value = Lists;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Lists, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Part<'_, '_> {
    type Value = Lists;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "an object with the lists of `{}`, such as `\"backups\": [ … ]`",
            self.service
        )
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Lists, A::Error> {
        let mut lists = Lists::new();
        while let Some(name) = map.next_key::<String>()? {
            let Some(shape) = self
                .shapes
                .iter()
                .find(|shape| shape.collection.name == name)
            else {
                let names = self.shapes.iter().map(|shape| shape.collection.name);
                return Err(unknown(
                    &format!("`{}` has no list", self.service),
                    &name,
                    names,
                ));
            };
            let start = self.start;
            let entries = map.next_value_seed(List { shape, start })?;
            if lists.insert(shape.collection, entries).is_some() {
                return Err(A::Error::custom(format!(
                    "the list `{name}` is there twice: join the two"
                )));
            }
        }
        Ok(lists)
    }
}

/// A list of entries.
struct List<'d, 't> {
    shape: &'d Shape<'t>,
    start: SystemTime,
}

impl<'de> DeserializeSeed<'de> for List<'_, '_> {
    type Value = Vec<Entry>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<Entry>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_, '_> {
    type Value = Vec<Entry>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the list of `{}`", self.shape.collection.name)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<Entry>, A::Error> {
        let mut entries = Vec::new();
        let mut ids = HashSet::new();
        let id = self.shape.collection.id;
        let item = Item {
            shape: self.shape,
            start: self.start,
            is_whole: true,
        };
        while let Some(read) = items.next_element_seed(item)? {
            match read.members.get(id) {
                None => {
                    return Err(A::Error::custom(format!(
                        "every entry of this list needs `{id}`: add it"
                    )));
                }
                Some(value) if !ids.insert(value.to_string()) => {
                    let message =
                        format!("two entries have the `{id}` {value}: change one, or remove it");
                    return Err(A::Error::custom(message));
                }
                Some(_) => {}
            }
            if read.then.is_empty() != read.finishes.is_none() {
                let message = "`finishes_after` and `then` belong together: give both, or none";
                return Err(A::Error::custom(message));
            }
            entries.push(Entry::new(read.members, read.then, read.finishes));
        }
        Ok(entries)
    }
}

/// An entry, or what is different about it once it has finished.
#[derive(Clone, Copy)]
struct Item<'d, 't> {
    shape: &'d Shape<'t>,
    start: SystemTime,
    /// Whether it may finish.
    is_whole: bool,
}

/// What was read of an entry.
#[derive(Default)]
struct Read {
    members: Map<String, Value>,
    then: Map<String, Value>,
    finishes: Option<Finish>,
}

impl<'de> DeserializeSeed<'de> for Item<'_, '_> {
    type Value = Read;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Item<'_, '_> {
    type Value = Read;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.shape.collection.id;
        write!(
            formatter,
            "an object with the members of an entry, such as `{id}`"
        )
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Read, A::Error> {
        let mut read = Read::default();
        while let Some(key) = map.next_key::<String>()? {
            match &*key {
                "finishes_after" if self.is_whole => {
                    read.finishes = Some(map.next_value::<Finish>()?)
                }
                "then" if self.is_whole => {
                    let then = Self {
                        is_whole: false,
                        ..self
                    };
                    read.then = map.next_value_seed(then)?.members;
                }
                _ => {
                    let value = self.member(&key, &mut map)?;
                    if read.members.insert(key.clone(), value).is_some() {
                        return Err(A::Error::custom(format!(
                            "`{key}` is there twice: remove one"
                        )));
                    }
                }
            }
        }
        Ok(read)
    }
}

impl Item<'_, '_> {
    fn member<'de, A: MapAccess<'de>>(&self, key: &str, map: &mut A) -> Result<Value, A::Error> {
        let shape = self.shape;
        if shape.scope.contains(&key) {
            return map.next_value::<String>().map(Value::String);
        }
        let Some(field) = shape.field(key) else {
            let entry = format!("an entry of `{}` has no member", shape.collection.name);
            return Err(unknown(&entry, key, shape.names()));
        };
        let mut value = map.next_value::<Value>()?;
        moment::resolve(&mut value, &field.ty, shape.types, self.start);
        parameters::check(field, shape.types, value).map_err(|refusal| {
            A::Error::custom(match refusal {
                Refusal::Invalid { parameter, problem } if moment::is_time(field) => {
                    format!("`{parameter}` {problem}; or a time from the start on, such as `now` or `-2h`")
                }
                Refusal::Invalid { parameter, problem } => format!("`{parameter}` {problem}"),
                Refusal::Missing { parameter } => format!("`{parameter}` is missing: add it"),
                Refusal::Unknown { parameter } => {
                    format!("there is no member `{parameter}`: correct it, or remove it")
                }
                _ => format!("`{key}` cannot be used"),
            })
        })
    }
}

/// A mistake in a name.
fn unknown<'n, E: Error>(what: &str, name: &str, known: impl IntoIterator<Item = &'n str>) -> E {
    let known: Vec<String> = known.into_iter().map(|name| format!("`{name}`")).collect();
    E::custom(format!("{what} `{name}`: use one of {}", known.join(", ")))
}
