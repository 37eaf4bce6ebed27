//! `lib.rs`: the documentation of the crate, its modules, and what it exports.

use crate::model::Service;

use super::markdown::{escape, one_line};
use super::overview::{Medium, overview};
use super::source::{import, service_spec, start};
use super::types::Types;
use super::{RenderError, docs, example};

/// The text of `lib.rs`. Each module has its lines for itself, so that two branches that add operations seldom meet.
pub fn render(service: &Service, types: Types<'_>) -> Result<String, RenderError> {
    let example = service
        .headline
        .map(|index| example::in_overview(service, &service.operations[index], types))
        .transpose()?;
    let mut doc = docs::of_file();
    overview(service, Medium::Rustdoc, example.as_deref(), &mut doc);

    let mut modules = vec!["mod service;".to_owned()];
    if !service.types.is_empty() {
        modules.push("pub mod types;".to_owned());
    }
    let mut exports = Vec::new();
    for operation in &service.operations {
        modules.push(format!("pub mod {};", operation.module));
        let allow = match operation.deprecated {
            Some(_) => "#[allow(deprecated, reason = \"what is deprecated still has to work\")]\n",
            None => "",
        };
        exports.push(format!(
            "{allow}pub use {}::{{{}, {}}};",
            operation.module, operation.request_name, operation.response_name
        ));
    }
    // The pages of these types, of which serde_json's is the largest, stand in the documentation of their own crates.
    let mut runtime = "pub use cloud_core;\n#[doc(no_inline)]\n".to_owned();
    runtime.extend(import(
        "pub use cloud_core",
        service.exports.iter().copied(),
    ));
    let own = import(
        "pub use service",
        ["Client", "RawRequest", service.marker.as_str()],
    );
    let parts = [
        start(&service_spec(service)),
        doc.finish().trim_end().to_owned(),
        modules.join("\n"),
        runtime,
        own.unwrap_or_default(),
        exports.join("\n"),
        blocking(service),
        "#[cfg(doctest)]\n#[doc = include_str!(\"../README.md\")]\nstruct Readme;".to_owned(),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
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
