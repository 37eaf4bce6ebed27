//! Searches for a key that are under way, and who drives them.
//!
//! All calls that need a key share one search. It does not end with them: one that a call has left, because it was dropped or its time
//! was over, goes on with the next call. That call begins another one beside it, since the first may hang for ever, and takes what
//! comes first.

#[cfg(feature = "blocking")]
mod threads;

use std::future::{Future as _, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use super::flight::{Flight, Passenger};
use super::key::Key;
use crate::error::Error;
use crate::transport::BoxFuture;

/// What a search comes to.
pub(super) type Outcome = Result<Key, Error>;

/// A search that has taken longer is lost: none of the sources of this crate needs as long.
const LOST: Duration = Duration::from_secs(90);

/// Who drives a search to its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Driver {
    /// The calls that wait for it, and those that go on beside it.
    #[default]
    Calls,
    /// A thread of its own, since sources block. It can't be stopped, so there are never more than two.
    #[cfg(feature = "blocking")]
    Thread,
}

#[derive(Default)]
pub(super) struct Searches {
    driver: Driver,
    under_way: Mutex<UnderWay>,
    /// A thread has come to an end of its search.
    #[cfg(feature = "blocking")]
    landed: std::sync::Condvar,
}

#[derive(Default)]
struct UnderWay {
    latest: Option<Search>,
    /// One that a call has left.
    older: Option<Search>,
    begun: u64,
}

struct Search {
    flight: Arc<Flight<Outcome>>,
    /// When it was begun.
    since: Duration,
}

/// What a call that needs a key finds.
pub(super) enum Joined {
    Key(Key),
    Waiting(Waiting),
}

/// What a call that can do without one finds.
pub(super) enum Beside {
    Key(Key),
    /// A search to drive on, and whether it has only just begun.
    Search(Passenger<Outcome>, bool),
    /// The last search has come to nothing in all this time.
    Lost,
}

impl Searches {
    pub(super) fn new(driver: Driver) -> Self {
        Self {
            driver,
            ..Self::default()
        }
    }

    #[cfg(feature = "blocking")]
    pub(super) fn driver(&self) -> Driver {
        self.driver
    }

    fn lock(&self) -> MutexGuard<'_, UnderWay> {
        self.under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits with the others, unless the last search has found a key that will do.
    pub(super) fn join(
        self: &Arc<Self>,
        now: Duration,
        known: impl FnOnce() -> Option<Key>,
        search: impl FnOnce(u64) -> BoxFuture<'static, Outcome>,
    ) -> Result<Joined, Error> {
        let mut under_way = self.lock();
        under_way.forget_landed();
        let begins = match &under_way.latest {
            Some(latest) if !latest.flight.is_left() => false,
            Some(_) => self.driver == Driver::Calls || under_way.older.is_none(),
            // In this order: a search keeps its key before it is over.
            None => match known() {
                Some(key) => return Ok(Joined::Key(key)),
                None => true,
            },
        };
        if begins {
            self.begin(&mut under_way, now, search)?;
        }
        let passenger = |search: &Search| Arc::clone(&search.flight).passenger();
        Ok(Joined::Waiting(Waiting {
            latest: under_way.latest.as_ref().map(passenger),
            older: under_way.older.as_ref().map(passenger),
        }))
    }

    /// Goes on with a search without waiting for it.
    pub(super) fn beside(
        self: &Arc<Self>,
        now: Duration,
        known: impl FnOnce() -> Option<Key>,
        search: impl FnOnce(u64) -> BoxFuture<'static, Outcome>,
    ) -> Result<Beside, Error> {
        let mut under_way = self.lock();
        under_way.forget_landed();
        if let Some(latest) = &under_way.latest {
            let is_lost = now.saturating_sub(latest.since) >= LOST;
            if is_lost && self.driver == Driver::Calls {
                under_way.latest = None;
                under_way.older = None;
                return Ok(Beside::Lost);
            }
            return Ok(Beside::Search(
                Arc::clone(&latest.flight).passenger(),
                false,
            ));
        }
        if let Some(key) = known() {
            return Ok(Beside::Key(key));
        }
        let flight = self.begin(&mut under_way, now, search)?;
        Ok(Beside::Search(flight.passenger(), true))
    }

    /// Begins a search, with its number.
    fn begin(
        self: &Arc<Self>,
        under_way: &mut UnderWay,
        now: Duration,
        search: impl FnOnce(u64) -> BoxFuture<'static, Outcome>,
    ) -> Result<Arc<Flight<Outcome>>, Error> {
        let number = under_way.begun + 1;
        let flight = Arc::new(Flight::new(search(number)));
        #[cfg(feature = "blocking")]
        if self.driver == Driver::Thread {
            threads::drive(self, &flight)?;
        }
        under_way.begun = number;
        under_way.older = under_way.latest.replace(Search {
            flight: Arc::clone(&flight),
            since: now,
        });
        Ok(flight)
    }
}

impl UnderWay {
    fn forget_landed(&mut self) {
        for search in [&mut self.older, &mut self.latest] {
            search.take_if(|search| search.flight.has_landed());
        }
        if self.latest.is_none() {
            self.latest = self.older.take();
        }
    }
}

/// Does something else, and drives a search meanwhile.
pub(super) async fn driving<T>(
    search: Option<Passenger<Outcome>>,
    mut work: BoxFuture<'_, T>,
) -> T {
    let Some(mut search) = search else {
        return work.await;
    };
    let mut is_over = false;
    poll_fn(|context| {
        is_over = is_over || Pin::new(&mut search).poll(context).is_ready();
        work.as_mut().poll(context)
    })
    .await
}

/// A call that waits for a key.
pub(super) struct Waiting {
    latest: Option<Passenger<Outcome>>,
    older: Option<Passenger<Outcome>>,
}

impl From<Passenger<Outcome>> for Waiting {
    fn from(latest: Passenger<Outcome>) -> Self {
        Self {
            latest: Some(latest),
            older: None,
        }
    }
}

impl Waiting {
    /// Drives the searches. A failure of one that was left says little: it may come of having been left.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Outcome> {
        if let Some(latest) = &mut self.latest
            && let Poll::Ready(outcome) = Pin::new(latest).poll(context)
        {
            return Poll::Ready(or_panicked(outcome));
        }
        if let Some(older) = &mut self.older
            && let Poll::Ready(outcome) = Pin::new(older).poll(context)
        {
            self.older = None;
            if let Some(Ok(key)) = outcome {
                return Poll::Ready(Ok(key));
            }
        }
        Poll::Pending
    }
}

pub(super) fn or_panicked(outcome: Option<Outcome>) -> Outcome {
    outcome.unwrap_or_else(|| {
        Err(Error::configuration(
            "the source of the key has panicked in another call",
        ))
    })
}
