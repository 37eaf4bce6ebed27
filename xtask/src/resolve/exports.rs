//! What a crate exports from the runtime, and the module of an operation from the shared types: what their types are made of.

use std::collections::BTreeSet;

use super::literal::Lookup;
use super::types::innermost;
use crate::model::{Carried, Field, Operation, Type, TypeDef, TypeKind};

/// What every crate needs.
const ALWAYS: [&str; 3] = ["Credentials", "Error", "ErrorKind"];

/// The names.
pub fn of_runtime(shared: &[TypeDef], operations: &[Operation]) -> Vec<&'static str> {
    let mut names = BTreeSet::from(ALWAYS);
    for operation in operations {
        for field in operation.request.iter().chain(&operation.response) {
            of_type(&field.ty, &mut names);
        }
        if let Some(paging) = &operation.paging {
            names.extend(["Paged", "Position"]);
            if paging.items.len() == 1 {
                names.insert("PagedItems");
            }
        }
        if !operation.waiters.is_empty() {
            names.extend(["Outcome", "Waitable"]);
        }
    }
    let own = operations.iter().flat_map(|operation| &operation.types);
    for definition in shared.iter().chain(own) {
        if let TypeKind::Record { fields, .. } = &definition.kind {
            for field in fields {
                of_type(&field.ty, &mut names);
            }
        }
    }
    names.into_iter().collect()
}

fn of_type(ty: &Type, names: &mut BTreeSet<&'static str>) {
    match ty {
        Type::Secret => names.extend(["Secret"]),
        Type::Json => names.extend(["Json"]),
        Type::UnixSeconds => names.extend(["UnixSeconds"]),
        Type::UnixMillis => names.extend(["UnixMillis"]),
        Type::DownloadUrl => names.extend(["DownloadUrl"]),
        Type::Text(carried) => {
            names.insert("Text");
            names.extend(of_text(carried));
        }
        Type::JsonText(of) => {
            names.insert("Text");
            of_type(of, names);
        }
        // Such a secret can be given as what the text holds.
        Type::SecretJson(of) => {
            names.extend(["Secret", "Text"]);
            of_type(of, names);
        }
        Type::List(item) | Type::Map(item) => of_type(item, names),
        Type::String
        | Type::Bool
        | Type::Flag
        | Type::Hour
        | Type::I32
        | Type::I64
        | Type::U64
        | Type::F64
        | Type::Named(_) => {}
    }
}

fn of_text(carried: &Carried) -> &'static [&'static str] {
    match carried {
        Carried::Flag => &["Flag"],
        Carried::UnixSeconds => &["UnixSeconds"],
        Carried::UnixMillis => &["UnixMillis"],
        // A date and a time are what it has in it.
        Carried::DateTime => &["LocalDate", "LocalDateTime", "LocalTime"],
        Carried::Date => &["LocalDate"],
        Carried::Time => &["LocalTime"],
        Carried::TimeRange => &["LocalTime", "LocalTimeRange"],
        Carried::Bool | Carried::I64 | Carried::U64 | Carried::F64 | Carried::Bytes => &[],
    }
}

/// The shared types that an operation uses, directly or through others. One that a type of its own hides is not among them.
pub fn shared_types(
    request: &[Field],
    response: &[Field],
    own: &[TypeDef],
    types: &Lookup<'_>,
) -> Vec<String> {
    let of_own = own.iter().flat_map(|definition| fields(&definition.kind));
    let fields = request.iter().chain(response).chain(of_own);
    let is_own = |name: &str| own.iter().any(|definition| definition.name == name);
    let mut open: Vec<&str> = fields
        .filter_map(named)
        .filter(|name| !is_own(name))
        .collect();
    let mut found = BTreeSet::new();
    while let Some(name) = open.pop() {
        let Some(kind) = types.shared().get(name) else {
            continue;
        };
        if found.insert(name) {
            open.extend(self::fields(kind).iter().filter_map(named));
        }
    }
    let shown = found.into_iter().filter(|name| !is_own(name));
    let args = |name: &str| match types.shared().get(name)? {
        TypeKind::Record { args_name, .. } => args_name.clone(),
        TypeKind::Enum { .. } => None,
    };
    shown
        .flat_map(|name| std::iter::once(name.to_owned()).chain(args(name)))
        .collect()
}

fn fields(kind: &TypeKind) -> &[Field] {
    match kind {
        TypeKind::Record { fields, .. } => fields,
        TypeKind::Enum { .. } => &[],
    }
}

/// The type of a field, or what its text carries, if a spec defines it.
fn named(field: &Field) -> Option<&str> {
    match innermost(&field.ty) {
        Type::Named(name) => Some(name),
        Type::JsonText(of) | Type::SecretJson(of) => match innermost(of) {
            Type::Named(name) => Some(name),
            _ => None,
        },
        _ => None,
    }
}
