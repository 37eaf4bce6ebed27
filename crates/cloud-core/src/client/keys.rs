//! The key that a client signs with: looked for when it is first needed, and again before it expires.
//!
//! Clocks can be wrong, the own one and what was learnt of the provider's. So the end of a key is a reason to look for another one, but
//! the provider alone judges the key that a source has just given.

use std::fmt;
use std::future::{Future as _, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::task::Poll;
use std::time::Duration;

use super::flight::Passenger;
use super::key::Key;
use super::search::{Beside, Driver, Joined, Outcome, Searches, or_panicked};
use crate::credentials::{Chain, Credentials, Explanation, Surroundings};
use crate::error::Error;
use crate::observe;
use crate::protocol::{Protocol, Signer};
use crate::transport::BoxFuture;

/// A thread that looks for a key while the old one is good has so long to be done at once.
#[cfg(feature = "blocking")]
const AT_ONCE: Duration = Duration::from_millis(50);

pub(super) struct Keys {
    ring: Arc<Ring>,
    searches: Arc<Searches>,
}

/// What a search needs, so that it borrows nothing from the call that has begun it.
struct Ring {
    protocol: &'static dyn Protocol,
    chain: Chain,
    surroundings: Surroundings,
    /// The key, once it was found.
    current: RwLock<Option<Key>>,
    /// The source that was asked last.
    asked: Mutex<String>,
}

/// What a request is signed with.
pub(super) struct Signing {
    pub(super) signer: Arc<dyn Signer>,
    /// A search for the next key, which needs somebody to drive it.
    pub(super) search: Option<Passenger<Outcome>>,
}

/// Why there is no key.
pub(super) enum NoKey {
    Failed(Error),
    /// The deadline came before a key, and who was asked for it.
    TooLate(String),
}

impl From<Key> for Signing {
    fn from(key: Key) -> Self {
        Self {
            signer: key.signer,
            search: None,
        }
    }
}

impl Keys {
    pub(super) fn new(
        protocol: &'static dyn Protocol,
        chain: Chain,
        surroundings: Surroundings,
        driver: Driver,
    ) -> Self {
        Self {
            ring: Arc::new(Ring {
                protocol,
                chain,
                surroundings,
                current: RwLock::default(),
                asked: Mutex::default(),
            }),
            searches: Arc::new(Searches::new(driver)),
        }
    }

    /// A signer with a key that is good at this moment. Only a call without any waits for one, until its deadline. A failure to find
    /// one is not remembered: the next call looks again.
    pub(super) async fn signer(&self, deadline: Duration) -> Result<Signing, NoKey> {
        let ring = &self.ring;
        let is_fresh = |key: &Key| key.is_fresh(|| ring.surroundings.moment());
        match ring.known() {
            Some(key) if is_fresh(&key) => Ok(key.into()),
            Some(key) if !key.has_expired(ring.surroundings.moment()) => {
                Ok(self.renewing(key, is_fresh).await)
            }
            _ => self.find(deadline, is_fresh).await.map(Signing::from),
        }
    }

    /// Asks again for a key, since this one has expired, and says whether there is another now.
    pub(super) async fn renew(&self, expired: &Credentials, deadline: Duration) -> bool {
        let is_other = |key: &Key| !key.credentials().is_same_key(expired);
        if self.ring.known().as_ref().is_some_and(is_other) {
            // Another call was faster.
            return true;
        }
        // Why no key can be found now matters less than that the old one has expired, which the answer says.
        self.find(deadline, is_other)
            .await
            .is_ok_and(|key| is_other(&key))
    }

    /// Looks everywhere, and says what is found. The key that is in use stays in use.
    pub(super) async fn explain(&self) -> Explanation {
        let ring = &self.ring;
        let search = ring.chain.search(&ring.surroundings, |_| ()).await;
        search.explanation(ring.protocol.name())
    }

    /// The key that is still good, or the next one if it can be had at once.
    async fn renewing(&self, old: Key, is_fresh: impl Fn(&Key) -> bool) -> Signing {
        let ring = &self.ring;
        let now = ring.surroundings.instant();
        let known = || ring.known().filter(&is_fresh);
        let (mut search, is_new) = match self
            .searches
            .beside(now, known, |number| ring.search(number))
        {
            Ok(Beside::Key(key)) => return key.into(),
            Ok(Beside::Search(search, is_new)) => (search, is_new),
            Ok(Beside::Lost) => {
                let problem = format!("{} has not answered", ring.asked());
                ring.postpone(&Error::configuration(problem));
                return old.into();
            }
            Err(error) => {
                ring.postpone(&error);
                return old.into();
            }
        };
        #[cfg(feature = "blocking")]
        if self.searches.driver() == Driver::Thread {
            let found = is_new.then(|| self.searches.wait(&mut search.into(), AT_ONCE));
            return match found.flatten() {
                Some(Ok(key)) => key.into(),
                _ => old.into(),
            };
        }
        #[cfg(not(feature = "blocking"))]
        let _ = is_new;
        let found = poll_fn(|context| Poll::Ready(Pin::new(&mut search).poll(context))).await;
        match found.map(or_panicked) {
            Poll::Ready(Ok(key)) => key.into(),
            Poll::Ready(Err(_)) => old.into(),
            Poll::Pending => Signing {
                signer: old.signer,
                search: Some(search),
            },
        }
    }

    /// What a search finds: the one that is under way, or another one unless this will do that the last has found.
    async fn find(&self, deadline: Duration, will_do: impl Fn(&Key) -> bool) -> Result<Key, NoKey> {
        let ring = &self.ring;
        let now = ring.surroundings.instant();
        let known = || ring.known().filter(will_do);
        let mut waiting = match self.searches.join(now, known, |number| ring.search(number)) {
            Ok(Joined::Key(key)) => return Ok(key),
            Ok(Joined::Waiting(waiting)) => waiting,
            Err(error) => return Err(NoKey::Failed(error)),
        };
        let left = deadline.saturating_sub(now);
        #[cfg(feature = "blocking")]
        if self.searches.driver() == Driver::Thread {
            let found = self.searches.wait(&mut waiting, left);
            return match found {
                Some(outcome) => outcome.map_err(NoKey::Failed),
                None => Err(NoKey::TooLate(ring.asked())),
            };
        }
        let mut timer = None;
        poll_fn(|context| match waiting.poll(context) {
            Poll::Ready(outcome) => Poll::Ready(outcome.map_err(NoKey::Failed)),
            Poll::Pending => {
                let timer = timer.get_or_insert_with(|| ring.surroundings.sleep(left));
                let is_over = timer.as_mut().poll(context);
                is_over.map(|()| Err(NoKey::TooLate(ring.asked())))
            }
        })
        .await
    }
}

impl Ring {
    fn known(&self) -> Option<Key> {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Keeps a key, unless a later search was faster.
    fn keep(&self, key: Key) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        if current
            .as_ref()
            .is_none_or(|known| known.search <= key.search)
        {
            *current = Some(key);
        }
    }

    fn asked(&self) -> String {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.clone()
    }

    fn search(self: &Arc<Self>, number: u64) -> BoxFuture<'static, Outcome> {
        let this = Arc::clone(self);
        Box::pin(async move {
            let asks = |source: &str| {
                let mut asked = this.asked.lock().unwrap_or_else(PoisonError::into_inner);
                source.clone_into(&mut asked);
            };
            let search = this.chain.search(&this.surroundings, asks).await;
            let found = search.into_found(this.protocol.variables());
            let found = found.inspect_err(|error| this.postpone(error))?;
            observe::found_key(this.protocol, &found);
            let signer = this.protocol.signer(found.credentials);
            let chance = || u32::try_from(this.surroundings.nonce() % 64).unwrap_or_default();
            let key = Key::found(signer, number, this.surroundings.moment(), chance);
            this.keep(key.clone());
            Ok(key)
        })
    }

    /// Leaves the sources alone for a while if the old key is still good, since they have failed.
    fn postpone(&self, error: &Error) {
        let now = self.surroundings.moment();
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let is_old_but_good = |key: &&mut Key| !key.is_fresh(|| now) && !key.has_expired(now);
        if let Some(key) = current.as_mut().filter(is_old_but_good) {
            observe::kept_old_key(self.protocol, error);
            key.postpone(now);
        }
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = self.ring.known();
        known.as_ref().map(Key::credentials).fmt(formatter)
    }
}
