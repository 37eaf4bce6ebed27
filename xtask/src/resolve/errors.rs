//! Error codes: one code means one thing in a whole service.

use std::collections::HashMap;

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::{ErrorCode, ErrorKind};
use crate::source::Span;
use crate::spec;

/// The codes that were seen in a service, and what each was said to mean.
#[derive(Default)]
pub struct Errors<'t> {
    seen: HashMap<&'t str, (ErrorKind, Span)>,
}

impl<'t> Errors<'t> {
    /// Resolves a list of codes and reports those that another list gives another kind.
    pub fn resolve(
        &mut self,
        errors: &[spec::ErrorCode<'t>],
        diagnostics: &mut Diagnostics,
    ) -> Vec<ErrorCode> {
        errors
            .iter()
            .filter_map(|error| self.one(error, diagnostics))
            .collect()
    }

    fn one(
        &mut self,
        error: &spec::ErrorCode<'t>,
        diagnostics: &mut Diagnostics,
    ) -> Option<ErrorCode> {
        let kind = error.kind?;
        let (first, place) = *self
            .seen
            .entry(error.code.value)
            .or_insert((kind.value, kind.span));
        if first != kind.value {
            diagnostics.push(
                Diagnostic::error(
                    codes::CONTRADICTING_KIND,
                    kind.span,
                    format!(
                        "the code `{}` is of one kind here and of another elsewhere",
                        error.code.value
                    ),
                )
                .also(place, "elsewhere")
                .help("a client tells kinds by the code alone: give it the same kind everywhere"),
            );
        }
        Some(ErrorCode {
            code: error.code.value.to_owned(),
            kind: kind.value,
            doc: spec::owned(error.doc),
            newer: error.newer.map(|newer| newer.value.to_owned()),
        })
    }
}
