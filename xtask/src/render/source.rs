//! A Rust file under construction: its imports and its items.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Carried, Service, Type};

use super::RenderError;
use super::format::{self, Docs};
use super::markdown::Markdown;
use super::names::ident;
use super::types::Types;

/// Makes rustfmt leave a file alone.
const SKIP: &str = "#![cfg_attr(rustfmt, rustfmt::skip)]";

/// A file of a generated crate. Imports follow from the types that its items name.
pub struct Source<'a> {
    spec: String,
    about: Option<String>,
    types: Types<'a>,
    uses_maps: bool,
    core: BTreeSet<&'static str>,
    shared: &'a [String],
    docs: Docs,
    items: Vec<String>,
}

impl<'a> Source<'a> {
    /// An empty file, generated from this spec, in which these types can be named. It exports these types that the service shares.
    pub fn new(spec: &str, types: Types<'a>, shared: &'a [String]) -> Self {
        Self {
            spec: spec.to_owned(),
            about: None,
            types,
            uses_maps: false,
            core: BTreeSet::new(),
            shared,
            docs: Docs::default(),
            items: Vec::new(),
        }
    }

    /// The types that can be named.
    pub fn types(&self) -> Types<'a> {
        self.types
    }

    /// Says what the file is about.
    pub fn about(&mut self, doc: Markdown) {
        self.about = Some(doc.finish().trim_end().to_owned());
    }

    /// A type as Rust writes it, imported if need be.
    pub fn rust(&mut self, ty: &Type) -> Result<TokenStream, RenderError> {
        Ok(match ty {
            Type::String => quote!(String),
            Type::Secret | Type::SecretJson(_) => self.core_type("Secret")?,
            Type::Bool | Type::Flag => quote!(bool),
            Type::I32 => quote!(i32),
            Type::I64 | Type::Hour => quote!(i64),
            Type::U64 => quote!(u64),
            Type::F64 => quote!(f64),
            Type::Json => self.core_type("Json")?,
            Type::UnixSeconds => self.core_type("UnixSeconds")?,
            Type::UnixMillis => self.core_type("UnixMillis")?,
            Type::DownloadUrl => self.core_type("DownloadUrl")?,
            Type::Text(carried) => {
                let text = self.core_type("Text")?;
                let carried = self.carried(carried)?;
                quote!(#text<#carried>)
            }
            Type::JsonText(of) => self.json_text(of)?,
            Type::Named(name) => named(name)?,
            Type::List(item) => {
                let item = self.rust(item)?;
                quote!(Vec<#item>)
            }
            Type::Map(value) => {
                self.uses_maps = true;
                let value = self.rust(value)?;
                quote!(BTreeMap<String, #value>)
            }
        })
    }

    /// Text that holds JSON as Rust writes it, imported if need be.
    pub fn json_text(&mut self, of: &Type) -> Result<TokenStream, RenderError> {
        let text = self.core_type("Text")?;
        let of = self.rust(of)?;
        Ok(quote!(#text<#of>))
    }

    /// What text carries as Rust writes it, imported if need be.
    pub fn carried(&mut self, carried: &Carried) -> Result<TokenStream, RenderError> {
        match carried {
            Carried::Bool => Ok(quote!(bool)),
            Carried::Flag => self.core_type("Flag"),
            Carried::I64 => Ok(quote!(i64)),
            Carried::U64 => Ok(quote!(u64)),
            Carried::F64 => Ok(quote!(f64)),
            Carried::Bytes => Ok(quote!(Vec<u8>)),
            Carried::UnixSeconds => self.core_type("UnixSeconds"),
            Carried::UnixMillis => self.core_type("UnixMillis"),
            Carried::DateTime => self.core_type("LocalDateTime"),
            Carried::Date => self.core_type("LocalDate"),
            Carried::Time => self.core_type("LocalTime"),
            Carried::TimeRange => self.core_type("LocalTimeRange"),
        }
    }

    /// A type of the runtime, imported.
    fn core_type(&mut self, name: &'static str) -> Result<TokenStream, RenderError> {
        self.core.insert(name);
        let name = ident(name)?;
        Ok(quote!(#name))
    }

    /// Takes the documentation of something; the attribute stands for it in the tokens.
    pub fn doc(&mut self, doc: Markdown) -> TokenStream {
        self.docs.add(doc.finish())
    }

    /// Adds an item.
    pub fn item(&mut self, tokens: TokenStream) -> Result<(), RenderError> {
        self.items.push(format::item(tokens, &self.docs)?);
        Ok(())
    }

    /// Adds a call of a macro, which is text: nothing lays out what a macro is given.
    pub fn text(&mut self, code: String) {
        self.items.push(code);
    }

    /// The whole file.
    pub fn finish(self) -> String {
        let mut parts = vec![header(&self.spec), SKIP.to_owned()];
        parts.extend(self.about);
        if self.uses_maps {
            parts.push("use std::collections::BTreeMap;".to_owned());
        }
        parts.extend(import("use cloud_core", self.core));
        parts.extend(import(
            "pub use crate::types",
            self.shared.iter().map(String::as_str),
        ));
        parts.extend(self.items);
        parts.join("\n\n") + "\n"
    }
}

fn named(name: &str) -> Result<TokenStream, RenderError> {
    let name = ident(name)?;
    Ok(quote!(#name))
}

/// The start of a file without imports and items.
pub fn start(spec: &str) -> String {
    format!("{}\n\n{SKIP}", header(spec))
}

/// The spec that what belongs to the whole service is generated from.
pub fn service_spec(service: &Service) -> String {
    format!("{}/service.yaml", service.spec_dir)
}

/// The first line of everything generated, after the comment sign.
pub fn generated_from(spec: &str) -> String {
    format!("Generated by `cargo xtask gen` from {spec}. Do not edit.")
}

/// The first line of a generated Rust file.
fn header(spec: &str) -> String {
    format!("// {}", generated_from(spec))
}

/// A `use` of these names from one path; nothing for no names.
pub fn import<'n>(path: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_unstable();
    match names.as_slice() {
        [] => None,
        [name] => Some(format!("{path}::{name};")),
        _ => Some(format!("{path}::{{{}}};", names.join(", "))),
    }
}
