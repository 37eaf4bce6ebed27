//! What is behind the server: the tables, the data, and who answers what.

use std::time::{Duration, SystemTime};

use serde_json::{Map, Value};

use crate::answers;
use crate::call::{Answers, Call, Refusal};
use crate::data::Data;
use crate::models::{self, Scene};
use crate::parameters::Parameters;
use crate::tables::{Service, Tables};

/// The services that are served, and what they know.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) tables: Tables,
    data: Data,
    start: SystemTime,
}

impl World {
    /// These services with this data, from now on.
    pub(crate) fn new(tables: Tables, data: Data, start: SystemTime) -> Self {
        Self {
            tables,
            data,
            start,
        }
    }

    /// How long it has been there.
    fn elapsed(&self, now: SystemTime) -> Duration {
        now.duration_since(self.start).unwrap_or_default()
    }
}

impl Answers for World {
    fn answer(&self, call: &Call, now: SystemTime) -> Result<Map<String, Value>, Refusal> {
        let (service, operation) = self.tables.find(call)?;
        let types = service.types(operation);
        let parameters = Parameters::read(call, operation, types)?;
        match models::find(service, operation) {
            Some(model) => (model.answer)(&Scene {
                service,
                operation,
                parameters: &parameters,
                data: &self.data,
                elapsed: self.elapsed(now),
            }),
            None => answers::answer(operation, types, &parameters),
        }
    }

    fn envelope(&self, call: &Call) -> Option<&[String]> {
        let (_, operation) = self.tables.find(call).ok()?;
        operation.envelope.as_deref()
    }

    fn services(&self) -> &[Service] {
        self.tables.services()
    }

    fn data(&self, now: SystemTime) -> Value {
        self.data.document(self.elapsed(now))
    }
}
