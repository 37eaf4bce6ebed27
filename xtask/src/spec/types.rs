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
            Shape::List(&Shape::Table(&ENUM_VALUE)),
            "its values, in the page's order",
        ),
    ],
};

/// A value of an enum.
pub const ENUM_VALUE: Table = Table {
    what: "a value of an enum",
    keys: &[
        Key::required("value", Shape::Scalar, "the value on the wire"),
        Key::optional(
            "name",
            Shape::Text,
            "its name in Rust, where the value itself makes none",
        ),
        Key::optional(
            "aka",
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

/// What stands for a map.
pub const MAP: Table = Table {
    what: "the type of a map",
    keys: &[Key::required(
        "map",
        Shape::Type,
        "the type of the values; the keys are text",
    )],
};

/// A reference to a type.
#[derive(Debug, Clone)]
pub enum TypeRef<'t> {
    /// A type by its name.
    Named(Text<'t>),
    /// A list of a type, and where it stands.
    List(Box<Self>, Span),
    /// A map to a type, and where it stands.
    Map(Box<Self>, Span),
}

impl<'t> TypeRef<'t> {
    /// Reads `T`, `[R]` or `{ map: R }`. Only as deep as a tree can be.
    pub fn read(node: &'t Node<'t>) -> Option<Self> {
        match &node.kind {
            Kind::Sequence(items) => match items.as_slice() {
                [item] => Some(Self::List(Box::new(Self::read(item)?), node.span)),
                _ => None,
            },
            Kind::Mapping(_) => {
                let value = Keys::of(node, node.span).node("map")?;
                Some(Self::Map(Box::new(Self::read(value)?), node.span))
            }
            _ => Some(Self::Named(text(node)?)),
        }
    }

    /// The name within all lists and maps.
    pub fn innermost(&self) -> Text<'t> {
        match self {
            Self::Named(name) => *name,
            Self::List(inner, _) | Self::Map(inner, _) => inner.innermost(),
        }
    }

    /// How many lists and maps are around the name.
    pub fn depth(&self) -> usize {
        match self {
            Self::Named(_) => 0,
            Self::List(inner, _) | Self::Map(inner, _) => 1 + inner.depth(),
        }
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Named(name) => name.span,
            Self::List(_, span) | Self::Map(_, span) => *span,
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
    /// The value.
    pub value: &'t Node<'t>,
    /// Its name.
    pub name: Option<Text<'t>>,
    /// Its other spellings.
    pub aka: &'t [Node<'t>],
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
            values: keys
                .items("values")
                .iter()
                .filter_map(|item| read_value(item, entry.key_span))
                .collect(),
        },
    };
    TypeDef {
        name: name(entry),
        doc: keys.text("doc"),
        from: keys.text("from"),
        kind,
    }
}

fn read_value<'t>(item: &'t Node<'t>, place: Span) -> Option<EnumValue<'t>> {
    let keys = Keys::of(item, place);
    Some(EnumValue {
        value: keys.node("value")?,
        name: keys.text("name"),
        aka: keys.items("aka"),
        from: keys.text("from"),
        deprecated: keys.text("deprecated"),
        doc: keys.text("doc"),
    })
}
