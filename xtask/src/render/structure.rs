//! Structs, and what makes those that a user fills in: `new` and the setters.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

use crate::model::Type;

use super::markdown::code;
use super::members::{Member, Storage};
use super::parameter::{self, Parameter, parameter};
use super::record::Kind;
use super::source::Source;
use super::{RenderError, deprecation, docs, literal};

/// A struct with what its fields are.
pub struct Struct<'a> {
    /// Its name.
    pub name: Ident,
    /// Its fields.
    pub members: Vec<Member<'a>>,
    /// What to use instead, if the provider does not want it to be used any more.
    pub deprecated: Option<&'a str>,
}

impl Struct<'_> {
    /// Whether code that names the struct or its fields needs leave for that.
    pub fn is_deprecated(&self) -> bool {
        self.deprecated.is_some() || self.members.iter().any(Member::is_deprecated)
    }

    /// Adds the struct, with more attributes if it has them. It has a `Default` unless something in it is always there.
    pub fn declare(
        &self,
        doc: &TokenStream,
        attributes: Option<TokenStream>,
        kind: Kind,
        source: &mut Source<'_>,
    ) -> Result<(), RenderError> {
        let has_default = self.can_be_empty() && !self.has_presets();
        let default = has_default.then(|| quote!(, Default));
        // A record that can be filled is compared by the runtime.
        let equality = (kind == Kind::Input).then(|| quote!(, PartialEq));
        let deprecated = deprecation::attribute(self.deprecated);
        let name = &self.name;
        let mut fields = Vec::new();
        for member in &self.members {
            fields.push(member.declaration(source)?);
        }
        source.item(quote! {
            #doc
            #[derive(Clone, Debug #default #equality)]
            #[non_exhaustive]
            #deprecated
            #attributes
            pub struct #name {
                #(#fields,)*
            }
        })
    }

    /// Adds the struct that `new` takes where many arguments are required.
    pub fn arguments(&self, args: &Ident, source: &mut Source<'_>) -> Result<(), RenderError> {
        let doc = format!(
            "The arguments of [`{}::new`]: all that is required.",
            self.name
        );
        let doc = source.doc(docs::item_line(&doc));
        let mut fields = Vec::new();
        for member in self.required() {
            fields.push(member.argument(source)?);
        }
        source.item(quote! {
            #doc
            #[derive(Clone, Debug, PartialEq)]
            pub struct #args {
                #(#fields,)*
            }
        })
    }

    /// Adds `new`, which takes what is required, as one struct if `args` names one, and a setter for each of the other members.
    pub fn builder(
        &self,
        args: Option<&Ident>,
        source: &mut Source<'_>,
    ) -> Result<(), RenderError> {
        let name = &self.name;
        let allow = deprecation::allow(self.is_deprecated());
        let new = self.constructor(args, source)?;
        let mut setters = Vec::new();
        for member in self.members.iter().filter(|member| !member.required) {
            setters.push(setter(member, source)?);
        }
        source.item(quote! {
            #allow
            impl #name {
                #new
                #(#setters)*
            }
        })?;
        if !self.can_be_empty() || !self.has_presets() {
            return Ok(());
        }
        let allow = deprecation::allow(self.deprecated.is_some());
        source.item(quote! {
            #allow
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        })
    }

    fn required(&self) -> impl Iterator<Item = &Member<'_>> {
        self.members.iter().filter(|member| member.required)
    }

    fn can_be_empty(&self) -> bool {
        !self
            .members
            .iter()
            .any(|member| member.storage == Storage::Plain)
    }

    fn has_presets(&self) -> bool {
        self.members.iter().any(|member| member.preset.is_some())
    }

    fn constructor(
        &self,
        args: Option<&Ident>,
        source: &mut Source<'_>,
    ) -> Result<TokenStream, RenderError> {
        let doc = source.doc(docs::member_line(&self.start()?));
        if self.required().next().is_none() && !self.has_presets() {
            return Ok(quote! {
                #doc
                #[inline]
                pub fn new() -> Self {
                    Self::default()
                }
            });
        }
        let mut parameters = Vec::new();
        let mut values = Vec::new();
        for member in &self.members {
            let name = &member.name;
            values.push(if !member.required {
                let unset = member.unset();
                quote!(#name: #unset)
            } else if args.is_some() {
                let value = parameter::stored(member.ty, quote!(args.#name));
                let value = member.stored(value);
                quote!(#name: #value)
            } else {
                let Parameter { ty, value } = parameter(member.ty, &quote!(#name), source)?;
                parameters.push(quote!(#name: #ty));
                match value {
                    None if member.storage != Storage::Optional => quote!(#name),
                    value => {
                        let value = member.stored(value.unwrap_or_else(|| quote!(#name)));
                        quote!(#name: #value)
                    }
                }
            });
        }
        if let Some(args) = args {
            parameters.push(quote!(args: #args));
        }
        let inline = inline(&parameters);
        Ok(quote! {
            #doc
            #inline
            pub fn new(#(#parameters),*) -> Self {
                Self { #(#values,)* }
            }
        })
    }

    /// What the documentation of `new` says.
    fn start(&self) -> Result<String, RenderError> {
        let required: Vec<_> = self.required().map(|member| code(member.wire)).collect();
        let mut text = if required.is_empty() {
            "Nothing is required.".to_owned()
        } else {
            format!("Takes what is required: {}.", required.join(", "))
        };
        for member in &self.members {
            if let Some(preset) = member.field.and_then(|field| field.preset.as_ref()) {
                let preset = code(&literal::shown(preset)?);
                text.push_str(&format!(" {} starts as {preset}.", code(member.wire)));
            }
        }
        Ok(text)
    }
}

fn setter(member: &Member<'_>, source: &mut Source<'_>) -> Result<TokenStream, RenderError> {
    let name = &member.name;
    let argument = match member.ty {
        Type::List(_) | Type::Map(_) => quote!(values),
        _ => quote!(value),
    };
    let Parameter { ty, value } = parameter(member.ty, &argument, source)?;
    let value = member.stored(value.unwrap_or_else(|| argument.clone()));
    let plain = name.to_string();
    let plain = plain.trim_start_matches("r#");
    let doc = format!(
        "Sets {}, see [`{plain}`](field@Self::{plain}).",
        code(member.wire)
    );
    let doc = source.doc(docs::member_line(&doc));
    let deprecated = member.deprecated();
    let inline = inline(std::slice::from_ref(&ty));
    Ok(quote! {
        #doc
        #deprecated
        #inline
        pub fn #name(mut self, #argument: #ty) -> Self {
            self.#name = #value;
            self
        }
    })
}

/// Lets a function be compiled only where it is used, as generic ones are anyway: most operations of a crate are not.
fn inline(parameters: &[TokenStream]) -> Option<TokenStream> {
    let is_generic = |tokens: &TokenStream| {
        let mut tokens = tokens.clone().into_iter();
        tokens.any(|token| matches!(token, TokenTree::Ident(word) if word == "impl"))
    };
    (!parameters.iter().any(is_generic)).then(|| quote!(#[inline]))
}
