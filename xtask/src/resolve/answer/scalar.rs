//! Scalars of an answer, as the decoder takes them.

use serde_json::{Number, Value};

use crate::model::Type;
use crate::resolve::json::number;
use crate::yaml::Atom;

/// A scalar as the decoder takes it for a type: numbers as text, and text that holds numbers, are both right.
pub fn scalar(atom: Atom<'_>, ty: &Type) -> Option<Value> {
    match ty {
        Type::String
        | Type::Secret
        | Type::DownloadUrl
        | Type::Text(_)
        | Type::JsonText(_)
        | Type::SecretJson(_) => text(atom).map(Value::String),
        Type::Flag => {
            let flag = scalar(atom, &Type::Bool)?.as_bool()?;
            Some(Value::from(i32::from(flag)))
        }
        Type::Bool => match atom {
            Atom::Bool(value) => Some(Value::Bool(value)),
            Atom::Text(text) if text.eq_ignore_ascii_case("true") => Some(Value::Bool(true)),
            Atom::Text(text) if text.eq_ignore_ascii_case("false") => Some(Value::Bool(false)),
            other => match integer::<i64>(other)? {
                0 => Some(Value::Bool(false)),
                1 => Some(Value::Bool(true)),
                _ => None,
            },
        },
        Type::I32 => integer::<i32>(atom).map(Value::from),
        Type::I64 | Type::Hour | Type::UnixSeconds | Type::UnixMillis => {
            integer::<i64>(atom).map(Value::from)
        }
        Type::U64 => integer::<u64>(atom).map(Value::from),
        Type::F64 => match atom {
            Atom::Integer(number) => Number::from_f64(number as f64),
            Atom::Float(text) => Number::from_f64(text.parse().ok()?),
            Atom::Text(text) => Number::from_f64(text.trim().parse().ok()?),
            Atom::Bool(_) => None,
        }
        .map(Value::Number),
        Type::Json | Type::Named(_) | Type::List(_) | Type::Map(_) => None,
    }
}

/// A scalar as text: numbers in decimal, `true` and `false`.
pub fn text(atom: Atom<'_>) -> Option<String> {
    Some(match atom {
        Atom::Text(text) => text.to_owned(),
        Atom::Bool(value) => value.to_string(),
        Atom::Integer(_) | Atom::Float(_) => {
            let number = number(atom)?;
            match number.as_f64() {
                Some(float) if number.is_f64() => float.to_string(),
                _ => number.to_string(),
            }
        }
    })
}

/// A number without a fraction, or text that holds one, if the type can hold it.
pub fn integer<N: TryFrom<i128>>(atom: Atom<'_>) -> Option<N> {
    let number = match atom {
        Atom::Integer(number) => number,
        Atom::Float(text) => {
            let float: f64 = text.parse().ok()?;
            (float.fract() == 0.0 && float.abs() <= 9_223_372_036_854_775_808.0)
                .then_some(float as i128)?
        }
        Atom::Text(text) => text.trim().parse().ok()?,
        Atom::Bool(_) => return None,
    };
    number.try_into().ok()
}
