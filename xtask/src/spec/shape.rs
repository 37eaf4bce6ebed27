//! What the grammar says about a value: which keys a mapping has, and what each holds.
//!
//! The readers beside this file declare their keys in tables of these types. A file is held against its table once, which reports
//! every mistake that needs no knowledge of other places; the readers then take what is there.

use crate::prose::one_of;
use crate::yaml::Atom;

/// The keys of a kind of mapping.
#[derive(Debug)]
pub struct Table {
    /// What the mapping describes, with its article: `a request field`.
    pub what: &'static str,
    /// The keys, in the order in which they are best written.
    pub keys: &'static [Key],
}

impl Table {
    /// The key of this name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// A key of a mapping.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Whether it has to be there.
    pub need: Need,
    /// What it says, in one line.
    pub doc: &'static str,
}

/// Whether a key has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It has to.
    Required,
    /// It should, and a warning says so.
    Wanted,
    /// It may be left out.
    Optional,
}

impl Key {
    /// A key that has to be there.
    pub const fn required(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self {
            name,
            shape,
            need: Need::Required,
            doc,
        }
    }

    /// A key that should be there.
    pub const fn wanted(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self {
            name,
            shape,
            need: Need::Wanted,
            doc,
        }
    }

    /// A key that may be left out.
    pub const fn optional(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self {
            name,
            shape,
            need: Need::Optional,
            doc,
        }
    }
}

/// What a value has to look like.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Sentences. They are always quoted or folded: unquoted, `#` would end them and `: ` would break them.
    Prose,
    /// A name, an address or a pattern.
    Text,
    /// Text that keeps a form.
    Form(Form),
    /// `true` or `false`.
    Flag,
    /// A count: an integer from 0.
    Count,
    /// A number.
    Number,
    /// Text, a number or a boolean, as the type beside it says.
    Scalar,
    /// A number, or the name of a field.
    Step,
    /// One of a few words.
    Word(fn() -> Vec<&'static str>),
    /// A type: `i64`, `[i64]` for a list of them, `{ map: i64 }` for a map, `{ text: i64 }` or `{ json: [i64] }` for text that holds
    /// one; the inner type is again any of these.
    Type,
    /// A list.
    List(&'static Shape),
    /// A list that may be empty.
    ListOrNone(&'static Shape),
    /// A value, or a list of such values.
    OneOrMore(&'static Shape),
    /// A mapping whose keys the provider chose.
    Map(&'static Shape),
    /// A mapping whose keys the grammar knows.
    Table(&'static Table),
    /// A mapping that is described by the table if it has the key, by the shape if not.
    Either(&'static str, &'static Table, &'static Shape),
    /// A scalar, or a mapping that says more.
    OrTable(&'static Shape, &'static Table),
    /// Values of an enum: their words on the wire, each with what the inner shape says.
    Values(&'static Shape),
    /// A mapping with anything in it: parameters, or an answer.
    Anything,
}

/// A form that text keeps.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// What such a text is, with its article: `a date`.
    pub what: &'static str,
    /// One that is right.
    pub example: &'static str,
    /// Whether a text keeps the form.
    pub fits: fn(&str) -> bool,
    /// What such texts match, and as little else as a pattern can say, for editors.
    pub pattern: &'static str,
}

impl Shape {
    /// What is expected, with its article where it has one.
    pub fn expects(&self) -> String {
        match self {
            Shape::Prose | Shape::Text => "text".to_owned(),
            Shape::Form(form) => format!("{} such as `{}`", form.what, form.example),
            Shape::Flag => "`true` or `false`".to_owned(),
            Shape::Count => "an integer from 0".to_owned(),
            Shape::Number => "a number".to_owned(),
            Shape::Scalar => "text, a number or a boolean".to_owned(),
            Shape::Step => "a number or the name of a field".to_owned(),
            Shape::Word(words) => one_of(&words()),
            Shape::Type => {
                "a type, `[a type]` for a list, or `{ map: a type }` for a map".to_owned()
            }
            Shape::List(_) | Shape::ListOrNone(_) => "a list".to_owned(),
            Shape::OrTable(scalar, _) => format!("{}, or a mapping", scalar.expects()),
            Shape::OneOrMore(inner) => format!("{}, or a list of such", inner.expects()),
            Shape::Map(_)
            | Shape::Table(_)
            | Shape::Either(..)
            | Shape::Values(_)
            | Shape::Anything => "a mapping".to_owned(),
        }
    }

    /// Whether a scalar is of this shape, as far as its kind goes.
    pub fn takes(&self, atom: Atom<'_>) -> bool {
        match (self, atom) {
            (
                Shape::Prose
                | Shape::Text
                | Shape::Form(_)
                | Shape::Word(_)
                | Shape::Type
                | Shape::Step,
                Atom::Text(_),
            )
            | (Shape::Flag, Atom::Bool(_))
            | (Shape::Number | Shape::Step, Atom::Integer(_) | Atom::Float(_))
            | (Shape::Scalar, _) => true,
            (Shape::Count, Atom::Integer(number)) => u32::try_from(number).is_ok(),
            (Shape::OneOrMore(inner) | Shape::OrTable(inner, _), atom) => inner.takes(atom),
            _ => false,
        }
    }
}
