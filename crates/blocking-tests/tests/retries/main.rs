//! Calls that are tried again: the tests of `cloud-core`, with the blocking client.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests say what is wrong by ending"
)]

#[path = "../../../cloud-core/tests/common/mod.rs"]
mod common;
#[path = "../../../cloud-core/tests/retries/cut.rs"]
mod cut;
#[path = "../../../cloud-core/tests/retries/limits.rs"]
mod limits;
#[path = "../../../cloud-core/tests/retries/matrix.rs"]
mod matrix;
#[path = "../../../cloud-core/tests/retries/mending.rs"]
mod mending;
#[path = "../../../cloud-core/tests/retries/network.rs"]
mod network;
#[path = "../../../cloud-core/tests/retries/properties.rs"]
mod properties;
#[path = "../../../cloud-core/tests/retries/waits.rs"]
mod waits;
#[path = "../../../cloud-core/tests/retries/world.rs"]
mod world;

use std::time::Duration;

use bytes::Bytes;
use cloud_core::blocking::{Client, ClientBuilder, Transport};
use cloud_core::{Credentials, Error, Json, RawRequest, Service, TransportError};
use http::{Request, Response};

use common::memory::{Clock, environment};
use common::services::{Hbr, Redis, Udb};
use network::Network;
use world::{HALF, read, world, write};

/// What a call gives is there when it returns.
fn now<T>(done: T) -> T {
    done
}

/// A client in a world of the test's.
fn client<S: Service>(clock: &Clock, network: &Network) -> ClientBuilder<S> {
    Client::builder()
        .environment(environment(&[]))
        .credentials(Credentials::new("id", "s3cr3t").with_token("s3cr3t-token"))
        .region("cn-test-1")
        .runtime(clock.clone())
        .transport(network.clone())
}

fn send<S: Service>(client: &Client<S>, request: RawRequest<S>) -> Result<Json, Error> {
    client.send(request)
}

impl Transport for Network {
    fn send(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> Result<Response<Bytes>, TransportError> {
        self.carry(request, timeout)
    }
}
