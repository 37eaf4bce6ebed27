//! Times in the data that are told from the start of the emulator: `now`, `-2h`, `+20s`.

use std::time::SystemTime;

use serde_json::Value;
use time::{Duration, OffsetDateTime};

use crate::answers::{local, written};
use crate::parameters::scalar;
use crate::tables::{Field, Scalar, Type, Types};

/// Puts times that are told so into the provider's form, wherever they are in a value of this type.
pub(super) fn resolve(value: &mut Value, ty: &Type, types: Types<'_>, start: SystemTime) {
    match (value, ty) {
        (Value::Array(items), Type::List((ty,))) => {
            for item in items {
                resolve(item, ty, types, start);
            }
        }
        (Value::Object(members), Type::Named(name)) => {
            for field in types.record(name).into_iter().flatten() {
                if let Some(value) = members.get_mut(&field.name) {
                    resolve(value, &field.ty, types, start);
                }
            }
        }
        (value @ Value::String(_), Type::Scalar(form) | Type::Text { text: form }) => {
            let time = value.as_str().and_then(offset).and_then(|offset| {
                let time = OffsetDateTime::from(start).checked_add(offset)?;
                let text = in_form(time, *form)?;
                match ty {
                    Type::Text { .. } => Some(Value::from(text)),
                    _ => scalar::from_text(&text, *form),
                }
            });
            if let Some(time) = time {
                *value = time;
            }
        }
        _ => {}
    }
}

/// Whether a field may say its time so.
pub(super) fn is_time(field: &Field) -> bool {
    let (Type::Scalar(form) | Type::Text { text: form }) = innermost(&field.ty) else {
        return false;
    };
    matches!(
        form,
        Scalar::UnixSeconds | Scalar::UnixMillis | Scalar::DateTime | Scalar::Date
    )
}

/// How long after the start: `-2h`.
fn offset(text: &str) -> Option<Duration> {
    if text == "now" {
        return Some(Duration::ZERO);
    }
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number = number
        .starts_with(['+', '-'])
        .then(|| number.parse::<i64>().ok())??;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => return None,
    };
    number.checked_mul(seconds).map(Duration::seconds)
}

/// A time as the field has it, in text; nothing if the field is no time.
fn in_form(time: OffsetDateTime, form: Scalar) -> Option<String> {
    Some(match form {
        Scalar::UnixSeconds => time.unix_timestamp().to_string(),
        Scalar::UnixMillis => (time.unix_timestamp_nanos() / 1_000_000).to_string(),
        Scalar::DateTime => written(local(time))?,
        Scalar::Date => local(time).date().to_string(),
        _ => return None,
    })
}

/// The type within lists.
fn innermost(ty: &Type) -> &Type {
    match ty {
        Type::List((item,)) => innermost(item),
        ty => ty,
    }
}
