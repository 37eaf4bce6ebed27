//! An operation: its request, its answer, and what ties the two together.

use proc_macro2::Ident;
use quote::quote;

use crate::model::{Effect, Operation, ScopeField, ScopeKey, Service};

use super::members::{self, Member};
use super::names::ident;
use super::record::Kind;
use super::source::Source;
use super::structure::Struct;
use super::{RenderError, completion, docs, example, paging, record, waiting};

/// Adds the request and the answer of an operation.
pub fn render(
    service: &Service,
    operation: &Operation,
    source: &mut Source<'_>,
) -> Result<(), RenderError> {
    source.about(docs::module(operation));
    request(service, operation, source)?;
    source.text(facts(service, operation));
    paging::implementation(service, operation, source)?;
    waiting::implementation(service, operation, source)?;
    completion::implementation(operation, source)?;

    let doc = source.doc(docs::response(operation));
    let response = Struct {
        name: ident(&operation.response_name)?,
        members: Member::received(&operation.response, source)?,
        deprecated: None,
    };
    response.declare(&doc, None, Kind::Record, source)?;
    record::table(&response, Kind::Record, source);
    Ok(())
}

/// Adds the request: the struct, the arguments of `new` where it takes them as one, `new` and the setters, and the parameters.
fn request(
    service: &Service,
    operation: &Operation,
    source: &mut Source<'_>,
) -> Result<(), RenderError> {
    let name: Ident = ident(&operation.request_name)?;
    let mut members = Member::sent(&operation.request, source)?;
    members.extend(Member::scope(&operation.scope, source)?);
    let example = example::in_docs(service, operation, source.types())?;
    let doc = source.doc(docs::operation(operation, source.types(), &example)?);
    let action = &operation.action;
    let alias = (*action != operation.request_name).then(|| quote!(#[doc(alias = #action)]));
    let attributes = quote! {
        #[must_use = "a request does nothing until a client sends it"]
        #alias
    };
    let request = Struct {
        name,
        members,
        deprecated: operation.deprecated.as_deref(),
    };
    request.declare(&doc, Some(attributes), Kind::Input, source)?;
    let args = operation.args_name.as_deref().map(ident).transpose()?;
    if let Some(args) = &args {
        request.arguments(args, source)?;
    }
    request.builder(args.as_ref(), source)?;
    record::table(&request, Kind::Input, source);
    Ok(())
}

/// What the client has to know to send the request.
fn facts(service: &Service, operation: &Operation) -> String {
    let effect = match operation.effect {
        Effect::Read => "Read",
        Effect::Write => "Write",
    };
    let scope: String = operation.scope.iter().map(part).collect();
    let rate_limit = operation
        .rate_limit
        .map(|limit| format!("    rate_limit: {} / {},\n", limit.calls, limit.seconds))
        .unwrap_or_default();
    format!(
        "cloud_core::operation!({request} => {response} of crate::{marker} {{
    action: {action:?},
    effect: {effect},
{scope}{rate_limit}}});",
        request = operation.request_name,
        response = operation.response_name,
        marker = service.marker,
        action = operation.action,
    )
}

/// A part of the scope, and the field in which the request says it.
fn part(field: &ScopeField) -> String {
    let key = match field.key {
        ScopeKey::Region => "region",
        ScopeKey::Zone => "zone",
        ScopeKey::Project => "project",
    };
    let need = if field.required {
        "Required"
    } else {
        "Optional"
    };
    format!("    {key}: {need} in {},\n", members::scope_name(field.key))
}
