//! Pages and waiters of a table.

use serde_json::Value;

use crate::model::{Member, Outcome, PagedBy, Paging, PagingParameter, Waiter};

use super::members::Members;

/// How an answer comes in pages.
pub fn paging(paging: &Paging) -> Value {
    let (by, first, next) = match &paging.by {
        PagedBy::Offset => ("offset", None, None),
        PagedBy::Page { first } => ("page", Some(*first), None),
        PagedBy::Token { next } => ("token", None, Some(path(next))),
    };
    let name = |parameter: &PagingParameter| parameter.wire.clone();
    Members::default()
        .set("by", by)
        .set("position", name(&paging.position))
        .given("limit", paging.limit.as_ref().map(name))
        .given("first", first)
        .given("next", next)
        .list("items", paging.items.iter().map(|items| path(items)))
        .given("total", paging.total.as_deref().map(path))
        .value()
}

/// An end that an operation can be polled for.
pub fn waiter(waiter: &Waiter) -> Value {
    let not_found = match waiter.not_found {
        Outcome::Pending => "pending",
        Outcome::Success => "success",
        Outcome::Failure => "failure",
    };
    Members::default()
        .set("name", &*waiter.name)
        .set("path", path(&waiter.path))
        .flag("any", waiter.any)
        .texts("pending", &waiter.pending)
        .texts("success", &waiter.success)
        .texts("failure", &waiter.failure)
        .set("not_found", not_found)
        .value()
}

/// A path into an answer: the names of its members from the answer down, with dots between them.
fn path(members: &[Member]) -> Value {
    let names: Vec<&str> = members.iter().map(|member| &*member.wire).collect();
    names.join(".").into()
}
