//! What to do about an attempt that failed.

use std::time::{Duration, SystemTime};

use http::HeaderMap;

use super::call::Core;
use super::hints;
use super::shared::{Call, Shared};
use crate::credentials::Credentials;
use crate::error::{Error, ErrorKind, Stopped};
use crate::operation::Effect;
use crate::protocol::Remedy;

/// What a call has done so far.
#[derive(Debug, Default)]
pub(super) struct History {
    pub(super) attempts: u32,
    /// One of the attempts, not necessarily the last, may have reached the provider.
    pub(super) may_have_arrived: bool,
    /// What was mended already: what fails a second time can't be mended this way.
    remedies: Vec<Remedy>,
}

/// An attempt that failed.
pub(super) struct Failed<'a> {
    pub(super) error: &'a Error,
    /// Those of the answer, if somebody answered.
    pub(super) headers: Option<&'a HeaderMap>,
    /// What the request was signed with.
    pub(super) credentials: &'a Credentials,
    /// When it was sent, by the clock of this computer.
    pub(super) now: SystemTime,
    /// The time that it was signed with.
    pub(super) signed: SystemTime,
    /// How long it took to fail.
    pub(super) took: Duration,
}

impl Core {
    /// How long to wait before the next attempt, or why there is none.
    pub(super) async fn next(
        &self,
        call: &Call,
        failed: &Failed<'_>,
        history: &mut History,
        deadline: Duration,
    ) -> Result<Duration, Stopped> {
        let (policy, shared, error) = (&self.policy, &*self.shared, failed.error);
        let effect = policy.effect.unwrap_or(call.effect);
        // Mended even if there is no attempt left: the next call is better off.
        let mended = shared.mend(failed, effect, history, deadline).await?;
        if !mended && !error.is_retryable() {
            return Err(Stopped::NotRetryable);
        }
        if !mended && !is_safe(effect, error) {
            return Err(Stopped::MayHaveArrived);
        }
        if history.attempts >= policy.attempts {
            return Err(Stopped::AttemptsUsed);
        }
        if mended {
            // Nothing is overloaded, so nothing is gained by waiting, nor by sparing the budget: with an empty one, a client with
            // a wrong clock could never succeed again.
            return Ok(Duration::ZERO);
        }

        let hint = failed.headers.map_or(Duration::ZERO, |headers| {
            hints::retry_after(headers, shared.skew.correct(shared.runtime.now()))
        });
        let wait = policy.backoff.wait(history.attempts, shared.random());
        let wait = wait.max(hint);
        if shared.runtime.instant().saturating_add(wait) >= deadline {
            return Err(Stopped::Deadline);
        }
        if !shared.budget.pay(error.kind() == ErrorKind::Timeout) {
            return Err(Stopped::Budget);
        }
        Ok(wait)
    }
}

/// Whether nothing can be done twice by sending the request again.
fn is_safe(effect: Effect, error: &Error) -> bool {
    match effect {
        Effect::Read => true,
        Effect::Write => {
            let is_refused = error.kind() == ErrorKind::Throttled && !error.broke_off();
            is_refused || !error.may_have_arrived()
        }
    }
}

impl Shared {
    /// Mends what the provider refused the signature for. `false` if it refused something else, and an error if this can't be
    /// mended, or not by sending the request again.
    async fn mend(
        &self,
        failed: &Failed<'_>,
        effect: Effect,
        history: &mut History,
        deadline: Duration,
    ) -> Result<bool, Stopped> {
        let code = failed.error.code();
        let Some(remedy) = code.and_then(|code| self.protocol.remedy(code)) else {
            return Ok(false);
        };
        let helps = match remedy {
            Remedy::SetClock => failed.headers.is_some_and(|headers| {
                self.skew
                    .learn(headers, failed.now, failed.signed, failed.took)
            }),
            Remedy::RenewKey => self.keys.renew(failed.credentials, deadline).await,
            // Nonces do not meet by chance. The provider has seen this one because something on the way has sent the request twice,
            // and it may have carried out the first.
            Remedy::NewNonce if effect == Effect::Write => return Err(Stopped::MayHaveArrived),
            Remedy::NewNonce => true,
        };
        if remedy == Remedy::RenewKey && !helps && self.runtime.instant() >= deadline {
            return Err(Stopped::Deadline);
        }
        if !helps || history.remedies.contains(&remedy) {
            return Err(Stopped::NotRetryable);
        }
        history.remedies.push(remedy);
        Ok(true)
    }

    /// Waits for a start that the rate limit allows. `false`, at once, if there is none before the deadline.
    pub(super) async fn turn(&self, call: &Call, deadline: Duration) -> bool {
        let Some(limiter) = &self.limiter else {
            return true;
        };
        let now = self.runtime.instant();
        let turn = limiter.reserve(self.service.name, &call.action, call.rate, now, deadline);
        let Some(turn) = turn else {
            return false;
        };
        self.pause(turn.start().saturating_sub(now)).await;
        turn.take();
        true
    }

    pub(super) async fn pause(&self, time: Duration) {
        if !time.is_zero() {
            self.runtime.sleep(time).await;
        }
    }

    /// The half of a nonce that is as random as any.
    fn random(&self) -> u64 {
        u64::try_from(self.runtime.nonce() >> u64::BITS).unwrap_or(u64::MAX)
    }
}
