//! Single values: text, numbers, and what text carries.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Number, Value};
use time::macros::format_description;
use time::{Date, PrimitiveDateTime, Time};

use crate::tables::{Format, Scalar};

/// Base64 whose `=` at the end may be left out.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A value that is written as text.
pub(crate) fn from_text(text: &str, ty: Scalar) -> Option<Value> {
    match ty {
        Scalar::String => Some(Value::from(text)),
        // The Python SDKs write `True`.
        Scalar::Bool if text.eq_ignore_ascii_case("true") => Some(Value::Bool(true)),
        Scalar::Bool if text.eq_ignore_ascii_case("false") => Some(Value::Bool(false)),
        Scalar::Bool => None,
        Scalar::I32 => text.parse::<i32>().ok().map(Value::from),
        Scalar::I64 => text.parse::<i64>().ok().map(Value::from),
        Scalar::U64 => text.parse::<u64>().ok().map(Value::from),
        Scalar::F64 => Number::from_f64(text.parse().ok()?).map(Value::Number),
        Scalar::Any => Some(Value::from(text)),
    }
}

/// A value that is written as JSON.
pub(crate) fn from_json(value: &Value, ty: Scalar) -> Option<Value> {
    let fits = match ty {
        Scalar::String => value.is_string(),
        Scalar::Bool => value.is_boolean(),
        Scalar::I32 => value
            .as_i64()
            .is_some_and(|number| i32::try_from(number).is_ok()),
        Scalar::I64 => value.is_i64(),
        Scalar::U64 => value.is_u64(),
        Scalar::F64 => value.is_number(),
        Scalar::Any => true,
    };
    fits.then(|| value.clone())
}

/// What a value of such a type is, with its article.
pub(crate) fn expects(ty: Scalar, format: Option<&Format>) -> &'static str {
    match (ty, format) {
        (_, Some(format)) => expects_format(format),
        (Scalar::String, None) => "text",
        (Scalar::Bool, None) => "`true` or `false`",
        (Scalar::I32, None) => "an integer of 32 bits",
        (Scalar::I64, None) => "an integer of 64 bits",
        (Scalar::U64, None) => "an integer of 64 bits without a sign",
        (Scalar::F64, None) => "a number",
        (Scalar::Any, None) => "JSON",
    }
}

/// Says what is wrong with a value that should be of a format.
pub(crate) fn check_format(value: &Value, format: Option<&Format>) -> Result<(), String> {
    let (Some(format), Some(text)) = (format, text(value)) else {
        return Ok(());
    };
    if fits(&text, format) {
        Ok(())
    } else {
        Err(format!("must be {}", expects_format(format)))
    }
}

fn expects_format(format: &Format) -> &'static str {
    match format {
        Format::Bool => "`true` or `false`",
        Format::I64 => "an integer of 64 bits",
        Format::U64 => "an integer of 64 bits without a sign",
        Format::F64 => "a number",
        Format::Json => "JSON",
        Format::Base64 => "Base64",
        Format::UnixSeconds => "a time in seconds since 1970",
        Format::UnixMillis => "a time in milliseconds since 1970",
        Format::Hour => "an hour of the day, from 0 to 23",
        Format::DateTime => "a time such as `2024-03-01 08:00:00`",
        Format::Date => "a day such as `2024-03-01`",
        Format::Time => "a time of the day such as `08:00`",
        Format::TimeRange => "a part of the day such as `08:00-09:30`",
        Format::DownloadUrl => "text",
        Format::Record(_) => "a JSON object",
    }
}

fn fits(text: &str, format: &Format) -> bool {
    match format {
        Format::Bool => from_text(text, Scalar::Bool).is_some(),
        Format::I64 | Format::UnixSeconds | Format::UnixMillis => text.parse::<i64>().is_ok(),
        Format::U64 => text.parse::<u64>().is_ok(),
        Format::F64 => text.parse::<f64>().is_ok_and(f64::is_finite),
        Format::Json => serde_json::from_str::<Value>(text).is_ok(),
        Format::Record(_) => matches!(serde_json::from_str(text), Ok(Value::Object(_))),
        Format::Base64 => BASE64.decode(text).is_ok(),
        Format::Hour => text.parse::<u8>().is_ok_and(|hour| hour < 24),
        Format::DateTime => date_time(text).is_some(),
        Format::Date => Date::parse(text, format_description!("[year]-[month]-[day]")).is_ok(),
        Format::Time => is_time(text),
        Format::TimeRange => text
            .split_once('-')
            .is_some_and(|(start, end)| is_time(start) && is_time(end)),
        Format::DownloadUrl => true,
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
