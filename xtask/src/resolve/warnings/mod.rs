//! What can be generated and should be better. It is looked for once the specs have no mistakes, since a mistake may be the reason.

mod defaults;
mod names;
mod pages;
mod prose;
mod secrets;

use super::path::end;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::{self, Effect, Type, TypeDef, TypeKind};
use crate::prose::all_of;
use crate::spec::{self, Operation, Specs};

/// What the names of operations begin with that change something.
const WRITING: &[&str] = &[
    "Add",
    "Allocate",
    "Apply",
    "Associate",
    "Attach",
    "Backup",
    "Bind",
    "Cancel",
    "Change",
    "Clone",
    "Copy",
    "Create",
    "Delete",
    "Destroy",
    "Detach",
    "Disable",
    "Disassociate",
    "Enable",
    "Execute",
    "Import",
    "Install",
    "Modify",
    "Open",
    "Purchase",
    "Reboot",
    "Release",
    "Remove",
    "Rename",
    "Renew",
    "Replace",
    "Reset",
    "Resize",
    "Restart",
    "Restore",
    "Resume",
    "Rollback",
    "Run",
    "Set",
    "Start",
    "Stop",
    "Suspend",
    "Switch",
    "Tag",
    "Terminate",
    "Unbind",
    "Uninstall",
    "Unset",
    "Untag",
    "Update",
    "Upgrade",
];

/// Reports what should be better about a service without mistakes.
pub fn report(specs: &Specs<'_>, service: &model::Service, diagnostics: &mut Diagnostics) {
    // Both are sorted by action, and without mistakes there is one for each.
    for (operation, resolved) in specs.operations.iter().zip(&service.operations) {
        let types = Defined {
            private: &resolved.types,
            shared: &service.types,
        };
        report_effect(operation, diagnostics);
        pages::report(operation, resolved, types, diagnostics);
        report_outcomes(operation, resolved, types, diagnostics);
        report_examples(operation, diagnostics);
        secrets::report(operation, diagnostics);
        names::report(&operation.request, diagnostics);
        names::report(&operation.response, diagnostics);
        names::report_in_types(&operation.types, diagnostics);
        defaults::report(&operation.request, &resolved.request, types, diagnostics);
        defaults::report_in_types(&operation.types, &resolved.types, types, diagnostics);
    }
    let types = Defined {
        private: &[],
        shared: &service.types,
    };
    names::report_in_types(&specs.types, diagnostics);
    defaults::report_in_types(&specs.types, &service.types, types, diagnostics);
    secrets::report_in_types(&specs.types, diagnostics);
}

/// The types that an operation can name.
#[derive(Clone, Copy)]
struct Defined<'m> {
    private: &'m [TypeDef],
    shared: &'m [TypeDef],
}

impl<'m> Defined<'m> {
    fn get(self, ty: &Type) -> Option<&'m TypeKind> {
        let Type::Named(name) = ty else { return None };
        let mut all = self.private.iter().chain(self.shared);
        all.find(|def| def.name == *name).map(|def| &def.kind)
    }
}

fn report_effect(operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    let Some(effect) = operation.effect else {
        return;
    };
    let writes = WRITING.iter().find(|word| {
        let rest = operation.action.strip_prefix(**word);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_lowercase()))
    });
    if let Some(word) = writes.filter(|_| effect.value == Effect::Read) {
        diagnostics.push(
            Diagnostic::warning(
                codes::DOUBTFUL_EFFECT,
                effect.span,
                format!("an operation whose name begins with `{word}` is said to change nothing"),
            )
            .label("what reads is sent again after a fault")
            .help("look at what the operation does; if it changes anything, write `effect: write`"),
        );
    }
}

fn report_outcomes(
    operation: &Operation<'_>,
    resolved: &model::Operation,
    types: Defined<'_>,
    diagnostics: &mut Diagnostics,
) {
    for (waiter, resolved) in operation.waiters.iter().zip(&resolved.waiters) {
        // Without `pending` all values that are no end go on.
        if waiter.pending.is_empty() {
            continue;
        }
        let Some(TypeKind::Enum { values, .. }) = end(&resolved.path).and_then(|ty| types.get(ty))
        else {
            continue;
        };
        let listed = [&resolved.pending, &resolved.success, &resolved.failure];
        let left: Vec<&str> = values
            .iter()
            .map(|value| &*value.wire)
            .filter(|wire| {
                !listed
                    .iter()
                    .any(|values| values.iter().any(|value| value == wire))
            })
            .collect();
        if !left.is_empty() {
            diagnostics.push(
                Diagnostic::warning(
                    codes::NO_OUTCOME,
                    waiter.name.span,
                    format!(
                        "the waiter `{}` does not say what {} mean{} for it",
                        waiter.name.value,
                        all_of(&left),
                        if left.len() == 1 { "s" } else { "" },
                    ),
                )
                .label("waiting goes on then")
                .help("add what is missing to `pending`, `success` or `failure`"),
            );
        }
    }
}

fn report_examples(operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    let has = |has: fn(&spec::Example<'_>) -> bool| operation.examples.iter().any(has);
    // There is nothing to show of a request without parameters.
    let request = operation.request.is_empty() || has(|example| example.request.is_some());
    let response = operation.response.is_empty() || has(|example| example.response.is_some());
    let what = match (request, response) {
        (true, true) => return,
        (false, true) => "a request",
        (true, false) => "an answer",
        (false, false) => "a request, and none of an answer",
    };
    let place = operation
        .keys
        .entry("examples")
        .map_or(operation.place, |entry| entry.key_span);
    diagnostics.push(
        Diagnostic::warning(
            codes::NO_EXAMPLE,
            place,
            format!("`{}` has no example of {what}", operation.action),
        )
        .help("add the page's to `examples`; if it has none, invent one and say so in `title`"),
    );
}
