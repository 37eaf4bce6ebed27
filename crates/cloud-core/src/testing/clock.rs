//! A clock that only waiting moves.

use std::collections::BTreeSet;
use std::future::poll_fn;
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::{Duration, SystemTime};

use crate::runtime::{Runtime, System};
use crate::transport::BoxFuture;

/// How far each wait moves the clock at least: without this, a wait without pauses would never come to its deadline.
const TICK: Duration = Duration::from_millis(10);

/// How often a wait yields to an earlier one that makes no progress.
const TURNS: u32 = 100;

/// The clock of a mock's clients. A wait costs no real time, and waits of several tasks end in the order of their times.
///
/// A wait lets other tasks run until all earlier waits are over. An earlier wait that is no longer polled does not hold it up.
#[derive(Clone, Default)]
pub(crate) struct Clock(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    now: Duration,
    /// When the waits end, each with its number.
    ends: BTreeSet<(Duration, u64)>,
    next: u64,
}

impl Clock {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self, time: Duration) -> Waiting {
        let mut state = self.lock();
        let end = state.now.saturating_add(time.max(TICK));
        let place = (end, state.next);
        state.next += 1;
        state.ends.insert(place);
        Waiting {
            clock: self.clone(),
            place,
        }
    }
}

/// A wait that has begun and is not over.
struct Waiting {
    clock: Clock,
    place: (Duration, u64),
}

impl Waiting {
    /// The wait that is to end before this one.
    fn earlier(&self) -> Option<(Duration, u64)> {
        let state = self.clock.lock();
        // What the clock has passed already is no longer waited for.
        let passed = Bound::Excluded((state.now, u64::MAX));
        let first = state.ends.range((passed, Bound::Unbounded)).next();
        first.copied().filter(|first| *first < self.place)
    }

    async fn end(self) {
        let mut seen = None;
        let mut turns = 0;
        loop {
            let_others_run().await;
            let earlier = self.earlier();
            turns = if earlier == seen { turns + 1 } else { 0 };
            seen = earlier;
            if seen.is_none() || turns == TURNS {
                break;
            }
        }
        let mut state = self.clock.lock();
        state.now = state.now.max(self.place.0);
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.clock.lock().ends.remove(&self.place);
    }
}

async fn let_others_run() {
    let mut ran = false;
    poll_fn(|context| {
        if std::mem::replace(&mut ran, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

impl Runtime for Clock {
    fn now(&self) -> SystemTime {
        System.now() + self.instant()
    }

    fn instant(&self) -> Duration {
        self.lock().now
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        let clock = self.clone();
        Box::pin(async move { clock.begin(time).end().await })
    }

    fn nonce(&self) -> u128 {
        System.nonce()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pollster::block_on;
    use std::pin::pin;
    use std::task::{Context, Waker};
    use std::thread;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_wait_moves_the_clock_by_its_time() {
        let clock = Clock::default();
        block_on(clock.sleep(seconds(3_600)));
        assert_eq!(clock.instant(), seconds(3_600));
        block_on(clock.sleep(Duration::ZERO));
        assert_eq!(clock.instant(), seconds(3_600) + TICK);
        block_on(clock.sleep(Duration::MAX));
        assert_eq!(clock.instant(), Duration::MAX);
    }

    #[test]
    fn waits_at_the_same_time_do_not_add_up() {
        let clock = Clock::default();
        let (mut fast, mut slow) = (0, 0);
        let mut fast_ones = pin!(async {
            for _ in 0..60 {
                clock.sleep(seconds(1)).await;
                fast += 1;
            }
            clock.instant()
        });
        let mut slow_ones = pin!(async {
            for _ in 0..2 {
                clock.sleep(seconds(300)).await;
                slow += 1;
            }
            clock.instant()
        });
        let mut context = Context::from_waker(Waker::noop());
        let (mut fast_end, mut slow_end) = (None, None);
        for _ in 0..10_000 {
            // The slow ones are asked first, and wait nevertheless.
            if slow_end.is_none()
                && let Poll::Ready(end) = slow_ones.as_mut().poll(&mut context)
            {
                slow_end = Some(end);
            }
            if fast_end.is_none()
                && let Poll::Ready(end) = fast_ones.as_mut().poll(&mut context)
            {
                fast_end = Some(end);
            }
        }
        assert_eq!(
            (fast_end, slow_end),
            (Some(seconds(60)), Some(seconds(600)))
        );
    }

    #[test]
    fn waits_on_several_threads_end() {
        let clock = Clock::default();
        thread::scope(|scope| {
            for pause in 1..5 {
                let clock = &clock;
                scope.spawn(move || {
                    for _ in 0..50 {
                        block_on(clock.sleep(seconds(pause)));
                    }
                });
            }
        });
        assert!(clock.instant() >= seconds(200));
        assert!(clock.lock().ends.is_empty());
    }

    #[test]
    fn a_wait_that_is_not_polled_or_dropped_holds_up_no_other() {
        let clock = Clock::default();
        let mut context = Context::from_waker(Waker::noop());
        let mut left = clock.sleep(seconds(1));
        assert!(left.as_mut().poll(&mut context).is_pending());
        block_on(clock.sleep(seconds(5)));
        assert_eq!(clock.instant(), seconds(5));
        block_on(left);
        assert_eq!(clock.instant(), seconds(5));
        let mut dropped = clock.sleep(seconds(1));
        assert!(dropped.as_mut().poll(&mut context).is_pending());
        drop(dropped);
        assert!(clock.lock().ends.is_empty());
    }
}
