//! Which keys of a field mean something: with its type, in its place, beside its other keys.

use super::field::{Context, Place};
use super::limits::{is_number, is_text};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::{Provider, Type};
use crate::spec::Field;

impl<'t> Context<'_, '_, 't> {
    /// Reports keys that mean nothing for the field's type.
    pub(super) fn report_what_does_not_fit_the_type(
        &self,
        field: &Field<'t>,
        ty: &Type,
        diagnostics: &mut Diagnostics,
    ) {
        let item = ty.innermost();
        if !is_number(item) {
            let keys = &["minimum", "maximum", "multiple_of"];
            refuse(field, keys, "only numbers have it", diagnostics);
        }
        if !is_text(item) {
            let keys = &[
                "pattern",
                "min_length",
                "max_length",
                "not_empty",
                "not_prefix",
                "not_containing",
                "sensitive",
            ];
            refuse(field, keys, "only text has it", diagnostics);
        }
        if !matches!(ty, Type::List(_)) {
            let keys = &["min_items", "max_items", "wrapper"];
            refuse(field, keys, "only lists have it", diagnostics);
        }
    }

    pub(super) fn report_what_does_not_fit_the_place(
        &self,
        field: &Field<'t>,
        place: Place,
        diagnostics: &mut Diagnostics,
    ) {
        let other_provider = self
            .provider
            .is_some_and(|provider| provider != Provider::Aliyun);
        if let Place::Request = place
            && other_provider
        {
            let why = "Alibaba Cloud alone tells parameters apart by it";
            refuse(field, &["in"], why, diagnostics);
        }
        let Place::Record { input } = place else {
            return;
        };
        if input {
            let why = "a request may hold this record, and sends plain lists";
            refuse(field, &["wrapper"], why, diagnostics);
            return;
        }
        for entry in ["required", "required_when", "required_unless"]
            .iter()
            .filter_map(|key| field.keys.entry(key))
        {
            diagnostics.push(
                Diagnostic::error(
                    codes::DOES_NOT_APPLY,
                    entry.key_span,
                    format!("`{}` means nothing for `{}`", entry.key, field.name.value),
                )
                .label("the record has no `input: true`, and answers promise nothing")
                .help(format!(
                    "add `input: true` to the record if requests hold it; if not, remove `{}`",
                    entry.key
                )),
            );
        }
    }
}

/// Reports keys that contradict each other.
pub fn report_contradictions(field: &Field<'_>, diagnostics: &mut Diagnostics) {
    let Some(required) = field.required else {
        return;
    };
    let mut contradicts = |key: &str, message: String, mend: &str| {
        if let Some(entry) = field.keys.entry(key) {
            diagnostics.push(
                Diagnostic::error(codes::CONTRADICTION, entry.key_span, message)
                    .also(required, "it is required")
                    .help(mend),
            );
        }
    };
    let name = field.name.value;
    contradicts(
        "deprecated",
        format!("`{name}` is required and should not be used"),
        "remove `required` if the provider does without it; if not, say in `doc` what is planned",
    );
    for key in ["required_when", "required_unless"] {
        let message = format!("`{name}` is required always and sometimes");
        contradicts(key, message, "remove one of the two");
    }
}

/// Reports keys that the field has although they mean nothing there.
pub fn refuse(field: &Field<'_>, keys: &[&str], why: &str, diagnostics: &mut Diagnostics) {
    for entry in keys.iter().filter_map(|key| field.keys.entry(key)) {
        diagnostics.push(
            Diagnostic::error(
                codes::DOES_NOT_APPLY,
                entry.key_span,
                format!("`{}` means nothing for `{}`", entry.key, field.name.value),
            )
            .label(why)
            .help(format!("remove `{}`", entry.key)),
        );
    }
}
