//! `service.rs`: the marker of the service, what the runtime has to know about it, and the client.

use std::collections::BTreeMap;

use quote::quote;

use crate::model::{EndpointRule, Service, When};

use super::layout::{Code, quoted};
use super::markdown::escape;
use super::names::ident;
use super::source::{Source, service_spec};
use super::types::Types;
use super::{RenderError, docs, provider};

/// The text of `service.rs`.
pub fn render(service: &Service, types: Types<'_>) -> Result<String, RenderError> {
    let mut source = Source::new(&service_spec(service), types);
    source.use_core(&["EndpointRule", "Service", "ServiceInfo"]);
    let marker = ident(&service.marker)?;
    let title = escape(&service.title);
    let version = service
        .version
        .as_ref()
        .map(|version| format!(", version {}", escape(version)));
    let doc = source.doc(docs::item_line(&format!(
        "{title}{}.",
        version.unwrap_or_default()
    )));
    source.item(quote! {
        #doc
        #[derive(Debug)]
        pub enum #marker {}
    })?;
    let info = info(service, &mut source);
    source.text(info);

    let mut doc = docs::of_item();
    doc.paragraph(&format!("A client of {title}."));
    doc.paragraph(
        "[`from_env`](cloud_core::Client::from_env) takes everything from the environment, \
         [`builder`](cloud_core::Client::builder) takes it in code. A client is cheap to clone, and clones share their \
         connections and credentials.",
    );
    let doc = source.doc(doc);
    source.item(quote! {
        #doc
        pub type Client = cloud_core::Client<#marker>;
    })?;
    let doc = "A request for an action that this crate does not describe, see [`cloud_core::RawRequest`].";
    let doc = source.doc(docs::item_line(doc));
    source.item(quote! {
        #doc
        pub type RawRequest = cloud_core::RawRequest<#marker>;
    })?;
    Ok(source.finish())
}

/// The `impl` of `Service`.
fn info(service: &Service, source: &mut Source<'_>) -> String {
    let errors = errors(service);
    if !errors.is_empty() {
        source.use_core(&["ErrorKind"]);
    }
    let errors = Code::group("&[", errors, "]").layout(8, "errors: ".len(), 1);
    let endpoints: String = service.endpoints.iter().map(endpoint).collect();
    format!(
        r#"impl Service for {marker} {{
    type Provider = {provider};
    const INFO: ServiceInfo = ServiceInfo {{
        name: {name:?},
        version: {version:?},
        user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
        endpoints: &[
{endpoints}        ],
        errors: {errors},
    }};
}}"#,
        marker = service.marker,
        provider = provider::facts(service.provider).path,
        name = service.product,
        version = service.version.as_deref().unwrap_or_default(),
    )
}

/// The kinds of all codes of the service, sorted.
fn errors(service: &Service) -> Vec<Code> {
    let errors = service.errors.iter();
    let kinds: BTreeMap<_, _> = errors.map(|error| (&error.code, error.kind)).collect();
    let entry = |(code, kind): (&String, _)| {
        let kind = format!("ErrorKind::{}", docs::error_kind(kind));
        Code::group("(", [quoted(code), kind].map(Code::Plain), ")")
    };
    kinds.into_iter().map(entry).collect()
}

/// An endpoint and the reason for it.
fn endpoint(rule: &EndpointRule) -> String {
    let mut doc = docs::of_comment();
    doc.paragraph(&rule.doc);
    let host = Code::Plain(quoted(&rule.host));
    let call = match &rule.when {
        When::Always => Code::group("EndpointRule::always(", [host], ")"),
        When::Suffix(suffix) => {
            let suffix = Code::Plain(quoted(suffix));
            Code::group("EndpointRule::suffix(", [suffix, host], ")")
        }
        When::Regions(regions) => {
            let regions = Code::texts("&[", regions.iter().map(String::as_str), "]");
            Code::group("EndpointRule::regions(", [regions, host], ")")
        }
    };
    format!("{}            {},\n", doc.finish(), call.layout(12, 0, 1))
}
