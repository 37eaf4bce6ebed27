//! `service.yaml`: whose service it is, where it answers, what its operations share.

use super::common::{
    ERRORS, ErrorCode, NOTES, PERMISSION, QUIRKS, RATE_LIMIT, Remark, named_text, read_errors,
    read_remarks,
};
use super::forms::{DATE, HOST, KEYWORD, URL};
use super::keys::{Keys, Text};
use super::paging::{self, PAGES_OF_SERVICE, Pages};
use super::shape::{Key, Shape, Table};
use super::words::words;
use crate::model::Provider;
use crate::source::{Span, Spanned};
use crate::yaml::Node;

/// The file `service.yaml`.
pub const SERVICE: Table = Table {
    what: "a service",
    keys: &[
        Key::required(
            "provider",
            Shape::Word(words::<Provider>),
            "whose rules it follows",
        ),
        Key::required(
            "marker",
            Shape::Text,
            "the Rust type that stands for it, such as `Redis`",
        ),
        Key::required("product", Shape::Text, "its name on the wire and in hosts"),
        Key::optional(
            "version",
            Shape::Form(DATE),
            "the version of its API; UCloud has none",
        ),
        Key::required("title", Shape::Prose, "what people call it"),
        Key::required("description", Shape::Prose, "one or two sentences about it"),
        Key::required(
            "documentation",
            Shape::Form(URL),
            "the provider's page about all of it",
        ),
        Key::required(
            "keywords",
            Shape::List(&Shape::Form(KEYWORD)),
            "words for crates.io, five at most",
        ),
        Key::required(
            "endpoints",
            Shape::List(&Shape::Table(&ENDPOINT)),
            "which host serves which region; the last serves all others",
        ),
        Key::optional(
            "sources",
            Shape::Map(&Shape::Prose),
            "where things are from that pages do not have, by the names that `from` uses",
        ),
        ERRORS,
        RATE_LIMIT,
        PERMISSION,
        Key::optional(
            "pages",
            Shape::Table(&PAGES_OF_SERVICE),
            "what the `pages` of its operations have in common",
        ),
        QUIRKS,
        NOTES,
    ],
};

/// A rule for endpoints.
const ENDPOINT: Table = Table {
    what: "an endpoint",
    keys: &[
        Key::required(
            "host",
            Shape::Form(HOST),
            "the host, with `{region}` where the region belongs",
        ),
        Key::optional("suffix", Shape::Text, "it serves the regions that end so"),
        Key::optional(
            "regions",
            Shape::List(&Shape::Text),
            "it serves these regions",
        ),
        Key::wanted("doc", Shape::Prose, "why the rule is there"),
    ],
};

/// `service.yaml` as it stands.
pub struct Service<'t> {
    /// Where to point for what concerns the file as a whole.
    pub place: Span,
    /// Whose service it is; absent if the spec does not say, which has been reported.
    pub provider: Option<Spanned<Provider>>,
    /// The Rust type that stands for it.
    pub marker: Text<'t>,
    /// Its name on the wire.
    pub product: Text<'t>,
    /// The version of its API.
    pub version: Option<Text<'t>>,
    /// What people call it.
    pub title: Text<'t>,
    /// About it.
    pub description: Text<'t>,
    /// The provider's page.
    pub documentation: Text<'t>,
    /// Words for crates.io.
    pub keywords: Vec<Text<'t>>,
    /// Which host serves which region.
    pub endpoints: Vec<Endpoint<'t>>,
    /// Where things are from that pages do not have: names and prose.
    pub sources: Vec<(Text<'t>, Text<'t>)>,
    /// The codes that its operations may answer.
    pub errors: Vec<ErrorCode<'t>>,
    /// How often an operation may be called that does not say otherwise.
    pub rate_limit: Option<Text<'t>>,
    /// What the account must be allowed to do for an operation that does not say otherwise.
    pub permission: Option<Text<'t>>,
    /// What the `pages` of its operations have in common.
    pub pages: Option<Pages<'t>>,
    /// What is odd about it.
    pub quirks: Vec<Remark<'t>>,
    /// What a maintainer has to know.
    pub notes: Vec<Remark<'t>>,
}

/// A rule for endpoints as the spec has it.
pub struct Endpoint<'t> {
    /// Where it stands.
    pub place: Span,
    /// The host.
    pub host: Text<'t>,
    /// What the regions end with.
    pub suffix: Option<Text<'t>>,
    /// The regions.
    pub regions: Vec<Text<'t>>,
    /// Why it is there.
    pub doc: Option<Text<'t>>,
}

/// Reads `service.yaml`.
pub fn read<'t>(root: &'t Node<'t>) -> Service<'t> {
    let place = super::place_of(root);
    let keys = Keys::of(root, place);
    Service {
        place,
        provider: keys.word("provider"),
        marker: keys.required_text("marker"),
        product: keys.required_text("product"),
        version: keys.text("version"),
        title: keys.required_text("title"),
        description: keys.required_text("description"),
        documentation: keys.required_text("documentation"),
        keywords: keys.texts("keywords"),
        endpoints: keys
            .items("endpoints")
            .iter()
            .map(|item| read_endpoint(item))
            .collect(),
        sources: keys
            .entries("sources")
            .iter()
            .filter_map(named_text)
            .collect(),
        errors: read_errors(keys.entries("errors")),
        rate_limit: keys.text("rate_limit"),
        permission: keys.text("permission"),
        pages: keys.entry("pages").map(paging::read),
        quirks: read_remarks(keys.items("quirks")),
        notes: read_remarks(keys.items("notes")),
    }
}

fn read_endpoint<'t>(item: &'t Node<'t>) -> Endpoint<'t> {
    let keys = Keys::of(item, item.span);
    Endpoint {
        place: item.span,
        host: keys.required_text("host"),
        suffix: keys.text("suffix"),
        regions: keys.texts("regions"),
        doc: keys.text("doc"),
    }
}
