//! The fields of structs: how they are kept, read and filled.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Field, ScopeField, ScopeKey, Type};

use super::names::ident;
use super::source::Source;
use super::types::Types;
use super::{RenderError, docs};

/// How a struct keeps a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// As it is: it is always there.
    Plain,
    /// In an `Option`.
    Optional,
    /// As a list, which is empty when there is nothing.
    List,
}

/// A field of a generated struct.
pub struct Member<'a> {
    /// Its name.
    pub name: Ident,
    /// Its name on the wire.
    pub wire: &'a str,
    /// The type of its value.
    pub ty: &'a Type,
    /// How it is kept.
    pub storage: Storage,
    /// Whether it is an argument of `new`.
    pub required: bool,
    /// The field of the model; a part of the scope is none.
    pub field: Option<&'a Field>,
    doc: TokenStream,
}

impl<'a> Member<'a> {
    /// The fields of something that is only sent: what is required is always there.
    pub fn sent(fields: &'a [Field], source: &mut Source<'_>) -> Result<Vec<Self>, RenderError> {
        let storage = |field: &Field| {
            if field.required {
                Storage::Plain
            } else {
                Storage::Optional
            }
        };
        fields
            .iter()
            .map(|field| Self::new(field, storage(field), source))
            .collect()
    }

    /// The fields of something that answers contain, where everything may be missing.
    pub fn received(
        fields: &'a [Field],
        source: &mut Source<'_>,
    ) -> Result<Vec<Self>, RenderError> {
        let storage = |field: &Field| match field.ty {
            Type::List(_) => Storage::List,
            _ => Storage::Optional,
        };
        fields
            .iter()
            .map(|field| Self::new(field, storage(field), source))
            .collect()
    }

    /// Parameters that the client fills in when the request does not.
    pub fn scope(
        fields: &'a [ScopeField],
        source: &mut Source<'_>,
    ) -> Result<Vec<Self>, RenderError> {
        let member = |field: &'a ScopeField| {
            Ok(Self {
                name: ident(scope_name(field.key))?,
                wire: &field.wire,
                ty: &Type::String,
                storage: Storage::Optional,
                required: false,
                field: None,
                doc: source.doc(docs::scope(field)),
            })
        };
        fields.iter().map(member).collect()
    }

    fn new(
        field: &'a Field,
        storage: Storage,
        source: &mut Source<'_>,
    ) -> Result<Self, RenderError> {
        Ok(Self {
            name: ident(&field.name)?,
            wire: &field.wire,
            ty: &field.ty,
            storage,
            required: field.required,
            field: Some(field),
            doc: source.doc(docs::field(field)),
        })
    }

    /// The field with its documentation.
    pub fn declaration(&self, source: &mut Source<'_>) -> Result<TokenStream, RenderError> {
        let Self { name, doc, .. } = self;
        let ty = source.rust(self.ty)?;
        Ok(match self.storage {
            Storage::Optional => quote!(#doc pub #name: Option<#ty>),
            Storage::Plain | Storage::List => quote!(#doc pub #name: #ty),
        })
    }

    /// A value as the field keeps it.
    pub fn stored(&self, value: TokenStream) -> TokenStream {
        match self.storage {
            Storage::Optional => quote!(Some(#value)),
            Storage::Plain | Storage::List => value,
        }
    }

    /// What the field is when nobody has set it.
    pub fn unset(&self) -> TokenStream {
        match self.storage {
            Storage::List => quote!(Vec::new()),
            Storage::Plain | Storage::Optional => quote!(None),
        }
    }

    /// The expression that reads the field. A plain record has two methods called `value`, so that the trait has to be named.
    pub fn read(&self, types: Types<'_>) -> Result<String, RenderError> {
        let name = &self.name;
        let ambiguous = self.storage == Storage::Plain && types.is_record(self.ty)?;
        Ok(if ambiguous || self.is_long() {
            format!("AsValue::value(&self.{name})")
        } else {
            format!("self.{name}.value()")
        })
    }

    /// The expression that lends the field out to be filled.
    pub fn slot(&self) -> String {
        let name = &self.name;
        if self.is_long() {
            format!("AsSlot::slot(&mut self.{name})")
        } else {
            format!("self.{name}.slot()")
        }
    }

    /// Whether rustfmt would give `self`, the name and the method a line each.
    fn is_long(&self) -> bool {
        self.name.to_string().len() > 47
    }
}

/// The name of a scope parameter as a field and a setter.
pub fn scope_name(key: ScopeKey) -> &'static str {
    match key {
        ScopeKey::Region => "region",
        ScopeKey::Zone => "zone",
        ScopeKey::Project => "project_id",
    }
}
