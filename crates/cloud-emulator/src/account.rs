//! Who may sign: accounts that were there from the start, and temporary ones that the emulator gave out.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use crate::Provider;
use crate::random::Random;

/// So many temporary accounts are remembered; older ones are unknown again.
const TEMPORARY_ACCOUNTS: usize = 4_096;

/// A key that requests may be signed with. All that the emulator comes with are invented.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    provider: Provider,
    id: String,
    secret: String,
    token: Option<String>,
    expires: Option<SystemTime>,
}

impl Account {
    /// A key that holds until the emulator stops.
    pub fn new(provider: Provider, id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self {
            provider,
            id: id.into(),
            secret: secret.into(),
            token: None,
            expires: None,
        }
    }

    /// The key of this provider that every emulator knows.
    pub fn built_in(provider: Provider) -> Self {
        match provider {
            Provider::Ucloud => Self::new(provider, "emulator-public-key", "emulator-private-key"),
            Provider::Tencent => Self::new(provider, "AKIDemulator", "emulator-secret-key"),
            Provider::Aliyun => Self::new(provider, "LTAIemulator", "emulator-access-key-secret"),
        }
    }

    /// Makes it a temporary key: requests must send this token along, up to that time.
    #[must_use]
    pub fn with_token(mut self, token: impl Into<String>, expires: SystemTime) -> Self {
        self.token = Some(token.into());
        self.expires = Some(expires);
        self
    }

    /// Whose key it is.
    pub fn provider(&self) -> Provider {
        self.provider
    }

    /// The public half of the key: public key, secret id, access key id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The secret half of the key: private key, secret key, access key secret.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// The token of a temporary key.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// When a temporary key expires.
    pub fn expires(&self) -> Option<SystemTime> {
        self.expires
    }
}

/// Tests may add a real key by mistake, so the secrets stay out of logs.
impl fmt::Debug for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Account")
            .field("provider", &self.provider)
            .field("id", &self.id)
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

/// All accounts of an emulator.
pub(crate) struct Accounts {
    lasting: Vec<Account>,
    temporary: Mutex<VecDeque<Account>>,
}

impl Accounts {
    /// Those that were added, and the built-in ones.
    pub(crate) fn new(added: Vec<Account>) -> Self {
        let mut lasting = added;
        lasting.extend(Provider::ALL.map(Account::built_in));
        Self {
            lasting,
            temporary: Mutex::default(),
        }
    }

    pub(crate) fn find(&self, provider: Provider, id: &str) -> Option<Account> {
        let is_it = |account: &&Account| account.provider == provider && account.id == id;
        self.lasting.iter().find(is_it).cloned().or_else(|| {
            let temporary = self
                .temporary
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            temporary.iter().find(is_it).cloned()
        })
    }

    /// Makes a temporary account.
    pub(crate) fn issue(
        &self,
        provider: Provider,
        random: &Random,
        now: SystemTime,
        lasts: Duration,
    ) -> Account {
        let prefix = match provider {
            Provider::Ucloud => "TMP.",
            Provider::Tencent => "AKIDtmp",
            Provider::Aliyun => "STS.",
        };
        let id = format!("{prefix}{}", random.alphanumeric(24));
        let token = format!("emulator-token-{}", random.alphanumeric(48));
        let account = Account::new(provider, id, random.alphanumeric(40))
            .with_token(token, now.checked_add(lasts).unwrap_or(now));
        let mut temporary = self
            .temporary
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if temporary.len() == TEMPORARY_ACCOUNTS {
            temporary.pop_front();
        }
        temporary.push_back(account.clone());
        account
    }
}
