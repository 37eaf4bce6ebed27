//! Parts that several kinds of specs have: error codes, defaults, quirks and notes.

use super::forms::RATE;
use super::keys::{Keys, Text, text};
use super::shape::{Key, Shape, Table};
use super::words::{Difference, words};
use crate::model::ErrorKind;
use crate::source::{Span, Spanned};
use crate::yaml::{Entry, Node};

/// An error code.
const ERROR: Table = Table {
    what: "an error code",
    keys: &[
        Key::required(
            "kind",
            Shape::Word(words::<ErrorKind>),
            "what it means to a program",
        ),
        Key::wanted("doc", Shape::Prose, "what it means to a reader"),
    ],
};

/// `errors` of a service, by their codes.
pub const ERRORS: Key = Key::optional(
    "errors",
    Shape::Map(&Shape::Table(&ERROR)),
    "the codes that may be answered instead of a result; an operation lists those that its page names",
);

/// `deprecated`.
pub const DEPRECATED: Key = Key::optional(
    "deprecated",
    Shape::Prose,
    "what to use instead, if the provider does not want it to be used any more",
);

/// `from`.
pub const FROM: Key = Key::optional(
    "from",
    Shape::Text,
    "where it is from, if the page does not have it: one of the `sources` of `service.yaml`",
);

/// `rate_limit`.
pub const RATE_LIMIT: Key = Key::optional(
    "rate_limit",
    Shape::Form(RATE),
    "how often an operation may be called",
);

/// `permission`.
pub const PERMISSION: Key = Key::optional(
    "permission",
    Shape::Text,
    "what the account must be allowed to do; `{action}` stands for the name of the operation",
);

/// What is said about a difference between the page, the sources and the spec.
const REMARK: Table = Table {
    what: "a remark",
    keys: &[
        Key::optional(
            "field",
            Shape::Text,
            "the field that it explains: `request.Limit`, `response.State` or `Record.Member`",
        ),
        Key::optional(
            "source",
            Shape::Text,
            "the source that differs: one of the `sources` of `service.yaml`",
        ),
        Key::optional(
            "difference",
            Shape::Word(words::<Difference>),
            "in what the source differs from the spec",
        ),
        Key::required("doc", Shape::Prose, "the remark itself"),
    ],
};

const REMARKS: Shape = Shape::List(&Shape::OrTable(&Shape::Prose, &REMARK));

/// `quirks`.
pub const QUIRKS: Key = Key::optional(
    "quirks",
    REMARKS,
    "what is odd and concerns those who call it; the documentation of the crate shows it",
);

/// `notes`.
pub const NOTES: Key = Key::optional(
    "notes",
    REMARKS,
    "what a maintainer has to know; no documentation shows it",
);

/// An error code as the spec has it.
pub struct ErrorCode<'t> {
    /// The code on the wire.
    pub code: Text<'t>,
    /// What it means to a program; absent if the spec does not say, which has been reported.
    pub kind: Option<ErrorKind>,
    /// What it means to a reader.
    pub doc: Option<Text<'t>>,
}

/// A quirk or a note as the spec has it.
pub struct Remark<'t> {
    /// The field that it explains.
    pub field: Option<Text<'t>>,
    /// The source that differs.
    pub source: Option<Text<'t>>,
    /// In what it differs.
    pub difference: Option<Difference>,
    /// The remark itself.
    pub doc: Text<'t>,
}

/// Reads `errors` of a service.
pub fn read_errors<'t>(entries: &'t [Entry<'t>]) -> Vec<ErrorCode<'t>> {
    let read = |entry: &'t Entry<'t>| {
        let keys = Keys::of(&entry.value, entry.key_span);
        ErrorCode {
            code: name(entry),
            kind: keys.word("kind").map(|kind| kind.value),
            doc: keys.text("doc"),
        }
    };
    entries.iter().map(read).collect()
}

/// Reads `quirks` or `notes`.
pub fn read_remarks<'t>(items: &'t [Node<'t>]) -> Vec<Remark<'t>> {
    let read = |item: &'t Node<'t>| {
        let keys = Keys::of(item, item.span);
        Remark {
            field: keys.text("field"),
            source: keys.text("source"),
            difference: keys.word("difference").map(|word| word.value),
            doc: text(item).unwrap_or_else(|| keys.required_text("doc")),
        }
    };
    items.iter().map(read).collect()
}

/// The key of an entry.
pub fn name<'t>(entry: &'t Entry<'t>) -> Text<'t> {
    Spanned {
        value: &entry.key,
        span: entry.key_span,
    }
}

/// The key of an entry and the text below it.
pub fn named_text<'t>(entry: &'t Entry<'t>) -> Option<(Text<'t>, Text<'t>)> {
    Some((name(entry), text(&entry.value)?))
}

/// The text of a scalar, whatever kind it is, and where it stands.
pub fn scalar<'t>(node: &'t Node<'t>) -> Option<Text<'t>> {
    let span: Span = node.span;
    let value = node.scalar_text()?;
    Some(Spanned { value, span })
}
