//! Takes values from a mapping that was held against its table.
//!
//! Whatever does not fit has been reported by then; here it is as if it were not there.

use super::check::PLACEHOLDER;
use super::words::Word;
use crate::source::{Span, Spanned};
use crate::yaml::{Atom, Entry, Node};

/// Text of a spec and its place.
pub type Text<'t> = Spanned<&'t str>;

/// The entries of a mapping; none if it is something else.
#[derive(Clone, Copy)]
pub struct Keys<'t> {
    entries: &'t [Entry<'t>],
    /// Where something that is missing would belong.
    place: Span,
}

impl<'t> Keys<'t> {
    /// The entries of a node that stands at a key.
    pub fn of(node: &'t Node<'t>, place: Span) -> Self {
        Self {
            entries: node.entries().unwrap_or_default(),
            place,
        }
    }

    /// The keys of a mapping that is not there.
    pub fn none(place: Span) -> Self {
        Self {
            entries: &[],
            place,
        }
    }

    /// The value of a key.
    pub fn node(&self, key: &str) -> Option<&'t Node<'t>> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The key and its value.
    pub fn entry(&self, key: &str) -> Option<&'t Entry<'t>> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Text that may be left out.
    pub fn text(&self, key: &str) -> Option<Text<'t>> {
        self.node(key).and_then(text)
    }

    /// Text that has to be there. If it is not, that has been reported, and nothing stands for it.
    pub fn required_text(&self, key: &str) -> Text<'t> {
        let written = self
            .text(key)
            .filter(|text| !text.value.starts_with(PLACEHOLDER));
        written.unwrap_or(Spanned {
            value: "",
            span: self.place,
        })
    }

    /// A list of texts.
    pub fn texts(&self, key: &str) -> Vec<Text<'t>> {
        self.items(key).iter().filter_map(text).collect()
    }

    /// One of a few words.
    pub fn word<W: Word>(&self, key: &str) -> Option<Spanned<W>> {
        let Text { value, span } = self.text(key)?;
        Some(Spanned {
            value: W::read(value)?,
            span,
        })
    }

    /// Whether something is so, and where that stands.
    pub fn flag(&self, key: &str) -> Option<Span> {
        let node = self.node(key)?;
        matches!(node.atom(), Some(Atom::Bool(true))).then_some(node.span)
    }

    /// What a key says to be so or not.
    pub fn bool(&self, key: &str) -> Option<bool> {
        match self.node(key)?.atom()? {
            Atom::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// A count.
    pub fn count(&self, key: &str) -> Option<Spanned<u32>> {
        let node = self.node(key)?;
        match node.atom() {
            Some(Atom::Integer(number)) => Some(Spanned {
                value: u32::try_from(number).ok()?,
                span: node.span,
            }),
            _ => None,
        }
    }

    /// The items of a list.
    pub fn items(&self, key: &str) -> &'t [Node<'t>] {
        self.node(key).and_then(Node::items).unwrap_or_default()
    }

    /// The entries of a mapping.
    pub fn entries(&self, key: &str) -> &'t [Entry<'t>] {
        self.node(key).and_then(Node::entries).unwrap_or_default()
    }
}

/// The items of a list, or the one value that stands there instead.
pub fn one_or_more<'t>(node: &'t Node<'t>) -> &'t [Node<'t>] {
    node.items().unwrap_or(std::slice::from_ref(node))
}

/// The text of a node and its place.
pub fn text<'t>(node: &'t Node<'t>) -> Option<Text<'t>> {
    Some(Spanned {
        value: node.text()?,
        span: node.span,
    })
}

/// The text itself; empty where there is none.
pub fn owned(text: Option<Text<'_>>) -> String {
    text.map_or_else(String::new, |text| text.value.to_owned())
}
