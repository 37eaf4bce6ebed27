//! Calls that are tried again: when, how often, with what signatures, and when not.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests say what is wrong by ending"
)]

#[path = "../common/mod.rs"]
mod common;

mod limits;
mod matrix;
mod mending;
mod network;
mod properties;
mod waits;

use cloud_core::{Client, ClientBuilder, Error, Json, RawRequest, Service};

use common::memory::{Clock, bare, environment, now};
use common::services::{Hbr, Redis, Udb};
use network::{Network, Reply};

/// Waits are half of what they may be at most.
const HALF: u128 = 1 << 127;

/// A world in which this will happen to a client's requests, one after the other; then they succeed.
fn world(replies: impl IntoIterator<Item = Reply>) -> (Clock, Network) {
    let clock = Clock::new();
    clock.set_nonce(HALF);
    let network = Network::new(&clock, replies);
    (clock, network)
}

/// A client in such a world.
fn client<S: Service>(clock: &Clock, network: &Network) -> ClientBuilder<S> {
    bare::<S>(network::nobody())
        .credentials(cloud_core::Credentials::new("id", "secret").with_token("token"))
        .region("cn-test-1")
        .environment(environment(&[]))
        .runtime(clock.clone())
        .transport(network.clone())
}

fn send<S: Service>(client: &Client<S>, request: RawRequest<S>) -> Result<Json, Error> {
    now(client.send(request))
}

/// A request that only reads.
fn read<S>() -> RawRequest<S> {
    RawRequest::new("Do").param("What", "this").read()
}

/// One that changes something.
fn write<S>() -> RawRequest<S> {
    RawRequest::new("Do").param("What", "this")
}
