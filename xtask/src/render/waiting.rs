//! Operations that are polled until something has happened.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::model::{Operation, Outcome, Service, Type, TypeKind, Waiter};

use super::markdown::{Markdown, code, escape};
use super::names::ident;
use super::source::Source;
use super::types::Types;
use super::{RenderError, deprecation};

/// Adds `Waitable`, if anything can be waited for.
pub fn implementation(
    service: &Service,
    operation: &Operation,
    source: &mut Source<'_>,
) -> Result<(), RenderError> {
    if operation.waiters.is_empty() {
        return Ok(());
    }
    let allow = deprecation::allow(operation.deprecated.is_some());
    let marker = ident(&service.marker)?;
    let name = ident(&operation.request_name)?;
    let names: Vec<_> = operation
        .waiters
        .iter()
        .map(|waiter| format_ident!("{}", waiter.name.to_uppercase()))
        .collect();
    let waiters = operation.waiters.iter().map(data);
    source.item(quote! {
        #allow
        impl cloud_core::Waitable<crate::#marker> for #name {
            #[inline]
            fn waiters() -> &'static [cloud_core::Waiter] {
                #(const #names: cloud_core::Waiter = #waiters;)*
                &[#(#names),*]
            }
        }
    })
}

/// A waiter as the runtime knows it.
fn data(waiter: &Waiter) -> TokenStream {
    let name = &waiter.name;
    let path = waiter.path.iter().flat_map(|member| {
        let wire = &member.wire;
        let items = member.each.then(|| quote!(cloud_core::Step::Items));
        std::iter::once(quote!(cloud_core::Step::Field(#wire))).chain(items)
    });
    let any = waiter.any.then(|| quote!(.any()));
    let values = [
        (quote!(pending), &waiter.pending),
        (quote!(success), &waiter.success),
        (quote!(failure), &waiter.failure),
    ];
    let values = values
        .into_iter()
        .filter(|(_, values)| !values.is_empty())
        .map(|(method, values)| quote!(.#method(&[#(#values),*])));
    let interval = waiter.interval.map(|seconds| {
        let seconds = Literal::u32_unsuffixed(seconds);
        quote!(.interval_seconds(#seconds))
    });
    let not_found = match waiter.not_found {
        Outcome::Pending => Some(quote!(.not_found(cloud_core::Outcome::Pending))),
        Outcome::Success => Some(quote!(.not_found(cloud_core::Outcome::Success))),
        // The runtime takes it for that if nothing is said.
        Outcome::Failure => None,
    };
    quote!(cloud_core::Waiter::new(#name).path(&[#(#path),*]) #any #(#values)* #interval #not_found)
}

/// Adds to the documentation of a request what it can be polled for.
pub fn document(
    operation: &Operation,
    types: Types<'_>,
    doc: &mut Markdown,
) -> Result<(), RenderError> {
    let Some(default) = operation.waiters.first() else {
        return Ok(());
    };
    doc.heading(1, "Waiting");
    let mut text =
        "[`Client::wait`](cloud_core::Client::wait) sends it again until something has happened."
            .to_owned();
    if operation.waiters.len() > 1 {
        text.push_str(&format!(" {} is the default.", code(&default.name)));
    }
    doc.paragraph(&text);
    let items = operation
        .waiters
        .iter()
        .map(|waiter| described(waiter, types))
        .collect::<Result<Vec<_>, _>>()?;
    doc.list(items);
    Ok(())
}

/// A waiter as an item of a list.
fn described(waiter: &Waiter, types: Types<'_>) -> Result<String, RenderError> {
    let mut path = String::new();
    for member in &waiter.path {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(&member.wire);
        if member.each {
            path.push_str("[]");
        }
    }
    let through_list = waiter.path.iter().any(|member| member.each);
    let (all, one) = match (through_list, waiter.any) {
        (false, _) => ("", ""),
        (true, false) => (" in all of them", " in one of them"),
        (true, true) => (" in one of them", " in all of them"),
    };
    let listed = |values: &[String]| {
        let values = values.iter().map(|value| shown(value, waiter, types));
        Ok(alternatives(&values.collect::<Result<Vec<_>, _>>()?))
    };
    let mut meanings = vec![format!("success is {}{all}", listed(&waiter.success)?)];
    if !waiter.failure.is_empty() {
        meanings.push(format!("failure is {}{one}", listed(&waiter.failure)?));
    }
    if !waiter.pending.is_empty() {
        meanings.push(format!("with {} it goes on", listed(&waiter.pending)?));
    }
    let empty = match waiter.not_found {
        _ if !through_list => "",
        Outcome::Pending => " With an empty list it goes on.",
        Outcome::Success => " An empty list is success.",
        Outcome::Failure => " An empty list is failure.",
    };
    Ok(format!(
        "{}: {} It looks at {}: {}.{empty}",
        code(&waiter.name),
        escape(&waiter.doc),
        code(&path),
        meanings.join(", ")
    ))
}

/// `a, b or c`.
pub fn alternatives(values: &[String]) -> String {
    match values.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

/// A value that a waiter knows: the variant where it is one of an enum.
fn shown(value: &str, waiter: &Waiter, types: Types<'_>) -> Result<String, RenderError> {
    if let Some(Type::Named(name)) = waiter.path.last().map(|member| &member.ty)
        && let TypeKind::Enum { values, .. } = &types.find(name)?.kind
        && let Some(known) = values.iter().find(|known| known.wire == value)
    {
        let variant = &known.name;
        return Ok(format!("[`{variant}`]({name}::{variant})"));
    }
    Ok(code(value))
}
