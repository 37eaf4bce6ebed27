//! One operation: its names, its fields, its types, its examples.

use super::answer::Surrounding;
use super::arguments::{self, args_of};
use super::definition::{check_values, complete, define, traits};
use super::example::Signature;
use super::field::{Context, Place};
use super::literal::{Definitions, Lookup, by_name};
use super::names::Names;
use super::paging::Turned;
use super::path::Answer;
use super::provider::Envelope;
use super::{errors, exports, sample, scope, shown, values, waiting};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::{self, Effect, ErrorCode, TypeDef};
use crate::names;
use crate::spec::{self, Operation, ProviderFile, Text};

/// What an operation and its types are called.
pub struct OperationNames {
    module: String,
    request: String,
    response: String,
}

impl OperationNames {
    /// Makes the names, and takes them at the root of the crate and in the module of the operation, which has the names of its types
    /// for itself.
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
        let mend = "an action keeps its name: rename the type in its way, or leave the action out of the crate and send it as a `RawRequest`";
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
pub struct Surroundings<'m, 't> {
    /// The folder of the specs.
    pub spec_dir: &'m str,
    /// What the service's provider says.
    pub provider: Option<&'m ProviderFile<'t>>,
    /// What is around and beside the data of its answers.
    pub envelope: &'m Envelope<'t>,
    /// The types that all operations share.
    pub shared: &'m Definitions<'m>,
    /// The error codes of the service.
    pub errors: &'m [spec::ErrorCode<'t>],
    /// The same, resolved.
    pub resolved_errors: &'m [ErrorCode],
}

/// Resolves an operation.
pub fn resolve<'t>(
    operation: &Operation<'t>,
    names: OperationNames,
    context: &Context<'_, '_, 't>,
    surroundings: &Surroundings<'_, 't>,
    diagnostics: &mut Diagnostics,
) -> model::Operation {
    let mut request_names = Names::default();
    let mut response_names = Names::default();
    let provider = surroundings.provider;
    let scope = scope::resolve(operation, provider, &mut request_names, diagnostics);
    let parameters: Vec<_> = operation.request.iter().collect();
    let members: Vec<_> = operation.response.iter().collect();
    let mut request = context.fields(
        &parameters,
        &operation.request,
        Place::Request,
        &mut request_names,
        diagnostics,
    );
    let mut response = context.fields(
        &members,
        &operation.response,
        Place::Response,
        &mut response_names,
        diagnostics,
    );
    let beside = surroundings.envelope.beside(operation, diagnostics);
    let request_id = surroundings.envelope.request_id.as_ref();
    report_repeated(operation, beside.iter().chain(request_id), diagnostics);
    let is_there = |field: &&model::Field| response.iter().any(|known| known.wire == field.wire);
    if let Some(request_id) = request_id.filter(|field| !is_there(field)) {
        response_names.take(
            &request_id.name,
            format!("the id of the request, `{}`,", request_id.wire),
            operation.place,
            "give the member of the answer a `name:`: it is not sent",
            diagnostics,
        );
        response.push(request_id.clone());
    }
    let mut types: Vec<TypeDef> = context
        .types
        .of(context.owner)
        .map(|known| define(known, context, diagnostics))
        .collect();
    let traits = {
        let private = by_name(context.types.of(context.owner), &types);
        traits(&types, &Lookup::new(surroundings.shared, &private))
    };
    complete(&mut types, traits);

    let private = by_name(context.types.of(context.owner), &types);
    let lookup = Lookup::new(surroundings.shared, &private);
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
        place: operation
            .pages
            .as_ref()
            .map_or(operation.place, |pages| pages.place),
    };
    let paging = operation
        .pages
        .as_ref()
        .and_then(|pages_of_spec| pages.resolve(pages_of_spec, diagnostics));
    let waiters = waiting::resolve(operation, answer, diagnostics);
    let signature = Signature {
        action: operation.action,
        envelope: provider.map(|_| Surrounding {
            wraps: surroundings.envelope.wraps,
            beside: &beside,
        }),
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
    let errors = errors::of_operation(
        operation,
        surroundings.errors,
        surroundings.resolved_errors,
        diagnostics,
    );
    shown::fill(&mut request, &mut response, &mut types, &examples);

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
        permission: operation
            .permission
            .map(|permission| permission.value.replace("{action}", operation.action)),
        scope,
        request,
        response,
        envelope: operation
            .envelope
            .as_ref()
            .map(|names| names.iter().copied().map(text).collect()),
        paging,
        waiters,
        // What it names is another operation, which may not be resolved yet.
        completion: None,
        sample,
        deprecated: operation.deprecated.map(text),
        types,
        shared_types,
        errors,
        examples,
        quirks: operation
            .quirks
            .iter()
            .map(|quirk| text(quirk.doc))
            .collect(),
    }
}

/// Reports members of an answer that every answer of the provider has.
fn report_repeated<'m>(
    operation: &Operation<'_>,
    of_provider: impl Iterator<Item = &'m model::Field>,
    diagnostics: &mut Diagnostics,
) {
    for member in of_provider {
        let mut response = operation.response.iter();
        if let Some(field) = response.find(|field| field.name.value == member.wire) {
            diagnostics.push(
                Diagnostic::error(
                    codes::ENVELOPE_MEMBER,
                    field.name.span,
                    format!("every answer of the provider has `{}`", member.wire),
                )
                .help("remove it: the provider's file in `specs/providers` describes it"),
            );
        }
    }
}
