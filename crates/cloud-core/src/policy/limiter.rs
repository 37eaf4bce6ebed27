//! Keeping to what the provider allows, before it has to say so.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::operation::RateLimit;

/// Holds calls back so that no operation starts more often than its documentation allows. Clones share what they counted.
///
/// The limits of the providers hold for an account, so all clients that use the same account should share one: see
/// [`ClientBuilder::rate_limiter`](crate::ClientBuilder::rate_limiter). An operation without a documented limit is not held back
/// unless [`limit`](Self::limit) sets one.
///
/// Calls get their turns in the order in which they come, and each waits for as long as it takes:
/// [`Policy::total_deadline`](crate::Policy::total_deadline) sets a limit.
///
/// It counts in windows that slide: in no second do more calls start than the limit of a second. A bucket of tokens would let
/// through up to twice as many after a pause.
#[derive(Clone, Default)]
pub struct RateLimiter {
    windows: Windows,
    own: HashMap<String, RateLimit>,
}

/// Two services may have operations of the same name.
type Key = (&'static str, String);

type Windows = Arc<Mutex<HashMap<Key, Window>>>;

#[derive(Default)]
struct Window {
    /// When the latest calls start, earliest first; no more of them than may start in one period.
    starts: VecDeque<Duration>,
    /// The starts that calls gave back, since they were dropped before.
    returned: BinaryHeap<Reverse<Duration>>,
}

impl Window {
    /// Reserves the next start that the limit allows, if it is before `latest`.
    fn reserve(&mut self, limit: RateLimit, now: Duration, latest: Duration) -> Option<Duration> {
        while self.returned.peek().is_some_and(|start| start.0 < now) {
            self.returned.pop();
        }
        if let Some(Reverse(start)) = self.returned.peek().copied() {
            // Later turns were reserved with this one in place.
            return (start < latest).then(|| {
                self.returned.pop();
                start
            });
        }
        let calls = usize::try_from(limit.calls()).unwrap_or(usize::MAX).max(1);
        let starts = &mut self.starts;
        // Clones may differ in their limits.
        while starts.len() > calls {
            starts.pop_front();
        }
        while starts
            .front()
            .is_some_and(|start| start.saturating_add(limit.period()) <= now)
        {
            starts.pop_front();
        }
        let start = match starts.front() {
            Some(first) if starts.len() == calls => first.saturating_add(limit.period()),
            _ => now,
        };
        if start >= latest {
            return None;
        }
        starts.push_back(start);
        if starts.len() > calls {
            starts.pop_front();
        }
        Some(start)
    }
}

fn lock(windows: &Windows) -> MutexGuard<'_, HashMap<Key, Window>> {
    windows.lock().unwrap_or_else(PoisonError::into_inner)
}

/// When a call may start. Dropped before it was [taken](Self::take), it goes to another call.
pub(crate) struct Turn {
    start: Duration,
    reserved: Option<(Windows, Key)>,
}

impl Turn {
    /// When it comes.
    pub(crate) fn start(&self) -> Duration {
        self.start
    }

    /// The call starts.
    pub(crate) fn take(mut self) {
        self.reserved = None;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some((windows, key)) = self.reserved.take()
            && let Some(window) = lock(&windows).get_mut(&key)
        {
            window.returned.push(Reverse(self.start));
        }
    }
}

impl RateLimiter {
    /// A limiter with the limits of the operations' documentation.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the limit of the operations of this name, such as one that the provider has raised for an account.
    #[must_use]
    pub fn limit(mut self, action: impl Into<String>, limit: RateLimit) -> Self {
        self.own.insert(action.into(), limit);
        self
    }

    /// Reserves the next start of an operation. `None`, and nothing is reserved, if that is not before `latest`.
    pub(crate) fn reserve(
        &self,
        service: &'static str,
        action: &str,
        documented: Option<RateLimit>,
        now: Duration,
        latest: Duration,
    ) -> Option<Turn> {
        let Some(limit) = self.own.get(action).copied().or(documented) else {
            return Some(Turn {
                start: now,
                reserved: None,
            });
        };
        let key = (service, action.to_owned());
        let mut windows = lock(&self.windows);
        let window = windows.entry(key.clone()).or_default();
        let start = window.reserve(limit, now, latest)?;
        Some(Turn {
            start,
            reserved: Some((Arc::clone(&self.windows), key)),
        })
    }
}

impl fmt::Debug for RateLimiter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RateLimiter")
            .field("own", &self.own)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NEVER: Duration = Duration::MAX;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn the_limit_is_of_one_operation_of_one_service() {
        let limiter = RateLimiter::new().limit("Own", RateLimit::new(1, 7));
        let one = Some(RateLimit::new(1, 5));
        let reserve = |service, action, limit| {
            let turn = limiter.reserve(service, action, limit, seconds(3), NEVER);
            take(turn).map(|start| start - seconds(3))
        };
        for (service, action, limit, second) in [
            ("redis", "A", one, 5),
            ("redis", "B", one, 5),
            ("udb", "A", one, 5),
            ("redis", "Own", one, 7),
            ("redis", "Free", None, 0),
        ] {
            assert_eq!(reserve(service, action, limit), Some(seconds(0)));
            assert_eq!(reserve(service, action, limit), Some(seconds(second)));
        }
    }

    #[test]
    fn what_comes_too_late_reserves_nothing() {
        let limiter = RateLimiter::new();
        let limit = Some(RateLimit::new(2, 10));
        let reserve =
            |now, latest| take(limiter.reserve("s", "A", limit, seconds(now), seconds(latest)));
        assert_eq!(reserve(0, 5), Some(seconds(0)));
        assert_eq!(reserve(1, 5), Some(seconds(1)));
        assert_eq!(reserve(1, 10), None);
        assert_eq!(reserve(2, 11), Some(seconds(10)));
        assert_eq!(reserve(2, 99), Some(seconds(11)));
    }

    #[test]
    fn a_turn_that_is_not_taken_goes_to_another_call() {
        let limiter = RateLimiter::new();
        let limit = Some(RateLimit::new(1, 10));
        let reserve = |now, latest| limiter.reserve("s", "A", limit, seconds(now), seconds(latest));
        assert_eq!(take(reserve(0, 99)), Some(seconds(0)));
        let (second, third) = (reserve(0, 99), reserve(0, 99));
        assert_eq!(third.as_ref().map(Turn::start), Some(seconds(20)));
        drop(second);
        assert_eq!(reserve(1, 10).map(|turn| turn.start()), None);
        assert_eq!(take(reserve(1, 99)), Some(seconds(10)));
        // What was not taken in time is gone.
        drop(third);
        assert_eq!(take(reserve(21, 99)), Some(seconds(30)));
    }

    #[test]
    fn limits_without_end_hold_nothing_back_and_keep_nothing() {
        let most = [
            RateLimit::new(u32::MAX, 1),
            RateLimit::new(1, 0),
            RateLimit::new(0, 0),
        ];
        for limit in most {
            let limiter = RateLimiter::new();
            for second in 0..100 {
                let turn = limiter.reserve("s", "A", Some(limit), seconds(second), NEVER);
                assert_eq!(take(turn), Some(seconds(second)));
            }
            assert!(
                lock(&limiter.windows)
                    .values()
                    .all(|window| window.starts.len() < 3)
            );
        }
        let limiter = RateLimiter::new();
        let once = Some(RateLimit::new(1, u32::MAX));
        assert!(limiter.reserve("s", "B", once, seconds(0), NEVER).is_some());
        take(limiter.reserve("s", "B", once, seconds(0), NEVER)).unwrap();
    }

    /// Takes a turn, and says when it comes.
    fn take(turn: Option<Turn>) -> Option<Duration> {
        turn.map(|turn| {
            let start = turn.start();
            turn.take();
            start
        })
    }

    proptest! {
        #[test]
        fn no_period_has_more_starts_than_the_limit(
            calls in 1_u32..6,
            period in 1_u32..4,
            calls_to_come in prop::collection::vec((0_u64..2_000, prop::bool::weighted(0.8)), 1..60),
        ) {
            let limiter = RateLimiter::new();
            let limit = RateLimit::new(calls, period);
            let mut now = Duration::ZERO;
            let mut starts = Vec::new();
            for (pause, waits) in calls_to_come {
                now += Duration::from_millis(pause);
                let turn = limiter.reserve("s", "A", Some(limit), now, NEVER);
                prop_assert!(turn.as_ref().is_some_and(|turn| turn.start() >= now));
                if waits {
                    starts.extend(take(turn));
                }
            }
            starts.sort();
            for (index, start) in starts.iter().enumerate() {
                if let Some(later) = starts.get(index + calls as usize) {
                    prop_assert!(*later >= *start + limit.period());
                }
            }
        }
    }
}
