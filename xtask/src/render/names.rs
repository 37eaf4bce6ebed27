//! Identifiers.

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
        return Err(RenderError(format!("`{name}` is not a Rust identifier")));
    }
    Ok(if raw {
        Ident::new_raw(word, Span::call_site())
    } else {
        Ident::new(word, Span::call_site())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_no_identifier_is_an_error_that_says_which() {
        assert_eq!(
            ident("386").unwrap_err().to_string(),
            "`386` is not a Rust identifier"
        );
        assert_eq!(ident("r#type").unwrap().to_string(), "r#type");
    }
}
