//! How an operation hands out a long list page by page, as data.

mod position;
mod run;

pub use self::position::Position;
pub(crate) use self::run::Run;
use crate::operation::Operation;
use crate::record::{Record, Value};
use crate::service::Service;
use crate::walk::{at, spelled};

/// A path without lists: names of fields on the wire.
type Names = &'static [&'static str];

/// An operation whose answer is one page of a list.
pub trait Paged<S: Service>: Operation<S, Response: Record> + Record {
    /// How its pages are told apart.
    fn paging() -> &'static Paging;

    /// Makes the request ask for the page that begins here.
    fn turn_to(&mut self, position: &Position);
}

/// A [`Paged`] operation whose pages hold one list.
pub trait PagedItems<S: Service>: Paged<S> {
    /// What the list holds.
    type Item;

    /// The items of one page.
    fn into_items(response: Self::Response) -> Vec<Self::Item>;
}

/// How an operation's pages are told apart: data of its crate.
///
/// ```
/// # use cloud_core::Paging;
/// const BY_OFFSET: Paging = Paging::offset("Offset")
///     .limit("Limit", Some(20))
///     .items(&[&["BackupSet"]])
///     .total(&["TotalCount"]);
/// const BY_PAGE: Paging = Paging::page("PageNumber", 1).limit("PageSize", None).items(&[&["Clients"]]);
/// const BY_TOKEN: Paging = Paging::token("NextToken", &["NextToken"]).items(&[&["Result", "Items"]]);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Paging {
    parameter: &'static str,
    mark: Mark,
    limit: Option<Limit>,
    items: &'static [Names],
    total: Option<Names>,
}

/// What marks the beginning of a page.
#[derive(Debug, Clone, Copy)]
enum Mark {
    /// How many items come before it.
    Offset,
    /// The number of the page, and that of the first.
    Page(u64),
    /// What stands at this path of the page before.
    Token(Names),
}

/// The parameter that says how long a page may be, and what holds without it.
#[derive(Debug, Clone, Copy)]
struct Limit {
    parameter: &'static str,
    default: Option<u64>,
}

impl Paging {
    /// Pages that begin after as many items as this parameter says.
    pub const fn offset(parameter: &'static str) -> Self {
        Self::new(parameter, Mark::Offset)
    }

    /// Pages that this parameter numbers, counting from `first`.
    pub const fn page(parameter: &'static str, first: u64) -> Self {
        Self::new(parameter, Mark::Page(first))
    }

    /// Pages that begin at a mark: this parameter repeats what stood at the path `next` of the page before.
    pub const fn token(parameter: &'static str, next: Names) -> Self {
        Self::new(parameter, Mark::Token(next))
    }

    const fn new(parameter: &'static str, mark: Mark) -> Self {
        Self {
            parameter,
            mark,
            limit: None,
            items: &[],
            total: None,
        }
    }

    /// The parameter that says how many items a page may have, and how many it has without it.
    #[must_use]
    pub const fn limit(mut self, parameter: &'static str, default: Option<u64>) -> Self {
        self.limit = Some(Limit { parameter, default });
        self
    }

    /// The paths of the lists that a page holds.
    #[must_use]
    pub const fn items(mut self, paths: &'static [Names]) -> Self {
        self.items = paths;
        self
    }

    /// The path of the number of items on all pages together.
    #[must_use]
    pub const fn total(mut self, path: Names) -> Self {
        self.total = Some(path);
        self
    }

    /// Where the page begins that the request asks for. `None` for the first page of those that begin at a mark.
    pub fn position(&self, request: &dyn Record) -> Option<Position> {
        let parameter = at(request, &[self.parameter]);
        match self.mark {
            Mark::Offset => Some(Position::Number(number(parameter).unwrap_or(0))),
            Mark::Page(first) => Some(Position::Number(number(parameter).unwrap_or(first))),
            Mark::Token(_) => token(parameter),
        }
    }

    /// How many items a page may have: what the request asks for, or what holds without it.
    pub fn limit_of(&self, request: &dyn Record) -> Option<u64> {
        let limit = self.limit?;
        number(at(request, &[limit.parameter])).or(limit.default)
    }

    /// How many items this page has; those of the longest list if there are several.
    pub fn count(&self, response: &dyn Record) -> u64 {
        let lengths = self.items.iter().map(|path| match at(response, path) {
            Value::List(list) => list.len() as u64,
            _ => 0,
        });
        lengths.max().unwrap_or(0)
    }

    /// How many items all pages have together, if the answer says so.
    pub fn total_of(&self, response: &dyn Record) -> Option<u64> {
        number(at(response, self.total?))
    }

    /// Where the page after this one begins, as far as this one tells; `None` after the last.
    ///
    /// [`Client::pages`](crate::Client::pages) looks at all pages: it notices what is missing, and what comes twice.
    pub fn next(&self, request: &dyn Record, response: &dyn Record) -> Option<Position> {
        Run::new(*self).turn(request, response).ok().flatten()
    }
}

fn number(value: Value<'_>) -> Option<u64> {
    spelled(value)?.trim().parse().ok()
}

fn token(value: Value<'_>) -> Option<Position> {
    let text = spelled(value).filter(|text| !text.is_empty())?;
    Some(Position::Token(text.into_owned()))
}
