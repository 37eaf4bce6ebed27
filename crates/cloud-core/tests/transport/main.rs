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
mod dropped;
mod forwarding;
mod idle;
mod many_ways;
mod outcome;
mod own_client;
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
    Client, Policy, ReqwestTransport as DefaultTransport, Service, Transport as _, TransportError,
};
use http::{Request, Response};
use tokio::runtime::{Builder, Runtime};

use common::memory::{Clock, ID, SECRET, environment};
use outcome::{IMPATIENCE, PATIENCE, assert_failed, failure};

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

/// Runs calls, and lets the connections live on between them.
struct Runner(Runtime);

fn runner() -> Runner {
    Runner(multi_thread())
}

impl Runner {
    fn call<T>(&self, call: impl Future<Output = T>) -> T {
        self.0.block_on(call)
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
    current_thread().block_on(transport.send(request, timeout))
}
