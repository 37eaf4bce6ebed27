//! Conditions: the values of other fields with which a field has a meaning, or is required.

use std::collections::HashMap;

use super::definition::define_enum;
use super::field::Context;
use super::literal::{Definition, Lookup, spelling};
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::{self, Type, TypeDef};
use crate::spec::{Condition, Field, Text, TypeKind};

/// The conditions of a field. `siblings` are all fields of the struct that the field belongs to.
pub fn resolve(
    field: &Field<'_>,
    conditions: &[Condition<'_>],
    siblings: &[Field<'_>],
    context: &Context<'_, '_, '_>,
    diagnostics: &mut Diagnostics,
) -> Vec<model::Condition> {
    conditions
        .iter()
        .filter_map(|condition| one(field, condition, siblings, context, diagnostics))
        .collect()
}

fn one(
    field: &Field<'_>,
    condition: &Condition<'_>,
    siblings: &[Field<'_>],
    context: &Context<'_, '_, '_>,
    diagnostics: &mut Diagnostics,
) -> Option<model::Condition> {
    let name = condition.field;
    let sibling = sibling(field, name, siblings, diagnostics)?;
    // What is wrong with the type is told where it stands.
    let ty = context.type_of(sibling, &mut Diagnostics::default())?;
    let values: Vec<String> = match value_of(&ty, context) {
        Values::None => {
            let message = format!("`{}` has no single value to compare", name.value);
            diagnostics.push(
                Diagnostic::error(codes::DOES_NOT_APPLY, name.span, message)
                    .help("say it in `doc` instead"),
            );
            return None;
        }
        Values::Of(ty, def) => {
            let what = format!("`{}`", name.value);
            let mut types = HashMap::new();
            if let Some(def) = &def {
                let (kind, fields) = (&def.kind, [].as_slice());
                types.insert(&*def.name, Definition { kind, fields });
            }
            let types = Lookup::of_shared(&types);
            let values = condition.values.iter();
            values
                .filter_map(|node| spelling(node, ty, &what, &types, diagnostics))
                .collect()
        }
    };
    (!values.is_empty()).then(|| model::Condition {
        field: name.value.to_owned(),
        values,
    })
}

/// The fields beside one that its rules name.
pub fn others(
    field: &Field<'_>,
    names: &[Text<'_>],
    siblings: &[Field<'_>],
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let names = names.iter();
    let known = names.filter_map(|name| sibling(field, *name, siblings, diagnostics));
    known.map(|other| other.name.value.to_owned()).collect()
}

/// The field beside one that has this name. One that is not there is reported.
fn sibling<'f, 't>(
    field: &Field<'_>,
    name: Text<'_>,
    siblings: &'f [Field<'t>],
    diagnostics: &mut Diagnostics,
) -> Option<&'f Field<'t>> {
    if name.value == field.name.value {
        diagnostics.push(
            Diagnostic::error(
                codes::CONTRADICTION,
                name.span,
                format!("`{}` depends on itself", name.value),
            )
            .help("name another field, or say in `doc` what is meant"),
        );
        return None;
    }
    let Some(sibling) = siblings.iter().find(|other| other.name.value == name.value) else {
        let near = closest(name.value, siblings.iter().map(|field| field.name.value));
        diagnostics.push(
            Diagnostic::error(
                codes::UNKNOWN_FIELD,
                name.span,
                format!("there is no field `{}` here", name.value),
            )
            .suggest(near, || {
                "name a field beside this one; what a rule cannot say belongs in `doc`".to_owned()
            }),
        );
        return None;
    };
    Some(sibling)
}

/// The values that a type has.
enum Values<'t> {
    /// Those of the type, which may be an enum.
    Of(&'t Type, Option<TypeDef>),
    /// None that could be compared.
    None,
}

fn value_of<'t>(ty: &'t Type, context: &Context<'_, '_, '_>) -> Values<'t> {
    match ty {
        Type::Named(name) => match context.types.by_rust_name(context.owner, name) {
            Some(known) if matches!(known.def.kind, TypeKind::Enum { .. }) => Values::Of(
                ty,
                Some(define_enum(
                    known,
                    context.sources,
                    &mut Diagnostics::default(),
                )),
            ),
            _ => Values::None,
        },
        Type::List(_)
        | Type::Map(_)
        | Type::Json
        | Type::JsonText(_)
        | Type::Secret
        | Type::SecretJson(_) => Values::None,
        _ => Values::Of(ty, None),
    }
}
