//! `<Action>.yaml`: one operation, one page of the provider's documentation.

use super::common::{DEPRECATED, ERRORS, ErrorCode, QUIRKS, read_errors};
use super::field::{self, Field, REQUEST_FIELD, RESPONSE_FIELD};
use super::forms::{DATE, RATE, URL};
use super::keys::{Keys, Text};
use super::paging::{self, PAGES, Pages};
use super::shape::{Key, Shape, Table};
use super::types::{self, TYPES, TypeDef};
use super::waiting::{self, COMPLETION, Completion, WAITER, Waiter};
use super::words::words;
use crate::model::Effect;
use crate::source::{Span, Spanned};
use crate::yaml::Node;

/// The file of an operation.
pub const OPERATION: Table = Table {
    what: "an operation",
    keys: &[
        Key::required("summary", Shape::Prose, "what it does, in one sentence"),
        Key::optional("description", Shape::Prose, "more about it, in paragraphs"),
        Key::required("reference", Shape::Form(URL), "the provider's page"),
        Key::optional(
            "effect",
            Shape::Word(words::<Effect>),
            "whether it changes anything; only what reads is sent again after a fault",
        ),
        DEPRECATED,
        Key::optional(
            "rate_limit",
            Shape::Form(RATE),
            "how often it may be called",
        ),
        Key::optional(
            "permission",
            Shape::Text,
            "what the account must be allowed to do",
        ),
        Key::optional(
            "request",
            Shape::Map(&Shape::Table(&REQUEST_FIELD)),
            "its parameters, by their names on the wire",
        ),
        Key::optional(
            "response",
            Shape::Map(&Shape::Table(&RESPONSE_FIELD)),
            "what it answers, by the names on the wire",
        ),
        Key::optional(
            "pages",
            Shape::Table(&PAGES),
            "how its answer comes in pages",
        ),
        Key::optional(
            "waiters",
            Shape::Map(&Shape::Table(&WAITER)),
            "the ends that one can wait for by asking again, by their names in Rust; the first is the default",
        ),
        Key::optional(
            "completion",
            Shape::Table(&COMPLETION),
            "how one finds out that the work is done which the answer only announces",
        ),
        Key::optional("types", TYPES, "the types that only this operation has"),
        ERRORS,
        Key::optional(
            "examples",
            Shape::List(&Shape::Table(&EXAMPLE)),
            "the page's examples",
        ),
        QUIRKS,
        Key::optional(
            "history",
            Shape::List(&Shape::Table(&CHANGE)),
            "the page's own dated changes",
        ),
    ],
};

/// An example.
const EXAMPLE: Table = Table {
    what: "an example",
    keys: &[
        Key::optional("title", Shape::Prose, "what it shows"),
        Key::optional(
            "request",
            Shape::Anything,
            "parameters by their names on the wire",
        ),
        Key::optional(
            "response",
            Shape::Anything,
            "the answer's body as it is sent",
        ),
    ],
};

/// A change of the page.
const CHANGE: Table = Table {
    what: "a change",
    keys: &[
        Key::required("date", Shape::Form(DATE), "the day"),
        Key::required("change", Shape::Prose, "what changed"),
    ],
};

/// An operation as the spec has it.
pub struct Operation<'t> {
    /// Its name, which is the file's.
    pub action: &'t str,
    /// Where to point for what concerns the file as a whole.
    pub place: Span,
    /// What it does.
    pub summary: Text<'t>,
    /// More about it.
    pub description: Option<Text<'t>>,
    /// The provider's page.
    pub reference: Text<'t>,
    /// Whether it changes anything.
    pub effect: Option<Spanned<Effect>>,
    /// What to use instead.
    pub deprecated: Option<Text<'t>>,
    /// How often it may be called.
    pub rate_limit: Option<Text<'t>>,
    /// What the account must be allowed to do.
    pub permission: Option<Text<'t>>,
    /// Its parameters.
    pub request: Vec<Field<'t>>,
    /// What it answers.
    pub response: Vec<Field<'t>>,
    /// How its answer comes in pages.
    pub pages: Option<Pages<'t>>,
    /// What one can wait for.
    pub waiters: Vec<Waiter<'t>>,
    /// How one finds out that its work is done.
    pub completion: Option<Completion<'t>>,
    /// Its types.
    pub types: Vec<TypeDef<'t>>,
    /// Its error codes.
    pub errors: Vec<ErrorCode<'t>>,
    /// Its examples.
    pub examples: Vec<Example<'t>>,
    /// What is odd about it.
    pub quirks: Vec<Text<'t>>,
    /// What changed about it.
    pub history: Vec<(Text<'t>, Text<'t>)>,
    /// The keys themselves, to point at.
    pub keys: Keys<'t>,
}

impl Operation<'_> {
    /// Whether a parameter of this name is one that turns the pages of the answer.
    pub fn has_paging_parameter(&self, name: &str) -> bool {
        self.pages
            .as_ref()
            .is_some_and(|pages| pages.parameters().any(|parameter| parameter.value == name))
    }
}

/// An example as the spec has it.
pub struct Example<'t> {
    /// Where it stands.
    pub place: Span,
    /// What it shows.
    pub title: Option<Text<'t>>,
    /// The parameters.
    pub request: Option<&'t Node<'t>>,
    /// The body of the answer.
    pub response: Option<&'t Node<'t>>,
}

/// Reads an operation.
pub fn read<'t>(action: &'t str, root: &'t Node<'t>) -> Operation<'t> {
    let place = super::place_of(root);
    let keys = Keys::of(root, place);
    Operation {
        action,
        place,
        summary: keys.required_text("summary"),
        description: keys.text("description"),
        reference: keys.required_text("reference"),
        effect: keys.word("effect"),
        deprecated: keys.text("deprecated"),
        rate_limit: keys.text("rate_limit"),
        permission: keys.text("permission"),
        request: field::read(keys.entries("request")),
        response: field::read(keys.entries("response")),
        pages: keys.entry("pages").map(paging::read),
        waiters: waiting::read(keys.entries("waiters")),
        completion: keys.entry("completion").map(waiting::read_completion),
        types: types::read(keys.entries("types")),
        errors: read_errors(keys.entries("errors")),
        examples: keys.items("examples").iter().map(read_example).collect(),
        quirks: keys.texts("quirks"),
        history: keys
            .items("history")
            .iter()
            .map(|item| read_change(item))
            .collect(),
        keys,
    }
}

fn read_example<'t>(item: &'t Node<'t>) -> Example<'t> {
    let keys = Keys::of(item, item.span);
    Example {
        place: item.span,
        title: keys.text("title"),
        request: keys.node("request"),
        response: keys.node("response"),
    }
}

fn read_change<'t>(item: &'t Node<'t>) -> (Text<'t>, Text<'t>) {
    let keys = Keys::of(item, item.span);
    (keys.required_text("date"), keys.required_text("change"))
}
