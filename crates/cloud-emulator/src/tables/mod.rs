//! What the specs say, as tables: `cargo xtask gen` writes them, and every operation is served from them.

mod field;
mod load;
mod service;
#[cfg(test)]
mod tests;
mod types;

pub(crate) use field::{Conditions, Encoding, Field, Format, Scalar, Type};
pub(crate) use load::{LoadError, read_file};
pub(crate) use service::{Operation, PagedBy, Paging, ScopeKey, Service};
pub(crate) use types::{EnumValue, TypeDef, Types};

use std::path::Path;

use crate::call::{Call, Refusal};

/// The tables of a service that are compiled in, as text.
struct BuiltIn {
    service: &'static str,
    operations: &'static [&'static str],
}

/// Written by the build script: the tables in `tables/`.
const BUILT_IN: &[BuiltIn] = include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// The tables of all services that are served.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    services: Vec<Service>,
}

impl Tables {
    /// The tables of the services of this workspace.
    pub(crate) fn built_in() -> Result<Self, LoadError> {
        let mut tables = Self::default();
        for BuiltIn {
            service,
            operations,
        } in BUILT_IN
        {
            let operations = operations.iter().map(|text| ("a built-in table", *text));
            tables.add(load::service("a built-in table", service, operations)?);
        }
        Ok(tables)
    }

    /// Adds the service whose tables are in a folder, or every service that has a folder in it. It replaces a service of the same
    /// name.
    pub(crate) fn load(&mut self, path: &Path) -> Result<(), LoadError> {
        for folder in load::service_folders(path)? {
            self.add(load::folder(&folder)?);
        }
        Ok(())
    }

    fn add(&mut self, service: Service) {
        self.services.retain(|known| known.name != service.name);
        self.services.push(service);
        self.services.sort_by(|a, b| a.name.cmp(&b.name));
    }

    /// The services, by the names of their crates.
    pub(crate) fn services(&self) -> &[Service] {
        &self.services
    }

    /// The service of this crate.
    pub(crate) fn service(&self, name: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.name == name)
    }

    /// The operation that a call is for, and its service.
    pub(crate) fn find(&self, call: &Call) -> Result<(&Service, &Operation), Refusal> {
        let candidates: Vec<(&Service, &Operation)> = self
            .services
            .iter()
            .filter(|service| service.provider == call.provider)
            .filter(|service| {
                let product = call.product.as_deref();
                product.is_none_or(|product| product == service.product)
            })
            .filter_map(|service| Some((service, service.operation(&call.action)?)))
            .collect();
        let of_version = candidates.iter().find(|(service, _)| {
            // UCloud has no versions.
            service.version.is_none() || service.version == call.version
        });
        match (of_version, candidates.first()) {
            (Some(found), _) => Ok(*found),
            (None, None) => Err(Refusal::UnknownAction),
            (None, Some((service, _))) => Err(match call.version {
                None => Refusal::Missing {
                    parameter: "Version".to_owned(),
                },
                Some(_) => Refusal::UnknownVersion {
                    expected: service.version.clone().unwrap_or_default(),
                },
            }),
        }
    }
}
