//! `completion`: the operation that tells when the work is done which another only starts.

use super::handed::{Own, Values};
use super::literal::Lookup;
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::{self, Completion};
use crate::prose::all_of;
use crate::spec::{self, Operation, Text};

/// What completions are resolved against.
pub struct Others<'m> {
    /// The operations of the service as the specs have them.
    pub specs: &'m [Operation<'m>],
    /// The same, resolved.
    pub resolved: &'m [model::Operation],
    /// Whether every file of the service could be read.
    pub complete: bool,
}

impl<'m> Others<'m> {
    /// Resolves the completion of an operation. `told` gives the types of the operation that tells, by its index.
    pub fn resolve(
        &self,
        completion: &spec::Completion<'_>,
        own: Own<'_>,
        told: impl Fn(usize) -> Lookup<'m>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Completion> {
        let name = completion.operation?;
        let Some(index) = self
            .specs
            .iter()
            .position(|other| other.action == name.value)
        else {
            if self.complete {
                diagnostics.push(self.unknown(name));
            }
            return None;
        };
        let (spec, other) = (self.specs.get(index)?, self.resolved.get(index)?);
        if spec.action == own.action {
            diagnostics.push(
                Diagnostic::error(
                    codes::COMPLETION,
                    name.span,
                    "an operation cannot tell when its own work is done",
                )
                .help("name the operation that reads the state; if this one does, it needs `waiters` only"),
            );
            return None;
        }
        report_bad_waiter(name, completion.waiter, spec, diagnostics);
        let values = Values {
            own,
            told: told(index),
        };
        let fields = values.fields(
            &completion.with,
            &other.request,
            name.span,
            &format!("`{}`", other.action),
            diagnostics,
        );
        let default = &other.waiters.first()?.name;
        let waiter = completion.waiter.map_or(&**default, |waiter| waiter.value);
        let scope = own.scope.iter().map(|scope| scope.key);
        Some(Completion {
            operation_module: other.module.clone(),
            request_name: other.request_name.clone(),
            args_name: other.args_name.clone(),
            waiter: waiter.to_owned(),
            is_default_waiter: waiter == default,
            fields,
            scope: scope
                .filter(|key| other.scope.iter().any(|scope| scope.key == *key))
                .collect(),
        })
    }

    fn unknown(&self, name: Text<'_>) -> Diagnostic {
        let names: Vec<&str> = self.specs.iter().map(|other| other.action).collect();
        let near = closest(name.value, names.iter().copied());
        Diagnostic::error(
            codes::COMPLETION,
            name.span,
            format!("the service has no operation `{}`", name.value),
        )
        .suggest(near, || {
            format!("describe it in `{}.yaml` first", name.value)
        })
    }
}

fn report_bad_waiter(
    name: Text<'_>,
    waiter: Option<Text<'_>>,
    other: &Operation<'_>,
    diagnostics: &mut Diagnostics,
) {
    let names: Vec<&str> = other
        .waiters
        .iter()
        .map(|waiter| waiter.name.value)
        .collect();
    if names.is_empty() {
        diagnostics.push(
            Diagnostic::error(
                codes::COMPLETION,
                name.span,
                format!("`{}` has nothing to wait for", name.value),
            )
            .also(other.place, "it has no `waiters`")
            .help("give it `waiters`"),
        );
    } else if let Some(waiter) = waiter.filter(|waiter| !names.contains(&waiter.value)) {
        let near = closest(waiter.value, names.iter().copied());
        diagnostics.push(
            Diagnostic::error(
                codes::COMPLETION,
                waiter.span,
                format!("`{}` has no waiter `{}`", name.value, waiter.value),
            )
            .suggest(near, || format!("its waiters are {}", all_of(&names))),
        );
    }
}
