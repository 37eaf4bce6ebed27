//! From tokens to text, with prettyplease. rustfmt leaves generated files alone: each says so.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::RenderError;

/// Texts of documentation, with their comment signs. They do not travel as tokens: they are most of a file, and would be quoted and
/// parsed for nothing.
#[derive(Default)]
pub struct Docs(Vec<String>);

impl Docs {
    const MARK: &str = "#[doc_";

    /// Keeps a text, and returns the attribute that it replaces in the end.
    pub fn add(&mut self, text: String) -> TokenStream {
        let mark = format_ident!("doc_{}", self.0.len());
        self.0.push(text);
        quote!(#[#mark])
    }

    fn find(&self, line: &str) -> Option<&str> {
        let index: usize = line
            .trim_start()
            .strip_prefix(Self::MARK)?
            .strip_suffix(']')?
            .parse()
            .ok()?;
        self.0.get(index).map(|text| text.trim_end())
    }
}

/// One item as text, without a line break at its end: docs in their places, and a blank line between two functions.
pub fn item(tokens: TokenStream, docs: &Docs) -> Result<String, RenderError> {
    let item = syn::parse2(tokens)
        .map_err(|error| RenderError(format!("the generated code is no Rust: {error}")))?;
    let file = syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    };
    let code = prettyplease::unparse(&file);
    let mut text = String::with_capacity(code.len() * 2);
    let mut last = "";
    for line in code.lines() {
        if !text.is_empty() {
            text.push('\n');
        }
        if last == "    }" && line != "}" {
            text.push('\n');
        }
        text.push_str(docs.find(line).unwrap_or(line));
        last = line;
    }
    Ok(text)
}
