//! An operation: its request, its answer, and what ties the two together.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::model::{Effect, Operation, RateLimit, ScopeField, ScopeKey, Service};

use super::format::wide;
use super::members::{self, Member};
use super::names::ident;
use super::source::Source;
use super::structure::Struct;
use super::{RenderError, deprecation, docs, example, paging, record, waiting};

/// Adds the request and the answer of an operation.
pub fn render(
    service: &Service,
    operation: &Operation,
    source: &mut Source<'_>,
) -> Result<(), RenderError> {
    let name = ident(&operation.request_name)?;
    let response = ident(&operation.response_name)?;
    request(service, operation, &name, source)?;
    let implementation = implementation(service, operation, &name, &response, source)?;
    source.item(implementation)?;
    paging::implementation(service, operation, source)?;
    waiting::implementation(service, operation, source);

    let doc = source.doc(docs::response(operation));
    let response = Struct {
        name: response,
        members: Member::received(&operation.response, source)?,
        deprecated: None,
    };
    response.declare(&doc, None, source)?;
    record::answer(&response, source)
}

/// Adds the request: the struct, the arguments of `new` where they are many, `new` and the setters, and the parameters.
fn request(
    service: &Service,
    operation: &Operation,
    name: &Ident,
    source: &mut Source<'_>,
) -> Result<(), RenderError> {
    let mut members = Member::sent(&operation.request, source)?;
    members.extend(Member::scope(&operation.scope, source)?);
    let example = example::in_docs(service, operation, source.types())?;
    let doc = docs::operation(service, operation, source.types(), &example)?;
    let doc = source.doc(doc);
    let action = &operation.action;
    let alias = (*action != operation.request_name).then(|| quote!(#[doc(alias = #action)]));
    let attributes = quote! {
        #[must_use = "a request does nothing until a client sends it"]
        #alias
    };
    let request = Struct {
        name: name.clone(),
        members,
        deprecated: operation.deprecated.as_deref(),
    };
    request.declare(&doc, Some(attributes), source)?;
    let args = operation.args_name.as_deref().map(ident).transpose()?;
    if let Some(args) = &args {
        request.arguments(args, source)?;
    }
    request.builder(args.as_ref(), source)?;
    record::readable(&request, source)
}

/// `Operation`: what the client has to know to send the request.
fn implementation(
    service: &Service,
    operation: &Operation,
    name: &Ident,
    response: &Ident,
    source: &mut Source<'_>,
) -> Result<TokenStream, RenderError> {
    source.use_core(&["Effect", "Metadata", "Operation", "Params", "Scope"]);
    source.use_crate(&service.marker);
    let marker = ident(&service.marker)?;
    let metadata = metadata(operation, source);
    let scope = scope(&operation.scope)?;
    let allow = deprecation::allow(operation.deprecated.is_some());
    Ok(quote! {
        #allow
        impl Operation<#marker> for #name {
            type Response = #response;
            #[inline]
            fn metadata(&self) -> Metadata<'_> {
                #metadata
            }
            #[inline]
            fn scope(&self) -> Scope<'_> {
                #scope
            }
            #[inline]
            fn encode(&self, params: &mut Params) {
                params.record(self);
            }
            #[inline]
            fn as_any(&self) -> &dyn std::any::Any {
                self
            }
        }
    })
}

fn metadata(operation: &Operation, source: &mut Source<'_>) -> TokenStream {
    let action = &operation.action;
    let effect = match operation.effect {
        Effect::Read => quote!(Effect::Read),
        Effect::Write => quote!(Effect::Write),
    };
    // With a name this long rustfmt gives each argument a line.
    let wide_call = (action.len() > 44).then(wide);
    let metadata = quote!(Metadata::new(#action, #effect, #wide_call));
    if operation.scope.is_empty() && operation.rate_limit.is_none() {
        return metadata;
    }
    let limit = operation.rate_limit.map(|RateLimit { calls, seconds }| {
        source.use_core(&["RateLimit"]);
        let (calls, seconds) = (
            Literal::u32_unsuffixed(calls),
            Literal::u32_unsuffixed(seconds),
        );
        quote!(.rate_limit(RateLimit::new(#calls, #seconds)))
    });
    if !operation.scope.is_empty() {
        source.use_core(&["Need"]);
    }
    let needs = operation.scope.iter().map(|field| {
        let key = part(field.key);
        let need = if field.required {
            quote!(Required)
        } else {
            quote!(Optional)
        };
        quote!(.#key(Need::#need))
    });
    let wide = wide();
    quote!(#metadata #(#needs)* #limit .#wide())
}

/// The part of the scope that the request itself says.
fn scope(fields: &[ScopeField]) -> Result<TokenStream, RenderError> {
    if fields.is_empty() {
        return Ok(quote!(Scope::default()));
    }
    let mut parts = Vec::new();
    for field in fields {
        let key = part(field.key);
        let member = ident(members::scope_name(field.key))?;
        parts.push(quote!(#key: self.#member.as_deref()));
    }
    let wide = wide();
    let rest = (fields.len() < 3).then(|| quote!(..Scope::default()));
    Ok(quote!(Scope { #(#parts,)* #wide, #rest }))
}

/// The runtime's name of a part of the scope.
fn part(key: ScopeKey) -> TokenStream {
    match key {
        ScopeKey::Region => quote!(region),
        ScopeKey::Zone => quote!(zone),
        ScopeKey::Project => quote!(project),
    }
}
