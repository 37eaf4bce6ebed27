//! A client without a network: what it would send, and what it makes of an answer.

use std::collections::BTreeMap;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use client_tests::form;
use cloud_core::{
    AsValue, BoxFuture, Client, Credentials, Environment, Operation, Response, Service, Transport,
    TransportError, with_secrets,
};
use http::Request;
use serde_core::de::DeserializeOwned;
use serde_json::Value as Json;

/// A network that nobody may use.
struct Nowhere;

impl Transport for Nowhere {
    fn send(
        &self,
        request: Request<Bytes>,
        _timeout: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        panic!("a test of encoding sent {}", request.uri())
    }
}

/// A client in the region `island`, which takes nothing from the process that it runs in.
pub(crate) fn client<S: Service>() -> Client<S> {
    Client::builder()
        .environment(Environment::from_iter::<[(&str, &str); 0]>([]))
        .transport(Nowhere)
        .credentials(Credentials::new("id", "s3cr3t"))
        .region("island")
        .build()
        .unwrap()
}

/// Runs a future that has nothing to wait for.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("preparing a request had to wait"),
    }
}

/// The request as it would be sent.
pub(crate) fn sent<S: Service>(request: impl Operation<S>) -> Request<Bytes> {
    now(client::<S>().prepare(&request)).unwrap()
}

/// The body as JSON.
pub(crate) fn json<S: Service>(request: impl Operation<S>) -> Json {
    serde_json::from_slice(sent(request).body()).unwrap()
}

/// The parameters in the query, by name.
pub(crate) fn query(request: &Request<Bytes>) -> BTreeMap<String, String> {
    form(request.uri().query().unwrap_or_default())
        .into_iter()
        .collect()
}

/// The parameters in the body, by name, without those of the signature.
pub(crate) fn body(request: &Request<Bytes>) -> BTreeMap<String, String> {
    let mut parameters: BTreeMap<_, _> = form(std::str::from_utf8(request.body()).unwrap())
        .into_iter()
        .collect();
    for name in ["Action", "PublicKey", "Signature"] {
        parameters.remove(name);
    }
    parameters
}

/// What parameters should be.
pub(crate) fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> BTreeMap<String, String> {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// Decodes an answer; what is stored and read again is the same.
pub(crate) fn decode<S, R>(body: &Json) -> R
where
    S: Service,
    R: Response + AsValue + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let answer: R = cloud_core::decode::<S, R>(body.to_string().as_bytes()).unwrap();
    let stored = serde_json::to_string(&with_secrets(&answer)).unwrap();
    assert_eq!(serde_json::from_str::<R>(&stored).unwrap(), answer);
    answer
}
