//! Examples: a request of a page as the Rust code that makes and sends it.

use std::collections::BTreeSet;

use crate::model::{Argument, Call, Field, Literal, Operation, ScopeKey, Service, Type, TypeKind};

use super::RenderError;
use super::members::scope_name;
use super::source::import;
use super::types::Types;

/// How wide the code of an example gets before a call is put on a line of its own.
const WIDTH: usize = 90;

/// The example of an operation in its own documentation: what every example has in common is hidden.
pub fn in_docs(
    service: &Service,
    operation: &Operation,
    types: Types<'_>,
) -> Result<String, RenderError> {
    let lib = &service.lib_name;
    let Sample { imports, request } = sample(service, operation, types)?;
    Ok(format!(
        "{imports}\n\
         \n\
         # async fn example() -> Result<(), {lib}::Error> {{\n\
         let client = Client::from_env()?;\n\
         {request}\n\
         let response = client.send(request).await?;\n\
         println!(\"{{response:?}}\");\n\
         # Ok(())\n\
         # }}"
    ))
}

/// The same where nothing can be hidden.
pub fn in_readme(
    service: &Service,
    operation: &Operation,
    types: Types<'_>,
) -> Result<String, RenderError> {
    let lib = &service.lib_name;
    let Sample { imports, request } = sample(service, operation, types)?;
    let request = request.replace('\n', "\n    ");
    Ok(format!(
        "{imports}\n\
         \n\
         async fn example() -> Result<(), {lib}::Error> {{\n    \
             let client = Client::from_env()?;\n    \
             {request}\n    \
             let response = client.send(request).await?;\n    \
             println!(\"{{response:?}}\");\n    \
             Ok(())\n\
         }}"
    ))
}

/// What differs from example to example.
struct Sample {
    imports: String,
    request: String,
}

fn sample(
    service: &Service,
    operation: &Operation,
    types: Types<'_>,
) -> Result<Sample, RenderError> {
    let mut code = Code {
        types,
        names: BTreeSet::from(["Client".to_owned()]),
    };
    let placeholders;
    let call = match operation
        .examples
        .iter()
        .find_map(|example| example.request.as_ref())
    {
        Some(call) => call,
        None => {
            placeholders = required(&operation.request, types, 0)?;
            &placeholders
        }
    };
    let args = operation.args_name.as_deref();
    let calls = code.calls(
        &operation.request_name,
        args,
        &operation.request,
        &call.arguments,
        &call.setters,
    )?;
    let joined = format!("let request = {};", calls.concat());
    let request = if joined.len() <= WIDTH && !joined.contains('\n') {
        joined
    } else {
        // After an argument that ends on a line of its own the calls stand below its end.
        let separator = if calls[0].contains('\n') {
            "\n"
        } else {
            "\n    "
        };
        format!("let request = {};", calls.join(separator))
    };
    let names = code.names.iter().map(String::as_str).collect();
    Ok(Sample {
        imports: import(&format!("use {}", service.lib_name), names).unwrap_or_default(),
        request,
    })
}

/// Writes values as Rust and notes the names that it uses.
struct Code<'a> {
    types: Types<'a>,
    names: BTreeSet<String>,
}

impl Code<'_> {
    /// `Name::new(…)` and the setters, one by one.
    fn calls(
        &mut self,
        name: &str,
        args: Option<&str>,
        fields: &[Field],
        arguments: &[Argument],
        setters: &[Argument],
    ) -> Result<Vec<String>, RenderError> {
        self.names.insert(name.to_owned());
        let mut given = Vec::new();
        for argument in arguments {
            let value = self.value(&argument.value, type_of(fields, argument), args.is_some())?;
            given.push(match args {
                Some(_) => format!("    {}: {value},\n", argument.name),
                None => value,
            });
        }
        let given = match args {
            Some(args) => {
                self.names.insert(args.to_owned());
                format!("{args} {{\n{}}}", given.concat())
            }
            None => given.join(", "),
        };
        let mut calls = vec![format!("{name}::new({given})")];
        for setter in setters {
            // An empty list says what no list says, but leaves the type of its items open.
            if setter.value != Literal::List(Vec::new()) {
                let value = self.value(&setter.value, type_of(fields, setter), false)?;
                calls.push(format!(".{}({value})", setter_name(fields, setter)));
            }
        }
        Ok(calls)
    }

    /// A value as the argument of a function, which converts it, or `bare`, as the value of a field.
    fn value(&mut self, value: &Literal, ty: &Type, bare: bool) -> Result<String, RenderError> {
        Ok(match (value, ty) {
            // A value that the enum does not know.
            (Literal::Text(text), Type::Named(name)) => self.from(name, &format!("{text:?}")),
            (Literal::Integer(digits), Type::Named(name)) => self.from(name, digits),
            (Literal::Text(text), _) if bare => format!("{text:?}.into()"),
            (Literal::Text(text), _) => format!("{text:?}"),
            (Literal::Bool(value), _) => value.to_string(),
            (Literal::Integer(digits) | Literal::Float(digits), _) => digits.clone(),
            (
                Literal::Variant {
                    enumeration,
                    variant,
                },
                _,
            ) => {
                self.names.insert(enumeration.clone());
                format!("{enumeration}::{variant}")
            }
            (Literal::List(items), Type::List(ty)) if !items.is_empty() => {
                let items = items
                    .iter()
                    .map(|item| self.value(item, ty, bare))
                    .collect::<Result<Vec<_>, _>>()?;
                format!("{}[{}]", if bare { "vec!" } else { "" }, items.join(", "))
            }
            // Nothing in it says what it is a list of.
            (Literal::List(_), Type::List(ty)) if !bare => {
                format!("Vec::<{}>::new()", self.item(ty))
            }
            (Literal::List(_), _) => "Vec::new()".to_owned(),
            (
                Literal::Record {
                    name,
                    arguments,
                    setters,
                },
                _,
            ) => {
                let TypeKind::Record { fields, .. } = &self.types.find(name)?.kind else {
                    return Err(RenderError(format!("`{name}` is no record")));
                };
                self.calls(name, None, fields, arguments, setters)?.concat()
            }
        })
    }

    /// A type that the items of a list can have.
    fn item(&mut self, ty: &Type) -> String {
        match ty {
            Type::String | Type::Secret => "String".to_owned(),
            Type::Bool => "bool".to_owned(),
            Type::I32 => "i32".to_owned(),
            Type::I64 => "i64".to_owned(),
            Type::U64 => "u64".to_owned(),
            Type::F64 => "f64".to_owned(),
            Type::Named(name) => {
                self.names.insert(name.clone());
                name.clone()
            }
            Type::List(item) => format!("Vec<{}>", self.item(item)),
        }
    }

    fn from(&mut self, name: &str, value: &str) -> String {
        self.names.insert(name.to_owned());
        format!("{name}::from({value})")
    }
}

/// The setter that an argument is for. What is no field is a part of the scope, which the model calls by its key.
fn setter_name<'a>(fields: &[Field], argument: &'a Argument) -> &'a str {
    match argument.name.as_str() {
        "project" if !fields.iter().any(|field| field.name == "project") => {
            scope_name(ScopeKey::Project)
        }
        name => name,
    }
}

/// The type of the field that an argument is for. A part of the scope is text.
fn type_of<'a>(fields: &'a [Field], argument: &Argument) -> &'a Type {
    fields
        .iter()
        .find(|field| field.name == argument.name)
        .map_or(&Type::String, |field| &field.ty)
}

/// A call with made-up values for what is required and nothing else.
fn required(fields: &[Field], types: Types<'_>, depth: usize) -> Result<Call, RenderError> {
    let mut arguments = Vec::new();
    for field in fields.iter().filter(|field| field.required) {
        arguments.push(Argument {
            name: field.name.clone(),
            value: placeholder(
                &field.ty,
                &field.name,
                field.example.as_deref(),
                types,
                depth,
            )?,
        });
    }
    Ok(Call {
        arguments,
        setters: Vec::new(),
    })
}

fn placeholder(
    ty: &Type,
    name: &str,
    example: Option<&str>,
    types: Types<'_>,
    depth: usize,
) -> Result<Literal, RenderError> {
    let is_integer = |text: &&str| text.parse::<i32>().is_ok();
    Ok(match ty {
        Type::String | Type::Secret => Literal::Text(example.map_or_else(
            || name.trim_start_matches("r#").replace('_', "-"),
            str::to_owned,
        )),
        Type::Bool => Literal::Bool(true),
        Type::I32 | Type::I64 | Type::U64 => {
            Literal::Integer(example.filter(is_integer).unwrap_or("1").to_owned())
        }
        Type::F64 => Literal::Float("1.0".to_owned()),
        Type::List(item) if depth < 4 => {
            Literal::List(vec![placeholder(item, name, example, types, depth + 1)?])
        }
        // A record that holds itself ends somewhere.
        Type::List(_) => Literal::List(Vec::new()),
        Type::Named(name) => match &types.find(name)?.kind {
            TypeKind::Record { fields, .. } => {
                let Call { arguments, setters } = required(fields, types, depth + 1)?;
                Literal::Record {
                    name: name.clone(),
                    arguments,
                    setters,
                }
            }
            TypeKind::Enum { values, .. } => {
                let value = values
                    .iter()
                    .find(|value| Some(value.wire.as_str()) == example)
                    .or(values.first());
                match value {
                    Some(value) => Literal::Variant {
                        enumeration: name.clone(),
                        variant: value.name.clone(),
                    },
                    None => Literal::Text(name.clone()),
                }
            }
        },
    })
}
