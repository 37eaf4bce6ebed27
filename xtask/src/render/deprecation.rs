//! What the provider does not want to be used any more. The attribute is all that says so: rustdoc shows it above the text.

use proc_macro2::TokenStream;
use quote::quote;

use super::markdown::one_line;

/// The attribute of what is deprecated: it says what to use instead.
pub fn attribute(note: Option<&str>) -> Option<TokenStream> {
    let note = one_line(note?);
    Some(quote!(#[deprecated(note = #note)]))
}

/// The same as text.
pub fn line(note: Option<&str>) -> Option<String> {
    Some(format!("#[deprecated(note = {:?})]", one_line(note?)))
}

/// Lets an item use what is deprecated, if it has to.
pub fn allow(needed: bool) -> Option<TokenStream> {
    needed.then(|| quote!(#[allow(deprecated, reason = "what is deprecated still has to work")]))
}
