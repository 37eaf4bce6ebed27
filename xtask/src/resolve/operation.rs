//! One operation: its names, its fields, its types, its examples.

use std::collections::HashMap;

use super::arguments::{self, args_of};
use super::definition::{check_values, complete, define, traits};
use super::errors::Errors;
use super::example::Signature;
use super::field::{Context, Place};
use super::literal::{Definition, Lookup, by_name};
use super::names::Names;
use super::paging::Turned;
use super::path::Answer;
use super::{exports, sample, scope, values, waiting};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::{self, Change, Effect, TypeDef};
use crate::names;
use crate::spec::{self, Operation, Text};

/// What an operation and its types are called.
pub struct OperationNames {
    module: String,
    request: String,
    response: String,
}

impl OperationNames {
    /// Makes the names, and takes them at the root of the crate and in the module of the operation, `of_module`.
    pub fn take(
        operation: &Operation<'_>,
        root: &mut Names,
        modules: &mut Names,
        of_module: &mut Names,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let (action, place) = (operation.action, operation.place);
        let (Some(request), Some(module)) = (
            names::type_name(action).filter(|_| names::is_action(action)),
            names::module(action),
        ) else {
            diagnostics.push(
                Diagnostic::error(codes::BAD_FILE_NAME, place, format!("`{action}` cannot be the name of an action"))
                    .help("call the file as the provider calls the action, such as `DescribeBackups.yaml`"),
            );
            return Self {
                module: String::new(),
                request: String::new(),
                response: String::new(),
            };
        };
        let response = format!("{request}Response");
        let mend = "an action keeps its name: leave one of two actions out of the crate";
        let what = format!("the module of `{action}`");
        modules.take(&module, what, place, mend, diagnostics);
        for (name, what) in [(&request, "request"), (&response, "response")] {
            let what = format!("the {what} of `{action}`");
            root.take(name, what.clone(), place, mend, diagnostics);
            of_module.keep(name, what, place);
        }
        // Kept free even if `new` takes no struct yet: one more parameter that is required may change that.
        of_module.keep(
            &args_of(&request),
            format!("the arguments of `{action}`"),
            place,
        );
        Self {
            module,
            request,
            response,
        }
    }
}

/// What an operation is resolved against.
pub struct Surroundings<'m> {
    /// The folder of the specs.
    pub spec_dir: &'m str,
    /// The types of the service.
    pub shared: &'m HashMap<&'m str, Definition<'m>>,
}

/// Resolves an operation.
pub fn resolve<'t>(
    operation: &Operation<'t>,
    names: OperationNames,
    context: &Context<'_, '_, 't>,
    surroundings: &Surroundings<'_>,
    errors: &mut Errors<'t>,
    diagnostics: &mut Diagnostics,
) -> model::Operation {
    let mut request_names = Names::default();
    let scope = scope::resolve(&operation.request, &mut request_names, diagnostics);
    let parameters: Vec<_> = operation
        .request
        .iter()
        .filter(|field| field.scope.is_none())
        .collect();
    let members: Vec<_> = operation.response.iter().collect();
    let request = context.fields(
        &parameters,
        &operation.request,
        Place::Request,
        &mut request_names,
        diagnostics,
    );
    let response = context.fields(
        &members,
        &operation.response,
        Place::Response,
        &mut Names::default(),
        diagnostics,
    );
    let mut types: Vec<TypeDef> = context
        .types
        .of(context.owner)
        .map(|known| define(known, context, diagnostics))
        .collect();
    let traits = {
        let lookup = Lookup {
            shared: surroundings.shared,
            private: by_name(context.types.of(context.owner), &types),
        };
        traits(&types, &lookup)
    };
    complete(&mut types, traits);

    let lookup = Lookup {
        shared: surroundings.shared,
        private: by_name(context.types.of(context.owner), &types),
    };
    values::check(&parameters, &request, &lookup, diagnostics);
    values::check(&members, &response, &lookup, diagnostics);
    for (known, def) in context.types.of(context.owner).zip(&types) {
        check_values(known, def, &lookup, diagnostics);
    }
    let answer = Answer {
        fields: &response,
        types: &lookup,
    };
    let pages = Turned {
        action: operation.action,
        request: &request,
        parameters: &parameters,
        answer,
    };
    let paging = operation
        .pages
        .as_ref()
        .and_then(|pages_of_spec| pages.resolve(pages_of_spec, diagnostics));
    let waiters = waiting::resolve(operation, answer, diagnostics);
    report_no_effect(operation, diagnostics);
    let signature = Signature {
        action: operation.action,
        provider: context.provider,
        scope: &scope,
        request: &request,
        parameters: &parameters,
        response: &response,
        types: lookup,
    };
    let examples = signature.examples(&operation.examples, diagnostics);
    let sample = sample::of(&signature, &examples, paging.as_ref(), !waiters.is_empty());
    let args_name =
        arguments::need_a_struct(&request, &signature.types).then(|| args_of(&names.request));
    let shared_types = exports::shared_types(&request, &response, &types, &signature.types);

    let text = |text: Text<'_>| text.value.to_owned();
    model::Operation {
        action: operation.action.to_owned(),
        spec_file: format!("{}/{}.yaml", surroundings.spec_dir, operation.action),
        module: names.module,
        request_name: names.request,
        response_name: names.response,
        args_name,
        summary: text(operation.summary),
        description: operation.description.map(text),
        reference: text(operation.reference),
        effect: operation
            .effect
            .map_or(Effect::Write, |effect| effect.value),
        rate_limit: operation.rate_limit.and_then(|rate| spec::rate(rate.value)),
        permission: operation.permission.map(text),
        scope,
        request,
        response,
        paging,
        waiters,
        // What it names is another operation, which may not be resolved yet.
        completion: None,
        sample,
        deprecated: operation.deprecated.map(text),
        types,
        shared_types,
        errors: errors.resolve(&operation.errors, diagnostics),
        examples,
        quirks: operation.quirks.iter().copied().map(text).collect(),
        history: operation
            .history
            .iter()
            .map(|(date, change)| Change {
                date: text(*date),
                change: text(*change),
            })
            .collect(),
    }
}

/// An operation that says nothing is taken to change something: sending it twice could do harm.
fn report_no_effect(operation: &Operation<'_>, diagnostics: &mut Diagnostics) {
    if operation.keys.entry("effect").is_none() {
        diagnostics.push(
            Diagnostic::warning(
                codes::NO_EFFECT,
                operation.place,
                format!(
                    "`{}` does not say whether it changes anything",
                    operation.action
                ),
            )
            .label("without `effect` it is taken to, and not sent again after a fault")
            .help("look at what the operation does, and write `effect: read` or `effect: write`"),
        );
    }
}
