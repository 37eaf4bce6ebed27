//! What is behind the server: the tables, the data, and who answers what.

use std::time::SystemTime;

use serde_json::{Map, Value};

use crate::answers;
use crate::call::{Answers, Call, Refusal};
use crate::data::Data;
use crate::models::{self, Scene};
use crate::parameters::Parameters;
use crate::tables::{LoadError, Tables};

/// The services that are served, and what they know.
#[derive(Debug)]
pub(crate) struct World {
    tables: Tables,
    data: Data,
    start: SystemTime,
}

impl World {
    /// The services of this workspace with the data that comes along.
    pub(crate) fn demo(start: SystemTime) -> Result<Self, LoadError> {
        let tables = Tables::built_in()?;
        let data = Data::demo(&tables, start)?;
        Ok(Self::new(tables, data, start))
    }

    /// These services with this data, from now on.
    pub(crate) fn new(tables: Tables, data: Data, start: SystemTime) -> Self {
        Self {
            tables,
            data,
            start,
        }
    }

    /// The services.
    pub(crate) fn tables(&self) -> &Tables {
        &self.tables
    }

    /// The data.
    pub(crate) fn data(&self) -> &Data {
        &self.data
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
                elapsed: now.duration_since(self.start).unwrap_or_default(),
            }),
            None => answers::answer(call.provider, operation, types, &parameters),
        }
    }
}
