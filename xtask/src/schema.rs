//! The grammar of specs as JSON Schema, for editors: they complete keys, show what each means and underline mistakes.
//!
//! It is made from the same tables that the reader holds specs against. What a schema cannot say stays with the reader: quotes around
//! prose, keys that stand twice, and whatever needs knowledge of another place.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::output::OutputFile;
use crate::spec::{Key, Need, SchemaOf, Shape, Table, WRAPPED};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

const COMMENT: &str = "Made by `cargo xtask gen` from the grammar in xtask/src/spec. Do not edit.";

/// The schemas of all kinds of specs.
pub fn files() -> Vec<OutputFile> {
    SchemaOf::ALL
        .map(|of| OutputFile {
            path: format!("specs/{}", of.file_name()),
            contents: format!("{:#}\n", schema(of.shape())),
        })
        .to_vec()
}

/// The schema of a file of this shape.
fn schema(shape: &Shape) -> Value {
    let mut definitions = Definitions::default();
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), DRAFT.into());
    schema.insert("$comment".to_owned(), COMMENT.into());
    schema.append(&mut match shape {
        Shape::Table(table) => definitions.table(table),
        shape => match definitions.shape(shape) {
            Value::Object(schema) => schema,
            _ => Map::new(),
        },
    });
    schema.insert("$defs".to_owned(), definitions.made.into());
    schema.into()
}

/// The tables that a schema refers to. Each stands there once, however often it is referred to, by itself too.
#[derive(Default)]
struct Definitions {
    made: Map<String, Value>,
    begun: HashSet<String>,
}

impl Definitions {
    /// What a shape asks of a value.
    fn shape(&mut self, shape: &Shape) -> Value {
        match shape {
            Shape::Prose | Shape::Text => text(json!({ "pattern": r"\S" })),
            Shape::Form(form) => {
                text(json!({ "pattern": form.pattern, "examples": [form.example] }))
            }
            Shape::Flag => json!({ "type": "boolean" }),
            Shape::Count => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
            Shape::Number => json!({ "type": "number" }),
            Shape::Scalar => json!({ "type": ["string", "number", "boolean"] }),
            Shape::Step => json!({ "type": ["number", "string"] }),
            Shape::Word(words) => json!({ "enum": words() }),
            Shape::Type => {
                let wrapped = self.reference(&WRAPPED);
                let wrapped = json!({ "allOf": [wrapped], "minProperties": 1, "maxProperties": 1 });
                let ty = json!({ "$ref": "#/$defs/type" });
                let list = json!({ "type": "array", "items": ty, "minItems": 1, "maxItems": 1 });
                let any = json!({ "anyOf": [{ "type": "string" }, list, wrapped] });
                self.made.insert("type".to_owned(), any);
                ty
            }
            Shape::List(item) => {
                json!({ "type": "array", "items": self.shape(item), "minItems": 1 })
            }
            Shape::ListOrNone(item) => {
                json!({ "type": "array", "items": self.shape(item) })
            }
            Shape::OneOrMore(item) => {
                json!({ "anyOf": [self.shape(item), self.shape(&Shape::List(item))] })
            }
            Shape::Map(value) => {
                json!({ "type": "object", "additionalProperties": self.shape(value) })
            }
            Shape::Values(value) => {
                json!({ "type": "object", "minProperties": 1, "additionalProperties": self.shape(value) })
            }
            Shape::Table(table) => self.reference(table),
            Shape::OrTable(scalar, table) => {
                json!({ "anyOf": [self.shape(scalar), self.reference(table)] })
            }
            Shape::Either(key, with, without) => json!({
                "type": "object",
                "if": { "required": [key] },
                "then": self.reference(with),
                "else": self.shape(without),
            }),
            Shape::Anything => json!({ "type": "object" }),
        }
    }

    /// A reference to a table, which is defined if it is not yet.
    fn reference(&mut self, table: &'static Table) -> Value {
        let name = table
            .what
            .split_once(' ')
            .map_or(table.what, |(_, name)| name);
        let name: String = name
            .chars()
            .filter(|letter| *letter != '`')
            .map(|letter| if letter == ' ' { '_' } else { letter })
            .collect();
        if self.begun.insert(name.clone()) {
            let definition = self.table(table).into();
            self.made.insert(name.clone(), definition);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    /// What a table asks of a mapping.
    fn table(&mut self, table: &'static Table) -> Map<String, Value> {
        let keys = table.keys.iter();
        let required = keys.clone().filter(|key| key.need == Need::Required);
        let required: Vec<&str> = required.map(|key| key.name).collect();
        let properties = keys.map(|key| (key.name.to_owned(), self.property(key)));
        let properties: Map<String, Value> = properties.collect();
        let mut object = Map::new();
        object.insert("title".to_owned(), table.what.into());
        object.insert("type".to_owned(), "object".into());
        object.insert("properties".to_owned(), properties.into());
        if !required.is_empty() {
            object.insert("required".to_owned(), required.into());
        }
        object.insert("additionalProperties".to_owned(), false.into());
        object
    }

    fn property(&mut self, key: &Key) -> Value {
        let mut property = Map::new();
        property.insert("description".to_owned(), key.doc.into());
        if let Value::Object(mut shape) = self.shape(&key.shape) {
            property.append(&mut shape);
        }
        property.into()
    }
}

/// Text that is more than a placeholder.
fn text(mut more: Value) -> Value {
    let mut text = json!({ "type": "string", "not": { "pattern": "^TODO" } });
    if let (Value::Object(text), Value::Object(more)) = (&mut text, &mut more) {
        text.append(more);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn a_schema_has_the_tables_of_its_spec_once_each() {
        let schema = schema(SchemaOf::Operation.shape());
        assert_eq!(schema["additionalProperties"], false);
        assert_eq!(
            schema["properties"]["request"]["additionalProperties"]["$ref"],
            "#/$defs/request_field"
        );
        let field = &schema["$defs"]["request_field"];
        assert_eq!(field["required"], json!(["type"]));
        assert_eq!(field["properties"]["in"]["enum"][0], "query");
        let types = super::schema(SchemaOf::Types.shape());
        for of in [&schema["properties"]["types"], &types] {
            let expected = json!({ "required": ["enum"] });
            assert_eq!(of["additionalProperties"]["if"], expected);
        }
    }
}
