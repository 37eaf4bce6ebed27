//! The examples of the documentation: of each operation, and of the crate.

use super::example::Signature;
use super::placeholder;
use super::scope::setter;
use crate::model::{
    Argument, Effect, Example, Literal, Operation, Paging, Sample, ScopeField, ScopeKey, Verb,
};

/// The example of an operation: the first request of its page, or a made-up one, with a zone and a project where they are required.
pub fn of(
    signature: &Signature<'_>,
    examples: &[Example],
    paging: Option<&Paging>,
    has_waiters: bool,
) -> Sample {
    let shown = examples.iter().find_map(|example| example.request.clone());
    let mut call = shown.unwrap_or_else(|| placeholder::call(signature.request, &signature.types));
    for field in signature.scope.iter().filter(|field| is_set(field)) {
        let name = setter(field.key);
        if !call.setters.iter().any(|setter| setter.name == name) {
            let value = field
                .example
                .clone()
                .unwrap_or_else(|| made_up(field.key).to_owned());
            call.setters.push(Argument {
                name: name.to_owned(),
                value: Literal::Text(value),
            });
        }
    }
    let has_items = paging.is_some_and(|paging| paging.items.len() == 1);
    if has_items {
        // The client turns the pages.
        let turned = paging.map(|paging| &*paging.position.name);
        call.setters.retain(|setter| Some(&*setter.name) != turned);
    }
    let verb = match (has_items, has_waiters) {
        (true, _) => Verb::Items,
        (false, true) => Verb::Wait,
        (false, false) => Verb::Send,
    };
    Sample { call, verb }
}

/// Whether an example sets a part of the scope. A region is mostly in the environment.
fn is_set(field: &ScopeField) -> bool {
    field.required && field.key != ScopeKey::Region
}

fn made_up(key: ScopeKey) -> &'static str {
    match key {
        ScopeKey::Region => "cn-bj2",
        ScopeKey::Zone => "cn-bj2-04",
        ScopeKey::Project => "org-abc123",
    }
}

/// The operation that shows what a crate is like: one that reads, a list if there is one or else something to wait for, and of those
/// the one that asks for least.
pub fn headline(operations: &[Operation]) -> Option<usize> {
    let rank = |operation: &Operation| {
        let verb = match operation.sample.verb {
            Verb::Items => 0,
            Verb::Wait => 1,
            Verb::Send => 2,
        };
        let required = operation.request.iter().filter(|field| field.required);
        (
            operation.deprecated.is_some(),
            operation.effect == Effect::Write,
            verb,
            required.count(),
            operation.action.len(),
        )
    };
    (0..operations.len()).min_by_key(|index| rank(&operations[*index]))
}
