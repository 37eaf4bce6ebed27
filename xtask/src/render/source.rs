//! A Rust file under construction: its imports and its items.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Carried, Service, Type};

use super::RenderError;
use super::format::{self, Docs};
use super::layout::{MAX_WIDTH, packed};
use super::markdown::Markdown;
use super::names::{ident, version_order};
use super::types::Types;

/// A file of a generated crate. Whoever adds an item says what it uses, and the imports follow from that.
pub struct Source<'a> {
    spec: String,
    types: Types<'a>,
    uses_maps: bool,
    core: BTreeSet<&'static str>,
    local: BTreeSet<String>,
    docs: Docs,
    items: Vec<String>,
}

impl<'a> Source<'a> {
    /// An empty file, generated from this spec, in which these types can be named.
    pub fn new(spec: &str, types: Types<'a>) -> Self {
        Self {
            spec: spec.to_owned(),
            types,
            uses_maps: false,
            core: BTreeSet::new(),
            local: BTreeSet::new(),
            docs: Docs::default(),
            items: Vec::new(),
        }
    }

    /// The types that can be named.
    pub fn types(&self) -> Types<'a> {
        self.types
    }

    /// Imports names of the runtime.
    pub fn use_core(&mut self, names: &[&'static str]) {
        self.core.extend(names);
    }

    /// Imports a name of the crate itself.
    pub fn use_crate(&mut self, name: &str) {
        self.local.insert(name.to_owned());
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
            Type::Named(name) => self.named(name)?,
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
        self.use_core(&[name]);
        let name = ident(name)?;
        Ok(quote!(#name))
    }

    /// A type that a spec defines, imported if it is not the module's own.
    fn named(&mut self, name: &str) -> Result<TokenStream, RenderError> {
        if !self.types.is_own(name) {
            self.use_crate(name);
        }
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

    /// Adds an item as text that is laid out already.
    pub fn text(&mut self, code: String) {
        self.items.push(code);
    }

    /// The whole file.
    pub fn finish(self) -> String {
        let core = self.core.into_iter().collect();
        let local = self.local.iter().map(String::as_str).collect();
        let mut parts = vec![header(&self.spec)];
        if self.uses_maps {
            parts.push("use std::collections::BTreeMap;".to_owned());
        }
        parts.extend(import("use cloud_core", core));
        parts.extend(import("use crate", local));
        parts.extend(self.items);
        parts.join("\n\n") + "\n"
    }
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
pub fn header(spec: &str) -> String {
    format!("// {}", generated_from(spec))
}

/// A `use` of these names from one path, sorted and wrapped; nothing for no names.
pub fn import(path: &str, mut names: Vec<&str>) -> Option<String> {
    names.sort_by(|a, b| version_order(a, b));
    match names.as_slice() {
        [] => return None,
        [name] => return Some(format!("{path}::{name};")),
        _ => {}
    }
    let line = format!("{path}::{{{}}};", names.join(", "));
    // rustfmt keeps two columns free.
    if line.len() <= MAX_WIDTH - 2 {
        return Some(line);
    }
    let lines = packed(names.iter().copied(), 4).join("\n    ");
    Some(format!("{path}::{{\n    {lines}\n}};"))
}
