//! One service: its crate, its endpoints, its types, its operations.

use super::completion::Others;
use super::definition::{check_values, complete, define, traits};
use super::field::Context;
use super::handed::Own;
use super::literal::{Definitions, Lookup, by_name};
use super::names::Names;
use super::operation::{self, OperationNames, Surroundings};
use super::path::Answer;
use super::provider::{self, Envelope};
use super::sources::Sources;
use super::types::Types;
use super::{errors, exports, remarks, sample};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::{self, Completion, EndpointRule, Provider, TypeDef, When};
use crate::names;
use crate::source::Spanned;
use crate::spec::{Endpoint, Providers, Service, Specs, Text, owned};

/// How many keywords crates.io takes.
const MAX_KEYWORDS: usize = 5;

/// Resolves a folder. There is no service without a `service.yaml`, which has been reported.
pub fn resolve<'t>(
    specs: &Specs<'t>,
    providers: &Providers<'t>,
    diagnostics: &mut Diagnostics,
) -> Option<model::Service> {
    let service = specs.service.as_ref()?;
    report_bad_crate_name(specs, diagnostics);
    report_version(service, diagnostics);
    report_keywords(service, diagnostics);

    let mut root = Names::of_root();
    let mut modules = Names::of_modules();
    let marker = marker(service, &mut root, diagnostics);
    let (operation_names, of_modules): (Vec<_>, Vec<_>) = specs
        .operations
        .iter()
        .map(|operation| {
            let mut of_module = Names::of_module();
            let names = OperationNames::take(
                operation,
                &mut root,
                &mut modules,
                &mut of_module,
                diagnostics,
            );
            (names, of_module)
        })
        .unzip();
    let types = Types::collect(specs, of_modules, diagnostics);
    types.report_unused(diagnostics);
    types.report_endless(diagnostics);
    types.report_input(diagnostics);

    let sources = Sources::of(service);
    let provider = provider::of_service(service, providers, diagnostics);
    let context = |owner| Context {
        provider: service.provider.map(|provider| provider.value),
        types: &types,
        sources: &sources,
        owner,
    };
    let envelope = Envelope::of(provider, &context(None), diagnostics);
    let mut shared: Vec<TypeDef> = types
        .of(None)
        .map(|known| define(known, &context(None), diagnostics))
        .collect();
    let traits = {
        let shared_by_name = by_name(types.of(None), &shared);
        traits(&shared, &Lookup::of_shared(&shared_by_name))
    };
    complete(&mut shared, traits);
    let shared_by_name = by_name(types.of(None), &shared);
    let lookup = Lookup::of_shared(&shared_by_name);
    for (known, def) in types.of(None).zip(&shared) {
        check_values(known, def, &lookup, diagnostics);
    }

    let spec_dir = format!("{}/{}", specs.layout.specs, specs.name);
    let service_errors = errors::of_service(specs, &service.errors);
    let surroundings = Surroundings {
        spec_dir: &spec_dir,
        provider,
        envelope: &envelope,
        shared: &shared_by_name,
        errors: &service.errors,
        resolved_errors: &service_errors,
    };
    let operations = specs
        .operations
        .iter()
        .zip(operation_names)
        .enumerate()
        .map(|(index, (operation, names))| {
            operation::resolve(
                operation,
                names,
                &context(Some(index)),
                &surroundings,
                diagnostics,
            )
        });
    let mut operations: Vec<model::Operation> = operations.collect();
    let completions = completions(specs, &operations, &types, &shared_by_name, diagnostics);
    for (operation, completion) in operations.iter_mut().zip(completions) {
        operation.completion = completion;
    }
    remarks::report(specs, service, provider, &sources, diagnostics);

    let text = |text: Text<'_>| text.value.to_owned();
    Some(model::Service {
        headline: sample::headline(&operations),
        exports: exports::of_runtime(&shared, &operations),
        publish: specs.layout.publish,
        crate_name: specs.name.to_owned(),
        lib_name: specs.name.replace('-', "_"),
        crate_dir: format!("{}/{}", specs.layout.crates, specs.name),
        table_dir: format!("{}/{}", specs.layout.tables, specs.name),
        endpoints: endpoints(service, diagnostics),
        provider: service.provider?.value,
        marker,
        product: text(service.product),
        version: service.version.map(text),
        title: text(service.title),
        description: text(service.description),
        documentation: text(service.documentation),
        keywords: service.keywords.iter().copied().map(text).collect(),
        errors: service_errors,
        provider_description: provider.and_then(|provider| provider.description).map(text),
        quirks: service
            .quirks
            .iter()
            .chain(provider.iter().flat_map(|provider| &provider.quirks))
            .map(|quirk| text(quirk.doc))
            .collect(),
        types: shared,
        operations,
        spec_dir,
    })
}

/// What each operation says about when its work is done, now that all of them are known.
fn completions<'m>(
    specs: &'m Specs<'m>,
    operations: &'m [model::Operation],
    types: &'m Types<'m, 'm>,
    shared: &'m Definitions<'m>,
    diagnostics: &mut Diagnostics,
) -> Vec<Option<Completion>> {
    let others = Others {
        specs: &specs.operations,
        resolved: operations,
        complete: specs.complete,
    };
    let private: Vec<Definitions<'_>> = operations
        .iter()
        .enumerate()
        .map(|(index, resolved)| by_name(types.of(Some(index)), &resolved.types))
        .collect();
    let of = |index: usize| match private.get(index) {
        Some(private) => Lookup::new(shared, private),
        None => Lookup::of_shared(shared),
    };
    let of_each = specs.operations.iter().zip(operations).enumerate();
    of_each
        .map(|(index, (operation, resolved))| {
            let completion = operation.completion.as_ref()?;
            let lookup = of(index);
            let members = |fields| Answer {
                fields,
                types: &lookup,
            };
            let own = Own {
                action: operation.action,
                scope: &resolved.scope,
                request: members(&resolved.request),
                response: members(&resolved.response),
            };
            others.resolve(completion, own, of, diagnostics)
        })
        .collect()
}

fn report_bad_crate_name(specs: &Specs<'_>, diagnostics: &mut Diagnostics) {
    if !names::is_crate(specs.name) {
        diagnostics.push(
            Diagnostic::error(
                codes::BAD_FILE_NAME,
                specs.place,
                format!("`{}` cannot be the name of a crate", specs.name),
            )
            .help("call the folder by small letters, digits and `-`, such as `tencent-redis`"),
        );
    }
}

fn marker(service: &Service<'_>, names: &mut Names, diagnostics: &mut Diagnostics) -> String {
    let Spanned {
        value: original,
        span,
    } = service.marker;
    if original.is_empty() {
        return String::new();
    }
    let mend = "choose another `marker`: it is not sent";
    match names::type_name(original) {
        Some(name) => {
            names.take(
                &name,
                format!("the service `{original}`"),
                span,
                mend,
                diagnostics,
            );
            name
        }
        None => {
            let message = format!("`{original}` cannot be the name of a type in Rust");
            diagnostics.push(Diagnostic::error(codes::NO_NAME, span, message).help(mend));
            String::new()
        }
    }
}

fn report_version(service: &Service<'_>, diagnostics: &mut Diagnostics) {
    match (
        service.provider.map(|provider| provider.value),
        service.version,
    ) {
        (Some(Provider::Tencent | Provider::Aliyun), None) => diagnostics.push(
            Diagnostic::error(
                codes::MISSING_KEY,
                service.place,
                "a service of this provider needs the key `version`",
            )
            .label("the file has none")
            .help(
                "add the version of the API, as every request sends it: `version: \"2018-04-12\"`",
            ),
        ),
        (Some(Provider::Ucloud), Some(version)) => diagnostics.push(
            Diagnostic::error(
                codes::DOES_NOT_APPLY,
                version.span,
                "UCloud's APIs have no version",
            )
            .help("remove `version`"),
        ),
        _ => {}
    }
}

fn report_keywords(service: &Service<'_>, diagnostics: &mut Diagnostics) {
    if let Some(keyword) = service.keywords.get(MAX_KEYWORDS) {
        diagnostics.push(
            Diagnostic::error(
                codes::MALFORMED,
                keyword.span,
                format!("crates.io takes {MAX_KEYWORDS} keywords"),
            )
            .label("this is one too many")
            .help("keep the words that people would search for"),
        );
    }
}

/// The rules in their order: each but the last has a condition, so that every region has a host and every rule a use.
fn endpoints(service: &Service<'_>, diagnostics: &mut Diagnostics) -> Vec<EndpointRule> {
    let rules: Vec<EndpointRule> = service
        .endpoints
        .iter()
        .map(|endpoint| rule(endpoint, diagnostics))
        .collect();
    let last = rules.len().saturating_sub(1);
    for (index, (rule, endpoint)) in rules.iter().zip(&service.endpoints).enumerate() {
        let finding = match (&rule.when, index == last) {
            (When::Always, false) => Diagnostic::error(
                codes::ENDPOINTS,
                endpoint.place,
                "no rule after this one is ever used",
            )
            .label("this one has no condition")
            .help("give it `suffix` or `regions`, or move it to the end"),
            (When::Suffix(_) | When::Regions(_), true) => Diagnostic::error(
                codes::ENDPOINTS,
                endpoint.place,
                "some regions have no host",
            )
            .label("the last rule has a condition")
            .help("add a rule without `suffix` and `regions` at the end, for all other regions"),
            _ => continue,
        };
        diagnostics.push(finding);
    }
    rules
}

fn rule(endpoint: &Endpoint<'_>, diagnostics: &mut Diagnostics) -> EndpointRule {
    let when = match (endpoint.suffix, endpoint.regions.as_slice()) {
        (None, []) => When::Always,
        (None, regions) => When::Regions(
            regions
                .iter()
                .map(|region| region.value.to_owned())
                .collect(),
        ),
        (Some(suffix), regions) => {
            if let Some(region) = regions.first() {
                diagnostics.push(
                    Diagnostic::error(codes::ENDPOINTS, suffix.span, "a rule has one condition")
                        .also(region.span, "this is another")
                        .help("make two rules of it"),
                );
            }
            When::Suffix(suffix.value.to_owned())
        }
    };
    EndpointRule {
        host: endpoint.host.value.to_owned(),
        when,
        doc: owned(endpoint.doc),
    }
}
