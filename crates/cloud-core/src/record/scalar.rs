//! Scalars as they arrive, and what each type makes of them.

use std::borrow::Cow;

/// A scalar of an answer, before the type of its field has looked at it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scalar<'a> {
    /// `true` or `false`.
    Bool(bool),
    /// An integer that fits 64 bits with a sign.
    I64(i64),
    /// An integer that only fits 64 bits without a sign.
    U64(u64),
    /// Any other number.
    F64(f64),
    /// Text.
    Text(&'a str),
}

impl<'a> Scalar<'a> {
    /// The scalar as text: numbers in decimal, `true` and `false`.
    #[inline]
    pub fn text(&self) -> Cow<'a, str> {
        match *self {
            Scalar::Bool(value) => Cow::Borrowed(if value { "true" } else { "false" }),
            Scalar::I64(value) => Cow::Owned(value.to_string()),
            Scalar::U64(value) => Cow::Owned(value.to_string()),
            Scalar::F64(value) => Cow::Owned(value.to_string()),
            Scalar::Text(text) => Cow::Borrowed(text),
        }
    }

    /// The scalar as an integer: a number without a fraction, or text that holds one.
    fn integer(&self) -> Option<i128> {
        match *self {
            Scalar::Bool(_) => None,
            Scalar::I64(value) => Some(i128::from(value)),
            Scalar::U64(value) => Some(i128::from(value)),
            // Past 2^64 no field could hold the number. A float's fraction is lost long before that.
            Scalar::F64(value)
                if value.fract() == 0.0 && value.abs() <= 18_446_744_073_709_551_616.0 =>
            {
                Some(value as i128)
            }
            Scalar::F64(_) => None,
            Scalar::Text(text) => text.trim().parse().ok(),
        }
    }

    /// What the scalar is, for a message: `text "abc"`, `the number 1.5`.
    pub(crate) fn describe(&self) -> String {
        match *self {
            // Long text is not shown in part: a part of a secret would no longer be recognised as one.
            Scalar::Text(text) => match text.chars().count() {
                0..=40 => format!("text {text:?}"),
                length => format!("text of {length} characters"),
            },
            Scalar::Bool(value) => value.to_string(),
            _ => format!("the number {}", self.text()),
        }
    }
}

/// A type that can be made from a scalar of an answer.
pub trait FromScalar: Sized {
    /// What the type expects, for the message when it is something else: `an integer`.
    const EXPECTS: &'static str;

    /// Whether empty text means that there is no value. True for all but text itself.
    const EMPTY_IS_ABSENT: bool = true;

    /// The value, or `None` if the scalar can't be one.
    fn from_scalar(scalar: Scalar<'_>) -> Option<Self>;
}

impl FromScalar for String {
    const EXPECTS: &'static str = "text";
    const EMPTY_IS_ABSENT: bool = false;

    #[inline]
    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        Some(match scalar {
            Scalar::Text(text) => text.to_owned(),
            other => other.text().into_owned(),
        })
    }
}

impl FromScalar for bool {
    const EXPECTS: &'static str = "true or false";

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Bool(value) => Some(value),
            Scalar::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Scalar::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            other => match other.integer() {
                Some(0) => Some(false),
                Some(1) => Some(true),
                _ => None,
            },
        }
    }
}

impl FromScalar for i32 {
    const EXPECTS: &'static str = "an integer of 32 bits";

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        scalar.integer().and_then(|number| number.try_into().ok())
    }
}

impl FromScalar for i64 {
    const EXPECTS: &'static str = "an integer of 64 bits";

    #[inline]
    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::I64(value) => Some(value),
            other => other.integer().and_then(|number| number.try_into().ok()),
        }
    }
}

impl FromScalar for u64 {
    const EXPECTS: &'static str = "an integer of 64 bits without a sign";

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        scalar.integer().and_then(|number| number.try_into().ok())
    }
}

impl FromScalar for f64 {
    const EXPECTS: &'static str = "a number";

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Bool(_) => None,
            Scalar::I64(value) => Some(value as f64),
            Scalar::U64(value) => Some(value as f64),
            Scalar::F64(value) => Some(value),
            // `NaN` and `inf` parse as floats in Rust but can't be written as JSON again.
            Scalar::Text(text) => text
                .trim()
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite()),
        }
    }
}
