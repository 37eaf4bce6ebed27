//! The transport over reqwest, on real sockets: what is sent, what comes back, and what is said when it does not.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests say what is wrong by ending"
)]

#[path = "../common/mod.rs"]
mod common;

mod bodies;
mod broken;
mod process;
mod proxy;
mod requests;
mod retries;
mod reuse;
mod server;
mod slow;
mod tls;

use std::time::Duration;

use bytes::Bytes;
use cloud_core::{
    Client, Delivery, Policy, ReqwestTransport, Service, Transport as _, TransportError,
};
use http::{Request, Response};
use tokio::runtime::{Builder, Runtime};

use common::memory::{Clock, ID, SECRET, environment};

/// Longer than any call that is not meant to time out.
const PATIENCE: Duration = Duration::from_secs(10);
/// For calls that are meant to.
const IMPATIENCE: Duration = Duration::from_millis(150);

fn current_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn multi_thread() -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

fn transport() -> ReqwestTransport {
    ReqwestTransport::new().unwrap()
}

/// A client that sends to this address.
fn client<S: Service>(endpoint: &str, transport: ReqwestTransport) -> Client<S> {
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
    transport: &ReqwestTransport,
    address: &str,
    timeout: Duration,
) -> Result<Response<Bytes>, TransportError> {
    let request = Request::post(address)
        .body(Bytes::from_static(b"Action=A"))
        .unwrap();
    current_thread().block_on(transport.send(request, timeout))
}

/// The failure of one request, whose message holds no part of the address.
fn failure(transport: &ReqwestTransport, address: &str, timeout: Duration) -> TransportError {
    let failure = exchange(transport, address, timeout).unwrap_err();
    assert!(!failure.to_string().contains("http"), "{failure}");
    assert!(!failure.to_string().is_empty());
    failure
}

#[track_caller]
fn assert_failed(failure: &TransportError, delivery: Delivery, timeout: bool) {
    assert_eq!(failure.delivery(), delivery, "{failure}");
    assert_eq!(failure.is_timeout(), timeout, "{failure}");
}
