//! Reading a list, page by page or item by item.

use std::fmt;

use pollster::block_on;

use super::Client;
use crate::client;
use crate::error::Error;
use crate::paging::{Paged, PagedItems, Position};
use crate::service::Service;

impl<S: Service> Client<S> {
    /// Reads a list page by page, from the page that the request asks for to the last one.
    ///
    /// Each page is asked for when it is needed. How long a page may be is up to the request.
    pub fn pages<O: Paged<S> + 'static>(&self, request: O) -> Pages<S, O> {
        Pages(self.0.pages(request))
    }

    /// Reads a list item by item, from the page that the request asks for to the last one.
    ///
    /// Each page is asked for when it is needed. How long a page may be is up to the request.
    pub fn items<O: PagedItems<S> + 'static>(&self, request: O) -> Items<S, O> {
        Items(self.0.items(request))
    }
}

/// The pages of a list, one after the other. Made by [`Client::pages`].
///
/// After the last page, and after an error, there are no more. To go on after an error, start again
/// [`from`](Self::from) the [`position`](Self::position) of the page that is missing.
#[must_use = "pages are only read when they are asked for"]
pub struct Pages<S: Service, O: Paged<S>>(client::Pages<S, O>);

impl<S: Service, O: Paged<S> + 'static> Pages<S, O> {
    /// Goes on at a [`position`](Self::position) that was kept, instead of where the request says or where it is now.
    #[must_use = "pages are only read when they are asked for"]
    pub fn from(self, position: Position) -> Self {
        Self(self.0.from(position))
    }

    /// Where the page begins that comes next, or that an error came for; `None` after the last.
    ///
    /// It can be stored to read on [`from`](Self::from) there another time, with a request that is otherwise the same.
    pub fn position(&self) -> Option<&Position> {
        self.0.position()
    }
}

impl<S: Service, O: Paged<S> + 'static> Iterator for Pages<S, O> {
    type Item = Result<O::Response, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(self.0.next())
    }
}

impl<S: Service, O: Paged<S>> fmt::Debug for Pages<S, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The items of a list, one after the other, across its pages. Made by [`Client::items`].
///
/// After the last item, and after an error, there are no more. To go on after an error, start again
/// [`from`](Self::from) the [`position`](Self::position) of the page that is missing.
#[must_use = "items are only read when they are asked for"]
pub struct Items<S: Service, O: PagedItems<S>>(client::Items<S, O>);

impl<S: Service, O: PagedItems<S> + 'static> Items<S, O> {
    /// Goes on at a [`position`](Self::position) that was kept, instead of where the request says or where it is now.
    #[must_use = "items are only read when they are asked for"]
    pub fn from(self, position: Position) -> Self {
        Self(self.0.from(position))
    }

    /// Where the page of the next item begins, or of the one that an error came for; `None` after the last.
    ///
    /// It can be stored to read on [`from`](Self::from) there another time, with a request that is otherwise the same. A page is read
    /// whole: what was already taken of it then comes once more.
    pub fn position(&self) -> Option<&Position> {
        self.0.position()
    }
}

impl<S: Service, O: PagedItems<S> + 'static> Iterator for Items<S, O> {
    type Item = Result<O::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(self.0.next())
    }
}

impl<S: Service, O: PagedItems<S>> fmt::Debug for Items<S, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
