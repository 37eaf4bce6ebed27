//! What the client takes from the world around it, in one place, so that tests can set it.

mod system;
mod timer;

use std::time::{Duration, SystemTime};

pub use self::system::System;
use crate::transport::BoxFuture;

/// The clocks, the waiting and the chance of a client.
///
/// Everything that depends on the moment or on chance goes through this trait; [`System`] is the real one.
pub trait Runtime: Send + Sync + 'static {
    /// The time of day, which a request is signed with. It may be set back and forth while a call runs.
    fn now(&self) -> SystemTime;

    /// The time since some fixed moment, which nothing sets back. Deadlines are counted in it.
    fn instant(&self) -> Duration;

    /// Waits for so long, by the clock of [`instant`](Self::instant). Dropping the future ends the waiting.
    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()>;

    /// A random number that no other request is signed with. How long to wait before another attempt is drawn from it too.
    fn nonce(&self) -> u128;
}
