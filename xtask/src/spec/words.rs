//! The words of the grammar that stand for one of a few things.

use crate::model::{Effect, ErrorKind, Location, Outcome, Provider, Repr, ScopeKey};

/// A type whose values have words in the grammar.
pub trait Word: Copy + 'static {
    /// The words, in the order in which they are listed to readers.
    const WORDS: &'static [(&'static str, Self)];

    /// The value of a word.
    fn read(word: &str) -> Option<Self> {
        Self::WORDS
            .iter()
            .find(|(known, _)| *known == word)
            .map(|(_, value)| *value)
    }
}

/// The words of a type, for a [`Shape`](super::shape::Shape).
pub fn words<W: Word>() -> Vec<&'static str> {
    W::WORDS.iter().map(|(word, _)| *word).collect()
}

/// What a member of the envelope tells about an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Everything else is inside it.
    Wraps,
    /// A failure has it, with a code and a message in it.
    Error,
    /// The code: of a failure, or of success.
    Code,
    /// The message of a failure.
    Message,
    /// Whether the call succeeded.
    Success,
    /// The name of the action comes back in it.
    Echo,
}

/// In what a source differs from the spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// The source does not have it.
    Missing,
    /// The spec does not have it.
    Extra,
    /// Its type.
    Type,
    /// Whether it is required.
    Required,
    /// Its values.
    Values,
    /// Whether it is deprecated.
    Deprecated,
    /// How the answer comes in pages.
    Paging,
    /// An example.
    Example,
}

/// Whether an operation needs a scope parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It does.
    Required,
    /// It does not.
    Optional,
}

impl Word for Role {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("wraps", Self::Wraps),
        ("error", Self::Error),
        ("code", Self::Code),
        ("message", Self::Message),
        ("success", Self::Success),
        ("echo", Self::Echo),
    ];
}

impl Word for Difference {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("missing", Self::Missing),
        ("extra", Self::Extra),
        ("type", Self::Type),
        ("required", Self::Required),
        ("values", Self::Values),
        ("deprecated", Self::Deprecated),
        ("paging", Self::Paging),
        ("example", Self::Example),
    ];
}

impl Word for Presence {
    const WORDS: &'static [(&'static str, Self)] =
        &[("required", Self::Required), ("optional", Self::Optional)];
}

impl Word for Provider {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("ucloud", Self::Ucloud),
        ("tencent", Self::Tencent),
        ("aliyun", Self::Aliyun),
    ];
}

impl Word for Effect {
    const WORDS: &'static [(&'static str, Self)] = &[("read", Self::Read), ("write", Self::Write)];
}

impl Word for ScopeKey {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("region", Self::Region),
        ("zone", Self::Zone),
        ("project", Self::Project),
    ];
}

impl Word for Location {
    const WORDS: &'static [(&'static str, Self)] = &[("query", Self::Query), ("form", Self::Form)];
}

impl Word for Repr {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("string", Self::Text),
        ("i64", Self::I64),
        ("i32", Self::I32),
    ];
}

impl Word for Outcome {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("pending", Self::Pending),
        ("success", Self::Success),
        ("failure", Self::Failure),
    ];
}

impl Word for ErrorKind {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("throttled", Self::Throttled),
        ("authentication", Self::Authentication),
        ("permission_denied", Self::PermissionDenied),
        ("not_found", Self::NotFound),
        ("invalid_parameter", Self::InvalidParameter),
        ("quota_exceeded", Self::QuotaExceeded),
        ("unavailable", Self::Unavailable),
        ("internal", Self::Internal),
        ("conflict", Self::Conflict),
        ("other", Self::Other),
    ];
}
