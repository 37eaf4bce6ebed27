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
            second_try: SecondTry::No,
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
    second_try: SecondTry,
}

/// Whether the page that comes next is asked for once more if its call fails.
enum SecondTry {
    No,
    /// The call was not polled for some time while its timers ran on: it was made before the page was needed, or `next` was dropped
    /// and called again.
    Yes,
    /// It was asked for once more already.
    Done,
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
        self.second_try = SecondTry::No;
        self
    }

    /// Asks for the page after the one that is handed out, so that it is on its way in the meantime.
    ///
    /// Nothing drives the call meanwhile, so it has one attempt. If that fails, because its time was over before the page was needed,
    /// for example, the page is asked for once more.
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
        if let (State::Asked(_), SecondTry::No) = (&self.state, &self.second_try) {
            self.second_try = SecondTry::Yes;
        }
    }

    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<O::Response, Error>>> {
        self.advance(context);
        if let (State::Here(Err(_)), SecondTry::Yes) = (&self.state, &self.second_try) {
            self.second_try = SecondTry::Done;
            self.state = self.call(&self.client);
            self.advance(context);
        }
        match mem::replace(&mut self.state, State::Over) {
            State::Over => Poll::Ready(None),
            State::Here(answer) => {
                self.second_try = SecondTry::No;
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
            self.state = self.ask(&self.client.clone());
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
                // More attempts would follow on one whose time ran out unseen, and use up the budget.
                let once = self.client.with(|policy| policy.attempts(1));
                self.state = self.ask(&once);
                self.resume();
            }
            self.advance(context);
        }
    }

    /// Asks for the page that comes next.
    fn ask(&mut self, client: &Client<S>) -> State<O::Response> {
        let Some(position) = &self.position else {
            return State::Over;
        };
        match turn_to::<S, O>(&mut self.request, position, &mut self.run) {
            Ok(()) => self.call(client),
            Err(error) => State::Here(Err(error)),
        }
    }

    /// Sends the request as it is.
    fn call(&self, client: &Client<S>) -> State<O::Response> {
        State::Asked(Box::pin(client.start(&self.request)))
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
