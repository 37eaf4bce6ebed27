//! Keeping to what the provider allows, before it has to say so.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::operation::RateLimit;

/// Holds calls back so that no operation starts more often than its documentation allows. Clones share what they counted.
///
/// The limits of the providers hold for an account, so all clients that use the same account should share one: see
/// [`ClientBuilder::rate_limiter`](crate::ClientBuilder::rate_limiter). An operation without a documented limit is not held back
/// unless [`limit`](Self::limit) sets one.
///
/// It counts in windows that slide: in no second do more calls start than the limit of a second. A bucket of tokens would let
/// through up to twice as many after a pause.
#[derive(Clone, Default)]
pub struct RateLimiter {
    windows: Arc<Mutex<HashMap<Key, Window>>>,
    own: HashMap<String, RateLimit>,
}

/// Two services may have operations of the same name.
type Key = (&'static str, String);

/// When the latest calls start, earliest first; no more of them than may start in one period.
type Window = VecDeque<Duration>;

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

    /// Reserves the next start of an operation and says how long it is until then. `None`, and nothing is reserved, if that is not
    /// before `latest`.
    pub(crate) fn reserve(
        &self,
        service: &'static str,
        action: &str,
        documented: Option<RateLimit>,
        now: Duration,
        latest: Duration,
    ) -> Option<Duration> {
        let Some(limit) = self.own.get(action).copied().or(documented) else {
            return Some(Duration::ZERO);
        };
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let window = windows.entry((service, action.to_owned())).or_default();
        let calls = usize::try_from(limit.calls()).unwrap_or(usize::MAX).max(1);
        // Clones may differ in their limits.
        while window.len() > calls {
            window.pop_front();
        }
        let start = match window.front() {
            Some(first) if window.len() == calls => now.max(first.saturating_add(limit.period())),
            _ => now,
        };
        if start >= latest {
            return None;
        }
        window.push_back(start);
        if window.len() > calls {
            window.pop_front();
        }
        Some(start - now)
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
        let reserve =
            |service, action, limit| limiter.reserve(service, action, limit, seconds(3), NEVER);
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
        let reserve = |now, latest| limiter.reserve("s", "A", limit, seconds(now), seconds(latest));
        assert_eq!(reserve(0, 5), Some(seconds(0)));
        assert_eq!(reserve(1, 5), Some(seconds(0)));
        assert_eq!(reserve(1, 10), None);
        assert_eq!(reserve(2, 11), Some(seconds(8)));
        assert_eq!(reserve(2, 99), Some(seconds(9)));
    }

    proptest! {
        #[test]
        fn no_period_has_more_starts_than_the_limit(
            calls in 1_u32..6,
            period in 1_u32..4,
            pauses in prop::collection::vec(0_u64..2_000, 1..60),
        ) {
            let limiter = RateLimiter::new();
            let limit = RateLimit::new(calls, period);
            let mut now = Duration::ZERO;
            let mut starts = Vec::new();
            for pause in pauses {
                now += Duration::from_millis(pause);
                starts.push(now + limiter.reserve("s", "A", Some(limit), now, NEVER).unwrap());
            }
            for (index, start) in starts.iter().enumerate() {
                if let Some(later) = starts.get(index + calls as usize) {
                    prop_assert!(*later >= *start + limit.period());
                }
            }
        }
    }
}
