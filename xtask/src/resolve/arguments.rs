//! The members of a mapping as the arguments and setters that make a request, or a record of one.

use std::collections::{HashMap, HashSet};

use super::limits;
use super::literal::{Lookup, literal};
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::{Argument, Carried, Field, Repr, Type, TypeKind};
use crate::prose::all_of;
use crate::source::Span;
use crate::spec;
use crate::yaml::Entry;

/// With more required members than this, `new` takes them as a struct, so that they are named where they are given.
const MAX_ARGUMENTS: usize = 3;

/// The name of the struct that `new` of a request or a record takes.
pub fn args_of(name: &str) -> String {
    format!("{name}Args")
}

/// Whether `new` takes what is required as a struct: where it is much, or where two arguments could be swapped unseen.
pub fn need_a_struct(fields: &[Field], types: &Lookup<'_>) -> bool {
    let kinds: Vec<_> = fields
        .iter()
        .filter(|field| field.required)
        .map(|field| kind(&field.ty, types))
        .collect();
    let swappable = |(index, kind): (usize, &Kind<'_>)| kinds[..index].contains(kind);
    kinds.len() > MAX_ARGUMENTS || kinds.iter().enumerate().any(swappable)
}

/// What can be given for what: text for text, whatever it stands for, and integers for integers.
#[derive(PartialEq)]
enum Kind<'a> {
    Text,
    Bool,
    Integer,
    Float,
    Json,
    Bytes,
    Record(&'a str),
    List(Box<Kind<'a>>),
    Map(Box<Kind<'a>>),
}

fn kind<'a>(ty: &'a Type, types: &Lookup<'_>) -> Kind<'a> {
    match ty {
        Type::Bool | Type::Flag | Type::Text(Carried::Bool | Carried::Flag) => Kind::Bool,
        Type::I32 | Type::I64 | Type::U64 | Type::Hour | Type::UnixSeconds | Type::UnixMillis => {
            Kind::Integer
        }
        Type::Text(Carried::I64 | Carried::U64) => Kind::Integer,
        Type::F64 | Type::Text(Carried::F64) => Kind::Float,
        Type::Json => Kind::Json,
        Type::Text(Carried::Bytes) => Kind::Bytes,
        Type::String
        | Type::Secret
        | Type::DownloadUrl
        | Type::Text(_)
        | Type::JsonText(_)
        | Type::SecretJson(_) => Kind::Text,
        Type::List(item) => Kind::List(Box::new(kind(item, types))),
        Type::Map(of) => Kind::Map(Box::new(kind(of, types))),
        Type::Named(name) => match types.get(name) {
            Some(TypeKind::Enum {
                repr: Repr::I32 | Repr::I64,
                ..
            }) => Kind::Integer,
            Some(TypeKind::Enum { .. }) => Kind::Text,
            Some(TypeKind::Record { .. }) | None => Kind::Record(name),
        },
    }
}

/// Sorts members into the arguments of `new` and the setters after it, both in the order of the fields, and reports those that
/// are wrong, unknown or missing. Each field comes with what the spec says about it, if it does. `owner` is what a message calls the whole.
pub fn fill<'m>(
    fields: impl Iterator<Item = (&'m Field, Option<&'m spec::Field<'m>>)> + Clone,
    entries: &[Entry<'_>],
    owner: &str,
    place: Span,
    types: &Lookup<'_>,
    diagnostics: &mut Diagnostics,
) -> (Vec<Argument>, Vec<Argument>) {
    let given: HashMap<&str, &Entry<'_>> =
        entries.iter().map(|entry| (&*entry.key, entry)).collect();
    let known: HashSet<&str> = fields.clone().map(|(field, _)| &*field.wire).collect();
    let mut meant = Vec::new();
    for entry in entries.iter().filter(|entry| !known.contains(&*entry.key)) {
        let names: Vec<&str> = fields.clone().map(|(field, _)| &*field.wire).collect();
        let near = closest(&entry.key, names.iter().copied());
        let finding = Diagnostic::error(
            codes::UNKNOWN_MEMBER,
            entry.key_span,
            format!("{owner} has no `{}`", entry.key),
        );
        diagnostics.push(finding.suggest(near, || match names.as_slice() {
            [] => "it has no parameters at all".to_owned(),
            names => format!("it has {}", all_of(names)),
        }));
        meant.extend(near);
    }

    let mut arguments = Vec::new();
    let mut setters = Vec::new();
    for (field, spec) in fields {
        match given.get(&*field.wire) {
            Some(entry) => {
                let what = format!("`{}`", field.wire);
                if let Some(value) = literal(&entry.value, &field.ty, &what, types, diagnostics) {
                    if let Some(spec) = spec {
                        limits::check(spec, &field.ty, &entry.value, &what, diagnostics);
                    }
                    let argument = Argument { name: field.name.clone(), value };
                    if field.required { arguments.push(argument) } else { setters.push(argument) }
                }
            }
            // What is there under a wrong name is one mistake, not two.
            None if field.required && !meant.contains(&&*field.wire) => diagnostics.push(
                Diagnostic::error(codes::MISSING_ARGUMENT, place, format!("the example does not give `{}`", field.wire))
                    .label(format!("{owner} requires it"))
                    .help("add it; if the page's example has none, take a value from its table and say so in `title`"),
            ),
            None => {}
        }
    }
    (arguments, setters)
}
