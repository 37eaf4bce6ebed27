//! From the checked model to the text of every generated file.
//!
//! One module per kind of artefact. Rust comes from small `quote!` blocks, one item at a time ([`mod@format`]), and tables are written as
//! text ([`layout`]); prose goes through [`markdown`]. Nothing is decided here that the model does not say.

mod catalogue;
mod decoding;
mod deprecation;
mod docs;
mod enumeration;
mod example;
mod exports;
mod format;
mod formats;
mod layout;
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
mod placeholder;
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
    let mut modules = render_operations(services)?.into_iter();
    for service in services {
        render_service(service, &mut files)?;
        files.extend(modules.by_ref().take(service.operations.len()));
    }
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
        render_operation(service, operation, *types)
    });
    modules.into_iter().collect()
}

/// The module of an operation.
fn render_operation(
    service: &Service,
    operation: &Operation,
    types: Types<'_>,
) -> Result<OutputFile, RenderError> {
    let mut source = Source::new(&operation.spec_file, types);
    operation::render(service, operation, &mut source)
        .and_then(|()| definitions(&operation.types, &mut source))
        .map_err(|RenderError(reason)| RenderError(format!("{}: {reason}", operation.spec_file)))?;
    let module = operation.module.trim_start_matches("r#");
    let path = format!("src/{module}.rs");
    output_file(service, &operation.spec_file, &path, source.finish())
}

/// The files that belong to the whole service.
fn render_service(service: &Service, files: &mut Vec<OutputFile>) -> Result<(), RenderError> {
    let spec = service_spec(service);
    let mut add = |path: &str, contents: String| -> Result<(), RenderError> {
        files.push(output_file(service, &spec, path, contents)?);
        Ok(())
    };
    let shared = types::shared(service);
    let own = Types::new(&service.types, &shared);
    let of_example = service
        .operations
        .first()
        .map_or(own, |operation| Types::new(&operation.types, &shared));
    add("Cargo.toml", manifest::render(service))?;
    add("README.md", readme::render(service, of_example)?)?;
    add("src/lib.rs", library::render(service, of_example)?)?;
    add("src/service.rs", service::render(service, own)?)?;
    if !service.types.is_empty() {
        let mut source = Source::new(&spec, own);
        definitions(&service.types, &mut source)?;
        add("src/types.rs", source.finish())?;
    }
    if decoding::has_tests(service) {
        add("tests/examples.rs", decoding::render(service)?)?;
    }
    Ok(())
}

fn definitions(definitions: &[TypeDef], source: &mut Source<'_>) -> Result<(), RenderError> {
    for definition in definitions {
        match &definition.kind {
            TypeKind::Record {
                fields,
                input,
                in_response,
                args_name,
            } => {
                let uses = [*input, *in_response];
                record::definition(definition, fields, uses, args_name.as_deref(), source)?;
            }
            TypeKind::Enum { repr, values } => {
                enumeration::definition(definition, *repr, values, source)?
            }
        }
    }
    Ok(())
}

/// A finished file of a service's crate, and the spec that it is made from.
fn output_file(
    service: &Service,
    spec: &str,
    path: &str,
    contents: String,
) -> Result<OutputFile, RenderError> {
    let path = format!("{}/{path}", service.crate_dir);
    let file = OutputFile { path, contents };
    report_bad_rust(spec, &file)?;
    Ok(file)
}

/// Reports a finished file of Rust that is none. Items were parsed before their documentation was put in, and tables never were.
fn report_bad_rust(spec: &str, file: &OutputFile) -> Result<(), RenderError> {
    if !file.path.ends_with(".rs") {
        return Ok(());
    }
    syn::parse_file(&file.contents).map_err(|error| {
        RenderError(format!(
            "{spec} makes {}, which is not valid Rust: {error}",
            file.path
        ))
    })?;
    Ok(())
}
