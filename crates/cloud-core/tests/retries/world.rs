//! What the tests of retries begin with: a world, and requests.

use cloud_core::RawRequest;

use crate::common::memory::Clock;
use crate::network::{Network, Reply};

/// Waits are half of what they may be at most.
pub(crate) const HALF: u128 = 1 << 127;

/// A world in which this will happen to a client's requests, one after the other; then they succeed.
pub(crate) fn world(replies: impl IntoIterator<Item = Reply>) -> (Clock, Network) {
    let clock = Clock::new();
    clock.set_nonce(HALF);
    let network = Network::new(&clock, replies);
    (clock, network)
}

/// A request that only reads.
pub(crate) fn read<S>() -> RawRequest<S> {
    RawRequest::new("Do").param("What", "this").read()
}

/// One that changes something.
pub(crate) fn write<S>() -> RawRequest<S> {
    RawRequest::new("Do").param("What", "this")
}
