//! The tree that a spec is read from.

use std::borrow::Cow;

use crate::source::Span;

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'s> {
    /// The value.
    pub kind: Kind<'s>,
    /// From its first byte to its last, brackets and quotes included.
    pub span: Span,
}

/// What a value can be.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind<'s> {
    /// Nothing: an empty value, `~` or `null`.
    Null,
    /// Text, a number, a boolean.
    Scalar(Scalar<'s>),
    /// A list.
    Sequence(Vec<Node<'s>>),
    /// Keys and values, in the order of the file; no key stands twice.
    Mapping(Vec<Entry<'s>>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'s> {
    /// The key.
    pub key: Cow<'s, str>,
    /// Whether the key stands without quotes.
    pub plain: bool,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node<'s>,
}

/// A scalar as it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Scalar<'s> {
    /// Its text, without quotes and escapes.
    pub text: Cow<'s, str>,
    /// Whether it has neither quotes nor `>` or `|` before it, so that it may be something else than text.
    pub plain: bool,
}

/// What a scalar means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Atom<'a> {
    /// `true` or `false`, in no other spelling.
    Bool(bool),
    /// An integer in decimal.
    Integer(i128),
    /// A number with a point, an exponent, or too many digits; in its own words.
    Float(&'a str),
    /// Anything else, and whatever is quoted.
    Text(&'a str),
}

impl Scalar<'_> {
    /// What the scalar means. `No`, `007`, `1_000` and `0x10` are text: YAML's older readings of them surprise more than they help.
    pub fn atom(&self) -> Atom<'_> {
        let text = &*self.text;
        if !self.plain {
            return Atom::Text(text);
        }
        match text {
            "true" => Atom::Bool(true),
            "false" => Atom::Bool(false),
            _ => number(text).unwrap_or(Atom::Text(text)),
        }
    }
}

/// Reads a number as JSON writes it.
fn number(text: &str) -> Option<Atom<'_>> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let is_number = digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent
            .is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)));
    if !is_number {
        return None;
    }
    match text.parse() {
        Ok(integer) => Some(Atom::Integer(integer)),
        Err(_) => Some(Atom::Float(text)),
    }
}

impl<'s> Node<'s> {
    /// What the node means, if it is a scalar.
    pub fn atom(&self) -> Option<Atom<'_>> {
        match &self.kind {
            Kind::Scalar(scalar) => Some(scalar.atom()),
            _ => None,
        }
    }

    /// The text, if it is text.
    pub fn text(&self) -> Option<&str> {
        match self.atom()? {
            Atom::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a scalar as it is written, whatever it means.
    pub fn scalar_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// The entries, if it is a mapping.
    pub fn entries(&self) -> Option<&[Entry<'s>]> {
        match &self.kind {
            Kind::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// The items, if it is a list.
    pub fn items(&self) -> Option<&[Node<'s>]> {
        match &self.kind {
            Kind::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// What it is, for a message: `text`, `a list`.
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "nothing",
            Kind::Sequence(_) => "a list",
            Kind::Mapping(_) => "a mapping",
            Kind::Scalar(scalar) => match scalar.atom() {
                Atom::Bool(_) => "a boolean",
                Atom::Integer(_) | Atom::Float(_) => "a number",
                Atom::Text(_) => "text",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Scalar<'_> {
        Scalar {
            text: text.into(),
            plain: true,
        }
    }

    #[test]
    fn numbers_and_booleans_are_what_json_says_they_are() {
        assert_eq!(plain("8880").atom(), Atom::Integer(8880));
        assert_eq!(plain("-2").atom(), Atom::Integer(-2));
        assert_eq!(plain("0").atom(), Atom::Integer(0));
        assert_eq!(plain("1.5").atom(), Atom::Float("1.5"));
        assert_eq!(plain("1e3").atom(), Atom::Float("1e3"));
        assert_eq!(plain("true").atom(), Atom::Bool(true));
    }

    #[test]
    fn what_only_looks_like_a_number_or_a_boolean_stays_text() {
        for text in [
            "No",
            "yes",
            "True",
            "00123",
            "1_000",
            "0x1F",
            "0o7",
            "+1",
            "1.",
            ".5",
            "-",
            "1e",
            ".nan",
            "2018-04-12",
            "2.4.5",
        ] {
            assert_eq!(plain(text).atom(), Atom::Text(text));
        }
        assert_eq!(
            Scalar {
                text: "1".into(),
                plain: false
            }
            .atom(),
            Atom::Text("1")
        );
    }
}
