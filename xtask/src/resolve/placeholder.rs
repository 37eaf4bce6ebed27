//! Made-up values, for an operation whose page shows no request.

use crate::model::{Argument, Call, Carried, Field, Literal, Type, TypeKind};

use super::literal::Lookup;

/// How deep made-up values get: a record that holds itself ends somewhere.
const DEPTH: usize = 4;

/// A call with made-up values for what is required and nothing else.
pub fn call(fields: &[Field], types: &Lookup<'_>) -> Call {
    required(fields, types, 0)
}

fn required(fields: &[Field], types: &Lookup<'_>, depth: usize) -> Call {
    let mut arguments = Vec::new();
    for field in fields.iter().filter(|field| field.required) {
        let example = field.example.as_deref();
        arguments.push(Argument {
            name: field.name.clone(),
            value: value(&field.ty, &field.name, example, types, depth),
        });
    }
    Call {
        arguments,
        setters: Vec::new(),
    }
}

fn value(
    ty: &Type,
    name: &str,
    example: Option<&str>,
    types: &Lookup<'_>,
    depth: usize,
) -> Literal {
    let plain = name.trim_start_matches("r#").replace('_', "-");
    let text = |otherwise: &str| Literal::Text(example.unwrap_or(otherwise).to_owned());
    let integer = |otherwise: &str| {
        let example = example.filter(|text| text.parse::<i32>().is_ok());
        Literal::Integer(example.unwrap_or(otherwise).to_owned())
    };
    match ty {
        Type::String | Type::Secret => text(&plain),
        Type::DownloadUrl => text("https://example.com/file"),
        Type::Bool | Type::Flag | Type::Text(Carried::Bool | Carried::Flag) => Literal::Bool(true),
        Type::I32
        | Type::I64
        | Type::U64
        | Type::Hour
        | Type::Text(Carried::I64 | Carried::U64) => integer("1"),
        Type::F64 | Type::Text(Carried::F64) => Literal::Float("1.0".to_owned()),
        Type::UnixSeconds | Type::Text(Carried::UnixSeconds) => integer("1700000000"),
        Type::UnixMillis | Type::Text(Carried::UnixMillis) => integer("1700000000000"),
        Type::Json => Literal::Json(example.unwrap_or(&plain).into()),
        Type::Text(Carried::Bytes) => Literal::Bytes(plain.into_bytes()),
        Type::JsonText(of) | Type::SecretJson(of) => text(match &**of {
            Type::List(_) => "[]",
            _ => "{}",
        }),
        Type::Text(Carried::DateTime) => text("2024-03-01 08:00:00"),
        Type::Text(Carried::Date) => text("2024-03-01"),
        Type::Text(Carried::Time) => text("08:00"),
        Type::Text(Carried::TimeRange) => text("08:00-09:00"),
        Type::List(_) if depth >= DEPTH => Literal::List(Vec::new()),
        Type::List(item) => Literal::List(vec![value(item, name, example, types, depth + 1)]),
        Type::Map(_) if depth >= DEPTH => Literal::Map(Vec::new()),
        Type::Map(item) => {
            let item = value(item, name, example, types, depth + 1);
            Literal::Map(vec![("key".to_owned(), item)])
        }
        Type::Named(named) => match types.get(named) {
            Some(TypeKind::Record { fields, .. }) => {
                let Call { arguments, setters } = required(fields, types, depth + 1);
                Literal::Record {
                    name: named.clone(),
                    arguments,
                    setters,
                }
            }
            Some(TypeKind::Enum { values, .. }) => {
                let value = values
                    .iter()
                    .find(|value| Some(value.wire.as_str()) == example)
                    .or(values.first());
                match value {
                    Some(value) => Literal::Variant {
                        enumeration: named.clone(),
                        variant: value.name.clone(),
                    },
                    None => Literal::Text(named.clone()),
                }
            }
            // A type whose definition is wrong, which has been reported.
            None => Literal::Text(named.clone()),
        },
    }
}
