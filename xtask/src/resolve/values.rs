//! Values that a spec gives for its own fields: defaults, limits, examples.

use super::fits::refuse;
use super::limits::{self, is_number, range, report_bad_pattern};
use super::literal::{Lookup, literal, wrong};
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::{self, Carried, Type, TypeKind};
use crate::spec::{Field, text};
use crate::yaml::Atom;

/// Reports values that do not fit their fields. The two slices are the same fields in the same order.
pub fn check(
    fields: &[&Field<'_>],
    resolved: &[model::Field],
    types: &Lookup<'_>,
    diagnostics: &mut Diagnostics,
) {
    for (field, resolved) in fields.iter().zip(resolved) {
        multiple_of(field, fields, diagnostics);
        lengths(field, diagnostics);
        report_bad_pattern(field, diagnostics);
        let item = resolved.ty.innermost();
        if let Type::Named(name) = item
            && let Some(TypeKind::Record { .. }) = types.get(name)
        {
            refuse(
                field,
                &["default", "example"],
                "a record is no single value; `examples` show it whole",
                diagnostics,
            );
            continue;
        }
        report_bad_range(field, item, diagnostics);
        for (key, node) in [("default", field.default), ("example", field.example)] {
            let Some(node) = node else { continue };
            let what = format!("the `{key}` of `{}`", field.name.value);
            // The example of a list is one of its items, that of a map one of its values.
            if literal(node, item, &what, types, diagnostics).is_some() {
                limits::check(field, item, node, &what, diagnostics);
            }
        }
    }
}

/// Reports limits of a number that are none, or that contradict each other.
fn report_bad_range(field: &Field<'_>, item: &Type, diagnostics: &mut Diagnostics) {
    let is_integer = is_number(item) && !matches!(item, Type::F64 | Type::Text(Carried::F64));
    for (key, node) in [("minimum", field.minimum), ("maximum", field.maximum)] {
        if let Some(node) = node
            && is_integer
            && matches!(node.atom(), Some(Atom::Float(_)))
        {
            let what = format!("the `{key}` of `{}`", field.name.value);
            diagnostics.push(wrong(node, &what, "an integer"));
        }
    }
    if let ((Some(least), Some(most)), Some(minimum), Some(maximum)) =
        (range(field), field.minimum, field.maximum)
        && least > most
    {
        diagnostics.push(
            Diagnostic::error(
                codes::EMPTY_RANGE,
                minimum.span,
                "no number is that large and that small",
            )
            .also(maximum.span, "the largest")
            .help("exchange the two"),
        );
    }
}

fn multiple_of(field: &Field<'_>, fields: &[&Field<'_>], diagnostics: &mut Diagnostics) {
    let Some(step) = field.multiple_of else {
        return;
    };
    let Some(other) = text(step) else {
        if !matches!(step.atom(), Some(Atom::Integer(1..))) {
            let what = format!("the `multiple_of` of `{}`", field.name.value);
            diagnostics.push(wrong(step, &what, "an integer from 1"));
        }
        return;
    };
    if fields.iter().all(|field| field.name.value != other.value) {
        let near = closest(other.value, fields.iter().map(|field| field.name.value));
        diagnostics.push(
            Diagnostic::error(
                codes::UNKNOWN_FIELD,
                other.span,
                format!("there is no field `{}` here", other.value),
            )
            .suggest(near, || {
                "name another field of the same request or record".to_owned()
            }),
        );
    }
}

fn lengths(field: &Field<'_>, diagnostics: &mut Diagnostics) {
    for (least, most, what, longest) in [
        (field.min_items, field.max_items, "list", "the most items"),
        (
            field.min_length,
            field.max_length,
            "text",
            "the most characters",
        ),
    ] {
        if let (Some(least), Some(most)) = (least, most)
            && least.value > most.value
        {
            diagnostics.push(
                Diagnostic::error(
                    codes::EMPTY_RANGE,
                    least.span,
                    format!("no {what} is that long and that short"),
                )
                .also(most.span, longest)
                .help("exchange the two"),
            );
        }
    }
}
