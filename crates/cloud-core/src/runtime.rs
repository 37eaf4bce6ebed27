//! What the client takes from the world around it, in one place, so that tests can set it.

use std::time::SystemTime;

/// The clock and the source of nonces.
///
/// Everything that depends on the moment or on chance goes through this trait; [`System`] is the real one.
pub trait Runtime: Send + Sync + 'static {
    /// The time that a request is signed with.
    fn now(&self) -> SystemTime;

    /// A number that no other request is signed with. Only Alibaba Cloud asks for one.
    fn nonce(&self) -> u128;
}

/// The clock of the operating system, and random nonces.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Runtime for System {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the clock"
    )]
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn nonce(&self) -> u128 {
        fastrand::u128(..)
    }
}
