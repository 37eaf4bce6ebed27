//! `<Action>.yaml`: one operation, one page of the provider's documentation.

use super::common::{
    DEPRECATED, NOTES, PERMISSION, QUIRKS, RATE_LIMIT, Remark, name, read_remarks, scalar,
};
use super::field::{self, Field, REQUEST_FIELD, RESPONSE_FIELD};
use super::forms::URL;
use super::keys::{Keys, Text};
use super::paging::{self, PAGES, Pages};
use super::shape::{Key, Shape, Table};
use super::types::{self, TYPES, TypeDef};
use super::waiting::{self, COMPLETION, Completion, WAITER, Waiter};
use super::words::{Presence, Word, words};
use crate::model::Effect;
use crate::source::{Span, Spanned};
use crate::yaml::{Entry, Node};

/// The file of an operation.
pub const OPERATION: Table = Table {
    what: "an operation",
    keys: &[
        Key::required("summary", Shape::Prose, "what it does, in one sentence"),
        Key::optional("description", Shape::Prose, "more about it, in paragraphs"),
        Key::required("reference", Shape::Form(URL), "the provider's page"),
        Key::required(
            "effect",
            Shape::Word(words::<Effect>),
            "whether it changes anything; only what reads is sent again after a fault",
        ),
        DEPRECATED,
        RATE_LIMIT,
        PERMISSION,
        Key::optional(
            "scope",
            Shape::Map(&Shape::OrTable(&Shape::Word(words::<Presence>), &SCOPE)),
            "the parameters that the client fills, by their names on the wire: all that the operation takes; if left out, those that the \
             provider always requires",
        ),
        Key::optional(
            "envelope",
            Shape::ListOrNone(&Shape::Text),
            "the members of the provider's envelope that its answers have, if not all of them",
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
        Key::optional(
            "errors",
            Shape::List(&Shape::Scalar),
            "the codes that the page names; `service.yaml` says what they mean",
        ),
        Key::optional(
            "examples",
            Shape::List(&Shape::Table(&EXAMPLE)),
            "the page's examples",
        ),
        QUIRKS,
        NOTES,
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

/// A scope parameter, where there is more to say than whether it is required.
const SCOPE: Table = Table {
    what: "a scope parameter of an operation",
    keys: &[
        Key::required("required", Shape::Flag, "whether the operation needs it"),
        Key::optional("example", Shape::Text, "a value it may have"),
        Key::optional(
            "doc",
            Shape::Prose,
            "what it is, if it is not what the provider says of all its services",
        ),
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
    /// Its scope parameters, if it names them.
    pub scope: Option<Vec<Scope<'t>>>,
    /// The members of the envelope that its answers have, if not all.
    pub envelope: Option<Vec<Text<'t>>>,
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
    /// The codes that its page names.
    pub errors: Vec<Text<'t>>,
    /// Its examples.
    pub examples: Vec<Example<'t>>,
    /// What is odd about it.
    pub quirks: Vec<Remark<'t>>,
    /// What a maintainer has to know.
    pub notes: Vec<Remark<'t>>,
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

/// A scope parameter as the spec has it.
pub struct Scope<'t> {
    /// Its name on the wire.
    pub name: Text<'t>,
    /// Whether the operation needs it.
    pub presence: Presence,
    /// A value it may have.
    pub example: Option<Text<'t>>,
    /// What it is.
    pub doc: Option<Text<'t>>,
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
        scope: keys
            .node("scope")
            .map(|_| keys.entries("scope").iter().map(read_scope).collect()),
        envelope: keys.node("envelope").map(|_| keys.texts("envelope")),
        request: field::read(keys.entries("request")),
        response: field::read(keys.entries("response")),
        pages: keys.entry("pages").map(paging::read),
        waiters: waiting::read(keys.entries("waiters")),
        completion: keys.entry("completion").map(waiting::read_completion),
        types: types::read(keys.entries("types")),
        errors: keys.items("errors").iter().filter_map(scalar).collect(),
        examples: keys.items("examples").iter().map(read_example).collect(),
        quirks: read_remarks(keys.items("quirks")),
        notes: read_remarks(keys.items("notes")),
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

fn read_scope<'t>(entry: &'t Entry<'t>) -> Scope<'t> {
    let keys = Keys::of(&entry.value, entry.key_span);
    let word = entry.value.text().and_then(Presence::read);
    let said = match keys.bool("required") {
        Some(true) => Presence::Required,
        _ => Presence::Optional,
    };
    Scope {
        name: name(entry),
        presence: word.unwrap_or(said),
        example: keys.text("example"),
        doc: keys.text("doc"),
    }
}
