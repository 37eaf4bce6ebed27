//! Reading a list page by page.

use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

use super::Client;
use crate::error::{Error, ErrorKind, Stopped};
use crate::paging::{Paged, Position, Run};
use crate::service::Service;
use crate::transport::BoxFuture;

impl<S: Service> Client<S> {
    /// Reads a list page by page, from the page that the request asks for to the last one.
    ///
    /// Each page is asked for when it is needed. How long a page may be is up to the request.
    pub fn pages<O: Paged<S> + 'static>(&self, request: O) -> Pages<S, O> {
        let paging = O::paging();
        let position = paging.position(&request).unwrap_or(Position::Start);
        Pages {
            client: self.clone(),
            request,
            run: Run::new(*paging),
            position: Some(position),
            state: State::Idle,
            read_ahead: false,
            was_left: false,
        }
    }
}

/// The pages of a list, one after the other. Made by [`Client::pages`].
///
/// After the last page, and after an error, there are no more. To go on after an error, start again
/// [`from`](Self::from) the [`position`](Self::position) of the page that is missing.
///
/// Dropping the future of [`next`](Self::next) loses nothing: the next one goes on where it was, and asks for the page once more if the
/// call has failed meanwhile. Dropping the `Pages` cancels what is under way.
#[must_use = "pages are only read when they are asked for"]
pub struct Pages<S: Service, O: Paged<S>> {
    client: Client<S>,
    /// Asks for the page that was asked for last.
    request: O,
    run: Run,
    /// Where the page begins that comes next; `None` after the last.
    position: Option<Position>,
    state: State<O::Response>,
    read_ahead: bool,
    /// Nothing drove the call for the page that comes next at times: it was made before the page was needed, or who waited for it gave
    /// up and came back.
    was_left: bool,
}

/// How far the page that comes next is.
enum State<R> {
    Idle,
    Asked(BoxFuture<'static, Result<R, Error>>),
    Here(Result<R, Error>),
    Over,
}

impl<S: Service, O: Paged<S> + 'static> Pages<S, O> {
    /// Goes on at a [`position`](Self::position) that was kept, instead of where the request says or where it is now.
    #[must_use = "pages are only read when they are asked for"]
    pub fn from(mut self, position: Position) -> Self {
        self.run = Run::new(*O::paging());
        self.position = Some(position);
        self.state = State::Idle;
        self.was_left = false;
        self
    }

    /// Asks for the page after the one that is handed out, so that it is on its way in the meantime.
    ///
    /// Nothing drives the call meanwhile. If it fails, because its time was over before the page was needed, for example, the page is
    /// asked for once more.
    #[must_use = "pages are only read when they are asked for"]
    pub fn read_ahead(mut self) -> Self {
        self.read_ahead = true;
        self
    }

    /// Where the page begins that comes next, or that an error came for; `None` after the last.
    ///
    /// It can be stored to read on [`from`](Self::from) there another time, with a request that is otherwise the same.
    pub fn position(&self) -> Option<&Position> {
        self.position.as_ref()
    }

    /// The next page; `None` after the last one.
    ///
    /// # Errors
    ///
    /// What [`Client::send`] says, or [`Paging`](ErrorKind::Paging) if the pages don't fit together.
    pub async fn next(&mut self) -> Option<Result<O::Response, Error>> {
        self.resume();
        poll_fn(|context| self.poll(context)).await
    }

    /// Notes that a call that is under way was left alone until now.
    pub(super) fn resume(&mut self) {
        self.was_left |= matches!(self.state, State::Asked(_));
    }

    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<O::Response, Error>>> {
        self.advance(context);
        if self.was_left && matches!(self.state, State::Here(Err(_))) {
            // Its timers ran on meanwhile.
            self.was_left = false;
            self.state = self.call();
            self.advance(context);
        }
        match mem::replace(&mut self.state, State::Over) {
            State::Over => Poll::Ready(None),
            State::Here(answer) => {
                self.was_left = false;
                let page = answer.and_then(|page| self.turn(page));
                self.look_ahead(context);
                Poll::Ready(Some(page))
            }
            state => {
                self.state = state;
                Poll::Pending
            }
        }
    }

    /// Brings the page that comes next nearer, as far as that goes without waiting.
    fn advance(&mut self, context: &mut Context<'_>) {
        if let State::Idle = self.state {
            self.state = self.ask();
        }
        if let State::Asked(call) = &mut self.state
            && let Poll::Ready(answer) = call.as_mut().poll(context)
        {
            self.state = State::Here(answer);
        }
    }

    /// The same, if that is wanted while what came before is still in use.
    pub(super) fn look_ahead(&mut self, context: &mut Context<'_>) {
        if self.read_ahead {
            if let State::Idle = self.state {
                self.state = self.ask();
                self.was_left = matches!(self.state, State::Asked(_));
            }
            self.advance(context);
        }
    }

    /// Asks for the page that comes next.
    fn ask(&mut self) -> State<O::Response> {
        let Some(position) = &self.position else {
            return State::Over;
        };
        match turn_to::<S, O>(&mut self.request, position, &mut self.run) {
            Ok(()) => self.call(),
            Err(error) => State::Here(Err(error)),
        }
    }

    /// Sends the request as it is.
    fn call(&self) -> State<O::Response> {
        State::Asked(Box::pin(self.client.start(&self.request)))
    }

    /// Looks for the page after this one, and hands this one out.
    fn turn(&mut self, page: O::Response) -> Result<O::Response, Error> {
        let next = self.run.turn(&self.request, &page);
        self.position = next.map_err(|problem| broken(&self.request, problem))?;
        if self.position.is_some() {
            self.state = State::Idle;
        }
        Ok(page)
    }
}

/// Makes the request ask for the page at this position.
fn turn_to<S: Service, O: Paged<S>>(
    request: &mut O,
    position: &Position,
    run: &mut Run,
) -> Result<(), Error> {
    let asks_for = |request: &O| {
        let found = O::paging().position(request);
        found.unwrap_or(Position::Start) == *position
    };
    if !asks_for(request) {
        request.turn_to(position);
        // Otherwise the request asks for the first page again, and the list would never end.
        if !asks_for(request) {
            let problem = format!("no page of this list begins at {position:?}");
            let error = Error::configuration(problem);
            return Err(error.with_call(request.metadata().action, 0));
        }
    }
    run.begin(position)
        .map_err(|problem| broken(request, problem))
}

/// The error for pages that don't fit together.
fn broken<S: Service>(request: &impl Paged<S>, problem: String) -> Error {
    Error::new(ErrorKind::Paging, problem)
        .with_call(request.metadata().action, 1)
        .with_end(Stopped::NotRetryable, Duration::ZERO, true)
}

impl<S: Service, O: Paged<S> + 'static> Stream for Pages<S, O> {
    type Item = Result<O::Response, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

/// Nothing of it is pinned in place.
impl<S: Service, O: Paged<S>> Unpin for Pages<S, O> {}

impl<S: Service, O: Paged<S>> fmt::Debug for Pages<S, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pages")
            .field("position", &self.position)
            .field("read_ahead", &self.read_ahead)
            .finish_non_exhaustive()
    }
}
