//! Keys, and where they come from.

mod chain;
#[cfg(any(feature = "aliyun", feature = "tencent", feature = "ucloud"))]
pub(crate) mod document;
pub(crate) mod environment;
mod explain;
mod function;
#[cfg(any(feature = "aliyun", feature = "tencent"))]
pub(crate) mod held;
#[cfg(any(feature = "aliyun", feature = "tencent"))]
pub(crate) mod ini;
#[cfg(any(feature = "aliyun", feature = "tencent", feature = "ucloud"))]
pub(crate) mod metadata;
mod source;
#[cfg(any(feature = "aliyun", feature = "tencent", feature = "ucloud"))]
pub(crate) mod sts;
mod surroundings;
#[cfg(any(feature = "aliyun", feature = "tencent", feature = "ucloud"))]
pub(crate) mod temporary;

use std::fmt;
use std::time::SystemTime;

pub use self::chain::{Chain, Slot};
pub use self::environment::Environment;
pub(crate) use self::environment::Variables;
pub use self::explain::{Explanation, Outcome, Tried};
pub use self::function::CredentialFn;
pub use self::source::{CredentialSource, Found, Lookup, Settings};
pub use self::surroundings::{File, Surroundings};
use crate::secret::Secret;

/// The key that requests are signed with.
///
/// The providers call the two halves differently: public and private key (UCloud), secret id and secret key (Tencent Cloud), access
/// key id and access key secret (Alibaba Cloud). Temporary keys come with a token.
///
/// `Debug` shows the id only, and the secrets are overwritten in memory when they are dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    id: String,
    secret: Secret,
    token: Option<Secret>,
    expires: Option<SystemTime>,
    /// Signs nothing: what is shown instead is among the parameters, and kept as the token.
    is_anonymous: bool,
}

impl Credentials {
    /// A permanent key. A client refuses one with an empty half before it sends anything.
    pub fn new(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self {
            id: id.into(),
            secret: secret.into(),
            token: None,
            expires: None,
            is_anonymous: false,
        }
    }

    /// No key, for calls without a signature. What they show instead is kept out of what is quoted from the answer.
    #[cfg(any(feature = "aliyun", feature = "tencent"))]
    pub(crate) fn anonymous(shown: Secret) -> Self {
        Self {
            is_anonymous: true,
            ..Self::new("", "").with_token(shown)
        }
    }

    /// Makes it a temporary key with this token.
    #[must_use]
    pub fn with_token(mut self, token: impl Into<Secret>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Says when the key stops to work. A client asks its source for another one before. If the source has nothing better, it sends this one
    /// nevertheless, since it may be the clock of this computer that is wrong.
    #[must_use]
    pub fn expires_at(mut self, time: SystemTime) -> Self {
        self.expires = Some(time);
        self
    }

    /// The half that names the key.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The half that signs.
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// The token of a temporary key.
    pub fn token(&self) -> Option<&Secret> {
        self.token.as_ref()
    }

    /// When the key stops to work, if that is known.
    pub fn expires(&self) -> Option<SystemTime> {
        self.expires
    }

    /// Whether these sign nothing.
    pub(crate) fn is_anonymous(&self) -> bool {
        self.is_anonymous
    }

    /// What is missing for a signature.
    pub(crate) fn missing(&self) -> Option<&'static str> {
        let is_blank = |text: &str| text.trim().is_empty();
        match (is_blank(&self.id), is_blank(self.secret.expose())) {
            _ if self.is_anonymous => None,
            (true, true) => Some("id and secret"),
            (true, false) => Some("id"),
            (false, true) => Some("secret"),
            (false, false) => None,
        }
    }

    /// Whether these sign as the others do, whatever is known of their end.
    pub(crate) fn is_same_key(&self, other: &Self) -> bool {
        (&self.id, &self.secret, &self.token) == (&other.id, &other.secret, &other.token)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Credentials");
        shown
            .field("id", &self.id)
            .field("secret", &self.secret)
            .field("token", &self.token);
        if let Some(expires) = self.expires {
            shown.field("expires", &expires);
        }
        shown.finish()
    }
}
