//! `Cargo.toml`.

use serde_json::Value;

use crate::model::Service;

use super::decoding;
use super::markdown::one_line;
use super::provider;
use super::source::{generated_from, service_spec};

/// The text of `Cargo.toml`.
pub fn render(service: &Service) -> String {
    let feature = provider::facts(service.provider).feature;
    let keywords: Vec<_> = service
        .keywords
        .iter()
        .map(|keyword| quoted(keyword))
        .collect();
    let mut manifest = format!(
        r#"# {header}
[package]
name = {name}
description = {description}
keywords = [{keywords}]
categories = ["api-bindings", "asynchronous"]
readme = "README.md"
version.workspace = true
edition.workspace = true
rust-version.workspace = true
license.workspace = true
{publish}
[features]
default = ["reqwest"]
# Sends requests with reqwest over rustls. Without it, the client needs a transport of your own.
reqwest = ["cloud-core/reqwest"]
# The client for programs without an async runtime, which sends requests with ureq over rustls.
blocking = ["cloud-core/blocking"]
# Mocks by type, for tests of code that uses a client: `cloud_core::testing`.
testing = ["cloud-core/testing"]
# A span for each call and an event for each of its attempts, for subscribers of `tracing`.
tracing = ["cloud-core/tracing"]

[dependencies]
cloud-core = {{ workspace = true, features = ["{feature}"] }}
"#,
        publish = if service.publish {
            ""
        } else {
            "publish = false\n"
        },
        header = generated_from(&service_spec(service)),
        name = quoted(&service.crate_name),
        description = quoted(&format!("{}: {}", service.title, service.description)),
        keywords = keywords.join(", "),
    );
    if service.operations.iter().any(decoding::has_tests) {
        manifest.push_str("\n[dev-dependencies]\nserde_json = { workspace = true }\n");
    }
    manifest.push_str("\n[package.metadata.docs.rs]\nall-features = true\n");
    manifest.push_str("\n[lints]\nworkspace = true\n");
    manifest
}

/// Text on one line as a TOML string, whose escapes are those of JSON.
fn quoted(text: &str) -> String {
    Value::from(one_line(text)).to_string()
}
