//! One future that many calls wait for, on whatever threads and executors they are.
//!
//! Whoever waits also drives it: a call that nobody polls just now, such as that of a page read ahead, holds up none of the others.
//! It stands still while no call waits for it, and goes on with the next call that does.

use std::collections::BTreeMap;
use std::future::Future;
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::task::{Context, Poll, Wake, Waker};

use crate::transport::BoxFuture;

/// The first who waits for a flight.
const FIRST: u64 = 0;

pub(super) struct Flight<T> {
    state: Mutex<State<T>>,
    waiting: Arc<Waiting>,
}

enum State<T> {
    Flying(BoxFuture<'static, T>),
    Landed(T),
    /// The future has panicked.
    Crashed,
}

/// Those who wait, as the one waker that the future knows.
#[derive(Default)]
struct Waiting {
    next: AtomicU64,
    wakers: Mutex<BTreeMap<u64, Waker>>,
    /// Somebody was woken since the future was last polled.
    woken: AtomicBool,
    /// The future is done, or has panicked: whoever holds the state now lets go of it at once.
    landed: AtomicBool,
    /// How many wait.
    aboard: AtomicUsize,
}

impl Waiting {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Waker>> {
        self.wakers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wake_all(&self) {
        self.woken.store(true, Ordering::SeqCst);
        let wakers = mem::take(&mut *self.lock());
        wakers.into_values().for_each(Waker::wake);
    }
}

impl Wake for Waiting {
    fn wake(self: Arc<Self>) {
        self.wake_all();
    }
}

/// Wakes everybody when the future is done, and when it panics.
struct Landing<'a>(&'a Waiting);

impl Drop for Landing<'_> {
    fn drop(&mut self) {
        self.0.landed.store(true, Ordering::SeqCst);
        self.0.wake_all();
    }
}

impl<T: Clone> Flight<T> {
    pub(super) fn new(future: BoxFuture<'static, T>) -> Self {
        Self {
            state: Mutex::new(State::Flying(future)),
            waiting: Arc::default(),
        }
    }

    /// Whether it is over. Whoever comes now has come too late for it.
    pub(super) fn has_landed(&self) -> bool {
        self.waiting.landed.load(Ordering::SeqCst)
    }

    /// One who waits for it.
    pub(super) fn passenger(self: Arc<Self>) -> Passenger<T> {
        let id = self.waiting.next.fetch_add(1, Ordering::Relaxed);
        self.waiting.aboard.fetch_add(1, Ordering::SeqCst);
        Passenger { id, flight: self }
    }

    /// Drives it to its end without counting as one who waits.
    #[cfg(feature = "blocking")]
    pub(super) async fn driven(self: Arc<Self>) {
        let id = self.waiting.next.fetch_add(1, Ordering::Relaxed);
        std::future::poll_fn(|context| self.poll(id, context)).await;
    }

    /// Whether no caller waits for it at present.
    pub(super) fn is_left(&self) -> bool {
        self.waiting.aboard.load(Ordering::SeqCst) == 0
    }

    fn poll(&self, id: u64, context: &mut Context<'_>) -> Poll<Option<T>> {
        self.waiting.lock().insert(id, context.waker().clone());
        loop {
            let state = match self.state.try_lock() {
                Err(TryLockError::WouldBlock) if self.has_landed() => self.state.lock().ok(),
                // Whoever polls it wakes this call when there is something to do.
                Err(TryLockError::WouldBlock) => return Poll::Pending,
                Err(TryLockError::Poisoned(_)) => None,
                Ok(state) => Some(state),
            };
            let Some(mut state) = state else {
                return Poll::Ready(None);
            };
            let mut future = match mem::replace(&mut *state, State::Crashed) {
                State::Flying(future) => future,
                State::Landed(outcome) => {
                    *state = State::Landed(outcome.clone());
                    return Poll::Ready(Some(outcome));
                }
                State::Crashed => return Poll::Ready(None),
            };
            self.waiting.woken.store(false, Ordering::SeqCst);
            let landing = Landing(&self.waiting);
            let waker = Waker::from(Arc::clone(&self.waiting));
            let mut context = Context::from_waker(&waker);
            let polled =
                panic::catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(&mut context)));
            match polled {
                // The one who began it has the panic. Others may have come upon it when the runtime of that one was long gone.
                Err(panic) if id == FIRST => panic::resume_unwind(panic),
                Err(_) => return Poll::Ready(None),
                Ok(Poll::Ready(outcome)) => {
                    *state = State::Landed(outcome.clone());
                    drop(state);
                    return Poll::Ready(Some(outcome));
                }
                Ok(Poll::Pending) => {
                    mem::forget(landing);
                    *state = State::Flying(future);
                }
            }
            drop(state);
            // Those who were woken meanwhile have found it locked, so it is up to this call to go on.
            if !self.waiting.woken.load(Ordering::SeqCst) {
                return Poll::Pending;
            }
        }
    }
}

/// One who waits for what a flight gives; `None` if its future has panicked with another one.
pub(super) struct Passenger<T> {
    id: u64,
    flight: Arc<Flight<T>>,
}

#[cfg(feature = "blocking")]
impl<T: Clone> Passenger<T> {
    pub(super) fn has_landed(&self) -> bool {
        self.flight.has_landed()
    }
}

impl<T: Clone> Future for Passenger<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        self.flight.poll(self.id, context)
    }
}

impl<T> Drop for Passenger<T> {
    fn drop(&mut self) {
        let waiting = &self.flight.waiting;
        waiting.lock().remove(&self.id);
        waiting.aboard.fetch_sub(1, Ordering::SeqCst);
    }
}
