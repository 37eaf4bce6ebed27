//! What a call may cost: attempts, time, waits. All of it is values; what acts on them is the call loop in `client`.

mod backoff;
mod budget;
mod limiter;

use std::time::Duration;

pub use self::backoff::Backoff;
pub use self::budget::Budget;
pub use self::limiter::RateLimiter;
use crate::operation::Effect;

/// How often a call is tried, and for how long.
///
/// It is set for a client with [`ClientBuilder::policy`](crate::ClientBuilder::policy) and changed for some calls with
/// [`Client::with`](crate::Client::with). See the guide to [retries](crate#retries).
///
/// ```
/// # use std::time::Duration;
/// # use cloud_core::Policy;
/// let patient = Policy::new().attempts(5).deadline(Duration::from_secs(120));
/// let once = patient.attempts(1);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    pub(crate) attempts: u32,
    pub(crate) attempt_timeout: Duration,
    pub(crate) deadline: Duration,
    pub(crate) total_deadline: Duration,
    pub(crate) backoff: Backoff,
    pub(crate) effect: Option<Effect>,
}

impl Policy {
    /// The defaults: three attempts of at most 10 seconds each, all within 60 seconds, however long the wait for a turn is.
    pub const fn new() -> Self {
        Self {
            attempts: 3,
            attempt_timeout: Duration::from_secs(10),
            deadline: Duration::from_secs(60),
            total_deadline: Duration::MAX,
            backoff: Backoff::new(Duration::from_millis(100), Duration::from_secs(20)),
            effect: None,
        }
    }

    /// How often a request is sent at most, the first time included. With 1 nothing is sent again, whatever happens.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// How long one attempt waits for its complete answer; less if the deadline is nearer. With zero nothing is sent.
    #[must_use]
    pub const fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// How long the whole call may take, all attempts, waits and the search for a key included. With zero nothing is sent.
    ///
    /// A client with a [`RateLimiter`] may first have to wait for its turn: the deadline counts from then on. The turns of further
    /// attempts are within it.
    #[must_use]
    pub const fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// How long the call may take with the wait for its turn: without a limit unless set. A turn that comes later is not waited for.
    #[must_use]
    pub const fn total_deadline(mut self, deadline: Duration) -> Self {
        self.total_deadline = deadline;
        self
    }

    /// How long to wait between attempts.
    #[must_use]
    pub const fn backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// Whether to send again as for reads or as for writes, whatever the operation itself does.
    ///
    /// [`Effect::Read`] is right for a write that does no harm when it is carried out twice.
    #[must_use]
    pub const fn retry_as(mut self, effect: Effect) -> Self {
        self.effect = Some(effect);
        self
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self::new()
    }
}
