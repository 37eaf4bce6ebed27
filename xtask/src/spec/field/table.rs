//! The keys of fields: parameters of a request, members of an answer, members of a record.

use crate::model::Location;
use crate::spec::common::{DEPRECATED, FROM};
use crate::spec::forms::FIELD_NAME;
use crate::spec::shape::{Key, Shape, Table};
use crate::spec::words::words;

const TYPE: Key = Key::required(
    "type",
    Shape::Type,
    "`string`, `bool`, `i64`, `unix_seconds`, `any` (free JSON) and the like, or a type of the spec; `[…]` is a list, `{ map: … }` a map, `{ text: … }` and `{ json: … }` are text that holds something",
);
const NAME: Key = Key::optional(
    "name",
    Shape::Form(FIELD_NAME),
    "its name in Rust, where the name on the wire makes none or one that is taken",
);
const WRAPPER: Key = Key::optional(
    "wrapper",
    Shape::Text,
    "the one member of the object that the answer puts around the list",
);
const REQUIRED: Key = Key::optional(
    "required",
    Shape::Flag,
    "whether a request cannot be made without it",
);
const IN: Key = Key::optional(
    "in",
    Shape::Word(words::<Location>),
    "where Alibaba Cloud expects it; the query if left out",
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
    Shape::Step,
    "the number, or the field, that it has to be a multiple of",
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
const PATTERN: Key = Key::optional(
    "pattern",
    Shape::Text,
    "a regular expression that the whole text matches",
);
const MIN_LENGTH: Key = Key::optional(
    "min_length",
    Shape::Count,
    "how many characters text has at least",
);
const MAX_LENGTH: Key = Key::optional(
    "max_length",
    Shape::Count,
    "how many characters text has at most",
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
/// Fields beside this one, each with the value that it has, or with several of which it has one.
const CONDITIONS: Shape = Shape::Map(&Shape::OneOrMore(&Shape::Scalar));
const ONLY_WHEN: Key = Key::optional(
    "only_when",
    CONDITIONS,
    "the values of other fields with which it has a meaning",
);
const REQUIRED_WHEN: Key = Key::optional(
    "required_when",
    CONDITIONS,
    "the values of other fields with which it is required",
);
const REQUIRED_UNLESS: Key = Key::optional(
    "required_unless",
    Shape::OneOrMore(&Shape::Text),
    "the fields without which it is required: one of them is enough",
);
const ONLY_WITH: Key = Key::optional(
    "only_with",
    Shape::OneOrMore(&Shape::Text),
    "the fields without which it has no meaning: all of them have to be there",
);
const ALIASES: Key = Key::optional(
    "aliases",
    Shape::List(&Shape::Text),
    "other names that answers use for it",
);
const SENSITIVE: Key = Key::optional(
    "sensitive",
    Shape::Flag,
    "whether it is a secret, which logs must not show; `false` if only its name seems to say so",
);
const EXAMPLE: Key = Key::optional(
    "example",
    Shape::Scalar,
    "a value it may have, where no example of the operation shows one",
);
const DOC: Key = Key::wanted("doc", Shape::Prose, "what it is");

/// A parameter of a request.
pub const REQUEST_FIELD: Table = Table {
    what: "a request field",
    keys: &[
        TYPE,
        NAME,
        REQUIRED,
        IN,
        DEFAULT,
        MINIMUM,
        MAXIMUM,
        MULTIPLE_OF,
        MIN_ITEMS,
        MAX_ITEMS,
        PATTERN,
        MIN_LENGTH,
        MAX_LENGTH,
        NOT_EMPTY,
        NOT_PREFIX,
        NOT_CONTAINING,
        ONLY_WHEN,
        REQUIRED_WHEN,
        REQUIRED_UNLESS,
        ONLY_WITH,
        SENSITIVE,
        FROM,
        DEPRECATED,
        EXAMPLE,
        DOC,
    ],
};

/// A member of an answer.
pub const RESPONSE_FIELD: Table = Table {
    what: "a response field",
    keys: &[
        TYPE, NAME, ALIASES, WRAPPER, PATTERN, MIN_LENGTH, MAX_LENGTH, ONLY_WHEN, SENSITIVE, FROM,
        DEPRECATED, EXAMPLE, DOC,
    ],
};

/// A member of a record, which requests, answers or both may use.
pub const RECORD_FIELD: Table = Table {
    what: "a field of a record",
    keys: &[
        TYPE,
        NAME,
        ALIASES,
        WRAPPER,
        REQUIRED,
        DEFAULT,
        MINIMUM,
        MAXIMUM,
        MULTIPLE_OF,
        MIN_ITEMS,
        MAX_ITEMS,
        PATTERN,
        MIN_LENGTH,
        MAX_LENGTH,
        NOT_EMPTY,
        NOT_PREFIX,
        NOT_CONTAINING,
        ONLY_WHEN,
        REQUIRED_WHEN,
        REQUIRED_UNLESS,
        ONLY_WITH,
        SENSITIVE,
        FROM,
        DEPRECATED,
        EXAMPLE,
        DOC,
    ],
};
