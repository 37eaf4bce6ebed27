//! Answers that come in pages: how a request asks for the next one, and the items that a page holds.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{Field, Member, Operation, PagedBy, Paging, PagingParameter, Service, Type};

use super::markdown::{Markdown, code};
use super::names::ident;
use super::source::Source;
use super::{RenderError, deprecation};

/// Adds `Paged`, and `PagedItems` where the pages are made of one list.
pub fn implementation(
    service: &Service,
    operation: &Operation,
    source: &mut Source<'_>,
) -> Result<(), RenderError> {
    let Some(paging) = &operation.paging else {
        return Ok(());
    };
    let name = ident(&operation.request_name)?;
    let marker = ident(&service.marker)?;
    let PagingParameter {
        name: position,
        ty,
        wire,
        ..
    } = &paging.position;
    let position = ident(position)?;
    let value = match ty {
        Type::String => quote!(token),
        _ => quote!(number),
    };
    let allow = allow(operation, is_deprecated(&operation.request, wire));
    let table = table(paging);
    source.item(quote! {
        #allow
        impl cloud_core::Paged<crate::#marker> for #name {
            #[inline]
            fn paging() -> &'static cloud_core::Paging {
                const PAGING: cloud_core::Paging = #table;
                &PAGING
            }
            #[inline]
            fn turn_to(&mut self, position: &cloud_core::Position) {
                self.#position = position.#value();
            }
        }
    })?;
    match paging.items.as_slice() {
        [path] => items(service, operation, path, source),
        _ => Ok(()),
    }
}

/// Adds `PagedItems`.
fn items(
    service: &Service,
    operation: &Operation,
    path: &[Member],
    source: &mut Source<'_>,
) -> Result<(), RenderError> {
    let Some((list, records)) = path.split_last() else {
        return Err(RenderError("pages are made of nothing".to_owned()));
    };
    let Type::List(item) = &list.ty else {
        return Err(RenderError(format!("`{}` is not a list", list.name)));
    };
    let item = source.rust(item)?;
    let list = ident(&list.name)?;
    let records = records
        .iter()
        .map(|record| ident(&record.name))
        .collect::<Result<Vec<_>, _>>()?;
    let allow = allow(operation, is_deprecated(&operation.response, &path[0].wire));
    let marker = ident(&service.marker)?;
    let name = ident(&operation.request_name)?;
    source.item(quote! {
        #allow
        impl cloud_core::PagedItems<crate::#marker> for #name {
            type Item = #item;
            #[inline]
            fn into_items(response: Self::Response) -> Vec<Self::Item> {
                response #(.#records.unwrap_or_default())* .#list
            }
        }
    })
}

/// What stands in front of an `impl`.
fn allow(operation: &Operation, uses_deprecated: bool) -> Option<TokenStream> {
    deprecation::allow(operation.deprecated.is_some() || uses_deprecated)
}

fn is_deprecated(fields: &[Field], wire: &str) -> bool {
    fields
        .iter()
        .any(|field| field.wire == wire && field.deprecated.is_some())
}

/// The data that the runtime turns pages with.
fn table(paging: &Paging) -> TokenStream {
    let position = &paging.position.wire;
    let base = match &paging.by {
        PagedBy::Offset => quote!(offset(#position)),
        PagedBy::Page { first } => {
            let first = Literal::u32_unsuffixed(*first);
            quote!(page(#position, #first))
        }
        PagedBy::Token { next } => {
            let next = names(next);
            quote!(token(#position, #next))
        }
    };
    let items = paging.items.iter().map(|items| names(items));
    let total = paging.total.iter().map(|total| names(total));
    let limit = paging.limit.iter().map(|limit| {
        let wire = &limit.wire;
        match limit.default.map(Literal::u64_unsuffixed) {
            Some(default) => quote!(#wire, Some(#default)),
            None => quote!(#wire, None),
        }
    });
    quote!(cloud_core::Paging::#base.items(&[#(#items),*]) #(.total(#total))* #(.limit(#limit))*)
}

/// The names of a path in brackets.
fn names(members: &[Member]) -> TokenStream {
    let names = members.iter().map(|member| &member.wire);
    quote!(&[#(#names),*])
}

/// Adds to the documentation of a request how its answers come in pages.
pub fn document(operation: &Operation, doc: &mut Markdown) {
    let Some(paging) = &operation.paging else {
        return;
    };
    let lists: Vec<_> = paging.items.iter().map(|path| dotted(path)).collect();
    let position = code(&paging.position.wire);
    let mut text = match lists.as_slice() {
        [list] => format!("{list} comes in pages: "),
        lists => format!("{} come in pages: ", lists.join(" and ")),
    };
    text.push_str(&match &paging.by {
        PagedBy::Offset => format!("{position} says how many items come before a page"),
        PagedBy::Page { first } => format!("{position} is the number of a page, from {first} on"),
        PagedBy::Token { next } => format!(
            "{position} takes what the page before has as {}, and the last one has nothing there",
            dotted(next)
        ),
    });
    if let Some(limit) = &paging.limit {
        text.push_str(&format!(
            ", and {} how many it has at most",
            code(&limit.wire)
        ));
    }
    text.push('.');
    if let Some(total) = &paging.total {
        text.push_str(&format!(
            " {} is how many items there are on all pages.",
            dotted(total)
        ));
    }
    text.push_str(" [`Client::pages`](cloud_core::Client::pages) reads page by page");
    text.push_str(match paging.items.as_slice() {
        [_] => ", [`Client::items`](cloud_core::Client::items) item by item.",
        _ => ".",
    });
    doc.heading(1, "Paging");
    doc.paragraph(&text);
}

/// A path as it is read.
fn dotted(path: &[Member]) -> String {
    let names: Vec<_> = path.iter().map(|member| member.wire.as_str()).collect();
    code(&names.join("."))
}
