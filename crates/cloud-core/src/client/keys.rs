//! The key that a client signs with: looked for when it is first needed, and again before it expires.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};
use std::time::{Duration, SystemTime};

use super::flight::Flight;
use crate::credentials::{Chain, Credentials, Explanation, Surroundings};
use crate::error::Error;
use crate::observe;
use crate::protocol::{Protocol, Signer};

/// A key is asked for anew in the last minutes of the old one, or in the last quarter of its life if that is shorter.
const EARLY: Duration = Duration::from_secs(300);

/// While the old key is still good, a source that has failed is left alone for so long.
const PAUSE: Duration = Duration::from_secs(60);

pub(super) struct Keys {
    ring: Arc<Ring>,
    /// The search that is under way. It belongs to the calls that wait for it.
    search: Mutex<Weak<Flight<Result<Key, Error>>>>,
}

/// What a search needs, so that it borrows nothing from the call that has started it.
struct Ring {
    protocol: &'static dyn Protocol,
    chain: Chain,
    surroundings: Surroundings,
    /// The key, once it was found.
    current: RwLock<Option<Key>>,
}

#[derive(Clone)]
struct Key {
    signer: Arc<dyn Signer>,
    /// When to ask for another one.
    renewal: Option<SystemTime>,
}

impl Key {
    fn credentials(&self) -> &Credentials {
        self.signer.credentials()
    }

    fn is_fresh(&self, now: SystemTime) -> bool {
        self.renewal.is_none_or(|renewal| now < renewal)
    }
}

impl Keys {
    pub(super) fn new(
        protocol: &'static dyn Protocol,
        chain: Chain,
        surroundings: Surroundings,
    ) -> Self {
        Self {
            ring: Arc::new(Ring {
                protocol,
                chain,
                surroundings,
                current: RwLock::default(),
            }),
            search: Mutex::default(),
        }
    }

    /// A signer with a key that is good at this moment. A failure to find one is not remembered: the next call looks again.
    pub(super) async fn signer(&self, now: SystemTime) -> Result<Arc<dyn Signer>, Error> {
        let old = match self.ring.known() {
            Some(key) if key.is_fresh(now) => return Ok(key.signer),
            other => other.filter(|key| !key.credentials().has_expired(now)),
        };
        let Some(old) = old else {
            let found = self.load(now, |key| key.is_fresh(now)).await;
            return found.map(|key| key.signer);
        };
        if self.is_searching() {
            // One call fetches the next key, and the others go on with this one.
            return Ok(old.signer);
        }
        match self.load(now, |key| key.is_fresh(now)).await {
            Ok(key) => Ok(key.signer),
            Err(error) => {
                observe::kept_old_key(self.ring.protocol, &error);
                self.ring.postpone(&old, now);
                Ok(old.signer)
            }
        }
    }

    /// Asks again for a key, since this one has expired, and says whether there is another now.
    pub(super) async fn renew(&self, expired: &Credentials, now: SystemTime) -> bool {
        let is_other = |key: &Key| !key.credentials().is_same_key(expired);
        if self.ring.known().as_ref().is_some_and(is_other) {
            // Another call was faster.
            return true;
        }
        // Why no key can be found now matters less than that the old one has expired, which the answer says.
        self.load(now, is_other)
            .await
            .is_ok_and(|key| is_other(&key))
    }

    /// Looks everywhere, and says what is found. The key that is in use stays in use.
    pub(super) async fn explain(&self, now: SystemTime) -> Explanation {
        let ring = &self.ring;
        let search = ring.chain.search(&ring.surroundings, now).await;
        search.explanation(ring.protocol.name())
    }

    fn is_searching(&self) -> bool {
        let search = self.search.lock().unwrap_or_else(PoisonError::into_inner);
        search.upgrade().is_some_and(|flight| !flight.has_landed())
    }

    /// What a search finds: the one that is under way, or another one unless this will do that the last has found.
    async fn load(&self, now: SystemTime, will_do: impl Fn(&Key) -> bool) -> Result<Key, Error> {
        let flight = {
            let mut search = self.search.lock().unwrap_or_else(PoisonError::into_inner);
            // In this order: a search keeps its key before it is over.
            let under_way = search.upgrade().filter(|flight| !flight.has_landed());
            match (under_way, self.ring.known()) {
                (Some(flight), _) => flight,
                (None, Some(key)) if will_do(&key) => return Ok(key),
                (None, _) => {
                    let flight =
                        Arc::new(Flight::new(Box::pin(Arc::clone(&self.ring).search(now))));
                    *search = Arc::downgrade(&flight);
                    flight
                }
            }
        };
        flight.join().await.unwrap_or_else(|| {
            Err(Error::configuration(
                "the source of the key has panicked in another call",
            ))
        })
    }
}

impl Ring {
    fn known(&self) -> Option<Key> {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn keep(&self, key: Key) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(key);
    }

    async fn search(self: Arc<Self>, now: SystemTime) -> Result<Key, Error> {
        let search = self.chain.search(&self.surroundings, now).await;
        let found = search.into_found(self.protocol.variables())?;
        observe::found_key(self.protocol, &found);
        let key = Key {
            renewal: found
                .credentials
                .expires()
                .map(|expires| self.renewal(now, expires)),
            signer: self.protocol.signer(found.credentials),
        };
        self.keep(key.clone());
        Ok(key)
    }

    /// When to ask for another key. Chance spreads the clients that got theirs at the same time.
    fn renewal(&self, now: SystemTime, expires: SystemTime) -> SystemTime {
        let life = expires.duration_since(now).unwrap_or_default();
        let early = EARLY.min(life / 4);
        let chance = u32::try_from(self.surroundings.nonce() % 64).unwrap_or_default();
        now + (life - early) + early * chance / 256
    }

    /// Leaves the sources alone for a while, since the old key is still good and they have failed.
    fn postpone(&self, old: &Key, now: SystemTime) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = current
            .as_mut()
            .filter(|key| Arc::ptr_eq(&key.signer, &old.signer))
        {
            let expires = key.credentials().expires().unwrap_or(now);
            let left = expires.duration_since(now).unwrap_or_default();
            key.renewal = Some(now + PAUSE.min(left / 4));
        }
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = self.ring.known();
        known.as_ref().map(Key::credentials).fmt(formatter)
    }
}
