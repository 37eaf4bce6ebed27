//! Formats: what the text or the number of a field stands for.

use super::field::Context;
use super::fits::refuse;
use super::types::innermost;
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::{Carried, Type};
use crate::prose::{all_of, one_of};
use crate::spec::{Field, Text, TypeKind};

/// The format of a number that is an hour. Its type stays what it is; a rule says what it means.
pub const HOUR: &str = "hour";

/// The formats of `i64`, and the types that they make of it.
const OF_NUMBERS: &[(&str, Type)] = &[
    ("unix_seconds", Type::UnixSeconds),
    ("unix_millis", Type::UnixMillis),
    (HOUR, Type::I64),
];

/// The formats of `string`, and the types that they make of it. The name of a record is one, too.
const OF_TEXT: &[(&str, Type)] = &[
    ("bool", Type::Text(Carried::Bool)),
    ("i64", Type::Text(Carried::I64)),
    ("u64", Type::Text(Carried::U64)),
    ("f64", Type::Text(Carried::F64)),
    ("json", Type::Text(Carried::Json)),
    ("base64", Type::Text(Carried::Bytes)),
    ("unix_seconds", Type::Text(Carried::UnixSeconds)),
    ("unix_millis", Type::Text(Carried::UnixMillis)),
    ("date_time", Type::Text(Carried::DateTime)),
    ("date", Type::Text(Carried::Date)),
    ("time", Type::Text(Carried::Time)),
    ("time_range", Type::Text(Carried::TimeRange)),
    ("download_url", Type::DownloadUrl),
];

/// The record that the text of a field carries, by its name in the spec; it may be the name of nothing.
pub fn record_in<'t>(field: &Field<'t>) -> Option<Text<'t>> {
    let name = field.format?;
    let is_text = field.ty.as_ref()?.innermost().value == "string";
    (is_text && of(OF_TEXT, name.value).is_none()).then_some(name)
}

/// The type that a field has with its format. One that it cannot have is reported.
pub fn apply(
    field: &Field<'_>,
    ty: Type,
    context: &Context<'_, '_, '_>,
    diagnostics: &mut Diagnostics,
) -> Type {
    let Some(format) = field.format else {
        return ty;
    };
    let (formats, what, others, other) = match innermost(&ty) {
        Type::I64 => (OF_NUMBERS, "i64", OF_TEXT, "string"),
        Type::String => (OF_TEXT, "string", OF_NUMBERS, "i64"),
        _ => {
            let why = "only `string` and `i64` stand for something else";
            refuse(field, &["format"], why, diagnostics);
            return ty;
        }
    };
    if let Some(formatted) = of(formats, format.value) {
        return with_innermost(ty, formatted);
    }
    if what == "string"
        && let Some(known) = context.types.defined(context.owner, format.value)
    {
        if let TypeKind::Record { .. } = known.def.kind {
            return with_innermost(ty, Type::Text(Carried::Record(known.name.clone())));
        }
        diagnostics.push(
            Diagnostic::error(
                codes::UNKNOWN_FORMAT,
                format.span,
                format!("`{}` is an enum, which is no format", format.value),
            )
            .help(format!("write `type: {}` instead", format.value)),
        );
        return ty;
    }
    let mut names: Vec<&str> = formats.iter().map(|(name, _)| *name).collect();
    let finding = Diagnostic::error(
        codes::UNKNOWN_FORMAT,
        format.span,
        format!("`{what}` has no format `{}`", format.value),
    );
    diagnostics.push(if of(others, format.value).is_some() {
        finding
            .label(format!("this is a format of `{other}`"))
            .help(format!("the formats of `{what}` are {}", all_of(&names)))
    } else {
        let known = names.len();
        if what == "string" {
            names.extend(context.types.names_of(context.owner));
        }
        let near = closest(format.value, names.iter().copied());
        finding.suggest(near, || {
            let words = names.get(..known).unwrap_or_default();
            match what {
                "string" => format!("write {}, or the name of a record", one_of(words)),
                _ => format!("write {}", one_of(words)),
            }
        })
    });
    ty
}

fn of(formats: &[(&str, Type)], name: &str) -> Option<Type> {
    formats
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, ty)| ty.clone())
}

/// The same lists and maps around another type.
pub fn with_innermost(ty: Type, other: Type) -> Type {
    match ty {
        Type::List(inner) => Type::List(Box::new(with_innermost(*inner, other))),
        Type::Map(inner) => Type::Map(Box::new(with_innermost(*inner, other))),
        _ => other,
    }
}
