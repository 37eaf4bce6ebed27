//! Fields: the parameters of a request, the members of an answer, the members of a record.

mod table;

use super::keys::{Keys, Text, one_or_more, text};
use super::types::TypeRef;
use crate::model::Location;
use crate::source::{Span, Spanned};
use crate::yaml::{Entry, Node};
pub use table::{RECORD_FIELD, REQUEST_FIELD, RESPONSE_FIELD};

/// A field as the spec has it.
#[derive(Clone)]
pub struct Field<'t> {
    /// Its name on the wire.
    pub name: Text<'t>,
    /// Its type; absent if the spec has none, which has been reported.
    pub ty: Option<TypeRef<'t>>,
    /// Its name in Rust.
    pub rust_name: Option<Text<'t>>,
    /// That it is required.
    pub required: Option<Span>,
    /// Where it goes.
    pub location: Option<Spanned<Location>>,
    /// What stands for it when it is absent.
    pub default: Option<&'t Node<'t>>,
    /// Its smallest value.
    pub minimum: Option<&'t Node<'t>>,
    /// Its largest value.
    pub maximum: Option<&'t Node<'t>>,
    /// What it is a multiple of: a number, or a field.
    pub multiple_of: Option<&'t Node<'t>>,
    /// The shortest list.
    pub min_items: Option<Spanned<u32>>,
    /// The longest list.
    pub max_items: Option<Spanned<u32>>,
    /// A regular expression.
    pub pattern: Option<Text<'t>>,
    /// The shortest text.
    pub min_length: Option<Spanned<u32>>,
    /// The longest text.
    pub max_length: Option<Spanned<u32>>,
    /// That it has to hold something.
    pub not_empty: Option<Span>,
    /// What it may not begin with.
    pub not_prefix: Vec<Text<'t>>,
    /// What it may not contain.
    pub not_containing: Vec<Text<'t>>,
    /// When it has a meaning.
    pub only_when: Vec<Condition<'t>>,
    /// When it is required.
    pub required_when: Vec<Condition<'t>>,
    /// The fields of which one makes that it is not required.
    pub required_unless: Vec<Text<'t>>,
    /// The fields that have to be there with it.
    pub only_with: Vec<Text<'t>>,
    /// Its other names in answers.
    pub aliases: Vec<Text<'t>>,
    /// The member around it in answers.
    pub wrapper: Option<Text<'t>>,
    /// That logs must not show it.
    pub sensitive: Option<Span>,
    /// Where it is from.
    pub from: Option<Text<'t>>,
    /// What to use instead.
    pub deprecated: Option<Text<'t>>,
    /// A value it may have.
    pub example: Option<&'t Node<'t>>,
    /// What it is.
    pub doc: Option<Text<'t>>,
    /// The keys themselves, to point at.
    pub keys: Keys<'t>,
}

/// What another field has to be.
#[derive(Clone, Copy)]
pub struct Condition<'t> {
    /// The other field.
    pub field: Text<'t>,
    /// The values of which it has one.
    pub values: &'t [Node<'t>],
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
        rust_name: keys.text("name"),
        required: keys.flag("required"),
        location: keys.word("in"),
        default: keys.node("default"),
        minimum: keys.node("minimum"),
        maximum: keys.node("maximum"),
        multiple_of: keys.node("multiple_of"),
        min_items: keys.count("min_items"),
        max_items: keys.count("max_items"),
        pattern: keys.text("pattern"),
        min_length: keys.count("min_length"),
        max_length: keys.count("max_length"),
        not_empty: keys.flag("not_empty"),
        not_prefix: keys.texts("not_prefix"),
        not_containing: keys.texts("not_containing"),
        only_when: read_conditions(keys.entries("only_when")),
        required_when: read_conditions(keys.entries("required_when")),
        required_unless: names(keys.node("required_unless")),
        only_with: names(keys.node("only_with")),
        aliases: keys.texts("aliases"),
        wrapper: keys.text("wrapper"),
        sensitive: keys.flag("sensitive"),
        from: keys.text("from"),
        deprecated: keys.text("deprecated"),
        example: keys.node("example"),
        doc: keys.text("doc"),
        keys,
    }
}

/// One name, or several.
fn names<'t>(node: Option<&'t Node<'t>>) -> Vec<Text<'t>> {
    let nodes = node.map(one_or_more).unwrap_or_default();
    nodes.iter().filter_map(text).collect()
}

fn read_conditions<'t>(entries: &'t [Entry<'t>]) -> Vec<Condition<'t>> {
    let read = |entry: &'t Entry<'t>| Condition {
        field: Spanned {
            value: &*entry.key,
            span: entry.key_span,
        },
        values: one_or_more(&entry.value),
    };
    entries.iter().map(read).collect()
}
