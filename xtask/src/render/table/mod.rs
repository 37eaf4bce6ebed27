//! The tables that the emulator serves a service from: what its specs say, as JSON, for a program that knows no specs.
//!
//! They use the words of the specs' grammar. Types have their Rust names, enums their canonical spellings, and what is not there is
//! left out.

mod behaviour;
mod field;
mod lines;
mod members;

use heck::AsSnakeCase;
use serde_json::{Map, Value};

use crate::model::{Effect, ErrorCode, Example, Operation, ScopeKey, Service, When};
use crate::output::OutputFile;

use super::docs::error_kind;
use super::provider::facts;
use super::source::generated_from;
use members::Members;

/// The tables of a service: one for the service, one for each operation.
pub fn render(service: &Service) -> Vec<OutputFile> {
    let mut files = vec![file(service, "service", of_service(service))];
    for operation in &service.operations {
        files.push(file(service, &operation.action, of_operation(operation)));
    }
    files
}

fn file(service: &Service, name: &str, table: Value) -> OutputFile {
    OutputFile {
        path: format!("{}/{name}.json", service.table_dir),
        contents: lines::write(&table),
    }
}

fn of_service(service: &Service) -> Value {
    let endpoints = service.endpoints.iter().map(|rule| {
        let (suffix, regions) = match &rule.when {
            When::Always => (None, [].as_slice()),
            When::Suffix(suffix) => (Some(suffix.as_str()), [].as_slice()),
            When::Regions(regions) => (None, regions.as_slice()),
        };
        Members::default()
            .set("host", &*rule.host)
            .given("suffix", suffix)
            .texts("regions", regions)
            .value()
    });
    Members::default()
        .set("generated", generated_from(&service.spec_dir))
        .set("crate", &*service.crate_name)
        .set("provider", facts(service.provider).feature)
        .set("product", &*service.product)
        .given("version", service.version.as_deref())
        .set("title", &*service.title)
        .list("endpoints", endpoints)
        .list("errors", service.errors.iter().map(error))
        .members("types", field::types(&service.types))
        .value()
}

fn of_operation(operation: &Operation) -> Value {
    let effect = match operation.effect {
        Effect::Read => "read",
        Effect::Write => "write",
    };
    let rate_limit = operation.rate_limit.map(|rate| {
        Members::default()
            .set("calls", rate.calls)
            .set("seconds", rate.seconds)
            .value()
    });
    let scope = operation.scope.iter().map(|scope| {
        Members::default()
            .set("name", &*scope.wire)
            .set("scope", scope_word(scope.key))
            .flag("required", scope.required)
            .value()
    });
    Members::default()
        .set("generated", generated_from(&operation.spec_file))
        .set("action", &*operation.action)
        .set("summary", &*operation.summary)
        .set("reference", &*operation.reference)
        .set("effect", effect)
        .given("rate_limit", rate_limit)
        .given("permission", operation.permission.as_deref())
        .given("deprecated", operation.deprecated.as_deref())
        .list("scope", scope)
        .list("request", operation.request.iter().map(field::field))
        .list("response", operation.response.iter().map(field::field))
        .given("envelope", operation.envelope.clone())
        .given("pages", operation.paging.as_ref().map(behaviour::paging))
        .list("waiters", operation.waiters.iter().map(behaviour::waiter))
        .members("types", field::types(&operation.types))
        .list(
            "errors",
            operation
                .errors
                .iter()
                .map(|error| Value::from(&*error.code)),
        )
        .list("examples", operation.examples.iter().map(example))
        .value()
}

fn error(error: &ErrorCode) -> Value {
    Members::default()
        .set("code", &*error.code)
        .set("kind", AsSnakeCase(error_kind(error.kind)).to_string())
        .set("doc", &*error.doc)
        .value()
}

/// An example: the request as the page has it, the answer without the provider's wrapping and under canonical names.
fn example(example: &Example) -> Value {
    let response = example.response.as_ref();
    Members::default()
        .given("title", example.title.as_deref())
        .given("request", example.sent.clone())
        .given("response", response.map(|answer| answer.canonical.clone()))
        .value()
}

fn scope_word(key: ScopeKey) -> &'static str {
    match key {
        ScopeKey::Region => "region",
        ScopeKey::Zone => "zone",
        ScopeKey::Project => "project",
    }
}

/// A mapping of names to values, in their order.
fn mapping(entries: impl Iterator<Item = (String, Value)>) -> Map<String, Value> {
    entries.collect()
}
