//! Fields and types of a table.

use serde_json::{Map, Value, json};

use crate::model::{
    Carried, Condition, EnumValue, Field, Location, Repr, Rules, Type, TypeDef, TypeKind,
};

use super::mapping;
use super::members::Members;

/// A parameter, or a member of an answer or a record.
pub fn field(field: &Field) -> Value {
    let location = match field.location {
        Location::Default => None,
        Location::Query => Some("query"),
        Location::Form => Some("form"),
    };
    let leaf = leaf(&field.ty);
    let format = if field.rules.hour {
        Some("hour")
    } else {
        leaf.format
    };
    let members = Members::default()
        .set("name", &*field.wire)
        .set("type", shape(&field.ty, leaf.name))
        .given("format", format)
        .flag("sensitive", *innermost(&field.ty) == Type::Secret)
        // What `new` sets is no argument of it, but the provider does not do without it.
        .flag("required", field.required || field.preset.is_some())
        .given("in", location)
        .given("encoding", field.json_text.then_some("json_text"))
        .given("wrapper", field.wrapper.as_deref())
        .texts("aliases", &field.aliases)
        .given("example", field.example.as_deref());
    rules(&field.rules, members).value()
}

fn rules(rules: &Rules, members: Members) -> Members {
    members
        .given("default", rules.default.as_deref())
        .given("minimum", rules.minimum.clone().map(Value::Number))
        .given("maximum", rules.maximum.clone().map(Value::Number))
        .given("multiple_of", rules.multiple_of.as_deref())
        .given("min_items", rules.min_items)
        .given("max_items", rules.max_items)
        .given("min_length", rules.min_length)
        .given("max_length", rules.max_length)
        .given("pattern", rules.pattern.as_deref())
        .flag("not_empty", rules.not_empty)
        .texts("not_prefix", &rules.not_prefix)
        .texts("not_containing", &rules.not_containing)
        .members("only_when", conditions(&rules.only_when))
        .members("required_when", conditions(&rules.required_when))
}

fn conditions(conditions: &[Condition]) -> Map<String, Value> {
    mapping(conditions.iter().map(|condition| {
        let values = condition.values.iter().map(|value| Value::from(&**value));
        (condition.field.clone(), values.collect())
    }))
}

/// Types by their names.
pub fn types(types: &[TypeDef]) -> Map<String, Value> {
    mapping(types.iter().map(|def| {
        let members = Members::default();
        let definition = match &def.kind {
            TypeKind::Record { fields, .. } => members.list("fields", fields.iter().map(field)),
            TypeKind::Enum { repr, values } => {
                let word = match repr {
                    Repr::Text => "string",
                    Repr::Integer => "i64",
                };
                let values = values.iter().map(|value| enum_value(value, *repr));
                members.set("enum", word).list("values", values)
            }
        };
        (def.name.clone(), definition.value())
    }))
}

fn enum_value(value: &EnumValue, repr: Repr) -> Value {
    let spelling = |text: &str| match (repr, text.parse::<i64>()) {
        (Repr::Integer, Ok(number)) => Value::from(number),
        _ => Value::from(text),
    };
    Members::default()
        .set("value", spelling(&value.wire))
        .list("aka", value.aka.iter().map(|aka| spelling(aka)))
        .flag("deprecated", value.deprecated.is_some())
        .value()
}

/// A type as the grammar writes it: lists in brackets, maps as `{ map: … }`.
fn shape(ty: &Type, leaf: &str) -> Value {
    match ty {
        Type::List(item) => json!([shape(item, leaf)]),
        Type::Map(of) => json!({ "map": shape(of, leaf) }),
        _ => Value::from(leaf),
    }
}

fn innermost(ty: &Type) -> &Type {
    match ty {
        Type::List(inner) | Type::Map(inner) => innermost(inner),
        _ => ty,
    }
}

/// What lists and maps of a type hold in the end.
struct Leaf<'a> {
    name: &'a str,
    format: Option<&'a str>,
}

fn leaf(ty: &Type) -> Leaf<'_> {
    let (name, format) = match innermost(ty) {
        Type::String | Type::Secret => ("string", None),
        Type::Bool => ("bool", None),
        Type::I32 => ("i32", None),
        Type::I64 => ("i64", None),
        Type::U64 => ("u64", None),
        Type::F64 => ("f64", None),
        Type::UnixSeconds => ("i64", Some("unix_seconds")),
        Type::UnixMillis => ("i64", Some("unix_millis")),
        Type::DownloadUrl => ("string", Some("download_url")),
        Type::Text(carried) => ("string", Some(format(carried))),
        Type::Named(name) => (&**name, None),
        // There is no list and no map inside all of them.
        Type::Json | Type::List(_) | Type::Map(_) => ("any", None),
    };
    Leaf { name, format }
}

fn format(carried: &Carried) -> &str {
    match carried {
        Carried::Bool => "bool",
        Carried::I64 => "i64",
        Carried::U64 => "u64",
        Carried::F64 => "f64",
        Carried::Json => "json",
        Carried::Bytes => "base64",
        Carried::UnixSeconds => "unix_seconds",
        Carried::UnixMillis => "unix_millis",
        Carried::DateTime => "date_time",
        Carried::Date => "date",
        Carried::Time => "time",
        Carried::TimeRange => "time_range",
        Carried::Record(name) => name,
    }
}
