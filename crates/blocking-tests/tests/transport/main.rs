//! The transport over ureq, on real sockets: the tests of `cloud-core`, with the blocking client.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests say what is wrong by ending"
)]

#[path = "../../../cloud-core/tests/transport/bodies.rs"]
mod bodies;
#[path = "../../../cloud-core/tests/transport/broken.rs"]
mod broken;
#[path = "../../../cloud-core/tests/common/mod.rs"]
mod common;
#[path = "../../../cloud-core/tests/transport/many_ways.rs"]
mod many_ways;
#[path = "../../../cloud-core/tests/transport/outcome.rs"]
mod outcome;
#[path = "../../../cloud-core/tests/transport/process.rs"]
mod process;
#[path = "../../../cloud-core/tests/transport/proxy.rs"]
mod proxy;
#[path = "../../../cloud-core/tests/transport/requests.rs"]
mod requests;
#[path = "../../../cloud-core/tests/transport/retries.rs"]
mod retries;
mod reuse;
#[path = "../../../cloud-core/tests/transport/server.rs"]
mod server;
#[path = "../../../cloud-core/tests/transport/slow.rs"]
mod slow;
#[path = "../../../cloud-core/tests/transport/tls.rs"]
mod tls;

use std::time::Duration;

use bytes::Bytes;
use cloud_core::blocking::{Client, Transport as _, UreqTransport as DefaultTransport};
use cloud_core::{Policy, Service, TransportError};
use http::{Request, Response};

use common::memory::{Clock, ID, SECRET, environment};
use outcome::{IMPATIENCE, PATIENCE, assert_failed, failure};

/// Calls need nothing to run on.
struct Runner;

fn runner() -> Runner {
    Runner
}

impl Runner {
    fn call<T>(&self, done: T) -> T {
        done
    }
}

fn transport() -> DefaultTransport {
    DefaultTransport::new().unwrap()
}

/// A client that sends to this address.
fn client<S: Service>(endpoint: &str, transport: DefaultTransport) -> Client<S> {
    Client::builder()
        .environment(environment(&[]))
        .credentials(cloud_core::Credentials::new(ID, SECRET))
        .region("cn-test-1")
        .endpoint(endpoint)
        .policy(Policy::new().attempts(1).attempt_timeout(PATIENCE))
        .runtime(Clock::new())
        .transport(transport)
        .build()
        .unwrap()
}

/// Sends one request without a client around it.
fn exchange(
    transport: &DefaultTransport,
    address: &str,
    timeout: Duration,
) -> Result<Response<Bytes>, TransportError> {
    let request = Request::post(address)
        .body(Bytes::from_static(b"Action=A"))
        .unwrap();
    carry(transport, request, timeout)
}

fn carry(
    transport: &DefaultTransport,
    request: Request<Bytes>,
    timeout: Duration,
) -> Result<Response<Bytes>, TransportError> {
    transport.send(request, timeout)
}
