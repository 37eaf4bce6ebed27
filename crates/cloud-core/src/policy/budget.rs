//! How many retries a program may add to the load of a provider that is failing.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

const TOKENS: u32 = 500;
const RETRY: u32 = 5;
/// Requests that time out have cost the provider, and this program, the most.
const RETRY_AFTER_TIMEOUT: u32 = 10;
const SUCCESS: u32 = 1;

/// A supply of retries that clones share: a bucket of 500 tokens at first.
///
/// A retry takes 5 tokens, or 10 after a timeout, and a call that succeeds puts 1 back. While a provider is out of order, the supply
/// runs dry and calls fail at their first attempt, so that retries do not multiply the load that it can't bear.
///
/// Every client has a budget of its own; give one to several clients with
/// [`ClientBuilder::budget`](crate::ClientBuilder::budget) and they share it.
#[derive(Debug, Clone)]
pub struct Budget {
    left: Arc<AtomicU32>,
    most: u32,
}

impl Budget {
    /// A full bucket of so many tokens.
    pub fn new(tokens: u32) -> Self {
        Self {
            left: Arc::new(AtomicU32::new(tokens)),
            most: tokens,
        }
    }

    /// How many tokens are left.
    pub fn left(&self) -> u32 {
        self.left.load(Ordering::Relaxed)
    }

    /// Pays for a retry, if there is enough left.
    pub(crate) fn pay(&self, after_timeout: bool) -> bool {
        let cost = if after_timeout {
            RETRY_AFTER_TIMEOUT
        } else {
            RETRY
        };
        self.change(|left| left.checked_sub(cost))
    }

    /// A call succeeded.
    pub(crate) fn credit(&self) {
        self.change(|left| (left < self.most).then(|| left.saturating_add(SUCCESS)));
    }

    fn change(&self, change: impl Fn(u32) -> Option<u32>) -> bool {
        let outcome = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, change);
        outcome.is_ok()
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::new(TOKENS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::thread;

    #[test]
    fn threads_can_not_overdraw_it_together() {
        let budget = Budget::new(501);
        let paid: usize = thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| (0..100).filter(|_| budget.pay(false)).count()))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .sum()
        });
        assert_eq!((paid, budget.left()), (100, 1));
    }

    proptest! {
        #[test]
        fn it_is_never_overdrawn_nor_overfull(
            tokens in 0_u32..40,
            steps in prop::collection::vec(0_u8..3, 0..200),
        ) {
            let budget = Budget::new(tokens);
            let mut expected = tokens;
            for step in steps {
                let cost = match step {
                    0 => RETRY,
                    1 => RETRY_AFTER_TIMEOUT,
                    _ => {
                        budget.credit();
                        expected = tokens.min(expected + SUCCESS);
                        continue;
                    }
                };
                let affordable = expected >= cost;
                prop_assert_eq!(budget.pay(step == 1), affordable);
                expected -= if affordable { cost } else { 0 };
                prop_assert_eq!(budget.left(), expected);
            }
        }
    }
}
