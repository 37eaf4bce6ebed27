//! `lib.rs`: the documentation of the crate, its modules, and what it exports.

use crate::model::{Service, TypeDef, TypeKind};

use super::markdown::{escape, one_line};
use super::names::version_order;
use super::overview::{Medium, overview};
use super::source::{header, import, service_spec};
use super::types::Types;
use super::{RenderError, deprecation, docs, example, exports};

/// The text of `lib.rs`.
pub fn render(service: &Service, types: Types<'_>) -> Result<String, RenderError> {
    let first = service.operations.first();
    let example = first
        .map(|operation| example::in_docs(service, operation, types))
        .transpose()?;
    let mut doc = docs::of_file();
    overview(service, Medium::Rustdoc, example.as_deref(), &mut doc);

    let mut modules = exports(service);
    modules.sort_by_key(|module| module.name);
    let declarations = modules.iter().map(|module| format!("mod {};", module.name));
    let declarations = declarations.collect::<Vec<_>>().join("\n");
    modules.sort_by(|a, b| version_order(a.name, b.name));
    let exports = modules.into_iter().filter_map(|module| {
        let names = import(&format!("pub use {}", module.name), module.exports)?;
        Some(deprecation::allow_line(module.is_deprecated).to_owned() + &names)
    });
    let mut runtime = "pub use cloud_core;\n".to_owned();
    runtime.extend(import("pub use cloud_core", exports::of_runtime(service)));
    let parts = [
        header(&service_spec(service)),
        doc.finish().trim_end().to_owned(),
        declarations,
        runtime,
        exports.collect::<Vec<_>>().join("\n"),
        blocking(service),
        "#[cfg(doctest)]\n#[doc = include_str!(\"../README.md\")]\nstruct Readme;".to_owned(),
    ];
    Ok(parts.join("\n\n") + "\n")
}

/// The module of the blocking client.
fn blocking(service: &Service) -> String {
    format!(
        r#"/// The client for programs without an async runtime.
#[cfg(feature = "blocking")]
pub mod blocking {{
    /// A client of {title} that does everything on the calling thread, see [`cloud_core::blocking`].
    pub type Client = cloud_core::blocking::Client<super::{marker}>;
}}"#,
        title = escape(&one_line(&service.title)),
        marker = service.marker,
    )
}

/// A module of the crate.
struct Module<'a> {
    name: &'a str,
    exports: Vec<&'a str>,
    /// Whether its request is.
    is_deprecated: bool,
}

/// The modules of the crate and what each exports.
fn exports(service: &Service) -> Vec<Module<'_>> {
    let mut modules = vec![Module {
        name: "service",
        exports: vec!["Client", "RawRequest", service.marker.as_str()],
        is_deprecated: false,
    }];
    if !service.types.is_empty() {
        modules.push(Module {
            name: "types",
            exports: names_of(&service.types).collect(),
            is_deprecated: false,
        });
    }
    for operation in &service.operations {
        let mut exports = vec![
            operation.request_name.as_str(),
            operation.response_name.as_str(),
        ];
        exports.extend(operation.args_name.as_deref());
        exports.extend(names_of(&operation.types));
        modules.push(Module {
            name: &operation.module,
            exports,
            is_deprecated: operation.deprecated.is_some(),
        });
    }
    modules
}

/// The types that a spec defines, with the arguments of their `new`.
fn names_of(definitions: &[TypeDef]) -> impl Iterator<Item = &str> {
    definitions.iter().flat_map(|definition| {
        let args = match &definition.kind {
            TypeKind::Record { args_name, .. } => args_name.as_deref(),
            TypeKind::Enum { .. } => None,
        };
        std::iter::once(definition.name.as_str()).chain(args)
    })
}
