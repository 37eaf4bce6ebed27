//! Request ids, temporary keys, and whether a fault strikes: one seed gives the same ones again.

use std::sync::{Mutex, PoisonError};

use fastrand::Rng;

pub(crate) struct Random(Mutex<Rng>);

impl Random {
    pub(crate) fn new(seed: Option<u64>) -> Self {
        Self(Mutex::new(seed.map_or_else(Rng::new, Rng::with_seed)))
    }

    /// `d9b1…` in the form of a UUID of version 4.
    pub(crate) fn uuid(&self) -> String {
        let random = self.with(|rng| rng.u128(..));
        let hex = format!("{random:032x}");
        let variant = ['8', '9', 'a', 'b'][usize::from(random.to_le_bytes()[0] & 3)];
        format!(
            "{}-{}-4{}-{variant}{}-{}",
            &hex[..8],
            &hex[8..12],
            &hex[13..16],
            &hex[17..20],
            &hex[20..]
        )
    }

    pub(crate) fn alphanumeric(&self, length: usize) -> String {
        self.with(|rng| {
            std::iter::repeat_with(|| rng.alphanumeric())
                .take(length)
                .collect()
        })
    }

    /// `true` with this probability. What is certain changes nothing about what is drawn next.
    pub(crate) fn strikes(&self, probability: f64) -> bool {
        probability >= 1.0 || self.with(|rng| rng.f64()) < probability
    }

    fn with<T>(&self, draw: impl FnOnce(&mut Rng) -> T) -> T {
        draw(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
