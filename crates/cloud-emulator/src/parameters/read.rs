//! Values against the types of a table.

use serde_json::{Map, Value};

use super::scalar;
use crate::call::Refusal;
use crate::tables::{EnumValue, Field, Scalar, Type, TypeDef, Types};
use crate::validate;

/// How values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// As JSON.
    Json,
    /// As text; lists are objects whose names are numbers.
    Flat {
        /// The number of the first item.
        first: usize,
    },
}

/// Reads values by a table.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    /// The types of the operation.
    pub types: Types<'t>,
    /// How values are written.
    pub style: Style,
    /// Whether members that the table does not have are refused.
    pub refuses_unknown: bool,
}

impl Reader<'_> {
    /// Reads the members of a request or a record; `path` leads to it.
    pub(super) fn fields(
        &self,
        fields: &[Field],
        mut given: Map<String, Value>,
        path: &str,
    ) -> Result<Map<String, Value>, Refusal> {
        let is_known = |name: &String| fields.iter().any(|field| field.name == *name);
        if self.refuses_unknown
            && let Some(name) = given.keys().find(|name| !is_known(name))
        {
            return Err(Refusal::Unknown {
                parameter: join(path, name),
            });
        }
        let mut values = Map::new();
        for field in fields {
            let given = given
                .swap_remove(&field.name)
                .filter(|value| !self.is_nothing(value, field));
            let path = join(path, &field.name);
            match given {
                Some(value) => {
                    let value = self.parameter(field, value, &path)?;
                    values.insert(field.name.clone(), value);
                }
                None if field.required => return Err(Refusal::Missing { parameter: path }),
                None => {}
            }
        }
        validate::relations(fields, &values, |name| join(path, name))?;
        Ok(values)
    }

    /// Whether a value stands for nothing: `null`, or empty text where a request has nothing but text to write values with.
    fn is_nothing(&self, value: &Value, field: &Field) -> bool {
        let is_plain_text = field.ty == Type::Scalar(Scalar::String);
        match value {
            Value::Null => true,
            Value::String(text) => {
                text.is_empty() && self.style != Style::Json && (field.required || !is_plain_text)
            }
            _ => false,
        }
    }

    /// Reads the value of a field.
    pub(super) fn parameter(
        &self,
        field: &Field,
        value: Value,
        path: &str,
    ) -> Result<Value, Refusal> {
        let value = self.value(field, &field.ty, value, path)?;
        validate::length_of_list(field, &value).map_err(|problem| invalid(path, problem))?;
        Ok(value)
    }

    /// Reads a value of a type. `field` is the one that it is in.
    fn value(&self, field: &Field, ty: &Type, value: Value, path: &str) -> Result<Value, Refusal> {
        match ty {
            Type::Scalar(Scalar::Any) => Ok(value),
            Type::Scalar(ty) => {
                let read = match (self.style, &value) {
                    (Style::Flat { .. }, Value::String(text)) => scalar::from_text(text, *ty),
                    (Style::Flat { .. }, _) => None,
                    (Style::Json, value) => scalar::from_json(value, *ty),
                };
                let expects = || invalid(path, format!("must be {}", scalar::expects(*ty)));
                let read = read.ok_or_else(expects)?;
                validate::value(field, &read).map_err(|problem| invalid(path, problem))?;
                Ok(read)
            }
            Type::Text { text: ty } => {
                let carried = value.as_str().map(|text| scalar::from_text(text, *ty));
                let problem = match carried {
                    None => Some("must be text".to_owned()),
                    Some(None) => Some(format!("must be {}", scalar::expects(*ty))),
                    Some(Some(_)) => validate::value(field, &value).err(),
                };
                problem.map_or(Ok(value), |problem| Err(invalid(path, problem)))
            }
            Type::Json { json } => {
                self.json(field, json, &value, path)?;
                Ok(value)
            }
            Type::List((item,)) => {
                let items = self.items(value, path)?.into_iter();
                items
                    .map(|(path, value)| self.value(field, item, value, &path))
                    .collect()
            }
            Type::Map { map } => {
                let Value::Object(entries) = value else {
                    return Err(invalid(path, "must have members"));
                };
                let read = entries.into_iter().map(|(name, value)| {
                    let value = self.value(field, map, value, &join(path, &name))?;
                    Ok((name, value))
                });
                read.collect::<Result<Map<_, _>, _>>().map(Value::Object)
            }
            Type::Named(name) => match (self.types.get(name), value) {
                (Some(TypeDef::Record { fields }), Value::Object(members)) => {
                    self.fields(fields, members, path).map(Value::Object)
                }
                (Some(TypeDef::Record { .. }), _) => Err(invalid(path, "must have members")),
                (Some(TypeDef::Enum { values, .. }), value) => {
                    variant(values, &value).ok_or_else(|| invalid(path, one_of(values)))
                }
                // A table that lacks a type of its own says nothing about its values.
                (None, value) => Ok(value),
            },
        }
    }

    /// Holds text against the type of the JSON that it should hold.
    fn json(&self, field: &Field, ty: &Type, value: &Value, path: &str) -> Result<(), Refusal> {
        let text = value
            .as_str()
            .ok_or_else(|| invalid(path, "must be one parameter whose text is JSON"))?;
        validate::text(field, text).map_err(|problem| invalid(path, problem))?;
        let held = serde_json::from_str(text).map_err(|_| invalid(path, "must be JSON"))?;
        let reader = Self {
            style: Style::Json,
            ..*self
        };
        // The rules of the field are about its text.
        let held = reader.value(&Field::default(), ty, held, path)?;
        validate::length_of_list(field, &held).map_err(|problem| invalid(path, problem))
    }

    /// The items of a list, each with its path.
    fn items(&self, value: Value, path: &str) -> Result<Vec<(String, Value)>, Refusal> {
        let (first, mut numbered) = match (self.style, value) {
            (Style::Json, Value::Array(items)) => {
                let named = items.into_iter().enumerate();
                return Ok(named
                    .map(|(index, item)| (join(path, &index.to_string()), item))
                    .collect());
            }
            (Style::Json, _) => return Err(invalid(path, "must be a list")),
            (Style::Flat { first }, Value::Object(items)) => (first, items),
            (Style::Flat { first }, _) => {
                return Err(invalid(
                    path,
                    format!("is a list: `{path}.{first}` is its first item"),
                ));
            }
        };
        let mut items = Vec::new();
        for number in first..first + numbered.len() {
            let name = number.to_string();
            let Some(item) = numbered.swap_remove(&name) else {
                let problem = format!(
                    "is a list: `{path}.{name}` is missing, since its items are counted from {first}"
                );
                return Err(invalid(path, problem));
            };
            items.push((join(path, &name), item));
        }
        Ok(items)
    }
}

/// The canonical spelling of the value that is spelt so.
pub(crate) fn variant(values: &[EnumValue], given: &Value) -> Option<Value> {
    let text = scalar::text(given)?;
    let is = |spelling: &Value| scalar::text(spelling).is_some_and(|spelling| spelling == text);
    let known = values
        .iter()
        .find(|value| is(&value.value) || value.aliases.iter().any(is));
    known.map(|known| known.value.clone())
}

fn one_of(values: &[EnumValue]) -> String {
    let spellings = values.iter().filter_map(|value| scalar::text(&value.value));
    let spellings: Vec<String> = spellings.map(|text| format!("`{text}`")).collect();
    format!("must be one of {}", spellings.join(", "))
}

fn invalid(parameter: &str, problem: impl Into<String>) -> Refusal {
    Refusal::Invalid {
        parameter: parameter.to_owned(),
        problem: problem.into(),
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}
