//! How long to wait before another attempt.

use std::time::Duration;

/// Waits that double, up to a cap, and are drawn at random from nothing to the whole ("full jitter"), so that clients that failed
/// together do not come back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    base: Duration,
    cap: Duration,
}

impl Backoff {
    /// At most `base` before the second attempt, twice that before the third, and so on, but never more than `cap`.
    pub const fn new(base: Duration, cap: Duration) -> Self {
        Self { base, cap }
    }

    /// The longest wait after so many failed attempts.
    pub fn longest(&self, failed: u32) -> Duration {
        let doubled = 1_u32.checked_shl(failed.saturating_sub(1));
        let grown = doubled.and_then(|factor| self.base.checked_mul(factor));
        grown.unwrap_or(Duration::MAX).min(self.cap)
    }

    /// The wait that a random number chooses.
    pub(crate) fn wait(&self, failed: u32, random: u64) -> Duration {
        let longest = u64::try_from(self.longest(failed).as_nanos()).unwrap_or(u64::MAX);
        // The fraction of the whole that the number is of all numbers.
        let chosen = (u128::from(longest) * u128::from(random)) >> u64::BITS;
        Duration::from_nanos(u64::try_from(chosen).unwrap_or(longest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_doubles_up_to_the_cap() {
        let backoff = Backoff::new(Duration::from_millis(100), Duration::from_secs(1));
        let longest = [0, 1, 2, 3, 4, 5, 6, 32, 33, u32::MAX].map(|failed| backoff.longest(failed));
        let millis = [100, 100, 200, 400, 800, 1_000, 1_000, 1_000, 1_000, 1_000];
        assert_eq!(longest, millis.map(Duration::from_millis));
    }

    #[test]
    fn chance_chooses_from_all_of_it() {
        let backoff = Backoff::new(Duration::from_secs(8), Duration::MAX);
        let waits = [0, 1 << 62, 1 << 63, 3 << 62].map(|random| backoff.wait(1, random));
        assert_eq!(waits, [0, 2, 4, 6].map(Duration::from_secs));
        assert!(backoff.wait(1, u64::MAX) > Duration::from_millis(7_999));
    }

    proptest! {
        #[test]
        fn a_wait_is_within_its_bounds(
            base in any::<Duration>(),
            cap in any::<Duration>(),
            failed in any::<u32>(),
            random in any::<u64>(),
        ) {
            let backoff = Backoff::new(base, cap);
            let longest = backoff.longest(failed);
            prop_assert!(longest <= cap);
            prop_assert!(backoff.wait(failed, random) <= longest);
            prop_assert!(longest <= backoff.longest(failed.saturating_add(1)));
        }
    }
}
