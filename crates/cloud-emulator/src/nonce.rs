//! The nonces that were used, for as long as a replay could still be in time.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

/// A bound on memory. Past it the oldest nonces are forgotten before their time.
const REMEMBERED: usize = 100_000;

/// Nonces are kept as hashes: they come from outside and may be long.
type Print = [u8; 32];

#[derive(Default)]
pub(crate) struct Nonces(Mutex<Used>);

#[derive(Default)]
struct Used {
    prints: HashSet<Print>,
    /// In the order of their arrival, with the time after which a replay is stale anyway.
    queue: VecDeque<(SystemTime, Print)>,
}

impl Nonces {
    /// Takes a nonce of a key; `false` if it was taken before.
    pub(crate) fn take(
        &self,
        key_id: &str,
        nonce: &str,
        now: SystemTime,
        stale_after: SystemTime,
    ) -> bool {
        let print: Print = Sha256::new()
            .chain_update(key_id)
            .chain_update([0])
            .chain_update(nonce)
            .finalize()
            .into();
        let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some((stale_after, oldest)) = used.queue.front().copied() {
            if stale_after >= now && used.queue.len() < REMEMBERED {
                break;
            }
            used.queue.pop_front();
            used.prints.remove(&oldest);
        }
        let is_new = used.prints.insert(print);
        if is_new {
            used.queue.push_back((stale_after, print));
        }
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, UNIX_EPOCH};

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn a_nonce_is_taken_once_for_each_key() {
        let nonces = Nonces::default();
        assert!(nonces.take("a", "1", at(0), at(10)));
        assert!(!nonces.take("a", "1", at(10), at(20)));
        assert!(nonces.take("b", "1", at(0), at(10)));
    }

    #[test]
    fn nonces_are_forgotten() {
        let nonces = Nonces::default();
        for number in 0..REMEMBERED + 10 {
            assert!(nonces.take("a", &number.to_string(), at(0), at(10)));
        }
        assert_eq!(nonces.0.lock().unwrap().prints.len(), REMEMBERED);
        assert!(nonces.take("a", "new", at(11), at(20)));
        assert_eq!(nonces.0.lock().unwrap().prints.len(), 1);
    }
}
