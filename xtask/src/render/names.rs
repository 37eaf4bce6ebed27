//! Identifiers, and the order that rustfmt gives names.

use std::cmp::Ordering;

use proc_macro2::{Ident, Span};

use super::RenderError;

/// A name of the model as an identifier.
pub fn ident(name: &str) -> Result<Ident, RenderError> {
    let (word, raw) = match name.strip_prefix("r#") {
        Some(word) => (word, true),
        None => (name, false),
    };
    let mut chars = word.chars();
    let starts_well = chars
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    if !starts_well || !chars.all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Err(RenderError(format!("`{name}` is no Rust identifier")));
    }
    Ok(if raw {
        Ident::new_raw(word, Span::call_site())
    } else {
        Ident::new(word, Span::call_site())
    })
}

/// The order of names in a `use`: as text, but `_` comes first and numbers count by their value.
pub fn version_order(left: &str, right: &str) -> Ordering {
    let (mut left, mut right) = (left, right);
    loop {
        let ((a, left_rest), (b, right_rest)) = (chunk(left), chunk(right));
        let order = match (a, b) {
            ("", _) | (_, "") => return a.len().cmp(&b.len()),
            ("_", "_") => Ordering::Equal,
            ("_", _) => Ordering::Less,
            (_, "_") => Ordering::Greater,
            _ => match (a.parse::<u64>(), b.parse::<u64>()) {
                (Ok(a), Ok(b)) => a.cmp(&b),
                _ => a.cmp(b),
            },
        };
        if order != Ordering::Equal {
            return order;
        }
        (left, right) = (left_rest, right_rest);
    }
}

/// Splits off an underscore, a number, or what comes before the next of them.
fn chunk(text: &str) -> (&str, &str) {
    let mut chars = text.chars();
    let end = match chars.next() {
        Some('_') => Some(1),
        Some(digit) if digit.is_ascii_digit() => text.find(|c: char| !c.is_ascii_digit()),
        _ => text.find(|c: char| c.is_ascii_digit() || c == '_'),
    };
    text.split_at(end.unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_as_rustfmt_sorts_them() {
        let mut names = [
            "V386",
            "Describe10",
            "DescribeX",
            "V3_8",
            "Describe2",
            "Describe",
            "_Foo",
            "DescribeX2",
        ];
        names.sort_by(|a, b| version_order(a, b));
        assert_eq!(
            names,
            [
                "_Foo",
                "Describe",
                "Describe2",
                "Describe10",
                "DescribeX",
                "DescribeX2",
                "V3_8",
                "V386"
            ]
        );
    }

    #[test]
    fn a_name_that_is_no_identifier_is_an_error_that_says_which() {
        assert_eq!(
            ident("386").unwrap_err().to_string(),
            "`386` is no Rust identifier"
        );
        assert_eq!(ident("r#type").unwrap().to_string(), "r#type");
    }
}
