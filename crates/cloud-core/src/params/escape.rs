//! Percent-encoding: everything but letters, digits and `-_.~`, in upper-case hex.
//!
//! Queries write a space as `%20`, as the signatures want it. Form bodies write it as `+`, as forms do and as every official SDK
//! sends it; a body is signed by its bytes, so both sides must see the same ones.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');
const FORM: &AsciiSet = &QUERY.remove(b' ');

/// Appends text for a query.
pub(crate) fn push_query(out: &mut String, text: &str) {
    out.extend(utf8_percent_encode(text, QUERY));
}

/// Appends text for a form body.
pub(crate) fn push_form(out: &mut String, text: &str) {
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            out.push('+');
        }
        out.extend(utf8_percent_encode(word, FORM));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> String {
        let mut out = String::new();
        push_query(&mut out, text);
        out
    }

    fn form(text: &str) -> String {
        let mut out = String::new();
        push_form(&mut out, text);
        out
    }

    #[test]
    fn a_query_escapes_all_but_the_unreserved_characters() {
        assert_eq!(
            query("a b+c*d~e%f&g=h/i"),
            "a%20b%2Bc%2Ad~e%25f%26g%3Dh%2Fi"
        );
        assert_eq!(query("备 😀"), "%E5%A4%87%20%F0%9F%98%80");
        assert_eq!(query("-_.~AZaz09"), "-_.~AZaz09");
    }

    #[test]
    fn a_form_differs_from_a_query_in_the_space_only() {
        assert_eq!(form("a b+c*d~e"), "a+b%2Bc%2Ad~e");
        assert_eq!(form("  "), "++");
        assert_eq!(form(""), "");
    }
}
