//! Values that a spec gives for its own fields: defaults, limits, examples.

use super::field::refuse;
use super::literal::{Lookup, literal, wrong};
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::{self, Literal, Type, TypeKind};
use crate::spec::Field;
use crate::yaml::{Atom, Node};

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
        let item = match &resolved.ty {
            Type::List(item) => item,
            other => other,
        };
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
        let range = range(field, item, diagnostics);
        for (key, node) in [("default", field.default), ("example", field.example)] {
            let Some(node) = node else { continue };
            let what = format!("the `{key}` of `{}`", field.name.value);
            // The example of a list is one of its items.
            let value = literal(node, item, &what, types, diagnostics);
            if let Some(value) = value {
                outside(&value, node, range, &what, diagnostics);
            }
        }
    }
}

/// The limits of a number, each where there is one and it is right.
type Range = (Option<f64>, Option<f64>);

fn range(field: &Field<'_>, item: &Type, diagnostics: &mut Diagnostics) -> Range {
    let mut limit = |key: &str, node: Option<&Node<'_>>| {
        let node = node?;
        match (item, node.atom()?) {
            (Type::F64, Atom::Float(text)) => text.parse().ok(),
            (Type::F64 | Type::I32 | Type::I64 | Type::U64, Atom::Integer(number)) => {
                Some(number as f64)
            }
            (Type::I32 | Type::I64 | Type::U64, _) => {
                diagnostics.push(wrong(
                    node,
                    &format!("the `{key}` of `{}`", field.name.value),
                    "an integer",
                ));
                None
            }
            _ => None,
        }
    };
    let range = (
        limit("minimum", field.minimum),
        limit("maximum", field.maximum),
    );
    if let ((Some(least), Some(most)), Some(minimum), Some(maximum)) =
        (range, field.minimum, field.maximum)
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
        return (None, None);
    }
    range
}

fn outside(
    value: &Literal,
    node: &Node<'_>,
    (least, most): Range,
    what: &str,
    diagnostics: &mut Diagnostics,
) {
    let (Literal::Integer(text) | Literal::Float(text)) = value else {
        return;
    };
    let Ok(number) = text.parse::<f64>() else {
        return;
    };
    let limit = match (least, most) {
        (Some(least), _) if number < least => format!("below the minimum, {least}"),
        (_, Some(most)) if number > most => format!("above the maximum, {most}"),
        _ => return,
    };
    diagnostics.push(
        Diagnostic::error(codes::WRONG_VALUE, node.span, format!("{what} is {limit}")).help(
            "correct the value or the limit; if the page contradicts itself, say so in `quirks`",
        ),
    );
}

fn multiple_of(field: &Field<'_>, fields: &[&Field<'_>], diagnostics: &mut Diagnostics) {
    let Some(other) = field.multiple_of else {
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
    if let (Some(least), Some(most)) = (field.min_items, field.max_items)
        && least.value > most.value
    {
        diagnostics.push(
            Diagnostic::error(
                codes::EMPTY_RANGE,
                least.span,
                "no list is that long and that short",
            )
            .also(most.span, "the most items")
            .help("exchange the two"),
        );
    }
}
