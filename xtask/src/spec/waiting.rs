//! `waiters` and `completion`: how one waits for what an operation tells, or for what it only starts.

use super::common::name;
use super::forms::{INTERVAL, PATH, interval};
use super::keys::{Keys, Text};
use super::shape::{Key, Shape, Table};
use super::words::words;
use crate::model::Outcome;
use crate::source::Span;
use crate::yaml::{Entry, Node};

/// A waiter.
pub const WAITER: Table = Table {
    what: "a waiter",
    keys: &[
        Key::wanted("doc", Shape::Prose, "what has happened when it ends well"),
        Key::required(
            "path",
            Shape::Form(PATH),
            "the member that it looks at, with `[]` after a list",
        ),
        Key::optional(
            "any",
            Shape::Flag,
            "whether one item of a list is enough, rather than all",
        ),
        Key::optional(
            "pending",
            VALUES,
            "values that mean that it goes on; all that are no end if left out",
        ),
        Key::required("success", VALUES, "values that mean that it ended well"),
        Key::optional("failure", VALUES, "values that mean that it ended badly"),
        Key::optional(
            "not_found",
            Shape::Word(words::<Outcome>),
            "what it means that there is nothing to look at; failure if left out",
        ),
        Key::optional(
            "interval",
            Shape::Form(INTERVAL),
            "how long to wait between two looks",
        ),
    ],
};

const VALUES: Shape = Shape::List(&Shape::Scalar);

/// `completion`.
pub const COMPLETION: Table = Table {
    what: "`completion`",
    keys: &[
        Key::required(
            "operation",
            Shape::Text,
            "the operation of the same service that tells when the work is done",
        ),
        Key::required(
            "with",
            Shape::Anything,
            "its parameters: `$response.X` and `$request.X` stand for members of this answer and parameters of this request, all else is sent as it is",
        ),
        Key::optional(
            "waiter",
            Shape::Text,
            "its waiter, if it is not its default",
        ),
    ],
};

/// A waiter as the spec has it.
pub struct Waiter<'t> {
    /// Its name.
    pub name: Text<'t>,
    /// What has happened when it ends well.
    pub doc: Option<Text<'t>>,
    /// What it looks at; absent if the spec does not say, which has been reported.
    pub path: Option<Text<'t>>,
    /// That one item is enough.
    pub any: Option<Span>,
    /// Values that mean that it goes on.
    pub pending: &'t [Node<'t>],
    /// Values that mean that it ended well.
    pub success: &'t [Node<'t>],
    /// Values that mean that it ended badly.
    pub failure: &'t [Node<'t>],
    /// What it means that there is nothing to look at.
    pub not_found: Option<Outcome>,
    /// Seconds between two looks.
    pub interval: Option<u32>,
    /// The keys themselves, to point at.
    pub keys: Keys<'t>,
}

/// `completion` as the spec has it.
pub struct Completion<'t> {
    /// The operation that tells; absent if the spec does not say, which has been reported.
    pub operation: Option<Text<'t>>,
    /// Its parameters, and their values.
    pub with: Vec<(Text<'t>, &'t Node<'t>)>,
    /// Its waiter.
    pub waiter: Option<Text<'t>>,
}

/// Reads `waiters`.
pub fn read<'t>(entries: &'t [Entry<'t>]) -> Vec<Waiter<'t>> {
    entries.iter().map(read_one).collect()
}

fn read_one<'t>(entry: &'t Entry<'t>) -> Waiter<'t> {
    let keys = Keys::of(&entry.value, entry.key_span);
    Waiter {
        name: name(entry),
        doc: keys.text("doc"),
        path: keys.text("path"),
        any: keys.flag("any"),
        pending: keys.items("pending"),
        success: keys.items("success"),
        failure: keys.items("failure"),
        not_found: keys.word("not_found").map(|outcome| outcome.value),
        interval: keys.text("interval").and_then(|text| interval(text.value)),
        keys,
    }
}

/// Reads `completion`.
pub fn read_completion<'t>(entry: &'t Entry<'t>) -> Completion<'t> {
    let keys = Keys::of(&entry.value, entry.key_span);
    Completion {
        operation: keys.text("operation"),
        with: keys
            .entries("with")
            .iter()
            .map(|entry| (name(entry), &entry.value))
            .collect(),
        waiter: keys.text("waiter"),
    }
}
