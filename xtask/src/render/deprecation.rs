//! What the provider does not want to be used any more.

use proc_macro2::TokenStream;
use quote::quote;

use super::markdown::{Markdown, one_line};

/// The attribute of what is deprecated: it says what to use instead.
pub fn attribute(note: Option<&str>) -> Option<TokenStream> {
    let note = one_line(note?);
    Some(quote!(#[deprecated(note = #note)]))
}

/// Lets an item use what is deprecated, if it has to.
pub fn allow(needed: bool) -> Option<TokenStream> {
    needed.then(|| quote!(#[allow(deprecated, reason = "what is deprecated still has to work")]))
}

/// The same as text, on a line of its own.
pub fn allow_line(needed: bool) -> &'static str {
    if needed {
        "#[allow(deprecated, reason = \"what is deprecated still has to work\")]\n"
    } else {
        ""
    }
}

/// What the documentation says about it.
pub fn document(note: Option<&str>, doc: &mut Markdown) {
    if let Some(note) = note {
        doc.prose(&format!("Deprecated: {note}"));
    }
}
