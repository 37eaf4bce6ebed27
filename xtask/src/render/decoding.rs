//! `tests/examples.rs`: every answer that the provider's pages print is decoded.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::model::{Answer, Operation, Service};
use crate::parallel;

use super::RenderError;
use super::markdown::{code, one_line};
use super::source::{header, import, service_spec};

/// Whether there is an answer to test with.
pub fn has_tests(service: &Service) -> bool {
    service
        .operations
        .iter()
        .any(|operation| answers(operation).next().is_some())
}

/// The text of `tests/examples.rs`.
pub fn render(service: &Service) -> Result<String, RenderError> {
    let mut names = BTreeSet::from([service.marker.as_str()]);
    for operation in &service.operations {
        if answers(operation).next().is_some() {
            names.insert(&operation.response_name);
        }
    }
    let tests = parallel::map(&service.operations, tests);
    let mut imports = vec![
        "use cloud_core::{AsValue, Response, with_secrets};".to_owned(),
        "use serde_core::de::DeserializeOwned;".to_owned(),
        "use serde_json::Value;".to_owned(),
        "use std::error::Error;".to_owned(),
        "use std::fmt::Debug;".to_owned(),
    ];
    imports.extend(import(
        &format!("use {}", service.lib_name),
        names.into_iter().collect(),
    ));
    imports.sort();
    let mut parts = vec![
        header(&service_spec(service)),
        "//! Every answer that the provider's pages print is decoded, serialised and decoded again.".to_owned(),
        imports.join("\n"),
        CHECK.replace("Marker", &service.marker),
    ];
    for tests in tests {
        parts.extend(tests?);
    }
    Ok(parts.join("\n\n") + "\n")
}

/// What every test does.
const CHECK: &str = "\
#[track_caller]
fn check<R>(body: &str, canonical: &str) -> Result<(), Box<dyn Error>>
where
    R: Response + AsValue + DeserializeOwned + Debug + PartialEq,
{
    let answer: R = cloud_core::decode::<Marker, _>(body.as_bytes())?;
    let stored = serde_json::to_value(with_secrets(&answer))?;
    assert_eq!(stored, canonical.parse::<Value>()?);
    let again: R = serde_json::from_value(stored)?;
    assert_eq!(again, answer);
    Ok(())
}";

/// The answers of an operation's examples, with the numbers and titles of these.
fn answers(operation: &Operation) -> impl Iterator<Item = (usize, Option<&str>, &Answer)> {
    operation
        .examples
        .iter()
        .zip(1..)
        .filter_map(|(example, number)| {
            let answer = example.response.as_ref()?;
            Some((number, example.title.as_deref(), answer))
        })
}

/// The tests with the answers of an operation.
fn tests(operation: &Operation) -> Result<Vec<String>, RenderError> {
    answers(operation)
        .map(|(number, title, answer)| test(operation, number, title, answer))
        .collect()
}

fn test(
    operation: &Operation,
    number: usize,
    title: Option<&str>,
    answer: &Answer,
) -> Result<String, RenderError> {
    let Operation {
        response_name,
        module,
        ..
    } = operation;
    let name = module.trim_start_matches("r#");
    let title = title
        .map(|title| format!(": {}", one_line(title)))
        .unwrap_or_default();
    let action = code(&operation.action);
    let body = raw_string(&answer.body)?;
    let canonical = raw_string(&answer.canonical)?;
    Ok(format!(
        r#"/// Example {number} of {action}{title}
#[test]
fn {name}_{number}() {{
    let body = {body};
    let canonical = {canonical};
    check::<{response_name}>(body, canonical).unwrap();
}}"#
    ))
}

/// JSON as a raw string, one member a line.
fn raw_string(json: &Value) -> Result<String, RenderError> {
    let text = serde_json::to_string_pretty(json)
        .map_err(|error| RenderError(format!("an answer is no JSON: {error}")))?;
    let mut hashes = String::from("#");
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    Ok(format!("r{hashes}\"\n{text}\n\"{hashes}"))
}
