//! The names of one namespace, each of which can be taken once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::source::Span;

/// Names that the module of an operation uses without a path: the types of fields, and what functions take.
const RESERVED_IN_MODULES: &[&str] = &[
    "BTreeMap",
    "Default",
    "DownloadUrl",
    "Into",
    "IntoIterator",
    "Json",
    "LocalDate",
    "LocalDateTime",
    "LocalTime",
    "LocalTimeRange",
    "Option",
    "Secret",
    "String",
    "Text",
    "UnixMillis",
    "UnixSeconds",
    "Vec",
];

/// Names that the root of every crate has, beside its requests and responses.
const RESERVED_AT_ROOT: &[&str] = &[
    "Client",
    "Credentials",
    "DownloadUrl",
    "Error",
    "ErrorKind",
    "Json",
    "LocalDate",
    "LocalDateTime",
    "LocalTime",
    "LocalTimeRange",
    "Outcome",
    "Paged",
    "PagedItems",
    "Position",
    "RawRequest",
    "Readme",
    "Secret",
    "Text",
    "UnixMillis",
    "UnixSeconds",
    "Waitable",
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
    /// The types at the root of a crate: requests and responses.
    pub fn of_root() -> Self {
        Self {
            reserved: RESERVED_AT_ROOT,
            ..Self::default()
        }
    }

    /// The types of a module: those of an operation, or those that operations share.
    pub fn of_module() -> Self {
        Self {
            reserved: RESERVED_IN_MODULES,
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

    /// Takes a name for something that has been checked elsewhere.
    pub fn keep(&mut self, name: &str, what: String, span: Span) {
        self.taken.insert(name.to_owned(), (what, span));
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
