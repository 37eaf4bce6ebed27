//! Error codes: each stands once in a service, and operations name those of their pages.

use std::collections::{HashMap, HashSet};

use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::ErrorCode;
use crate::spec::{self, Operation, Specs, Text};

/// The codes of a service. Those that no operation names are common to all of them.
pub fn of_service(specs: &Specs<'_>, errors: &[spec::ErrorCode<'_>]) -> Vec<ErrorCode> {
    let named: HashSet<&str> = specs
        .operations
        .iter()
        .flat_map(|operation| operation.errors.iter().map(|code| code.value))
        .collect();
    let resolve = |error: &spec::ErrorCode<'_>| {
        Some(ErrorCode {
            code: error.code.value.to_owned(),
            kind: error.kind?,
            doc: spec::owned(error.doc),
            common: !named.contains(error.code.value),
        })
    };
    errors.iter().filter_map(resolve).collect()
}

/// The codes that an operation names. One that the service does not have is reported, and so is one that stands there twice.
pub fn of_operation(
    operation: &Operation<'_>,
    service: &[spec::ErrorCode<'_>],
    resolved: &[ErrorCode],
    diagnostics: &mut Diagnostics,
) -> Vec<ErrorCode> {
    let mut seen = HashMap::new();
    let mut errors = Vec::new();
    for code in &operation.errors {
        if let Some(first) = seen.insert(code.value, code.span) {
            diagnostics.push(
                Diagnostic::error(
                    codes::COLLISION,
                    code.span,
                    format!("the code `{}` stands twice", code.value),
                )
                .also(first, "here too")
                .help("remove one"),
            );
            continue;
        }
        let known = resolved.iter().find(|error| error.code == code.value);
        // One without a kind has been reported.
        if known.is_none() && !service.iter().any(|error| error.code.value == code.value) {
            diagnostics.push(unknown(*code, service));
        }
        errors.extend(known.cloned());
    }
    errors
}

fn unknown(code: Text<'_>, service: &[spec::ErrorCode<'_>]) -> Diagnostic {
    let near = closest(code.value, service.iter().map(|error| error.code.value));
    let message = format!(
        "`service.yaml` does not have the error code `{}`",
        code.value
    );
    Diagnostic::error(codes::UNKNOWN_ERROR, code.span, message).suggest(near, || {
        format!(
            "add it to `errors` there, as in `{}: {{ kind: not_found, doc: \"…\" }}`",
            code.value
        )
    })
}
