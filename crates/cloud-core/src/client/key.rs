//! A key, and when another one is needed.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::skew::Moment;
use crate::credentials::Credentials;
use crate::protocol::Signer;

/// A key is asked for anew in the last minutes of the old one, or in the last quarter of its life if that is shorter.
const EARLY: Duration = Duration::from_secs(300);

/// While the old key is still good, a source that has failed is left alone for so long, and so is one that gives an old key.
const PAUSE: Duration = Duration::from_secs(60);

#[derive(Clone)]
pub(super) struct Key {
    pub(super) signer: Arc<dyn Signer>,
    /// When to ask for another one, by the provider's clock.
    renewal: Option<SystemTime>,
    /// Until when not to ask for another one nevertheless, by the own clock.
    pause: Option<SystemTime>,
    /// The number of the search that has found it.
    pub(super) search: u64,
}

impl Key {
    /// A key that was just found. Chance, from 0 to 63, spreads the clients that got theirs at the same time.
    pub(super) fn found(
        signer: Arc<dyn Signer>,
        search: u64,
        now: Moment,
        chance: impl FnOnce() -> u32,
    ) -> Self {
        let (renewal, pause) = match signer.credentials().expires() {
            None => (None, None),
            Some(expires) => match expires.duration_since(now.provider) {
                Ok(life) if !life.is_zero() => {
                    let early = EARLY.min(life / 4);
                    let renewal = now.provider + (life - early) + early * chance() / 256;
                    (Some(renewal), None)
                }
                // Either the source has nothing better, or the clock is wrong.
                _ => (expires.checked_sub(EARLY), Some(now.own + PAUSE)),
            },
        };
        Self {
            signer,
            renewal,
            pause,
            search,
        }
    }

    pub(super) fn credentials(&self) -> &Credentials {
        self.signer.credentials()
    }

    /// Whether no other key is needed yet.
    pub(super) fn is_fresh(&self, now: impl FnOnce() -> Moment) -> bool {
        let Some(renewal) = self.renewal else {
            return true;
        };
        let now = now();
        // A clock that was set back must not make a pause longer.
        let pauses = |until| now.own < until && until <= now.own + PAUSE;
        now.provider < renewal || self.pause.is_some_and(pauses)
    }

    pub(super) fn has_expired(&self, now: Moment) -> bool {
        let expires = self.credentials().expires();
        expires.is_some_and(|expires| now.is_past(expires))
    }

    /// Leaves the sources alone for a while, since they have failed.
    pub(super) fn postpone(&mut self, now: Moment) {
        let expires = self.credentials().expires().unwrap_or(now.own);
        let left = expires.duration_since(now.own.min(now.provider));
        self.pause = Some(now.own + PAUSE.min(left.unwrap_or_default() / 4));
    }
}
