//! Single values: text, numbers, and what text carries.

use std::borrow::Cow;
use std::str::FromStr;

use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Number, Value};
use time::macros::format_description;
use time::{Date, PrimitiveDateTime, Time};

use crate::tables::Scalar;

/// Base64 whose `=` at the end may be left out.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A value that is written as text.
pub(crate) fn from_text(text: &str, ty: Scalar) -> Option<Value> {
    let as_it_is = |fits: bool| fits.then(|| Value::from(text));
    match ty {
        Scalar::String | Scalar::Any | Scalar::DownloadUrl => as_it_is(true),
        // The Python SDKs write `True`.
        Scalar::Bool if text.eq_ignore_ascii_case("true") => Some(Value::Bool(true)),
        Scalar::Bool if text.eq_ignore_ascii_case("false") => Some(Value::Bool(false)),
        Scalar::Bool => None,
        Scalar::Flag => number::<u8>(text).filter(|_| text == "0" || text == "1"),
        Scalar::Hour => text
            .parse()
            .ok()
            .filter(|hour| *hour < 24)
            .map(|hour: u8| hour.into()),
        Scalar::I32 => number::<i32>(text),
        Scalar::I64 | Scalar::UnixSeconds | Scalar::UnixMillis => number::<i64>(text),
        Scalar::U64 => number::<u64>(text),
        Scalar::F64 => Number::from_f64(text.parse().ok()?).map(Value::Number),
        Scalar::Base64 => as_it_is(BASE64.decode(text).is_ok()),
        Scalar::DateTime => as_it_is(date_time(text).is_some()),
        Scalar::Date => {
            as_it_is(Date::parse(text, format_description!("[year]-[month]-[day]")).is_ok())
        }
        Scalar::Time => as_it_is(is_time(text)),
        Scalar::TimeRange => as_it_is(
            text.split_once('-')
                .is_some_and(|(start, end)| is_time(start) && is_time(end)),
        ),
    }
}

fn number<N: FromStr + Into<Value>>(text: &str) -> Option<Value> {
    text.parse::<N>().ok().map(Into::into)
}

/// A value that is written as JSON.
pub(crate) fn from_json(value: &Value, ty: Scalar) -> Option<Value> {
    let is_of_the_kind = match ty {
        Scalar::Any => return Some(value.clone()),
        Scalar::Bool => value.is_boolean(),
        Scalar::F64 => return value.is_number().then(|| value.clone()),
        ty if is_text(ty) => value.is_string(),
        _ => value.is_i64() || value.is_u64(),
    };
    if !is_of_the_kind {
        return None;
    }
    from_text(&text(value)?, ty)
}

/// Whether values of a type are text in JSON.
pub(crate) fn is_text(ty: Scalar) -> bool {
    matches!(
        ty,
        Scalar::String
            | Scalar::DateTime
            | Scalar::Date
            | Scalar::Time
            | Scalar::TimeRange
            | Scalar::Base64
            | Scalar::DownloadUrl
    )
}

/// What a value of such a type is, with its article.
pub(crate) fn expects(ty: Scalar) -> &'static str {
    match ty {
        Scalar::String | Scalar::DownloadUrl => "text",
        Scalar::Bool => "`true` or `false`",
        Scalar::Flag => "`0` or `1`",
        Scalar::I32 => "an integer of 32 bits",
        Scalar::I64 => "an integer of 64 bits",
        Scalar::U64 => "an integer of 64 bits without a sign",
        Scalar::F64 => "a number",
        Scalar::Any => "JSON",
        Scalar::Hour => "an hour of the day, from 0 to 23",
        Scalar::UnixSeconds => "a time in seconds since 1970",
        Scalar::UnixMillis => "a time in milliseconds since 1970",
        Scalar::DateTime => "a time such as `2024-03-01 08:00:00`",
        Scalar::Date => "a day such as `2024-03-01`",
        Scalar::Time => "a time of the day such as `08:00`",
        Scalar::TimeRange => "a part of the day such as `08:00-09:30`",
        Scalar::Base64 => "Base64",
    }
}

/// A time as Tencent Cloud writes it.
pub(crate) fn date_time(text: &str) -> Option<PrimitiveDateTime> {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
    PrimitiveDateTime::parse(text, format).ok()
}

fn is_time(text: &str) -> bool {
    Time::parse(text, format_description!("[hour]:[minute]")).is_ok()
}

/// A single value as it is written in text; nothing for what has parts.
pub(crate) fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Bool(value) => Some(Cow::Owned(value.to_string())),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
