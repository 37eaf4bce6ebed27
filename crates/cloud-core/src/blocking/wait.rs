//! Waiting for something that takes its time.

use std::fmt;
use std::time::Duration;

use pollster::block_on;

use super::Client;
use crate::client;
use crate::error::Error;
use crate::operation::Operation;
use crate::service::Service;
use crate::waiting::{Outcome, Waitable};

impl<S: Service> Client<S> {
    /// Sends a request again and again, until what its first waiter waits for is there.
    ///
    /// The [`Wait`] can be told what else to wait for, and for how long; then it is [run](Wait::run).
    pub fn wait<'a, O: Waitable<S> + 'a>(&self, request: O) -> Wait<'a, S, O> {
        Wait(self.0.wait(request))
    }
}

/// What is waited for, and for how long. Made by [`Client::wait`]; waiting begins when it is [run](Self::run).
///
/// Transient errors, such as a lost connection, don't end it: [`on_error`](Self::on_error) shows them.
#[must_use = "nobody waits unless it is run"]
pub struct Wait<'a, S: Service, O: Operation<S>>(client::Wait<'a, S, O>);

impl<'a, S: Service, O: Waitable<S> + 'a> Wait<'a, S, O> {
    /// Waits for what the waiter of this name waits for, instead of the first one. The operation's documentation lists them.
    pub fn named(self, name: impl Into<String>) -> Self {
        Self(self.0.named(name))
    }

    /// Pauses so long between two questions.
    ///
    /// Unless set, the first pause is as long as the waiter says, or 5 seconds, and each is half as long again as the one before, up to
    /// six times the first.
    pub fn every(self, interval: Duration) -> Self {
        Self(self.0.every(interval))
    }

    /// Gives up when it has taken so long: 10 minutes unless set.
    ///
    /// A pause that would go on for longer is not begun, and a question waits for its answer no longer than this.
    pub fn deadline(self, time: Duration) -> Self {
        Self(self.0.deadline(time))
    }

    /// Shows each answer to this function, the last one included, with what it says.
    pub fn on_progress(self, on_progress: impl FnMut(Outcome, &O::Response) + Send + 'a) -> Self {
        Self(self.0.on_progress(on_progress))
    }

    /// Shows each error that does not end the wait to this function: transient errors, and that something does not exist if this is
    /// no failure to the waiter.
    pub fn on_error(self, on_error: impl FnMut(&Error) + Send + 'a) -> Self {
        Self(self.0.on_error(on_error))
    }

    /// Waits.
    ///
    /// # Errors
    ///
    /// [`Failed`](crate::ErrorKind::Failed) if it won't come any more, [`Timeout`](crate::ErrorKind::Timeout) if it did not come in
    /// time, both with the last [answer](Error::answer); else what [`Client::send`] says.
    pub fn run(self) -> Result<O::Response, Error> {
        block_on(self.0.into_future())
    }
}

impl<S: Service, O: Operation<S>> fmt::Debug for Wait<'_, S, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
