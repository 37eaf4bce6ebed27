//! `src/<operation>/tests.rs`: the page's examples against the types of the operation.

use serde_json::Value;

use crate::model::{Answer, Operation, Service};

use super::RenderError;
use super::markdown::{code, one_line};
use super::source::start;

/// The text of the tests of an operation: every answer that its page prints is decoded, serialised and decoded again. There is none
/// for a page without answers.
pub fn render(service: &Service, operation: &Operation) -> Result<Option<String>, RenderError> {
    let tests = answers(operation)
        .map(|(number, title, answer)| test(operation, number, title, answer))
        .collect::<Result<Vec<_>, _>>()?;
    if tests.is_empty() {
        return Ok(None);
    }
    let mut parts = vec![
        start(&operation.spec_file),
        format!(
            "//! Every answer that the page of {} prints is decoded, serialised and decoded again.",
            code(&operation.action)
        ),
        IMPORTS.to_owned(),
        CHECK
            .replace("Answer", &operation.response_name)
            .replace("Marker", &service.marker),
    ];
    parts.extend(tests);
    Ok(Some(parts.join("\n\n") + "\n"))
}

/// Whether there is an answer to test with.
pub fn has_tests(operation: &Operation) -> bool {
    answers(operation).next().is_some()
}

const IMPORTS: &str = "use cloud_core::with_secrets;\nuse serde_json::Value;\n\nuse super::*;";

/// What every test does.
const CHECK: &str = "\
#[track_caller]
fn check(body: &str, canonical: &str) {
    let answer: Answer = cloud_core::decode::<crate::Marker, _>(body.as_bytes()).unwrap();
    let stored = serde_json::to_value(with_secrets(&answer)).unwrap();
    assert_eq!(stored, canonical.parse::<Value>().unwrap());
    let again: Answer = serde_json::from_value(stored).unwrap();
    assert_eq!(again, answer);
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

fn test(
    operation: &Operation,
    number: usize,
    title: Option<&str>,
    answer: &Answer,
) -> Result<String, RenderError> {
    let title = title
        .map(|title| format!(": {}", one_line(title)))
        .unwrap_or_default();
    let action = code(&operation.action);
    let body = raw_string(&answer.body)?;
    let canonical = raw_string(&answer.canonical)?;
    Ok(format!(
        r#"/// Example {number} of {action}{title}
#[test]
fn example_{number}() {{
    let body = {body};
    let canonical = {canonical};
    check(body, canonical);
}}"#
    ))
}

/// JSON as a raw string, one member a line.
fn raw_string(json: &Value) -> Result<String, RenderError> {
    let text = serde_json::to_string_pretty(json)
        .map_err(|error| RenderError(format!("an answer is not JSON: {error}")))?;
    let mut hashes = String::from("#");
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    Ok(format!("r{hashes}\"\n{text}\n\"{hashes}"))
}
