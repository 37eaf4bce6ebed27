//! What the documentation of a field says about the form of its value, where the type does not say it all.

use crate::model::{Carried, Type};

/// A sentence about the values of a type, or about what a list or a map holds; with an example where there is none yet.
pub fn sentence(ty: &Type, has_example: bool) -> Option<String> {
    let (what, example) = match ty {
        Type::List(item) | Type::Map(item) => return sentence(item, has_example),
        Type::Json => ("Any JSON", None),
        Type::UnixSeconds => ("Unix time in seconds", None),
        Type::UnixMillis => ("Unix time in milliseconds", None),
        Type::DownloadUrl => (
            "A download address: no signature is needed, and it expires. Keep it secret",
            None,
        ),
        Type::Hour => ("An hour of the day, from 0 to 23", None),
        Type::JsonText(of) | Type::SecretJson(of) => return Some(json(of)),
        Type::Text(carried) => text(carried),
        Type::String
        | Type::Secret
        | Type::Bool
        | Type::Flag
        | Type::I32
        | Type::I64
        | Type::U64
        | Type::F64
        | Type::Named(_) => return None,
    };
    Some(match example.filter(|_| !has_example) {
        Some(example) => format!("{what}, such as `{example}`."),
        None => format!("{what}."),
    })
}

fn text(carried: &Carried) -> (&'static str, Option<&'static str>) {
    match carried {
        Carried::Bool => ("`true` or `false`, as text", None),
        Carried::Flag => ("`1` for yes or `0` for no, as text", None),
        Carried::I64 | Carried::U64 | Carried::F64 => ("A number, as text", None),
        Carried::Bytes => ("Base64", None),
        Carried::UnixSeconds => ("Unix time in seconds, as text", None),
        Carried::UnixMillis => ("Unix time in milliseconds, as text", None),
        Carried::DateTime => ("Local time of the provider", Some("2024-03-01 08:00:00")),
        Carried::Date => ("A day", Some("2024-03-01")),
        Carried::Time => ("A time of day", Some("08:00")),
        Carried::TimeRange => ("A time range", Some("08:00-09:30")),
    }
}

/// A sentence about text that holds JSON.
fn json(of: &Type) -> String {
    let record = |name: &str| format!("[`{name}`]");
    match of {
        Type::Named(name) => format!("{} as JSON text.", record(name)),
        Type::List(item) => match &**item {
            Type::Named(name) => format!("A list of {} as JSON text.", record(name)),
            _ => "A list as JSON text.".to_owned(),
        },
        Type::Map(_) => "A map as JSON text.".to_owned(),
        _ => "JSON text.".to_owned(),
    }
}
