//! Prose that states another default than `default`.

use super::Defined;
use super::prose::stated_default;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::{self, Type, TypeDef, TypeKind};
use crate::resolve::rules::literal_text;
use crate::spec;

/// Reports such prose in the records of a list of types.
pub fn report_in_types(
    types: &[spec::TypeDef<'_>],
    resolved: &[TypeDef],
    defined: Defined<'_>,
    diagnostics: &mut Diagnostics,
) {
    for (def, resolved) in types.iter().zip(resolved) {
        if let (
            spec::TypeKind::Record {
                fields: of_spec, ..
            },
            TypeKind::Record { fields, .. },
        ) = (&def.kind, &resolved.kind)
        {
            report(of_spec, fields, defined, diagnostics);
        }
    }
}

/// Reports such prose in fields.
pub fn report(
    of_spec: &[spec::Field<'_>],
    resolved: &[model::Field],
    types: Defined<'_>,
    diagnostics: &mut Diagnostics,
) {
    for field in of_spec {
        let (Some(node), Some(doc)) = (field.default, field.doc) else {
            continue;
        };
        let (Some(default), Some(stated)) = (literal_text(node), stated_default(doc.value)) else {
            continue;
        };
        let Some(resolved) = resolved
            .iter()
            .find(|resolved| resolved.wire == field.name.value)
        else {
            continue;
        };
        let names_a_field = of_spec.iter().any(|field| field.name.value == stated);
        if names_a_field || !differ(&default, stated, resolved.ty.innermost(), types) {
            continue;
        }
        diagnostics.push(
            Diagnostic::warning(
                codes::OTHER_DEFAULT,
                node.span,
                format!(
                    "the text of `{}` states another default, `{stated}`",
                    field.name.value
                ),
            )
            .also(doc.span, "here")
            .help("correct the one that is wrong; a `default` needs no words in `doc`, since the docs show it"),
        );
    }
}

/// Whether two values of a type, both in words, are certainly not the same.
fn differ(default: &str, stated: &str, ty: &Type, types: Defined<'_>) -> bool {
    if let Some(TypeKind::Enum { values, .. }) = types.get(ty) {
        let value_of = |text: &str| {
            values.iter().position(|value| {
                value.wire == text || value.aliases.iter().any(|alias| alias == text)
            })
        };
        return value_of(stated).is_some_and(|stated| value_of(default) != Some(stated));
    }
    match (default.parse::<f64>(), stated.parse::<f64>()) {
        (Ok(default), Ok(stated)) => default != stated,
        (Ok(_), Err(_)) => false,
        _ => default != stated,
    }
}
