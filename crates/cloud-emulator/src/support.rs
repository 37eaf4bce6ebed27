//! What the tests share: a world with the fixtures in it, calls as clients send them, and answers held against the tables.

use std::path::Path;
use std::time::{Duration, SystemTime};

use serde_json::{Map, Value};

use crate::call::{Answers, Arguments, Call, Provider, Refusal};
use crate::data::Data;
use crate::parameters::scalar;
use crate::tables::{Field, Operation, Service, Tables, Type, TypeDef, Types};
use crate::world::World;

/// When the emulator of a test starts: 2023-11-14 22:13:20 UTC, 06:13:20 of the next day in China.
pub(crate) fn start() -> SystemTime {
    after(0)
}

/// So many seconds after the start.
pub(crate) fn after(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + seconds)
}

/// The tables of the services and of the fixtures.
pub(crate) fn tables() -> Tables {
    let mut tables = Tables::built_in().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/tables");
    tables.load(&fixtures).unwrap();
    tables
}

/// The services and the fixtures, with the data that comes along.
pub(crate) fn world() -> World {
    let tables = tables();
    let data = Data::demo(&tables, start()).unwrap();
    World::new(tables, data, start())
}

/// The services with this data.
pub(crate) fn world_of(data: &Value) -> World {
    let tables = tables();
    let data = Data::read("data", &data.to_string(), &tables, start()).unwrap();
    World::new(tables, data, start())
}

/// A call of an operation that the tables know. Actions of the fixtures come before those of the same name of the services.
pub(crate) fn call(tables: &Tables, action: &str, arguments: Arguments) -> Call {
    let services = tables.services().iter();
    let service = services
        .filter(|service| service.operation(action).is_some())
        .max_by_key(|service| service.name.starts_with("fixture-"))
        .unwrap();
    call_of(service, action, arguments)
}

/// A call of an operation of a service.
pub(crate) fn call_of(service: &Service, action: &str, arguments: Arguments) -> Call {
    Call {
        provider: service.provider,
        product: (service.provider == Provider::Tencent).then(|| service.product.clone()),
        action: action.to_owned(),
        version: service.version.clone(),
        region: (service.provider == Provider::Tencent).then(|| "ap-guangzhou".to_owned()),
        arguments,
    }
}

/// Parameters as text.
pub(crate) fn flat(pairs: &[(&str, &str)]) -> Arguments {
    let pairs = pairs
        .iter()
        .map(|&(name, value)| (name.to_owned(), value.to_owned()));
    Arguments::Flat(pairs.collect())
}

/// Parameters as JSON.
pub(crate) fn json(parameters: Value) -> Arguments {
    match parameters {
        Value::Object(members) => Arguments::Json(members),
        other => panic!("{other} is no object"),
    }
}

impl World {
    /// Calls an operation a while after the start.
    pub(crate) fn ask_later(
        &self,
        seconds: u64,
        action: &str,
        arguments: Arguments,
    ) -> Result<Value, Refusal> {
        let call = call(&self.tables, action, arguments);
        self.answer(&call, after(seconds)).map(Value::Object)
    }

    /// Calls an operation.
    pub(crate) fn ask(&self, action: &str, arguments: Arguments) -> Result<Value, Refusal> {
        self.ask_later(0, action, arguments)
    }
}

/// A request as the provider's clients send it. Scope parameters that it leaves out come from the client.
pub(crate) fn sent(
    service: &Service,
    operation: &Operation,
    request: &Map<String, Value>,
) -> Arguments {
    let mut request = request.clone();
    if service.provider == Provider::Tencent {
        request.shift_remove("Region");
        return Arguments::Json(request);
    }
    let mut pairs = Vec::new();
    for field in operation.scope.iter().filter(|field| field.required) {
        let value = request
            .shift_remove(&field.name)
            .unwrap_or_else(|| "somewhere".into());
        pairs.push((field.name.clone(), value.as_str().unwrap().to_owned()));
    }
    let first = usize::from(service.provider == Provider::Aliyun);
    for (name, value) in &request {
        let field = operation.parameter(name);
        match field.map(|field| &field.ty) {
            Some(Type::Json { .. }) if !value.is_string() => {
                pairs.push((name.clone(), value.to_string()));
            }
            _ => flatten(name, value, first, &mut pairs),
        }
    }
    Arguments::Flat(pairs)
}

fn flatten(name: &str, value: &Value, first: usize, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                flatten(&format!("{name}.{}", index + first), item, first, pairs);
            }
        }
        Value::Object(members) => {
            for (member, value) in members {
                flatten(&format!("{name}.{member}"), value, first, pairs);
            }
        }
        value => pairs.push((name.to_owned(), scalar::text(value).unwrap().into_owned())),
    }
}

/// Says where an answer is not what the table says. Every field has to be there that is not the provider's own.
pub(crate) fn check_answer(
    service: &Service,
    operation: &Operation,
    answer: &Value,
) -> Result<(), String> {
    let members = answer.as_object().ok_or("no object")?;
    check_members(members, &operation.response, service.types(operation), "")
}

fn check_members(
    members: &Map<String, Value>,
    fields: &[Field],
    types: Types<'_>,
    path: &str,
) -> Result<(), String> {
    for (name, value) in members {
        let path = format!("{path}.{name}");
        let field = fields.iter().find(|field| field.name == *name);
        let field = field.ok_or_else(|| format!("{path} is in no table"))?;
        let value = match &field.wrapper {
            Some(wrapper) => value
                .get(wrapper)
                .ok_or_else(|| format!("{path} is not wrapped"))?,
            None => value,
        };
        check_value(value, &field.ty, types, &path)?;
    }
    Ok(())
}

fn check_value(value: &Value, ty: &Type, types: Types<'_>, path: &str) -> Result<(), String> {
    match (ty, value) {
        (Type::List((item,)), Value::Array(items)) => {
            let mut items = items.iter().enumerate();
            items.try_for_each(|(index, value)| {
                check_value(value, item, types, &format!("{path}[{index}]"))
            })
        }
        (Type::Map { map }, Value::Object(entries)) => {
            let mut entries = entries.iter();
            entries.try_for_each(|(name, value)| {
                check_value(value, map, types, &format!("{path}.{name}"))
            })
        }
        (Type::Scalar(scalar), value) => {
            // A page may print a time that is none.
            let is_zeros = value.as_str().is_some_and(|text| text.starts_with("0000-"));
            let is_right = scalar::from_json(value, *scalar).as_ref() == Some(value) || is_zeros;
            is_right.then_some(()).ok_or_else(|| {
                format!(
                    "{path} is {value}, which must be {}",
                    scalar::expects(*scalar)
                )
            })
        }
        (Type::Text { text: scalar }, Value::String(text)) => scalar::from_text(text, *scalar)
            .map(|_| ())
            .ok_or_else(|| format!("{path} is {text:?}, which holds no {scalar:?}")),
        (Type::Json { json }, Value::String(text)) => {
            let held = serde_json::from_str(text).map_err(|_| format!("{path} holds no JSON"))?;
            check_value(&held, json, types, path)
        }
        (Type::Named(name), value) => match (types.get(name), value) {
            (Some(TypeDef::Record { fields }), Value::Object(members)) => {
                check_members(members, fields, types, path)
            }
            (Some(TypeDef::Enum { values, .. }), value) => {
                let is_canonical = values.iter().any(|known| known.value == *value);
                is_canonical
                    .then_some(())
                    .ok_or_else(|| format!("{path} is {value}, which is no canonical `{name}`"))
            }
            _ => Err(format!("{path} is {value}, which is no `{name}`")),
        },
        _ => Err(format!("{path} is {value}, which is no {ty:?}")),
    }
}
