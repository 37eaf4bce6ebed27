//! Operations that are polled until something has happened.

use crate::model::{Member, Operation, Outcome, Service, Type, TypeKind, Waiter};

use super::layout::{self, Code};
use super::markdown::{Markdown, code, escape};
use super::source::Source;
use super::types::Types;
use super::{RenderError, deprecation};

/// Adds `Waitable`, if anything can be waited for.
pub fn implementation(service: &Service, operation: &Operation, source: &mut Source<'_>) {
    if operation.waiters.is_empty() {
        return;
    }
    source.use_core(&["Step", "Waitable", "Waiter"]);
    let names_outcome = |waiter: &Waiter| waiter.not_found != Outcome::Failure;
    if operation.waiters.iter().any(names_outcome) {
        source.use_core(&["Outcome"]);
    }
    let constants: String = operation.waiters.iter().map(constant).collect();
    let names = operation.waiters.iter().map(constant_name);
    let names = Code::group("&[", names.map(Code::Plain), "]").layout(8, 0, 0);
    source.text(format!(
        "{allow}impl Waitable<{marker}> for {name} {{
    #[inline]
    fn waiters() -> &'static [Waiter] {{
{constants}        {names}
    }}
}}",
        allow = deprecation::allow_line(operation.deprecated.is_some()),
        marker = service.marker,
        name = operation.request_name,
    ));
}

fn constant_name(waiter: &Waiter) -> String {
    waiter.name.to_uppercase()
}

/// A waiter as a constant.
fn constant(waiter: &Waiter) -> String {
    let mut calls = vec![Code::group(".path(&[", steps(&waiter.path), "])")];
    if waiter.any {
        calls.push(Code::plain(".any()"));
    }
    for (open, values) in [
        (".pending(&[", &waiter.pending),
        (".success(&[", &waiter.success),
        (".failure(&[", &waiter.failure),
    ] {
        if !values.is_empty() {
            calls.push(Code::texts(open, values.iter().map(String::as_str), "])"));
        }
    }
    if let Some(seconds) = waiter.interval {
        calls.push(Code::Plain(format!(".interval_seconds({seconds})")));
    }
    match waiter.not_found {
        Outcome::Pending => calls.push(Code::plain(".not_found(Outcome::Pending)")),
        Outcome::Success => calls.push(Code::plain(".not_found(Outcome::Success)")),
        // The runtime takes it for that if nothing is said.
        Outcome::Failure => {}
    }
    let base = Code::Plain(format!("Waiter::new({:?})", waiter.name));
    let left = format!("const {}: Waiter =", constant_name(waiter));
    layout::assignment(8, &left, &Code::chain(base, calls))
}

/// The way to what a waiter looks at.
fn steps(path: &[Member]) -> impl Iterator<Item = Code> {
    path.iter().flat_map(|member| {
        let items = member.each.then(|| Code::plain("Step::Items"));
        std::iter::once(Code::Plain(format!("Step::Field({:?})", member.wire))).chain(items)
    })
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
        return Ok(format!("[`{variant}`](crate::{name}::{variant})"));
    }
    Ok(code(value))
}
