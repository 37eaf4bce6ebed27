//! The fields of structs: how they are kept, read and filled.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Field, ScopeField, ScopeKey, Type};

use super::names::ident;
use super::source::Source;
use super::{RenderError, deprecation, docs, literal, parameter};

/// How a struct keeps a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// As it is: it is always there.
    Plain,
    /// In an `Option`.
    Optional,
    /// As a list or a map, which is empty when there is nothing.
    Collection,
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
    /// What `new` sets it to, if that is something.
    pub preset: Option<TokenStream>,
    doc: TokenStream,
}

impl<'a> Member<'a> {
    /// The fields of a request, or of a record that requests may hold: what is required is always there.
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

    /// The fields of an answer, or of a record in answers alone, where everything may be missing.
    pub fn received(
        fields: &'a [Field],
        source: &mut Source<'_>,
    ) -> Result<Vec<Self>, RenderError> {
        let storage = |field: &Field| match field.ty {
            Type::List(_) | Type::Map(_) => Storage::Collection,
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
                preset: None,
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
            preset: field.preset.as_ref().map(literal::preset).transpose()?,
            doc: source.doc(docs::field(field)?),
        })
    }

    /// The field with its documentation.
    pub fn declaration(&self, source: &mut Source<'_>) -> Result<TokenStream, RenderError> {
        let Self { name, doc, .. } = self;
        let deprecated = self.deprecated();
        let ty = source.rust(self.ty)?;
        Ok(match self.storage {
            Storage::Optional => quote!(#doc #deprecated pub #name: Option<#ty>),
            Storage::Plain | Storage::Collection => quote!(#doc #deprecated pub #name: #ty),
        })
    }

    /// The field in the struct of arguments, with its documentation.
    pub fn argument(&self, source: &mut Source<'_>) -> Result<TokenStream, RenderError> {
        let Self { name, doc, .. } = self;
        let ty = parameter::given(self.ty, source)?;
        Ok(quote!(#doc pub #name: #ty))
    }

    /// The attribute that says what to use instead, if the provider does not want it to be used any more.
    pub fn deprecated(&self) -> Option<TokenStream> {
        deprecation::attribute(self.field?.deprecated.as_deref())
    }

    /// Whether the provider does not want it to be used any more.
    pub fn is_deprecated(&self) -> bool {
        self.field.is_some_and(|field| field.deprecated.is_some())
    }

    /// A value as the field keeps it.
    pub fn stored(&self, value: TokenStream) -> TokenStream {
        match self.storage {
            Storage::Optional => quote!(Some(#value)),
            Storage::Plain | Storage::Collection => value,
        }
    }

    /// What the field is at first.
    pub fn unset(&self) -> TokenStream {
        match (&self.preset, self.storage, self.ty) {
            (Some(preset), ..) => self.stored(preset.clone()),
            (None, Storage::Collection, Type::Map(_)) => quote!(BTreeMap::new()),
            (None, Storage::Collection, _) => quote!(Vec::new()),
            (None, Storage::Plain | Storage::Optional, _) => quote!(None),
        }
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
