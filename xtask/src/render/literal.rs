//! Values of examples as Rust code.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use serde_json::Value;

use crate::model::{Argument, Carried, Field, Literal, Type, TypeKind};

use super::RenderError;
use super::example::{chain, indented};
use super::parameter::is_plain;
use super::types::Types;

/// Writes values as Rust and notes the names that it uses.
pub struct Code<'a> {
    /// The names that the root of the crate has.
    pub of_root: BTreeSet<String>,
    /// The names that the module of the operation has.
    pub of_module: BTreeSet<String>,
    types: Types<'a>,
}

impl<'a> Code<'a> {
    /// A writer that has not used any name.
    pub fn new(types: Types<'a>) -> Self {
        Self {
            of_root: BTreeSet::new(),
            of_module: BTreeSet::new(),
            types,
        }
    }

    /// `Name::new(…)` and the setters, one by one.
    pub fn calls(
        &mut self,
        name: &str,
        args: Option<&str>,
        fields: &[Field],
        arguments: &[Argument],
        setters: &[Argument],
    ) -> Result<Vec<String>, RenderError> {
        let mut given = Vec::new();
        for argument in arguments {
            let ty = type_of(fields, argument);
            given.push(match args {
                Some(_) => {
                    let value = self.member(&argument.value, ty)?;
                    format!("    {}: {},\n", argument.name, indented(&value, "    "))
                }
                None => self.value(&argument.value, ty, false)?,
            });
        }
        let given = match args {
            Some(args) => {
                self.of_module.insert(args.to_owned());
                format!("{args} {{\n{}}}", given.concat())
            }
            None => given.join(", "),
        };
        let mut calls = vec![format!("{name}::new({given})")];
        for setter in setters {
            let value = self.value(&setter.value, type_of(fields, setter), false)?;
            calls.push(format!(".{}({value})", setter.name));
        }
        Ok(calls)
    }

    /// A value as a member of a struct of arguments. There, text that carries something plain is what it carries.
    fn member(&mut self, value: &Literal, ty: &Type) -> Result<String, RenderError> {
        match (value, ty) {
            (Literal::Bytes(bytes), _) => Ok(format!("b\"{}\".into()", bytes.escape_ascii())),
            (_, Type::Text(carried)) if is_plain(carried) => self.value(value, ty, false),
            _ => self.value(value, ty, true),
        }
    }

    /// A value as the argument of a function, which converts it, or an `exact` one, where nothing else fits.
    fn value(&mut self, value: &Literal, ty: &Type, exact: bool) -> Result<String, RenderError> {
        // What the argument of a function is written as may still have to become what fits.
        let converted = |value: String| {
            if exact { value + ".into()" } else { value }
        };
        Ok(match (value, ty) {
            // A value that the enum does not know.
            (Literal::Text(text), Type::Named(name)) => self.from(name, &format!("{text:?}")),
            (Literal::Integer(digits), Type::Named(name)) => self.from(name, digits),
            (Literal::Text(text), Type::JsonText(_) | Type::SecretJson(_)) => {
                converted(json_text(text))
            }
            (value, Type::JsonText(of)) => converted(self.value(value, of, false)?),
            (Literal::Text(text), _) => converted(format!("{text:?}")),
            (Literal::Integer(digits), Type::UnixSeconds) => self.time("UnixSeconds", digits),
            (Literal::Integer(digits), Type::UnixMillis) => self.time("UnixMillis", digits),
            (Literal::Integer(digits), Type::Text(Carried::UnixSeconds)) => {
                converted(self.time("UnixSeconds", digits))
            }
            (Literal::Integer(digits), Type::Text(Carried::UnixMillis)) => {
                converted(self.time("UnixMillis", digits))
            }
            (Literal::Integer(digits) | Literal::Float(digits), Type::Text(_)) => {
                converted(digits.clone())
            }
            (Literal::Integer(digits) | Literal::Float(digits), _) => digits.clone(),
            (Literal::Bool(value), Type::Text(_)) => converted(value.to_string()),
            (Literal::Bool(value), _) => value.to_string(),
            (Literal::Bytes(bytes), _) if exact => {
                format!("b\"{}\".to_vec().into()", bytes.escape_ascii())
            }
            (Literal::Bytes(bytes), _) => format!("b\"{}\"", bytes.escape_ascii()),
            (Literal::Json(value), _) => self.json(value),
            (
                Literal::Variant {
                    enumeration,
                    variant,
                },
                _,
            ) => {
                self.of_module.insert(enumeration.clone());
                format!("{enumeration}::{variant}")
            }
            (Literal::List(items), Type::List(item)) => self.list(items, item, exact)?,
            (Literal::Map(entries), Type::Map(item)) => self.map(entries, item, exact)?,
            (Literal::List(_) | Literal::Map(_), _) => {
                return Err(RenderError("an example does not fit its type".to_owned()));
            }
            (
                Literal::Record {
                    name,
                    arguments,
                    setters,
                },
                _,
            ) => {
                let TypeKind::Record {
                    fields, args_name, ..
                } = &self.types.find(name)?.kind
                else {
                    return Err(RenderError(format!("`{name}` is not a record")));
                };
                self.of_module.insert(name.clone());
                let args = args_name.as_deref();
                chain("", &self.calls(name, args, fields, arguments, setters)?, "")
            }
        })
    }

    fn list(&mut self, items: &[Literal], ty: &Type, exact: bool) -> Result<String, RenderError> {
        if items.is_empty() {
            // Nothing in it says what it is a list of.
            return Ok(if exact {
                "Vec::new()".to_owned()
            } else {
                format!("Vec::<{}>::new()", self.item(ty))
            });
        }
        let items = items
            .iter()
            .map(|item| self.value(item, ty, exact || is_collection(ty)))
            .collect::<Result<Vec<_>, _>>()?;
        let vec = if exact { "vec!" } else { "" };
        Ok(group(&format!("{vec}["), &items, "]"))
    }

    fn map(
        &mut self,
        entries: &[(String, Literal)],
        ty: &Type,
        exact: bool,
    ) -> Result<String, RenderError> {
        if entries.is_empty() {
            return Ok(if exact {
                "Default::default()".to_owned()
            } else {
                format!("Vec::<(String, {})>::new()", self.item(ty))
            });
        }
        let into = if exact { ".into()" } else { "" };
        let entries = entries
            .iter()
            .map(|(key, value)| {
                let value = self.value(value, ty, exact || is_collection(ty))?;
                Ok(format!("({key:?}{into}, {value})"))
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(group("[", &entries, "]") + into)
    }

    /// Any JSON, made from what `Json` can be made from.
    fn json(&mut self, value: &Value) -> String {
        self.of_root.insert("Json".to_owned());
        match value {
            Value::Null => "Json::Null".to_owned(),
            Value::Bool(value) => format!("Json::from({value})"),
            Value::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(small), _) if i32::try_from(small).is_ok() => format!("Json::from({small})"),
                (Some(integer), _) => format!("Json::from({integer}_i64)"),
                (None, Some(integer)) => format!("Json::from({integer}_u64)"),
                (None, None) => format!("Json::from({number})"),
            },
            Value::String(text) => format!("Json::from({text:?})"),
            Value::Array(items) if items.is_empty() => "Json::Array(Vec::new())".to_owned(),
            Value::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| self.json(item)).collect();
                group("Json::from([", &items, "])")
            }
            Value::Object(members) if members.is_empty() => {
                "Json::Object(Default::default())".to_owned()
            }
            Value::Object(members) => {
                let members: Vec<_> = members
                    .iter()
                    .map(|(key, value)| format!("({key:?}, {})", self.json(value)))
                    .collect();
                group("Json::from_iter([", &members, "])")
            }
        }
    }

    /// A point in time, its number in groups of three digits.
    fn time(&mut self, name: &str, digits: &str) -> String {
        self.of_root.insert(name.to_owned());
        let (sign, digits) = digits
            .strip_prefix('-')
            .map_or(("", digits), |digits| ("-", digits));
        let mut grouped = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push('_');
            }
            grouped.push(digit);
        }
        format!("{name}({sign}{grouped})")
    }

    /// The type of what a function takes as the items of an empty list.
    fn item(&mut self, ty: &Type) -> String {
        match ty {
            Type::Bool | Type::Flag | Type::Text(Carried::Bool | Carried::Flag) => {
                "bool".to_owned()
            }
            Type::I32 => "i32".to_owned(),
            Type::I64
            | Type::Hour
            | Type::UnixSeconds
            | Type::UnixMillis
            | Type::Text(Carried::I64) => "i64".to_owned(),
            Type::U64 | Type::Text(Carried::U64) => "u64".to_owned(),
            Type::F64 | Type::Text(Carried::F64) => "f64".to_owned(),
            Type::Named(name) => {
                self.of_module.insert(name.clone());
                name.clone()
            }
            // Text can become anything else.
            Type::String
            | Type::Secret
            | Type::Json
            | Type::DownloadUrl
            | Type::Text(_)
            | Type::JsonText(_)
            | Type::SecretJson(_) => "String".to_owned(),
            // A list in a list may have any type that the compiler can find out.
            Type::List(_) | Type::Map(_) => "_".to_owned(),
        }
    }

    fn from(&mut self, name: &str, value: &str) -> String {
        self.of_module.insert(name.to_owned());
        format!("{name}::from({value})")
    }
}

/// A value that a field has from the start, as tokens.
pub fn preset(value: &Literal) -> Result<TokenStream, RenderError> {
    let code = match value {
        Literal::Text(text) => format!("{text:?}.into()"),
        Literal::Bool(_) | Literal::Integer(_) | Literal::Float(_) => shown(value)?,
        Literal::Variant {
            enumeration,
            variant,
        } => format!("{enumeration}::{variant}"),
        _ => return Err(not_a_scalar()),
    };
    code.parse()
        .map_err(|_| RenderError(format!("`{code}` is not Rust")))
}

/// A value that a field has from the start, as the documentation shows it.
pub fn shown(value: &Literal) -> Result<String, RenderError> {
    match value {
        Literal::Text(text) | Literal::Integer(text) | Literal::Float(text) => Ok(text.clone()),
        Literal::Bool(value) => Ok(value.to_string()),
        Literal::Variant { variant, .. } => Ok(variant.clone()),
        _ => Err(not_a_scalar()),
    }
}

fn not_a_scalar() -> RenderError {
    RenderError("a field starts with a value that is not a scalar".to_owned())
}

/// Entries in brackets: on one line if there is room, else one a line.
fn group(open: &str, entries: &[String], close: &str) -> String {
    const WIDTH: usize = 60;
    let line = entries.join(", ");
    if line.len() <= WIDTH && !line.contains('\n') {
        return format!("{open}{line}{close}");
    }
    let lines: String = entries
        .iter()
        .map(|entry| format!("    {},\n", indented(entry, "    ")))
        .collect();
    format!("{open}\n{lines}{close}")
}

/// The type of the field that an argument is for. A part of the scope is text.
fn type_of<'a>(fields: &'a [Field], argument: &Argument) -> &'a Type {
    fields
        .iter()
        .find(|field| field.name == argument.name)
        .map_or(&Type::String, |field| &field.ty)
}

fn is_collection(ty: &Type) -> bool {
    matches!(ty, Type::List(_) | Type::Map(_))
}

/// JSON as a string of Rust, raw where that is easier to read.
fn json_text(text: &str) -> String {
    if text.contains(char::is_control) || !text.contains(['"', '\\']) {
        return format!("{text:?}");
    }
    let mut hashes = String::from("#");
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}
