//! The key that a client signs with: given, or looked for when it is first needed.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use crate::credentials::{Credentials, Environment};
use crate::error::Error;
use crate::protocol::{Protocol, Signer};

pub(super) struct Keys {
    /// Where to ask for the key, unless it was given.
    source: Option<Environment>,
    /// The key, once it was found.
    current: RwLock<Option<Arc<dyn Signer>>>,
}

impl Keys {
    pub(super) fn given(signer: Arc<dyn Signer>) -> Self {
        Self {
            source: None,
            current: RwLock::new(Some(signer)),
        }
    }

    pub(super) fn of(source: Environment) -> Self {
        Self {
            source: Some(source),
            current: RwLock::default(),
        }
    }

    /// The signer with the key. A failure to find one is not remembered: the next call looks again.
    pub(super) fn signer(&self, protocol: &dyn Protocol) -> Result<Arc<dyn Signer>, Error> {
        match (self.known(), &self.source) {
            (Some(signer), _) => Ok(signer),
            (None, Some(source)) => {
                let credentials = source.credentials(protocol.variables())?;
                Ok(self.keep(protocol.signer(credentials), None))
            }
            (None, None) => Err(Error::configuration("the client has no key")),
        }
    }

    /// Asks again for a key, since this one has expired, and says whether there is another now.
    pub(super) fn renew(&self, protocol: &dyn Protocol, expired: &Credentials) -> bool {
        let is_other = |signer: &Arc<dyn Signer>| signer.credentials() != expired;
        if self.known().as_ref().is_some_and(is_other) {
            // Another call was faster.
            return true;
        }
        // Why no key can be found now matters less than that the old one has expired, which the answer says.
        let found = self
            .source
            .as_ref()
            .and_then(|source| source.credentials(protocol.variables()).ok());
        match found {
            Some(found) if found != *expired => {
                self.keep(protocol.signer(found), Some(expired));
                true
            }
            _ => false,
        }
    }

    fn known(&self) -> Option<Arc<dyn Signer>> {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Keeps what was found, unless another call has found something else than `replaced` meanwhile.
    fn keep(&self, found: Arc<dyn Signer>, replaced: Option<&Credentials>) -> Arc<dyn Signer> {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        match &*current {
            Some(signer) if Some(signer.credentials()) != replaced => Arc::clone(signer),
            _ => Arc::clone(current.insert(found)),
        }
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = self.known();
        known
            .as_ref()
            .map(|signer| signer.credentials())
            .fmt(formatter)
    }
}
