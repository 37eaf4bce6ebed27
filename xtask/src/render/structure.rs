//! Structs, and what makes those that a user fills in: `new` and the setters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::Type;

use super::format::wide;
use super::markdown::code;
use super::members::{Member, Storage};
use super::source::Source;
use super::{RenderError, docs};

/// Adds a struct, with more attributes if it has them. It has a `Default` unless something in it is always there.
pub fn declare(
    name: &Ident,
    doc: &TokenStream,
    attributes: Option<TokenStream>,
    members: &[Member<'_>],
    source: &mut Source<'_>,
) -> Result<(), RenderError> {
    let has_default = !members
        .iter()
        .any(|member| member.storage == Storage::Plain);
    let default = has_default.then(|| quote!(Default,));
    let fields = declarations(members.iter(), source)?;
    source.item(quote! {
        #doc
        #[derive(Clone, Debug, #default PartialEq)]
        #[non_exhaustive]
        #attributes
        pub struct #name {
            #(#fields,)*
        }
    })
}

/// Adds the struct that `new` takes where many arguments are required.
pub fn arguments(
    name: &Ident,
    request: &Ident,
    members: &[Member<'_>],
    source: &mut Source<'_>,
) -> Result<(), RenderError> {
    let doc = format!("What [`{request}::new`] takes: every parameter that is required.");
    let doc = source.doc(docs::item_line(&doc));
    let fields = declarations(members.iter().filter(|member| member.required), source)?;
    source.item(quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        pub struct #name {
            #(#fields,)*
        }
    })
}

/// Adds `new`, which takes what is required, as one struct if `args` names one, and a setter for each of the other members.
pub fn builder(
    name: &Ident,
    args: Option<&Ident>,
    members: &[Member<'_>],
    source: &mut Source<'_>,
) -> Result<(), RenderError> {
    let new = new(args, members, source)?;
    let mut setters = Vec::new();
    for member in members.iter().filter(|member| !member.required) {
        setters.push(setter(member, source)?);
    }
    source.item(quote! {
        impl #name {
            #new
            #(#setters)*
        }
    })
}

fn declarations<'m>(
    members: impl Iterator<Item = &'m Member<'m>>,
    source: &mut Source<'_>,
) -> Result<Vec<TokenStream>, RenderError> {
    members.map(|member| member.declaration(source)).collect()
}

fn new(
    args: Option<&Ident>,
    members: &[Member<'_>],
    source: &mut Source<'_>,
) -> Result<TokenStream, RenderError> {
    let required: Vec<_> = members.iter().filter(|member| member.required).collect();
    if required.is_empty() {
        let doc = source.doc(docs::member_line(
            "Starts with nothing: nothing is required.",
        ));
        return Ok(quote! {
            #doc
            pub fn new() -> Self {
                Self::default()
            }
        });
    }
    let wires: Vec<_> = required.iter().map(|member| code(member.wire)).collect();
    let doc = format!("Starts with what is required: {}.", wires.join(", "));
    let doc = source.doc(docs::member_line(&doc));
    let mut parameters = Vec::new();
    let mut values = Vec::new();
    for member in members {
        let name = &member.name;
        values.push(if !member.required {
            let unset = member.unset();
            quote!(#name: #unset)
        } else if args.is_some() {
            let value = member.stored(quote!(args.#name));
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
    let wide = wide();
    Ok(quote! {
        #doc
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#values,)* #wide }
        }
    })
}

fn setter(member: &Member<'_>, source: &mut Source<'_>) -> Result<TokenStream, RenderError> {
    let name = &member.name;
    let argument = match member.ty {
        Type::List(_) => quote!(values),
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
    Ok(quote! {
        #doc
        pub fn #name(mut self, #argument: #ty) -> Self {
            self.#name = #value;
            self
        }
    })
}

/// How a function takes a value.
struct Parameter {
    /// The type of the parameter.
    ty: TokenStream,
    /// What the argument is converted to, if it has to be.
    value: Option<TokenStream>,
}

fn parameter(
    ty: &Type,
    argument: &TokenStream,
    source: &mut Source<'_>,
) -> Result<Parameter, RenderError> {
    let wide = wide();
    if let Type::List(item) = ty {
        let rust = source.rust(item)?;
        return Ok(if source.types().converts(item)? {
            Parameter {
                ty: quote!(impl IntoIterator<Item = impl Into<#rust>>),
                value: Some(quote!(#argument.into_iter().map(Into::into).collect().#wide())),
            }
        } else {
            Parameter {
                ty: quote!(impl IntoIterator<Item = #rust>),
                value: Some(quote!(#argument.into_iter().collect().#wide())),
            }
        });
    }
    let rust = source.rust(ty)?;
    Ok(if source.types().converts(ty)? {
        Parameter {
            ty: quote!(impl Into<#rust>),
            value: Some(quote!(#argument.into())),
        }
    } else {
        Parameter {
            ty: rust,
            value: None,
        }
    })
}
