//! One reading of a list from page to page: when it is over, and what shows that it went wrong.
//!
//! A list ends where the provider's total says so, or, without a total, at an empty page. A page that is shorter than asked for
//! proves nothing by itself: the provider may let a page have fewer items than it was asked for. It ends the list once another
//! page was as long as asked for. So a list without a total may cost one request more, and never loses items.
//!
//! A page that equals the one before was sent twice if its items can be told apart. Items without ids may well be equal, so that their
//! pages are, too.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, DefaultHasher, Hasher as _, RandomState};
use std::io;

use super::{Mark, Paging, Position};
use crate::record::{Record, Value, with_secrets};
use crate::walk::{at, spelled};

/// Filters can leave many pages of a list empty, and items can be equal, but a provider that goes on like this leads nowhere.
const PAGES_WITHOUT_NEW_ITEMS: u32 = 1000;

/// What the pages of a list have shown so far.
pub(crate) struct Run {
    paging: Paging,
    /// How many items come before the first page of the run: at least so many, and at most. `None` before it is read.
    before: Option<(u64, u64)>,
    /// How many items the pages of the run had.
    seen: u64,
    /// Whether a page was as long as asked for.
    limit_is_kept: bool,
    /// The items of the last page, as a hash.
    last: Option<u64>,
    /// The marks that pages were asked for with, as hashes.
    marks: HashSet<u64>,
    random: RandomState,
    /// How many pages in a row had no items, or the same as the page before.
    without_new_items: u32,
}

impl Run {
    pub(crate) fn new(paging: Paging) -> Self {
        Self {
            paging,
            before: None,
            seen: 0,
            limit_is_kept: false,
            last: None,
            marks: HashSet::new(),
            random: RandomState::new(),
            without_new_items: 0,
        }
    }

    /// Notes that the page at this position will be asked for.
    pub(crate) fn begin(&mut self, position: &Position) -> Result<(), String> {
        match position {
            Position::Token(token) if !self.marks.insert(self.random.hash_one(token)) => {
                Err("the provider sent the mark of a page that was read before".to_owned())
            }
            _ => Ok(()),
        }
    }

    /// Where the page after this one begins; `None` after the last. An error if the page is not what should stand there.
    pub(crate) fn turn(
        &mut self,
        request: &dyn Record,
        response: &dyn Record,
    ) -> Result<Option<Position>, String> {
        let count = self.paging.count(response);
        let items = (count > 0).then(|| hash(&self.paging, response));
        let is_like_last = items.is_some() && items == self.last;
        if is_like_last && can_be_told_apart(&self.paging, response) {
            return Err(format!(
                "the provider sent the page of {} items again that it had sent before, as if it ignored `{}`",
                count, self.paging.parameter
            ));
        }
        self.last = items.or(self.last);
        self.without_new_items = if count == 0 || is_like_last {
            self.without_new_items + 1
        } else {
            0
        };
        if self.without_new_items > PAGES_WITHOUT_NEW_ITEMS {
            return Err(format!(
                "{PAGES_WITHOUT_NEW_ITEMS} pages in a row had no items, or the same as the page before"
            ));
        }
        match (self.paging.mark, self.paging.position(request)) {
            (Mark::Token(path), _) => Ok(super::token(at(response, path))),
            (mark, Some(Position::Number(position))) => {
                let step = if let Mark::Offset = mark { count } else { 1 };
                let is_last = self.is_last(position, request, response, count)?;
                let next = position.checked_add(step).filter(|_| !is_last);
                Ok(next.map(Position::Number))
            }
            _ => Ok(None),
        }
    }

    /// Whether the list ends with this page, which begins at a number.
    fn is_last(
        &mut self,
        position: u64,
        request: &dyn Record,
        response: &dyn Record,
        count: u64,
    ) -> Result<bool, String> {
        let limit = self.paging.limit_of(request);
        let total = self.paging.total_of(response);
        let (least, most) = self
            .before
            .get_or_insert_with(|| before(self.paging.mark, position, limit));
        if count == 0 {
            return match total {
                Some(total) if total > most.saturating_add(self.seen) => Err(format!(
                    "the provider sent an empty page, but has {total} items in all, of which {} came before it",
                    most.saturating_add(self.seen),
                )),
                _ => Ok(true),
            };
        }
        if limit.is_some_and(|limit| count >= limit) {
            self.limit_is_kept = true;
            *least = *most;
            if limit != Some(count) {
                *most = u64::MAX;
            }
        }
        self.seen = self.seen.saturating_add(count);
        let read = least.saturating_add(self.seen);
        Ok(match total {
            Some(total) if total > read => false,
            Some(total) if total == read => true,
            // Some providers count on the first page only. A total that is less than what was read says nothing.
            _ => self.limit_is_kept && limit.is_some_and(|limit| count < limit),
        })
    }
}

/// How many items come before the page at this position: at least, and at most.
fn before(mark: Mark, position: u64, limit: Option<u64>) -> (u64, u64) {
    match mark {
        Mark::Page(first) if position <= first => (0, 0),
        // The pages before it may have had fewer items than this one is asked to have.
        Mark::Page(first) => {
            let most = limit.map(|limit| (position - first).saturating_mul(limit));
            (0, most.unwrap_or(u64::MAX))
        }
        _ => (position, position),
    }
}

/// Whether no two items of a page are equal, and each has an id: something whose name ends in `Id`.
fn can_be_told_apart(paging: &Paging, response: &dyn Record) -> bool {
    let mut seen = HashSet::new();
    paging.items.iter().all(|path| {
        let Value::List(list) = at(response, path) else {
            return true;
        };
        (0..list.len()).all(|index| {
            let item = list.get(index);
            has_id(item) && seen.insert(hash_of([item]))
        })
    })
}

fn has_id(item: Value<'_>) -> bool {
    let Value::Record(record) = item else {
        return false;
    };
    let mut fields = record.fields().iter().enumerate();
    fields.any(|(index, field)| {
        let is_id = field.name().ends_with("Id") || field.name().ends_with("ID");
        is_id && spelled(record.value(index)).is_some_and(|id| !id.is_empty())
    })
}

/// The items of a page as one number, to know them again.
fn hash(paging: &Paging, response: &dyn Record) -> u64 {
    hash_of(paging.items.iter().map(|path| at(response, path)))
}

fn hash_of<'a>(values: impl IntoIterator<Item = Value<'a>>) -> u64 {
    struct Sink(DefaultHasher);

    impl io::Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.write(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    let mut sink = Sink(DefaultHasher::new());
    for value in values {
        // Writing into a hash does not fail. If a value can't be written, what came before it counts.
        let _ = serde_json::to_writer(&mut sink, &with_secrets(&value));
    }
    sink.0.finish()
}
