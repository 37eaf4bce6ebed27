//! What text carries: numbers, times, bytes, JSON.

use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

use crate::model::{Carried, Literal};
use crate::spec::is_date;

/// Base64 as clients read it: `=` at the end may be left out.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Reads what text should carry. There is nothing if it carries something else.
pub fn literal(text: &str, carried: &Carried) -> Option<Literal> {
    let as_it_is = |fits: bool| fits.then(|| Literal::Text(text.to_owned()));
    match carried {
        Carried::Bool => match text {
            "true" => Some(Literal::Bool(true)),
            "false" => Some(Literal::Bool(false)),
            _ => None,
        },
        Carried::Flag => match text {
            "1" => Some(Literal::Bool(true)),
            "0" => Some(Literal::Bool(false)),
            _ => None,
        },
        Carried::I64 | Carried::UnixSeconds | Carried::UnixMillis => {
            let number: i64 = text.parse().ok()?;
            Some(Literal::Integer(number.to_string()))
        }
        Carried::U64 => {
            let number: u64 = text.parse().ok()?;
            Some(Literal::Integer(number.to_string()))
        }
        Carried::F64 => {
            let number: f64 = text.parse().ok()?;
            number
                .is_finite()
                .then(|| Literal::Float(format!("{number:?}")))
        }
        Carried::Bytes => BASE64.decode(text).ok().map(Literal::Bytes),
        Carried::DateTime => as_it_is(
            text.split_once(' ')
                .is_some_and(|(date, time)| is_date(date) && is_time(time, 3)),
        ),
        Carried::Date => as_it_is(is_date(text)),
        Carried::Time => as_it_is(is_time(text, 2)),
        Carried::TimeRange => as_it_is(
            text.split_once('-')
                .is_some_and(|(start, end)| is_time(start, 2) && is_time(end, 2)),
        ),
    }
}

/// What such text is, with its article.
pub fn expects(carried: &Carried) -> &'static str {
    match carried {
        Carried::Bool => "text that says `true` or `false`",
        Carried::Flag => "text that says `0` or `1`",
        Carried::I64 => "text that holds an integer of 64 bits",
        Carried::U64 => "text that holds an integer of 64 bits without a sign",
        Carried::F64 => "text that holds a number",
        Carried::Bytes => "text in Base64",
        Carried::UnixSeconds => "text that holds a time in seconds since 1970",
        Carried::UnixMillis => "text that holds a time in milliseconds since 1970",
        Carried::DateTime => "a time such as `2024-03-01 08:00:00`",
        Carried::Date => "a day such as `2024-03-01`",
        Carried::Time => "a time of the day such as `08:00`",
        Carried::TimeRange => "a part of the day such as `08:00-09:30`",
    }
}

/// Whether a text is a time of the day: hours and minutes, and seconds if it has three parts.
fn is_time(text: &str, parts: usize) -> bool {
    let limits = [24, 60, 60];
    text.split(':').count() == parts
        && text.split(':').zip(limits).all(|(part, limit)| {
            part.len() == 2
                && part.bytes().all(|byte| byte.is_ascii_digit())
                && part.parse::<u32>().is_ok_and(|number| number < limit)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_right_is_read() {
        let text = |text: &str| Literal::Text(text.to_owned());
        let integer = |text: &str| Literal::Integer(text.to_owned());
        for (written, carried, expected) in [
            ("true", Carried::Bool, Literal::Bool(true)),
            ("-5", Carried::I64, integer("-5")),
            ("007", Carried::U64, integer("7")),
            ("1700000000", Carried::UnixSeconds, integer("1700000000")),
            ("20", Carried::F64, Literal::Float("20.0".to_owned())),
            ("aGk=", Carried::Bytes, Literal::Bytes(b"hi".to_vec())),
            ("aGk", Carried::Bytes, Literal::Bytes(b"hi".to_vec())),
            ("0", Carried::Flag, Literal::Bool(false)),
            (
                "2024-02-29 23:59:59",
                Carried::DateTime,
                text("2024-02-29 23:59:59"),
            ),
            ("2024-02-29", Carried::Date, text("2024-02-29")),
            ("08:00", Carried::Time, text("08:00")),
            ("23:00-02:30", Carried::TimeRange, text("23:00-02:30")),
        ] {
            assert_eq!(literal(written, &carried), Some(expected), "{written}");
        }
    }

    #[test]
    fn what_is_wrong_is_not() {
        for (written, carried) in [
            ("True", Carried::Bool),
            ("5.0", Carried::I64),
            ("-1", Carried::U64),
            ("inf", Carried::F64),
            ("nan", Carried::F64),
            ("a*b=", Carried::Bytes),
            ("2", Carried::Flag),
            ("2023-02-29 00:00:00", Carried::DateTime),
            ("2024-03-01T08:00:00", Carried::DateTime),
            ("2024-03-01 08:00", Carried::DateTime),
            ("0000-00-00", Carried::Date),
            ("24:00", Carried::Time),
            ("8:00", Carried::Time),
            ("08:00", Carried::TimeRange),
            ("08:00-09:60", Carried::TimeRange),
            ("", Carried::I64),
        ] {
            assert_eq!(literal(written, &carried), None, "{written}");
        }
    }
}
