//! Parts that services and operations both have: error codes and quirks.

use super::keys::{Keys, Text};
use super::shape::{Key, Shape, Table};
use super::words::words;
use crate::model::ErrorKind;
use crate::source::Spanned;
use crate::yaml::Entry;

/// An error code.
pub const ERROR: Table = Table {
    what: "an error code",
    keys: &[
        Key::required(
            "kind",
            Shape::Word(words::<ErrorKind>),
            "what it means to a program",
        ),
        Key::optional(
            "newer",
            Shape::Prose,
            "where it is from, if the page does not have it",
        ),
        Key::wanted("doc", Shape::Prose, "what it means to a reader"),
    ],
};

/// `errors`, by their codes.
pub const ERRORS: Key = Key::optional(
    "errors",
    Shape::Map(&Shape::Table(&ERROR)),
    "the codes that may be answered instead of a result",
);

/// `deprecated`.
pub const DEPRECATED: Key = Key::optional(
    "deprecated",
    Shape::Prose,
    "what to use instead, if the provider does not want it to be used any more",
);

/// `quirks`.
pub const QUIRKS: Key = Key::optional(
    "quirks",
    Shape::List(&Shape::Prose),
    "what is odd, and what the client makes of it",
);

/// An error code as the spec has it.
pub struct ErrorCode<'t> {
    /// The code on the wire.
    pub code: Text<'t>,
    /// What it means to a program; absent if the spec does not say, which has been reported.
    pub kind: Option<Spanned<ErrorKind>>,
    /// Where it is from.
    pub newer: Option<Text<'t>>,
    /// What it means to a reader.
    pub doc: Option<Text<'t>>,
}

/// Reads `errors`.
pub fn read_errors<'t>(entries: &'t [Entry<'t>]) -> Vec<ErrorCode<'t>> {
    let read = |entry: &'t Entry<'t>| {
        let keys = Keys::of(&entry.value, entry.key_span);
        ErrorCode {
            code: Spanned {
                value: &*entry.key,
                span: entry.key_span,
            },
            kind: keys.word("kind"),
            newer: keys.text("newer"),
            doc: keys.text("doc"),
        }
    };
    entries.iter().map(read).collect()
}
