//! `waiters`: what an operation is asked for again and again.

use std::collections::HashMap;

use super::literal::{Lookup, spelling};
use super::path::{Answer, Lists, end};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::{Carried, Effect, Outcome, Type, TypeKind, Waiter};
use crate::source::Span;
use crate::spec::{self, Operation, Text, is_field_name, owned};
use crate::yaml::Node;

/// Resolves the waiters of an operation.
pub fn resolve(
    operation: &Operation<'_>,
    answer: Answer<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Waiter> {
    report_writing(operation, diagnostics);
    operation
        .waiters
        .iter()
        .filter_map(|waiter| one(waiter, answer, diagnostics))
        .collect()
}

/// An operation that is sent again and again must not change anything.
fn report_writing(operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    let Some(entry) = operation.keys.entry("waiters") else {
        return;
    };
    let finding = Diagnostic::error(
        codes::WAITING_WRITES,
        entry.key_span,
        "an operation that changes something cannot be asked again and again",
    )
    .help("give the waiters to the operation that reads the state, and name that one as `completion` here");
    match operation.effect {
        None => diagnostics.push(finding.label("without `effect` it is taken to change something")),
        Some(effect) if effect.value == Effect::Write => {
            diagnostics.push(finding.also(effect.span, "it is said to change something"));
        }
        Some(_) => {}
    }
}

fn one(
    waiter: &spec::Waiter<'_>,
    answer: Answer<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Waiter> {
    report_bad_name(waiter, diagnostics);
    let path = waiter.path?;
    let (members, types) = answer.walk(path, Lists::Marked, diagnostics)?;
    if let Some(any) = waiter.keys.entry("any")
        && !members.iter().any(|member| member.each)
    {
        diagnostics.push(
            Diagnostic::error(
                codes::DOES_NOT_APPLY,
                any.key_span,
                "`any` means nothing here",
            )
            .also(path.span, "there is one value")
            .help("remove `any`: it is for paths through a list"),
        );
    }
    let ty = end(&members)?;
    if !can_be_compared(ty, &types)? {
        let finding = Diagnostic::error(
            codes::WRONG_STEP,
            path.span,
            format!("`{}` has no single value to compare", path.value),
        );
        diagnostics.push(finding.help(match ty {
            Type::List(_) => format!("write `{}[]` to look at each of its items", path.value),
            _ => "end the path in an enum, a text, an integer or a boolean".to_owned(),
        }));
        return None;
    }
    let mut outcomes = Outcomes {
        ty,
        types: &types,
        seen: HashMap::new(),
        diagnostics,
    };
    let mut pending = outcomes.read("pending", waiter.pending);
    let success = outcomes.read("success", waiter.success);
    let failure = outcomes.read("failure", waiter.failure);
    // Without `pending`, what is no end goes on: all other values of an enum, and whatever no spec knows.
    if waiter.pending.is_empty()
        && let Type::Named(name) = ty
        && let Some(TypeKind::Enum { values, .. }) = types.get(name)
    {
        let others = values.iter().map(|value| &value.wire);
        let is_end = |wire: &&String| success.contains(wire) || failure.contains(wire);
        pending.extend(others.filter(|wire| !is_end(wire)).cloned());
    }
    Some(Waiter {
        name: waiter.name.value.to_owned(),
        doc: owned(waiter.doc),
        any: waiter.any.is_some(),
        pending,
        success,
        failure,
        not_found: waiter.not_found.unwrap_or(Outcome::Failure),
        interval: waiter.interval,
        path: members,
    })
}

/// A waiter is called by its name, so that it is one of Rust.
fn report_bad_name(waiter: &spec::Waiter<'_>, diagnostics: &mut Diagnostics) {
    let Text { value, span } = waiter.name;
    if !is_field_name(value) {
        diagnostics.push(
            Diagnostic::error(
                codes::NO_NAME,
                span,
                format!("`{value}` cannot be the name of a waiter"),
            )
            .help("call it by small letters, digits and single `_`, such as `finished`"),
        );
    }
}

/// Whether values of a type can be compared with those of a spec; nothing if the definition of the type is wrong.
fn can_be_compared(ty: &Type, types: &Lookup<'_>) -> Option<bool> {
    Some(match ty {
        Type::Named(name) => matches!(types.get(name)?, TypeKind::Enum { .. }),
        Type::String | Type::Bool | Type::I32 | Type::I64 | Type::U64 => true,
        Type::Text(carried) => {
            matches!(carried, Carried::Bool | Carried::I64 | Carried::U64)
        }
        _ => false,
    })
}

/// The values of a waiter while they are read.
struct Outcomes<'w, 'm, 'd> {
    ty: &'w Type,
    types: &'w Lookup<'m>,
    /// The values that were read, and where each stands.
    seen: HashMap<String, Span>,
    diagnostics: &'d mut Diagnostics,
}

impl Outcomes<'_, '_, '_> {
    fn read(&mut self, outcome: &str, nodes: &[Node<'_>]) -> Vec<String> {
        let what = format!("a value of `{outcome}`");
        let mut values = Vec::new();
        for node in nodes {
            let Some(value) = spelling(node, self.ty, &what, self.types, self.diagnostics) else {
                continue;
            };
            if let Some(place) = self.seen.insert(value.clone(), node.span) {
                self.diagnostics.push(
                    Diagnostic::error(
                        codes::SAME_OUTCOME,
                        node.span,
                        format!("`{value}` stands twice in one waiter"),
                    )
                    .also(place, "here too")
                    .help("a value has one outcome: remove the other"),
                );
            }
            values.push(value);
        }
        values
    }
}
