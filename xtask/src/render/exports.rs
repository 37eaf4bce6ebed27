//! What a service's crate exports from the runtime: what its public types are made of, and no more.

use std::collections::BTreeSet;

use crate::model::{Carried, Service, Type, TypeKind};

/// What every crate needs.
const ALWAYS: [&str; 3] = ["Credentials", "Error", "ErrorKind"];

/// The names.
pub fn of_runtime(service: &Service) -> Vec<&'static str> {
    let mut names = BTreeSet::from(ALWAYS);
    for operation in &service.operations {
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
    let own = service
        .operations
        .iter()
        .flat_map(|operation| &operation.types);
    for definition in service.types.iter().chain(own) {
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
