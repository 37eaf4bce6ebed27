//! Types: records and enums of a spec, and references to them.

use super::common::{DEPRECATED, FROM, name};
use super::field::{self, Field, RECORD_FIELD};
use super::keys::{Keys, Text, text};
use super::shape::{Key, Shape, Table};
use super::words::words;
use crate::model::Repr;
use crate::source::Span;
use crate::yaml::{Entry, Kind, Node};

/// A record.
pub const RECORD: Table = Table {
    what: "a record",
    keys: &[
        Key::wanted("doc", Shape::Prose, "what it is"),
        FROM,
        INPUT,
        Key::required(
            "fields",
            Shape::Map(&Shape::Table(&RECORD_FIELD)),
            "its members, by their names on the wire",
        ),
    ],
};

/// A record that has the members of another one.
const INCLUDING_RECORD: Table = Table {
    what: "a record that includes another",
    keys: &[
        Key::wanted("doc", Shape::Prose, "what it is"),
        FROM,
        INPUT,
        Key::required(
            "include",
            Shape::Text,
            "the record whose members it has first, as copies",
        ),
        Key::optional(
            "without",
            Shape::List(&Shape::Text),
            "the members of the included record that it does not have",
        ),
        Key::optional(
            "fields",
            Shape::Map(&Shape::Table(&RECORD_FIELD)),
            "the members that it has besides or otherwise, by their names on the wire",
        ),
    ],
};

const INPUT: Key = Key::optional(
    "input",
    Shape::Flag,
    "whether requests may hold it; what an answer alone holds has no `input`",
);

/// An enum.
pub const ENUM: Table = Table {
    what: "an enum",
    keys: &[
        Key::required(
            "enum",
            Shape::Word(words::<Repr>),
            "what its values are on the wire",
        ),
        Key::wanted("doc", Shape::Prose, "what it is"),
        FROM,
        Key::required(
            "values",
            Shape::Values(&Shape::OrTable(&Shape::Prose, &ENUM_VALUE)),
            "its values as they are on the wire, in the page's order, each with what it means",
        ),
    ],
};

/// A value of an enum.
pub const ENUM_VALUE: Table = Table {
    what: "a value of an enum",
    keys: &[
        Key::optional(
            "name",
            Shape::Text,
            "its name in Rust, where the value itself makes none",
        ),
        Key::optional(
            "aliases",
            Shape::List(&Shape::Scalar),
            "other spellings that mean the same",
        ),
        FROM,
        DEPRECATED,
        Key::wanted("doc", Shape::Prose, "what it means"),
    ],
};

/// What `types` holds: an enum is told by its key `enum`, a record that has the members of another by `include`.
pub const TYPES: Shape = Shape::Map(&Shape::Either(
    "enum",
    &ENUM,
    &Shape::Either("include", &INCLUDING_RECORD, &Shape::Table(&RECORD)),
));

/// What stands for a type around another one.
pub const WRAPPED: Table = Table {
    what: "a type around another",
    keys: &[
        Key::optional(
            "map",
            Shape::Type,
            "a map whose keys are text; the type of its values",
        ),
        Key::optional(
            "text",
            Shape::Type,
            "text that holds a number, a flag or a boolean; the type of that",
        ),
        Key::optional(
            "json",
            Shape::Type,
            "text that holds JSON; the type of that",
        ),
    ],
};

/// A reference to a type.
#[derive(Debug, Clone)]
pub enum TypeRef<'t> {
    /// A type by its name.
    Named(Text<'t>),
    /// A type around another one, and where it stands.
    Wrapped(Wrapping, Box<Self>, Span),
}

/// What can be around a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrapping {
    /// A list: `[T]`.
    List,
    /// A map: `{ map: T }`.
    Map,
    /// Text that holds a scalar: `{ text: T }`.
    Text,
    /// Text that holds JSON: `{ json: T }`.
    Json,
}

impl<'t> TypeRef<'t> {
    /// Reads a reference. Only as deep as a tree can be.
    pub fn read(node: &'t Node<'t>) -> Option<Self> {
        let (wrapping, inner) = match &node.kind {
            Kind::Sequence(items) => match items.as_slice() {
                [item] => (Wrapping::List, item),
                _ => return None,
            },
            Kind::Mapping(entries) => match entries.as_slice() {
                [entry] => {
                    let wrapping = match &*entry.key {
                        "map" => Wrapping::Map,
                        "text" => Wrapping::Text,
                        "json" => Wrapping::Json,
                        _ => return None,
                    };
                    (wrapping, &entry.value)
                }
                _ => return None,
            },
            _ => return Some(Self::Named(text(node)?)),
        };
        let inner = Box::new(Self::read(inner)?);
        Some(Self::Wrapped(wrapping, inner, node.span))
    }

    /// The name within all that is around it.
    pub fn innermost(&self) -> Text<'t> {
        match self {
            Self::Named(name) => *name,
            Self::Wrapped(_, inner, _) => inner.innermost(),
        }
    }

    /// How much is around the name.
    pub fn depth(&self) -> usize {
        match self {
            Self::Named(_) => 0,
            Self::Wrapped(_, inner, _) => 1 + inner.depth(),
        }
    }

    /// Whether the name stands for what JSON in text holds.
    pub fn is_json(&self) -> bool {
        match self {
            Self::Named(_) => false,
            Self::Wrapped(Wrapping::Json, ..) => true,
            Self::Wrapped(_, inner, _) => inner.is_json(),
        }
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Named(name) => name.span,
            Self::Wrapped(_, _, span) => *span,
        }
    }
}

/// A type as the spec has it.
pub struct TypeDef<'t> {
    /// Its name in the spec.
    pub name: Text<'t>,
    /// What it is.
    pub doc: Option<Text<'t>>,
    /// Where it is from.
    pub from: Option<Text<'t>>,
    /// A record or an enum.
    pub kind: TypeKind<'t>,
}

/// What a type is.
pub enum TypeKind<'t> {
    /// Named members.
    Record {
        /// The members, without those of the record that it includes.
        fields: Vec<Field<'t>>,
        /// That requests may hold it.
        input: Option<Span>,
        /// The record whose members it has as well.
        include: Option<Text<'t>>,
        /// The members of that record that it does not have.
        without: Vec<Text<'t>>,
    },
    /// Known values.
    Enum {
        /// How they are sent; absent if the spec does not say, which has been reported.
        repr: Option<Repr>,
        /// The values.
        values: Vec<EnumValue<'t>>,
    },
}

/// A value of an enum as the spec has it.
pub struct EnumValue<'t> {
    /// The value, and how its key is written.
    pub value: &'t Entry<'t>,
    /// Its name.
    pub name: Option<Text<'t>>,
    /// Its other spellings.
    pub aliases: &'t [Node<'t>],
    /// Where it is from.
    pub from: Option<Text<'t>>,
    /// What to use instead.
    pub deprecated: Option<Text<'t>>,
    /// What it means.
    pub doc: Option<Text<'t>>,
}

/// Reads the types of a service or an operation.
pub fn read<'t>(entries: &'t [Entry<'t>]) -> Vec<TypeDef<'t>> {
    entries.iter().map(read_one).collect()
}

fn read_one<'t>(entry: &'t Entry<'t>) -> TypeDef<'t> {
    let keys = Keys::of(&entry.value, entry.key_span);
    let kind = match keys.node("enum") {
        None => TypeKind::Record {
            fields: field::read(keys.entries("fields")),
            input: keys.flag("input"),
            include: keys.text("include"),
            without: keys.texts("without"),
        },
        Some(_) => TypeKind::Enum {
            repr: keys.word("enum").map(|repr| repr.value),
            values: keys.entries("values").iter().map(read_value).collect(),
        },
    };
    TypeDef {
        name: name(entry),
        doc: keys.text("doc"),
        from: keys.text("from"),
        kind,
    }
}

fn read_value<'t>(entry: &'t Entry<'t>) -> EnumValue<'t> {
    let keys = Keys::of(&entry.value, entry.key_span);
    EnumValue {
        value: entry,
        name: keys.text("name"),
        aliases: keys.items("aliases"),
        from: keys.text("from"),
        deprecated: keys.text("deprecated"),
        doc: text(&entry.value).or(keys.text("doc")),
    }
}
