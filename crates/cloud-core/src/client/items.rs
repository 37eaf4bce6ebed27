//! Reading a list item by item.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::{Client, Pages};
use crate::error::Error;
use crate::paging::{PagedItems, Position};
use crate::service::Service;

impl<S: Service> Client<S> {
    /// Reads a list item by item, from the page that the request asks for to the last one.
    ///
    /// Each page is asked for when it is needed. How long a page may be is up to the request.
    pub fn items<O: PagedItems<S> + 'static>(&self, request: O) -> Items<S, O> {
        let pages = self.pages(request);
        Items {
            position: pages.position().cloned(),
            pages,
            page: Vec::new().into_iter(),
        }
    }
}

/// The items of a list, one after the other, across its pages. Made by [`Client::items`].
///
/// After the last item, and after an error, there are no more. To go on after an error, start again
/// [`from`](Self::from) the [`position`](Self::position) of the page that is missing.
#[must_use = "items are only read when they are asked for"]
pub struct Items<S: Service, O: PagedItems<S>> {
    pages: Pages<S, O>,
    page: vec::IntoIter<O::Item>,
    /// Where the page in `page` begins.
    position: Option<Position>,
}

impl<S: Service, O: PagedItems<S> + 'static> Items<S, O> {
    /// Goes on at a [`position`](Self::position) that was kept, instead of where the request says or where it is now.
    #[must_use = "items are only read when they are asked for"]
    pub fn from(mut self, position: Position) -> Self {
        self.pages = self.pages.from(position);
        self.page = Vec::new().into_iter();
        self
    }

    /// Asks for the page after the one whose items are handed out, so that it is on its way in the meantime.
    ///
    /// Nothing but asking for items drives the call meanwhile, so it has one attempt. If that fails, because its time was over before
    /// the page was needed, for example, the page is asked for once more.
    #[must_use = "items are only read when they are asked for"]
    pub fn read_ahead(mut self) -> Self {
        self.pages = self.pages.read_ahead();
        self
    }

    /// Where the page of the next item begins, or of the one that an error came for; `None` after the last.
    ///
    /// It can be stored to read on [`from`](Self::from) there another time, with a request that is otherwise the same. A page is read
    /// whole: what was already taken of it then comes once more.
    pub fn position(&self) -> Option<&Position> {
        if self.page.len() > 0 {
            self.position.as_ref()
        } else {
            self.pages.position()
        }
    }

    /// The next item; `None` after the last one.
    ///
    /// # Errors
    ///
    /// What [`Client::send`] says, or [`Paging`](crate::ErrorKind::Paging) if the pages don't fit together.
    pub async fn next(&mut self) -> Option<Result<O::Item, Error>> {
        self.pages.resume();
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<O::Item, Error>>> {
        loop {
            if let Some(item) = self.page.next() {
                self.pages.look_ahead(context);
                return Poll::Ready(Some(Ok(item)));
            }
            let position = self.pages.position().cloned();
            match ready!(self.pages.poll(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => self.page = O::into_items(page).into_iter(),
            }
            self.position = position;
        }
    }
}

impl<S: Service, O: PagedItems<S> + 'static> Stream for Items<S, O> {
    type Item = Result<O::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

/// Nothing of it is pinned in place.
impl<S: Service, O: PagedItems<S>> Unpin for Items<S, O> {}

impl<S: Service, O: PagedItems<S>> fmt::Debug for Items<S, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Items")
            .field("pages", &self.pages)
            .field("left_of_page", &self.page.len())
            .finish_non_exhaustive()
    }
}
