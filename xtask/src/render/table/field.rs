//! Fields and types of a table.

use serde_json::{Map, Value, json};

use crate::model::{
    BUILT_IN, Condition, EnumValue, Field, IN_TEXT, Location, Repr, Rules, Step, Type, TypeDef,
    TypeKind,
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
    let members = Members::default()
        .set("name", &*field.wire)
        .set("type", shape(&field.ty))
        .flag("sensitive", is_secret(&field.ty))
        // What `new` sets is no argument of it, but the provider does not do without it.
        .flag("required", field.required || field.preset.is_some())
        .given("in", location)
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
        .given("multiple_of", rules.multiple_of.as_ref().map(step))
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
        .texts("required_unless", &rules.required_unless)
        .texts("only_with", &rules.only_with)
}

fn step(step: &Step) -> Value {
    match step {
        Step::Number(number) => number.clone().into(),
        Step::Field(field) => Value::from(&**field),
    }
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
                    Repr::I32 => "i32",
                    Repr::I64 => "i64",
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
        (Repr::I32 | Repr::I64, Ok(number)) => Value::from(number),
        _ => Value::from(text),
    };
    Members::default()
        .set("value", spelling(&value.wire))
        .list(
            "aliases",
            value.aliases.iter().map(|aliases| spelling(aliases)),
        )
        .flag("deprecated", value.deprecated.is_some())
        .value()
}

/// A type as the grammar writes it: lists in brackets, maps as `{ map: … }`.
fn shape(ty: &Type) -> Value {
    let built_in = BUILT_IN.iter().find(|(_, known)| known == ty);
    match (ty, built_in) {
        (_, Some((word, _))) => Value::from(*word),
        (Type::List(item), _) => json!([shape(item)]),
        (Type::Map(of), _) => json!({ "map": shape(of) }),
        (Type::JsonText(of) | Type::SecretJson(of), _) => json!({ "json": shape(of) }),
        (Type::Named(name), _) => Value::from(&**name),
        (Type::Text(carried), _) => {
            let word = IN_TEXT.iter().find(|(_, known)| known == carried);
            json!({ "text": word.map(|(word, _)| *word) })
        }
        // A secret is text.
        _ => Value::from("string"),
    }
}

fn is_secret(ty: &Type) -> bool {
    matches!(ty.innermost(), Type::Secret | Type::SecretJson(_))
}
