//! What a crate says about itself: the same text for its documentation and for its README.

use crate::model::{EndpointRule, Operation, Service, When};

use super::markdown::{Markdown, code, escape, link};
use super::{docs, provider};

/// Where the text is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// In the documentation of the crate, where names are links.
    Rustdoc,
    /// In the README.
    Readme,
}

/// Adds the whole text. There is an example if the service has operations.
pub fn overview(service: &Service, medium: Medium, example: Option<&str>, doc: &mut Markdown) {
    let version = service
        .version
        .as_ref()
        .map(|version| format!(", API version {}", escape(version)));
    doc.paragraph(&format!(
        "A typed client of {}{}.",
        escape(&service.title),
        version.unwrap_or_default()
    ));
    doc.prose(&service.description);
    if let Some(description) = &service.provider_description {
        doc.prose(description);
    }
    doc.paragraph(&format!(
        "The provider's documentation: <{}>.",
        service.documentation
    ));
    let level = match medium {
        Medium::Rustdoc => 1,
        Medium::Readme => 2,
    };
    doc.heading(level, "Use");
    doc.code("sh", &format!("cargo add {}", service.crate_name));
    if let Some(example) = example {
        doc.code("rust,no_run", example);
        doc.paragraph(
            "Requests are values, and a client sends them: what the provider requires is an argument of `new`, all else has a \
             setter. In an answer, whatever the provider may leave out is an `Option`, a list or a map. Calls are futures, which run \
             on tokio. Types that one operation alone uses stand in its module.",
        );
    }
    doc.heading(level, "Operations");
    if !service.operations.is_empty() {
        doc.table(
            ["operation", "what it does", "described"],
            service
                .operations
                .iter()
                .map(|operation| row(operation, medium)),
        );
    }
    doc.paragraph(&format!(
        "{} sends any other action of the service by its name and returns the answer as JSON.",
        name("RawRequest", medium)
    ));
    credentials(service, level, doc);
    endpoints(service, level, doc);
    errors(service, medium, level, doc);
    doc.heading(level, "Features");
    doc.list([
        "`reqwest`, on by default: sends requests with reqwest over rustls. Without it there is no HTTP stack in the build, and \
          the client is given a transport with `Client::builder().transport(…)`."
            .to_owned(),
        "`blocking`: a client for programs without an async runtime, `blocking::Client`. It takes the same requests and sends them \
          with ureq over rustls; leave `reqwest` out with `default-features = false`."
            .to_owned(),
        "`testing`: mocks for tests of code that uses a client, in `cloud_core::testing`.".to_owned(),
        "`tracing`: a span for each call and an event for each of its attempts, with OpenTelemetry's names.".to_owned(),
    ]);
    if !service.quirks.is_empty() {
        doc.heading(level, "Quirks");
        doc.list(service.quirks.iter().map(|quirk| escape(quirk)));
    }
    doc.heading(level, "Where it comes from");
    doc.paragraph(&format!(
        "`cargo xtask gen` makes this crate from {}, which says in YAML what the provider's documentation says. Changes belong \
         there.",
        code(&service.spec_dir)
    ));
    if medium == Medium::Readme {
        doc.heading(level, "Licence");
        doc.paragraph("MIT or Apache-2.0, at your choice.");
    }
}

fn row(operation: &Operation, medium: Medium) -> [String; 3] {
    let summary = escape(&operation.summary);
    [
        name(&operation.request_name, medium),
        match operation.deprecated {
            Some(_) => format!("{summary} Deprecated."),
            None => summary,
        },
        link("by the provider", &operation.reference),
    ]
}

/// A name of the crate: a link where it can be one.
fn name(name: &str, medium: Medium) -> String {
    match medium {
        Medium::Rustdoc => format!("[`{name}`]"),
        Medium::Readme => code(name),
    }
}

fn credentials(service: &Service, level: usize, doc: &mut Markdown) {
    let provider = provider::facts(service.provider);
    doc.heading(level, "Credentials");
    doc.paragraph(
        "`Client::from_env()` looks for a key where the provider's own tools have theirs, and takes the first that it finds:",
    );
    doc.list(provider.places.iter().map(|place| (*place).to_owned()));
    doc.paragraph("The variables are:");
    let rows = provider
        .variables
        .iter()
        .map(|(variable, meaning)| [code(variable), (*meaning).to_owned()]);
    doc.table(["variable", "meaning"], rows);
    doc.paragraph(
        "Region and endpoint come from the profile too if it has them. A place that is set up but broken is an error, and the ones \
         after it are not looked at. `client.explain_credentials()` says where a key was looked for and what was found.",
    );
    doc.paragraph(
        "`Client::builder()` takes all this in code. Keys are looked for when they are first needed, temporary ones are renewed \
         before they end, and `Debug` never shows them.",
    );
}

fn endpoints(service: &Service, level: usize, doc: &mut Markdown) {
    let provider = provider::facts(service.provider);
    doc.heading(level, "Endpoints");
    if service.endpoints.len() > 1 {
        doc.paragraph("The region chooses the host; the first line that fits it counts.");
    }
    doc.list(
        service
            .endpoints
            .iter()
            .map(|rule| format!("{}: {}", host(rule), escape(&rule.doc))),
    );
    doc.paragraph(&format!(
        "{} or `Client::builder().endpoint(…)` name another one.",
        code(provider.endpoint_variable)
    ));
}

fn host(rule: &EndpointRule) -> String {
    let host = code(&rule.host);
    match &rule.when {
        When::Always => host,
        When::Suffix(suffix) => format!("{host} for regions whose name ends in {}", code(suffix)),
        When::Regions(regions) => {
            let shown: Vec<_> = regions.iter().take(3).map(|region| code(region)).collect();
            let more = match regions.len().saturating_sub(shown.len()) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!("{host} for {}{more}", shown.join(", "))
        }
    }
}

fn errors(service: &Service, medium: Medium, level: usize, doc: &mut Markdown) {
    doc.heading(level, "Errors");
    doc.paragraph(&format!(
        "A call fails with an {}. Its `kind()` says what can be done about it; `code()`, `message()` and `request_id()` are the \
         provider's own, for its support; `is_retryable()` says whether the same request may succeed later, and \
         `may_have_arrived()` whether the provider may have carried it out already.",
        name("Error", medium)
    ));
    let common = || service.errors.iter().filter(|error| error.common);
    if medium == Medium::Rustdoc && common().next().is_some() {
        doc.paragraph("Every operation may fail with these codes:");
        doc.list(common().map(docs::error));
    }
}
