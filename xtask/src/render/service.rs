//! `service.rs`: the marker of the service, what the runtime has to know about it, and the client.

use std::collections::BTreeMap;

use crate::model::{EndpointRule, Service, When};

use super::RenderError;
use super::markdown::{escape, one_line};
use super::source::{service_spec, start};
use super::{docs, provider};

/// The text of `service.rs`.
pub fn render(service: &Service) -> Result<String, RenderError> {
    let title = escape(&one_line(&service.title));
    let version = service
        .version
        .as_ref()
        .map(|version| format!(", version {}", escape(version)))
        .unwrap_or_default();
    let endpoints: String = service.endpoints.iter().map(endpoint).collect();
    let errors = errors(service);
    let imports = if errors.is_empty() {
        "EndpointRule, Service, ServiceInfo"
    } else {
        "EndpointRule, ErrorKind, Service, ServiceInfo"
    };
    let errors = if errors.is_empty() {
        "&[]".to_owned()
    } else {
        format!("&[\n{errors}        ]")
    };
    Ok(format!(
        r#"{start}

use cloud_core::{{{imports}}};

/// {title}{version}.
#[derive(Debug)]
pub enum {marker} {{}}

impl Service for {marker} {{
    type Provider = {provider};
    const INFO: ServiceInfo = ServiceInfo {{
        name: {name:?},
        version: {api_version:?},
        user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
        endpoints: &[
{endpoints}        ],
        errors: {errors},
    }};
}}

/// A client of {title}.
///
/// [`from_env`](cloud_core::Client::from_env) takes everything from the environment,
/// [`builder`](cloud_core::Client::builder) takes it in code. A client is cheap to clone, and clones share their
/// connections and credentials.
pub type Client = cloud_core::Client<{marker}>;

/// A request for an action that this crate does not describe, see [`cloud_core::RawRequest`].
pub type RawRequest = cloud_core::RawRequest<{marker}>;
"#,
        start = start(&service_spec(service)),
        marker = service.marker,
        provider = provider::facts(service.provider).path,
        name = service.product,
        api_version = service.version.as_deref().unwrap_or_default(),
    ))
}

/// The kinds of all codes of the service, sorted, a line each.
fn errors(service: &Service) -> String {
    let errors = service.errors.iter();
    let kinds: BTreeMap<_, _> = errors.map(|error| (&error.code, error.kind)).collect();
    kinds
        .into_iter()
        .map(|(code, kind)| {
            format!(
                "            ({code:?}, ErrorKind::{}),\n",
                docs::error_kind(kind)
            )
        })
        .collect()
}

/// An endpoint and the reason for it.
fn endpoint(rule: &EndpointRule) -> String {
    let mut doc = docs::of_comment();
    doc.paragraph(&rule.doc);
    let host = &rule.host;
    let call = match &rule.when {
        When::Always => format!("always({host:?})"),
        When::Suffix(suffix) => format!("suffix({suffix:?}, {host:?})"),
        When::Regions(regions) => {
            let regions: String = regions
                .iter()
                .map(|region| format!("                {region:?},\n"))
                .collect();
            format!("regions(&[\n{regions}            ], {host:?})")
        }
    };
    format!("{}            EndpointRule::{call},\n", doc.finish())
}
