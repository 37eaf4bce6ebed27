//! Operations that answer from data. A model is a plain function; every other operation is answered from its types.

mod backup_clients;
mod instance_backups;
#[cfg(test)]
mod tests;
mod udb_backup_state;
mod usnap_backup_range;

use std::time::Duration;

use serde_json::{Map, Value};

use crate::answers::Window;
use crate::call::Refusal;
use crate::data::{Collection, Data, Entry};
use crate::parameters::Parameters;
use crate::tables::{Field, Operation, Service, Types};

/// The models there are.
pub(crate) const MODELS: &[Model] = &[
    backup_clients::MODEL,
    instance_backups::MODEL,
    udb_backup_state::MODEL,
    usnap_backup_range::MODEL,
];

/// An operation that answers from data.
pub(crate) struct Model {
    /// The service, by the name of its crate.
    pub service: &'static str,
    /// The operation.
    pub action: &'static str,
    /// The lists that it answers from.
    pub collections: &'static [Collection],
    /// The answer.
    pub answer: fn(&Scene<'_>) -> Result<Map<String, Value>, Refusal>,
}

/// The model of an operation, if there is one.
pub(crate) fn find(service: &Service, operation: &Operation) -> Option<&'static Model> {
    let mut models = MODELS.iter();
    models.find(|model| model.service == service.name && model.action == operation.action)
}

/// What a model answers: the request, and what is there.
pub(crate) struct Scene<'s> {
    /// The service.
    pub service: &'s Service,
    /// The operation.
    pub operation: &'s Operation,
    /// The parameters of the request, which are right.
    pub parameters: &'s Parameters,
    /// The data.
    pub data: &'s Data,
    /// How long the emulator has been running.
    pub elapsed: Duration,
}

impl<'s> Scene<'s> {
    /// The entries of a list that are where the request says: in that region, zone and project.
    fn entries(&self, collection: &Collection) -> impl Iterator<Item = &'s Entry> {
        let parameters = self.parameters;
        let entries = self.data.list(collection).iter();
        entries.filter(move |entry| entry.is_in(parameters))
    }

    /// The members of a record of the operation, or those of its answer.
    fn names(&self, record: Option<&str>) -> impl Iterator<Item = &'s str> + Clone {
        let types: Types<'s> = self.service.types(self.operation);
        let fields: &'s [Field] = match record {
            Some(record) => types.record(record).unwrap_or_default(),
            None => &self.operation.response,
        };
        fields.iter().map(|field| &*field.name)
    }

    /// The page that the request asks for, of all items that match.
    fn page<T>(&self, items: Vec<T>) -> Result<Vec<T>, Refusal> {
        let window = Window::of(self.operation, self.parameters)?;
        Ok(match window {
            Some(window) => window.cut(items),
            None => items,
        })
    }

    /// The service's own error. What it means stands in the table.
    fn error(&self, code: &str) -> Refusal {
        let mut errors = self.service.errors.iter();
        let known = errors.find(|error| error.code == code);
        Refusal::Service {
            code: code.to_owned(),
            message: known.map(|error| error.doc.clone()).unwrap_or_default(),
        }
    }
}

/// A refusal of a parameter whose type and rules are right.
fn invalid(parameter: impl Into<String>, problem: &str) -> Refusal {
    Refusal::Invalid {
        parameter: parameter.into(),
        problem: problem.to_owned(),
    }
}
