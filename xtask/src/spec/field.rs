//! Fields: the parameters of a request, the members of an answer, the members of a record.

use super::keys::{Keys, Text};
use super::shape::{Key, Shape, Table};
use super::types::TypeRef;
use super::words::{Encoding, words};
use crate::model::{Location, ScopeKey};
use crate::source::{Span, Spanned};
use crate::yaml::{Entry, Node};

const TYPE: Key = Key::required(
    "type",
    Shape::Type,
    "`string`, `bool`, `i32`, `i64`, `u64`, `f64` or a type of the spec",
);
const REQUIRED: Key = Key::optional(
    "required",
    Shape::Flag,
    "whether a request cannot be made without it",
);
const SCOPE: Key = Key::optional(
    "scope",
    Shape::Word(words::<ScopeKey>),
    "what it says about all requests of a client, which then fills it",
);
const IN: Key = Key::optional(
    "in",
    Shape::Word(words::<Location>),
    "where Alibaba Cloud expects it; the query if left out",
);
const ENCODING: Key = Key::optional(
    "encoding",
    Shape::Word(words::<Encoding>),
    "how Alibaba Cloud expects a list; flat if left out",
);
const DEFAULT: Key = Key::optional(
    "default",
    Shape::Scalar,
    "what the provider takes when it is absent",
);
const MINIMUM: Key = Key::optional("minimum", Shape::Number, "the smallest number allowed");
const MAXIMUM: Key = Key::optional("maximum", Shape::Number, "the largest number allowed");
const MULTIPLE_OF: Key = Key::optional(
    "multiple_of",
    Shape::Text,
    "the field that it has to be a multiple of",
);
const MIN_ITEMS: Key = Key::optional(
    "min_items",
    Shape::Count,
    "how many items a list has at least",
);
const MAX_ITEMS: Key = Key::optional(
    "max_items",
    Shape::Count,
    "how many items a list has at most",
);
const NOT_EMPTY: Key = Key::optional("not_empty", Shape::Flag, "whether text may not be empty");
const NOT_PREFIX: Key = Key::optional(
    "not_prefix",
    Shape::List(&Shape::Text),
    "what text may not begin with",
);
const NOT_CONTAINING: Key = Key::optional(
    "not_containing",
    Shape::List(&Shape::Text),
    "what text may not contain",
);
const ONLY_WHEN: Key = Key::optional(
    "only_when",
    Shape::Prose,
    "the condition under which it has a meaning",
);
const ALIASES: Key = Key::optional(
    "aliases",
    Shape::List(&Shape::Text),
    "other names that answers use for it",
);
const SENSITIVE: Key = Key::optional("sensitive", Shape::Flag, "whether logs must not show it");
const NEWER: Key = Key::optional(
    "newer",
    Shape::Prose,
    "where it is from, if the page does not have it",
);
const EXAMPLE: Key = Key::optional("example", Shape::Scalar, "a value it may have");
const DOC: Key = Key::wanted("doc", Shape::Prose, "what it is");

/// A parameter of a request.
pub const REQUEST_FIELD: Table = Table {
    what: "a request field",
    keys: &[
        TYPE,
        SCOPE,
        REQUIRED,
        IN,
        ENCODING,
        DEFAULT,
        MINIMUM,
        MAXIMUM,
        MULTIPLE_OF,
        MIN_ITEMS,
        MAX_ITEMS,
        NOT_EMPTY,
        NOT_PREFIX,
        NOT_CONTAINING,
        ONLY_WHEN,
        SENSITIVE,
        NEWER,
        EXAMPLE,
        DOC,
    ],
};

/// A member of an answer.
pub const RESPONSE_FIELD: Table = Table {
    what: "a response field",
    keys: &[TYPE, ALIASES, ONLY_WHEN, SENSITIVE, NEWER, EXAMPLE, DOC],
};

/// A member of a record, which requests, answers or both may use.
pub const RECORD_FIELD: Table = Table {
    what: "a field of a record",
    keys: &[
        TYPE,
        ALIASES,
        REQUIRED,
        DEFAULT,
        MINIMUM,
        MAXIMUM,
        MULTIPLE_OF,
        MIN_ITEMS,
        MAX_ITEMS,
        NOT_EMPTY,
        NOT_PREFIX,
        NOT_CONTAINING,
        ONLY_WHEN,
        SENSITIVE,
        NEWER,
        EXAMPLE,
        DOC,
    ],
};

/// A field as the spec has it.
pub struct Field<'t> {
    /// Its name on the wire.
    pub name: Text<'t>,
    /// Its type; absent if the spec has none, which has been reported.
    pub ty: Option<TypeRef<'t>>,
    /// That it is required.
    pub required: Option<Span>,
    /// Which scope it says.
    pub scope: Option<Spanned<ScopeKey>>,
    /// Where it goes.
    pub location: Option<Spanned<Location>>,
    /// How it is written.
    pub encoding: Option<Spanned<Encoding>>,
    /// What stands for it when it is absent.
    pub default: Option<&'t Node<'t>>,
    /// Its smallest value.
    pub minimum: Option<&'t Node<'t>>,
    /// Its largest value.
    pub maximum: Option<&'t Node<'t>>,
    /// The field it is a multiple of.
    pub multiple_of: Option<Text<'t>>,
    /// The shortest list.
    pub min_items: Option<Spanned<u32>>,
    /// The longest list.
    pub max_items: Option<Spanned<u32>>,
    /// That it has to hold something.
    pub not_empty: Option<Span>,
    /// What it may not begin with.
    pub not_prefix: Vec<Text<'t>>,
    /// What it may not contain.
    pub not_containing: Vec<Text<'t>>,
    /// When it has a meaning.
    pub only_when: Option<Text<'t>>,
    /// Its other names in answers.
    pub aliases: Vec<Text<'t>>,
    /// That logs must not show it.
    pub sensitive: Option<Span>,
    /// Where it is from.
    pub newer: Option<Text<'t>>,
    /// A value it may have.
    pub example: Option<&'t Node<'t>>,
    /// What it is.
    pub doc: Option<Text<'t>>,
    /// The keys themselves, to point at.
    pub keys: Keys<'t>,
}

/// Reads fields of any of the three kinds: what a kind does not have has been reported.
pub fn read<'t>(entries: &'t [Entry<'t>]) -> Vec<Field<'t>> {
    entries.iter().map(read_one).collect()
}

fn read_one<'t>(entry: &'t Entry<'t>) -> Field<'t> {
    let keys = Keys::of(&entry.value, entry.key_span);
    Field {
        name: Spanned {
            value: &entry.key,
            span: entry.key_span,
        },
        ty: keys.node("type").and_then(TypeRef::read),
        required: keys.flag("required"),
        scope: keys.word("scope"),
        location: keys.word("in"),
        encoding: keys.word("encoding"),
        default: keys.node("default"),
        minimum: keys.node("minimum"),
        maximum: keys.node("maximum"),
        multiple_of: keys.text("multiple_of"),
        min_items: keys.count("min_items"),
        max_items: keys.count("max_items"),
        not_empty: keys.flag("not_empty"),
        not_prefix: keys.texts("not_prefix"),
        not_containing: keys.texts("not_containing"),
        only_when: keys.text("only_when"),
        aliases: keys.texts("aliases"),
        sensitive: keys.flag("sensitive"),
        newer: keys.text("newer"),
        example: keys.node("example"),
        doc: keys.text("doc"),
        keys,
    }
}
