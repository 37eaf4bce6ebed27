//! The names of one namespace, each of which can be taken once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::source::Span;

/// Names of types that generated modules use themselves.
const RESERVED_TYPES: &[&str] = &[
    "AsSlot",
    "AsValue",
    "BTreeMap",
    "Box",
    "Client",
    "Clone",
    "Copy",
    "Credentials",
    "Debug",
    "Default",
    "DownloadUrl",
    "Effect",
    "EndpointRule",
    "Eq",
    "Err",
    "Error",
    "ErrorKind",
    "Field",
    "From",
    "Hash",
    "IntegerEnum",
    "Into",
    "IntoIterator",
    "Iterator",
    "Json",
    "List",
    "LocalDate",
    "LocalDateTime",
    "LocalTime",
    "LocalTimeRange",
    "Metadata",
    "Need",
    "None",
    "Ok",
    "Operation",
    "Option",
    "Outcome",
    "Paged",
    "PagedItems",
    "Paging",
    "Params",
    "PartialEq",
    "Position",
    "RateLimit",
    "RawRequest",
    "Readme",
    "Record",
    "RecordMut",
    "Response",
    "Result",
    "Scope",
    "Secret",
    "Service",
    "ServiceInfo",
    "Slot",
    "Some",
    "Step",
    "String",
    "Text",
    "TextEnum",
    "UnixMillis",
    "UnixSeconds",
    "Value",
    "Vec",
    "Waitable",
    "Waiter",
];

/// Names that a module of a generated crate cannot have.
const RESERVED_MODULES: &[&str] = &[
    // Modules and files that every crate has already, or may have.
    "blocking",
    "client",
    "lib",
    "main",
    "service",
    "types",
    // Crates: a path could mean either.
    "alloc",
    "cloud_core",
    "core",
    "proc_macro",
    "serde_core",
    "serde_json",
    "std",
    "test",
    // Names that Windows gives no file.
    "aux",
    "con",
    "nul",
    "prn",
];

/// The variant for values that nobody knew when the crate was made.
const RESERVED_VARIANTS: &[&str] = &["Unknown"];

/// Names that are taken, by what, and where that stands.
#[derive(Default)]
pub struct Names {
    taken: HashMap<String, (String, Span)>,
    reserved: &'static [&'static str],
}

impl Names {
    /// The types of a module.
    pub fn of_types() -> Self {
        Self {
            reserved: RESERVED_TYPES,
            ..Self::default()
        }
    }

    /// The modules of a crate.
    pub fn of_modules() -> Self {
        Self {
            reserved: RESERVED_MODULES,
            ..Self::default()
        }
    }

    /// The variants of an enum.
    pub fn of_variants() -> Self {
        Self {
            reserved: RESERVED_VARIANTS,
            ..Self::default()
        }
    }

    /// Takes a name for something that was reported elsewhere if it cannot have it.
    pub fn claim(&mut self, name: &str, what: &str, span: Span) {
        self.taken.insert(name.to_owned(), (what.to_owned(), span));
    }

    /// Takes a name for something, or reports that it cannot have it, with what to do about that.
    pub fn take(
        &mut self,
        name: &str,
        what: String,
        span: Span,
        mend: &str,
        diagnostics: &mut Diagnostics,
    ) {
        if self.reserved.contains(&name) {
            let message =
                format!("{what} would be called `{name}` in Rust, which is a reserved name");
            diagnostics.push(Diagnostic::error(codes::RESERVED_NAME, span, message).help(mend));
            return;
        }
        match self.taken.entry(name.to_owned()) {
            Entry::Vacant(free) => {
                free.insert((what, span));
            }
            Entry::Occupied(taken) => {
                let (other, place) = taken.get();
                diagnostics.push(
                    Diagnostic::error(
                        codes::COLLISION,
                        span,
                        format!("{what} and {other} would both be called `{name}` in Rust"),
                    )
                    .also(*place, format!("{other} is here"))
                    .help(mend),
                );
            }
        }
    }
}
