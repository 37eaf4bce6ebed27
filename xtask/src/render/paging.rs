//! Answers that come in pages: how a request asks for the next one, and the items that a page holds.

use crate::model::{Field, Member, Operation, PagedBy, Paging, PagingParameter, Service, Type};

use super::layout::{self, Code, quoted};
use super::markdown::{Markdown, code};
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
    source.use_core(&["Paged", "Paging", "Position"]);
    let name = &operation.request_name;
    let marker = &service.marker;
    let PagingParameter {
        name: position,
        ty,
        wire,
        ..
    } = &paging.position;
    let value = match ty {
        Type::String => "token",
        _ => "number",
    };
    let allow = allow(operation, is_deprecated(&operation.request, wire));
    let table = layout::assignment(8, "const PAGING: Paging =", &table(paging));
    source.text(format!(
        "{allow}impl Paged<{marker}> for {name} {{
    #[inline]
    fn paging() -> &'static Paging {{
{table}        &PAGING
    }}

    #[inline]
    fn turn_to(&mut self, position: &Position) {{
        self.{position} = position.{value}();
    }}
}}"
    ));
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
        return Err(RenderError(format!("`{}` is no list", list.name)));
    };
    let item = source.rust(item)?.to_string().replace(' ', "");
    let mut items = "response".to_owned();
    for record in records {
        items.push_str(&format!(".{}.unwrap_or_default()", record.name));
    }
    let allow = allow(operation, is_deprecated(&operation.response, &path[0].wire));
    source.use_core(&["PagedItems"]);
    source.text(format!(
        "{allow}impl PagedItems<{marker}> for {name} {{
    type Item = {item};

    #[inline]
    fn into_items(response: Self::Response) -> Vec<Self::Item> {{
        {items}.{list}
    }}
}}",
        marker = service.marker,
        name = operation.request_name,
        list = list.name,
    ));
    Ok(())
}

/// What stands in front of an `impl`.
fn allow(operation: &Operation, uses_deprecated: bool) -> &'static str {
    deprecation::allow_line(operation.deprecated.is_some() || uses_deprecated)
}

fn is_deprecated(fields: &[Field], wire: &str) -> bool {
    fields
        .iter()
        .any(|field| field.wire == wire && field.deprecated.is_some())
}

/// The data that the runtime turns pages with.
fn table(paging: &Paging) -> Code {
    let position = quoted(&paging.position.wire);
    let base = match &paging.by {
        PagedBy::Offset => Code::Plain(format!("Paging::offset({position})")),
        PagedBy::Page { first } => Code::Plain(format!("Paging::page({position}, {first})")),
        PagedBy::Token { next } => Code::group(
            "Paging::token(",
            [Code::Plain(position), path("&[", next, "]")],
            ")",
        ),
    };
    let items = paging.items.iter().map(|items| path("&[", items, "]"));
    let mut calls = vec![Code::group(".items(&[", items, "])")];
    calls.extend(
        paging
            .total
            .iter()
            .map(|total| path(".total(&[", total, "])")),
    );
    calls.extend(paging.limit.iter().map(|limit| {
        let default = limit.default;
        Code::Plain(format!(".limit({:?}, {default:?})", limit.wire))
    }));
    Code::chain(base, calls)
}

/// The names of a path in brackets.
fn path(open: &str, members: &[Member], close: &'static str) -> Code {
    Code::texts(open, members.iter().map(|member| &*member.wire), close)
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
