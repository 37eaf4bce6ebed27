//! Calls that are tried again: when, how often, with what signatures, and when not.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests say what is wrong by ending"
)]

#[path = "../common/mod.rs"]
mod common;

mod cut;
mod limits;
mod matrix;
mod mending;
mod network;
mod properties;
mod waits;
mod world;

use std::time::Duration;

use bytes::Bytes;
use cloud_core::{
    BoxFuture, Client, ClientBuilder, Credentials, Error, Json, RawRequest, Service, Transport,
    TransportError,
};
use http::{Request, Response};

use common::memory::{Clock, environment, now};
use common::services::{Hbr, Redis, Udb};
use network::Network;
use world::{HALF, read, world, write};

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
    now(client.send(request))
}

impl Transport for Network {
    fn send(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move { self.carry(request, timeout) })
    }
}
