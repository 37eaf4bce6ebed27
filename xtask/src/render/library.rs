//! `lib.rs`: the documentation of the crate, its modules, and what it exports.

use crate::model::Service;

use super::example;
use super::names::version_order;
use super::overview::{Medium, overview};
use super::source::{header, import, service_spec};
use super::types::Types;
use super::{RenderError, docs};

/// The text of `lib.rs`.
pub fn render(service: &Service, types: Types<'_>) -> Result<String, RenderError> {
    let first = service.operations.first();
    let example = first
        .map(|operation| example::in_docs(service, operation, types))
        .transpose()?;
    let mut doc = docs::of_item();
    overview(service, Medium::Rustdoc, example.as_deref(), &mut doc);
    let docs = doc
        .into_lines()
        .into_iter()
        .map(|line| format!("//! {line}").trim_end().to_owned());

    let mut modules = exports(service);
    modules.sort_by_key(|(module, _)| *module);
    let declarations = modules.iter().map(|(module, _)| format!("mod {module};"));
    let declarations = declarations.collect::<Vec<_>>().join("\n");
    modules.sort_by(|(a, _), (b, _)| version_order(a, b));
    let exports = modules
        .into_iter()
        .filter_map(|(module, names)| import(&format!("pub use {module}"), names));
    let parts = [
        header(&service_spec(service)),
        docs.collect::<Vec<_>>().join("\n"),
        declarations,
        "pub use cloud_core;\npub use cloud_core::{Credentials, Error, ErrorKind};".to_owned(),
        exports.collect::<Vec<_>>().join("\n"),
        "#[cfg(doctest)]\n#[doc = include_str!(\"../README.md\")]\nstruct Readme;".to_owned(),
    ];
    Ok(parts.join("\n\n") + "\n")
}

/// The modules of the crate and what each exports.
fn exports(service: &Service) -> Vec<(&str, Vec<&str>)> {
    let mut modules = vec![(
        "service",
        vec!["Client", "RawRequest", service.marker.as_str()],
    )];
    if !service.types.is_empty() {
        modules.push((
            "types",
            service
                .types
                .iter()
                .map(|definition| definition.name.as_str())
                .collect(),
        ));
    }
    for operation in &service.operations {
        let mut names = vec![
            operation.request_name.as_str(),
            operation.response_name.as_str(),
        ];
        names.extend(operation.args_name.as_deref());
        names.extend(
            operation
                .types
                .iter()
                .map(|definition| definition.name.as_str()),
        );
        modules.push((&operation.module, names));
    }
    modules
}
