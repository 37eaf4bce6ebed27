//! The first line of a spec: a comment that names its schema, by which editors know what the file is.

use super::{OPERATION, PROVIDER, SERVICE, Shape, TYPES};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::source::{FileId, Sources, Span};

/// The kinds of specs, each of which has a schema.
#[derive(Debug, Clone, Copy)]
pub enum SchemaOf {
    /// `providers/<provider>.yaml`.
    Provider,
    /// `service.yaml`.
    Service,
    /// `types.yaml`.
    Types,
    /// `<Action>.yaml`.
    Operation,
}

impl SchemaOf {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Provider, Self::Service, Self::Types, Self::Operation];

    /// The name of the schema's file, which is in `specs/`.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Provider => "provider.schema.json",
            Self::Service => "service.schema.json",
            Self::Types => "types.schema.json",
            Self::Operation => "operation.schema.json",
        }
    }

    /// The grammar that the schema is made from.
    pub fn shape(self) -> &'static Shape {
        match self {
            Self::Provider => &Shape::Table(&PROVIDER),
            Self::Service => &Shape::Table(&SERVICE),
            Self::Types => &TYPES,
            Self::Operation => &Shape::Table(&OPERATION),
        }
    }

    /// The line that a spec begins with.
    pub fn line(self) -> String {
        format!("{BEFORE}../{}", self.file_name())
    }
}

const BEFORE: &str = "# yaml-language-server: $schema=";

/// Reports a file that begins otherwise.
pub fn check(file: FileId, sources: &Sources, of: SchemaOf, diagnostics: &mut Diagnostics) {
    let first = sources.text(file).lines().next().unwrap_or_default();
    let path = first.strip_prefix(BEFORE).map(str::trim_end);
    // The specs of tests are elsewhere than the schemas: only the last part of the path is always the same.
    if path.is_some_and(|path| path.rsplit('/').next() == Some(of.file_name())) {
        return;
    }
    diagnostics.push(
        Diagnostic::warning(
            codes::NO_SCHEMA_LINE,
            Span::of_file(file),
            "the spec does not begin with the line that names its schema",
        )
        .help(format!("begin the file with `{}`", of.line())),
    );
}
