//! `completion`: the operation that tells when the work is done which another only starts.

use super::limits::is_text;
use super::path::{Answer, Lists, end};
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::model::{
    self, Completion, CompletionSource, CompletionStep, CompletionTarget, Field, Type,
};
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

impl Others<'_> {
    /// Resolves the completion of the operation of this name.
    pub fn resolve(
        &self,
        completion: &spec::Completion<'_>,
        action: &str,
        answer: Answer<'_>,
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
        if spec.action == action {
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
        let mut fields: Vec<_> = completion
            .parameters
            .iter()
            .filter_map(|(parameter, member)| pass(*parameter, *member, other, answer, diagnostics))
            .collect();
        // Arguments of `new` come in its order, and before what setters set.
        fields.sort_by_key(|(target, _)| {
            let index = other
                .request
                .iter()
                .position(|field| field.name == target.name);
            (!target.required, index)
        });
        let default = &other.waiters.first()?.name;
        let waiter = completion.waiter.map_or(&**default, |waiter| waiter.value);
        Some(Completion {
            operation_module: other.module.clone(),
            request_name: other.request_name.clone(),
            args_name: other.args_name.clone(),
            waiter: waiter.to_owned(),
            is_default_waiter: waiter == default,
            fields,
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

/// That parameter of the other operation, made from a member of this answer.
fn pass(
    parameter: Text<'_>,
    member: Text<'_>,
    other: &model::Operation,
    answer: Answer<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<(CompletionTarget, CompletionSource)> {
    let field = other_parameter(parameter, other, diagnostics);
    let members = answer.walk(member, Lists::Never, diagnostics);
    let (field, (members, _)) = (field?, members?);
    if !agree(&field.ty, end(&members)?) {
        diagnostics.push(
            Diagnostic::error(
                codes::WRONG_STEP,
                member.span,
                format!(
                    "`{}` is of another type than the parameter `{}` of `{}`",
                    member.value, parameter.value, other.action
                ),
            )
            .help("correct the type that is wrong; integers go with integers and text with text"),
        );
        return None;
    }
    let target = CompletionTarget {
        name: field.name.clone(),
        ty: field.ty.clone(),
        required: field.required,
    };
    let steps = members.into_iter().map(|member| CompletionStep {
        optional: !matches!(member.ty, Type::List(_) | Type::Map(_)),
        name: member.name,
        ty: member.ty,
    });
    Some((target, CompletionSource::Response(steps.collect())))
}

fn other_parameter<'m>(
    parameter: Text<'_>,
    other: &'m model::Operation,
    diagnostics: &mut Diagnostics,
) -> Option<&'m Field> {
    let found = other
        .request
        .iter()
        .find(|field| field.wire == parameter.value);
    if found.is_none() {
        let finding = Diagnostic::error(
            codes::UNKNOWN_STEP,
            parameter.span,
            format!("`{}` has no parameter `{}`", other.action, parameter.value),
        );
        let names: Vec<&str> = other.request.iter().map(|field| &*field.wire).collect();
        let is_scope = other
            .scope
            .iter()
            .any(|scope| scope.wire == parameter.value);
        diagnostics.push(if is_scope {
            finding.help("remove it: it is a scope parameter, which comes from the client")
        } else {
            finding.suggest(
                closest(parameter.value, names.iter().copied()),
                || match names.as_slice() {
                    [] => "it has no parameters at all".to_owned(),
                    names => format!("it has {}", all_of(names)),
                },
            )
        });
    }
    found
}

/// Whether a value of one type can be handed on as the other. What means nothing was reported and agrees with all.
fn agree(one: &Type, other: &Type) -> bool {
    let broken = Type::Named(String::new());
    let is_integer = |ty: &Type| {
        matches!(
            ty,
            Type::I32 | Type::I64 | Type::U64 | Type::UnixSeconds | Type::UnixMillis
        )
    };
    match (one, other) {
        (Type::List(one), Type::List(other)) => agree(one, other),
        _ => {
            one == other
                || *one == broken
                || *other == broken
                || (is_integer(one) && is_integer(other))
                || (is_text(one) && is_text(other))
        }
    }
}
