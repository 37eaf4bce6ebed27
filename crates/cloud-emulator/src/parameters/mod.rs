//! The parameters of a call, read by the operation's table: from text or JSON to typed values, each held against its rules.
//!
//! What is wrong is refused in the order of the table, and names the parameter in the provider's manner: `Tag.1.Key`.

mod flat;
mod read;
pub(crate) mod scalar;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::call::{Arguments, Call, Provider, Refusal};
use crate::tables::{Field, Operation, ScopeKey, Types};
use read::{Reader, Style};

/// The parameters of a call, typed: enums in canonical spelling, numbers as numbers, text that carries something as text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Parameters {
    values: Map<String, Value>,
}

impl Parameters {
    /// Reads the parameters of a call.
    pub(crate) fn read(
        call: &Call,
        operation: &Operation,
        types: Types<'_>,
    ) -> Result<Self, Refusal> {
        let (mut given, style) = match &call.arguments {
            Arguments::Json(members) => (members.clone(), Style::Json),
            // Alibaba Cloud alone counts from one.
            Arguments::Flat(pairs) => {
                let first = usize::from(call.provider == Provider::Aliyun);
                (flat::tree(pairs)?, Style::Flat { first })
            }
        };
        let scope = scope(call, operation, &mut given)?;
        let reader = Reader {
            types,
            style,
            // The others pass over what they do not know: their own SDKs send parameters that an operation does not have.
            refuses_unknown: call.provider == Provider::Tencent,
        };
        let mut values = reader.fields(&operation.request, given, "")?;
        values.extend(scope);
        Ok(Self { values })
    }

    /// A parameter. Empty text is none.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.values
            .get(name)
            .filter(|value| value.as_str() != Some(""))
    }

    /// A parameter that is text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// A parameter that is an integer.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        self.get(name)?.as_i64()
    }

    /// The items of a parameter that is a list. There is nothing if it is absent or empty.
    pub(crate) fn list(&self, name: &str) -> Option<Cow<'_, [Value]>> {
        let items = match self.get(name)? {
            Value::Array(items) => Cow::Borrowed(items.as_slice()),
            // A list that is JSON in text.
            Value::String(text) => Cow::Owned(serde_json::from_str(text).ok()?),
            _ => return None,
        };
        (!items.is_empty()).then_some(items)
    }

    /// All of them, by their names.
    pub(crate) fn values(&self) -> &Map<String, Value> {
        &self.values
    }
}

/// Holds a value, written as JSON, against the field that it is for.
pub(crate) fn check(field: &Field, types: Types<'_>, value: Value) -> Result<Value, Refusal> {
    let reader = Reader {
        types,
        style: Style::Json,
        refuses_unknown: true,
    };
    reader.parameter(field, value, &field.name)
}

/// Takes the scope parameters out of what was given: the region, the zone, the project.
fn scope(
    call: &Call,
    operation: &Operation,
    given: &mut Map<String, Value>,
) -> Result<Map<String, Value>, Refusal> {
    let mut scope = Map::new();
    for field in &operation.scope {
        let region = call
            .region
            .as_deref()
            .filter(|_| field.key == ScopeKey::Region);
        let value = match given.swap_remove(&field.name) {
            Some(Value::String(text)) if !text.is_empty() => Some(text),
            Some(Value::Null | Value::String(_)) | None => region.map(str::to_owned),
            Some(_) => {
                return Err(Refusal::Invalid {
                    parameter: field.name.clone(),
                    problem: "must be text".to_owned(),
                });
            }
        };
        match value {
            Some(value) => {
                scope.insert(field.name.clone(), Value::String(value));
            }
            // Alibaba Cloud tells the region by the host, which is the same for all of them here.
            None if field.required && call.provider != Provider::Aliyun => {
                return Err(Refusal::Missing {
                    parameter: field.name.clone(),
                });
            }
            None => {}
        }
    }
    Ok(scope)
}
