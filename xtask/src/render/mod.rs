//! From the checked model to the text of every generated file.
//!
//! One module per kind of artefact. Rust comes from small `quote!` blocks, one item at a time ([`mod@format`]), and what macros are
//! given is text, a line for each field; prose goes through [`markdown`]. Nothing is decided here that the model does not say.

mod catalogue;
mod completion;
mod decoding;
mod deprecation;
mod docs;
mod enumeration;
mod example;
mod format;
mod formats;
mod library;
mod literal;
mod manifest;
mod markdown;
mod members;
mod names;
mod operation;
mod overview;
mod paging;
mod parameter;
mod provider;
mod readme;
mod record;
mod rules;
mod service;
mod source;
mod structure;
mod table;
#[cfg(test)]
mod tests;
mod types;
mod waiting;

use std::fmt;

use crate::model::{Operation, Service, TypeDef, TypeKind};
use crate::output::OutputFile;
use crate::parallel;

use source::{Source, service_spec};
use types::Types;

pub use catalogue::render as catalogue;

/// Why rendering failed: the model names something that cannot be a name in Rust. The specs are checked for that, so it is a
/// mistake of the generator.
#[derive(Debug)]
pub struct RenderError(String);

impl fmt::Display for RenderError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for RenderError {}

/// Every file of every service's crate, and the tables of the services.
pub fn render(services: &[Service]) -> Result<Vec<OutputFile>, RenderError> {
    let mut files = Vec::new();
    for service in services {
        render_service(service, &mut files)?;
    }
    files.append(&mut render_operations(services)?);
    files.extend(parallel::map(services, table::render).into_iter().flatten());
    Ok(files)
}

/// The modules of all operations, in their order. They are nearly all of the work, and do not depend on each other.
fn render_operations(services: &[Service]) -> Result<Vec<OutputFile>, RenderError> {
    let shared: Vec<_> = services.iter().map(types::shared).collect();
    let mut jobs = Vec::new();
    for (service, shared) in services.iter().zip(&shared) {
        for operation in &service.operations {
            jobs.push((service, operation, Types::new(&operation.types, shared)));
        }
    }
    let modules = parallel::map(&jobs, |(service, operation, types)| {
        render_operation(service, operation, *types).map_err(|RenderError(reason)| {
            RenderError(format!("{}: {reason}", operation.spec_file))
        })
    });
    let modules = modules.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(modules.into_iter().flatten().collect())
}

/// The module of an operation, and its tests if its page has answers.
fn render_operation(
    service: &Service,
    operation: &Operation,
    types: Types<'_>,
) -> Result<Vec<OutputFile>, RenderError> {
    let mut source = Source::new(&operation.spec_file, types, &operation.shared_types);
    operation::render(service, operation, &mut source)?;
    definitions(&operation.types, &mut source)?;
    let tests = decoding::render(service, operation)?;
    if tests.is_some() {
        source.text("#[cfg(test)]\nmod tests;".to_owned());
    }
    let module = operation.module.trim_start_matches("r#");
    let path = format!("src/{module}.rs");
    let mut files = vec![output_file(service, &path, source.finish())];
    if let Some(tests) = tests {
        let path = format!("src/{module}/tests.rs");
        files.push(output_file(service, &path, tests));
    }
    Ok(files)
}

/// The files that belong to the whole service.
fn render_service(service: &Service, files: &mut Vec<OutputFile>) -> Result<(), RenderError> {
    let mut add = |path: &str, contents: String| files.push(output_file(service, path, contents));
    let shared = types::shared(service);
    let own = Types::new(&service.types, &shared);
    let of_example = service.headline.map_or(own, |index| {
        Types::new(&service.operations[index].types, &shared)
    });
    add("Cargo.toml", manifest::render(service));
    add("README.md", readme::render(service, of_example)?);
    add("src/lib.rs", library::render(service, of_example)?);
    add("src/service.rs", service::render(service)?);
    if !service.types.is_empty() {
        let mut source = Source::new(&service_spec(service), own, &[]);
        source.about(docs::types());
        definitions(&service.types, &mut source)?;
        add("src/types.rs", source.finish());
    }
    add(
        "LICENSE-APACHE",
        include_str!("../../../LICENSE-APACHE").to_owned(),
    );
    add(
        "LICENSE-MIT",
        include_str!("../../../LICENSE-MIT").to_owned(),
    );
    Ok(())
}

fn definitions(definitions: &[TypeDef], source: &mut Source<'_>) -> Result<(), RenderError> {
    for definition in definitions {
        match &definition.kind {
            TypeKind::Record {
                fields,
                input,
                readable,
                args_name,
                ..
            } => {
                let is = [*input, *readable];
                record::definition(definition, fields, is, args_name.as_deref(), source)?;
            }
            TypeKind::Enum { repr, values } => {
                enumeration::definition(definition, *repr, values, source)?
            }
        }
    }
    Ok(())
}

/// A finished file of a service's crate.
fn output_file(service: &Service, path: &str, contents: String) -> OutputFile {
    let path = format!("{}/{path}", service.crate_dir);
    OutputFile { path, contents }
}
