//! `pages`: how an answer comes in pages.

use super::forms::MEMBER;
use super::keys::{Keys, Text, one_or_more, text};
use super::shape::{Key, Shape, Table};
use crate::source::{Span, Spanned};
use crate::yaml::Entry;

/// `pages`.
pub const PAGES: Table = Table {
    what: "`pages`",
    keys: &[OFFSET, PAGE, TOKEN, LIMIT, FIRST, NEXT, ITEMS, TOTAL],
};

/// `pages` of a service: what is said once for its operations.
pub const PAGES_OF_SERVICE: Table = Table {
    what: "`pages` of a service",
    keys: &[OFFSET, PAGE, TOKEN, LIMIT, FIRST, NEXT, TOTAL],
};

const OFFSET: Key = Key::optional(
    "offset",
    Shape::Text,
    "the parameter that says how many items come before the page",
);
const PAGE: Key = Key::optional(
    "page",
    Shape::Text,
    "the parameter that says the number of the page",
);
const TOKEN: Key = Key::optional(
    "token",
    Shape::Text,
    "the parameter that takes a token from the page before",
);
const LIMIT: Key = Key::optional(
    "limit",
    Shape::Text,
    "the parameter that says how many items a page has at most",
);
const FIRST: Key = Key::optional(
    "first",
    Shape::Count,
    "the number of the first page; 1 if left out",
);
const NEXT: Key = Key::optional(
    "next",
    Shape::Form(MEMBER),
    "the member that holds the token of the next page; called as the parameter if left out",
);
const ITEMS: Key = Key::required(
    "items",
    Shape::OneOrMore(&Shape::Form(MEMBER)),
    "the lists that the pages are made of",
);
const TOTAL: Key = Key::optional(
    "total",
    Shape::Form(MEMBER),
    "the member that counts the items of all pages",
);

/// `pages` as the spec has it.
#[derive(Clone)]
pub struct Pages<'t> {
    /// The key `pages`.
    pub place: Span,
    /// The parameter for the number of items before.
    pub offset: Option<Text<'t>>,
    /// The parameter for the number of the page.
    pub page: Option<Text<'t>>,
    /// The parameter for the token.
    pub token: Option<Text<'t>>,
    /// The parameter for the size of a page.
    pub limit: Option<Text<'t>>,
    /// The number of the first page.
    pub first: Option<Spanned<u32>>,
    /// Where the next token is.
    pub next: Option<Text<'t>>,
    /// Where the items are.
    pub items: Vec<Text<'t>>,
    /// Where the number of all items is.
    pub total: Option<Text<'t>>,
}

impl<'t> Pages<'t> {
    /// What an operation says, and what its service says for all of them: nothing of that once the operation itself says which
    /// parameter tells a page from the next.
    pub fn or(self, service: Option<&Self>) -> Self {
        let own = self.offset.or(self.page).or(self.token);
        let Some(service) = service.filter(|_| own.is_none()) else {
            return self;
        };
        Self {
            place: self.place,
            offset: service.offset,
            page: service.page,
            token: service.token,
            limit: self.limit.or(service.limit),
            first: self.first.or(service.first),
            next: self.next.or(service.next),
            items: self.items,
            total: self.total.or(service.total),
        }
    }

    /// The parameters that a pager sets.
    pub fn parameters(&self) -> impl Iterator<Item = Text<'t>> {
        [self.offset, self.page, self.token, self.limit]
            .into_iter()
            .flatten()
    }
}

/// Reads `pages`.
pub fn read<'t>(entry: &'t Entry<'t>) -> Pages<'t> {
    let keys = Keys::of(&entry.value, entry.key_span);
    let items = keys.node("items").map(one_or_more).unwrap_or_default();
    Pages {
        place: entry.key_span,
        offset: keys.text("offset"),
        page: keys.text("page"),
        token: keys.text("token"),
        limit: keys.text("limit"),
        first: keys.count("first"),
        next: keys.text("next"),
        items: items.iter().filter_map(text).collect(),
        total: keys.text("total"),
    }
}
