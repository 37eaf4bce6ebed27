//! What the hand-written models answer from: backups, chains of backups, clients. One JSON document, which people may replace.
//!
//! Its form is described in `data/README.md`. Entries hold members of the operation's answer and the parameters by which they are found,
//! both held against the tables, so that the data of a new member is just data.

mod document;
mod entry;
mod moment;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde_json::{Map, Value, json};

pub(crate) use entry::{Entry, View};

use crate::answers::REQUEST_ID;
use crate::models::MODELS;
use crate::tables::{Field, LoadError, Operation, Service, Tables, Types, read_file};

/// The data that comes along.
const DEMO: &str = include_str!("../../data/demo.json");

/// A list of the document.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Collection {
    /// The service that it is of, by the name of its crate.
    pub service: &'static str,
    /// What the list is called.
    pub name: &'static str,
    /// The operation whose table says what entries hold.
    pub action: &'static str,
    /// The record that an entry is, or nothing if it is the whole answer.
    pub record: Option<&'static str>,
    /// Parameters that entries hold beside that.
    pub keys: &'static [&'static str],
    /// The member that every entry has, and no two the same.
    pub id: &'static str,
}

impl Collection {
    /// What the tables say about the operation.
    fn operation<'t>(&self, tables: &'t Tables) -> Option<(&'t Service, &'t Operation)> {
        let service = tables.service(self.service)?;
        Some((service, service.operation(self.action)?))
    }
}

/// What an entry of a collection can hold.
struct Shape<'t> {
    collection: &'static Collection,
    types: Types<'t>,
    fields: Vec<&'t Field>,
    /// Parameters that are text and nothing else: the scope.
    scope: Vec<&'t str>,
}

impl<'t> Shape<'t> {
    fn of(collection: &'static Collection, tables: &'t Tables) -> Option<Self> {
        let (service, operation) = collection.operation(tables)?;
        let types = service.types(operation);
        let members = match collection.record {
            Some(record) => types.record(record)?,
            None => &operation.response,
        };
        let is_data = |field: &&Field| collection.record.is_some() || field.name != REQUEST_ID;
        let is_key = |name: &str| collection.keys.contains(&name);
        let parameters = operation.request.iter().filter(|field| is_key(&field.name));
        let scope = operation.scope.iter().map(|field| &*field.name);
        Some(Self {
            collection,
            types,
            fields: members.iter().filter(is_data).chain(parameters).collect(),
            scope: scope.filter(|name| is_key(name)).collect(),
        })
    }

    fn field(&self, name: &str) -> Option<&'t Field> {
        self.fields.iter().find(|field| field.name == name).copied()
    }

    fn names(&self) -> Vec<&'t str> {
        let names = self.fields.iter().map(|field| &*field.name);
        names.chain(self.scope.iter().copied()).collect()
    }
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(crate) struct Data {
    lists: HashMap<&'static Collection, Vec<Entry>>,
}

impl Data {
    /// The data that comes along. Times count from the start of the emulator.
    pub(crate) fn demo(tables: &Tables, start: SystemTime) -> Result<Self, LoadError> {
        Self::read("the built-in data", DEMO, tables, start)
    }

    /// The data in a file of one's own.
    pub(crate) fn load(path: &Path, tables: &Tables, start: SystemTime) -> Result<Self, LoadError> {
        let text = read_file(path)?;
        Self::read(&path.display().to_string(), &text, tables, start)
    }

    /// The data in a text; `name` is what messages call it.
    pub(crate) fn read(
        name: &str,
        text: &str,
        tables: &Tables,
        start: SystemTime,
    ) -> Result<Self, LoadError> {
        let collections = MODELS.iter().flat_map(|model| model.collections);
        let shapes: Vec<Shape<'_>> = collections
            .filter_map(|collection| Shape::of(collection, tables))
            .collect();
        let lists = document::read(text, &shapes, start)
            .map_err(|error| LoadError::of_text(name, &error))?;
        Ok(Self { lists })
    }

    /// All lists as they are so long after the start, as a document that could be read again. Looking at it is no poll.
    pub(crate) fn document(&self, elapsed: Duration) -> Value {
        let mut services = Map::new();
        for collection in MODELS.iter().flat_map(|model| model.collections) {
            let entries = self.list(collection).iter();
            let entries: Value = entries.map(|entry| entry.document(elapsed)).collect();
            services
                .entry(collection.service)
                .or_insert_with(|| json!({}))[collection.name] = entries;
        }
        Value::Object(services)
    }

    /// The entries of a list.
    pub(crate) fn list(&self, collection: &Collection) -> &[Entry] {
        self.lists.get(collection).map_or(&[], Vec::as_slice)
    }
}
