//! Sources that are slow or never answer: a call waits for one until its deadline and no longer, and not at all while the key that
//! the client has is good.

use std::future::{Future, pending};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use cloud_core::credentials::CredentialFn;
use cloud_core::{
    BoxFuture, Client, Error, ErrorKind, Policy, Runtime as _, Stopped, Transport, TransportError,
};
use http::{Request, Response};

use crate::common::memory::{Clock, NOW, environment, now};
use crate::common::services::Redis;
use crate::request;
use crate::source::{Gate, Scripted, Step, after, key};

const HOUR: u64 = 3_600;
const SHORT: Duration = Duration::from_secs(5);

/// Answers at once, or never, and keeps the ids of the keys.
#[derive(Clone, Default)]
struct Network(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    ids: Vec<String>,
    hangs: bool,
    /// The provider has forgotten this key.
    forgotten: Option<&'static str>,
}

impl Transport for Network {
    fn send(
        &self,
        request: Request<Bytes>,
        _: Duration,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let mut state = self.0.lock().unwrap();
        let authorization = request.headers()["authorization"].to_str().unwrap();
        let (_, rest) = authorization.split_once("Credential=").unwrap();
        let id = rest.split('/').next().unwrap().to_owned();
        let body = if Some(&*id) == state.forgotten {
            r#"{"Response":{"Error":{"Code":"AuthFailure.TokenFailure","Message":"old"},"RequestId":"r"}}"#
        } else {
            r#"{"Response":{"RequestId":"r"}}"#
        };
        state.ids.push(id);
        if state.hangs {
            return Box::pin(pending());
        }
        Box::pin(async move { Ok(Response::new(Bytes::from_static(body.as_bytes()))) })
    }
}

struct World {
    clock: Clock,
    source: Scripted,
    network: Network,
    client: Client<Redis>,
}

/// A world whose waits are over at once.
fn world(steps: impl IntoIterator<Item = Step>) -> World {
    let (clock, source, network) = (Clock::new(), Scripted::new(steps), Network::default());
    let client = Client::builder()
        .environment(environment(&[]))
        .transport(network.clone())
        .runtime(clock.clone())
        .credential_source(source.clone())
        .region("ap-test")
        .policy(Policy::new().deadline(SHORT))
        .build()
        .unwrap();
    World {
        clock,
        source,
        network,
        client,
    }
}

impl World {
    fn send(&self) -> Result<String, Error> {
        now(self.client.send(request()))?;
        Ok(self.network.0.lock().unwrap().ids.pop().unwrap())
    }

    fn sent(&self) -> usize {
        self.network.0.lock().unwrap().ids.len()
    }
}

fn poll<T>(future: Pin<&mut impl Future<Output = T>>) -> Poll<T> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn assert_too_late(error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert_eq!(error.stopped(), Some(Stopped::Deadline), "{error}");
    assert_eq!(error.elapsed(), SHORT, "{error}");
    assert_eq!((error.attempts(), error.may_have_arrived()), (0, false));
    assert_eq!(
        error.message(),
        "the script has given no key before the deadline"
    );
}

#[test]
fn a_call_waits_for_a_key_until_its_deadline() {
    let world = world([Step::Hang]);
    for _ in 0..10 {
        assert_too_late(&world.send().unwrap_err());
    }
    assert_eq!(world.sent(), 0);
    let error = now(world.client.prepare(&request())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    let patient = world
        .client
        .with(|policy| policy.deadline(Duration::from_secs(7)));
    let error = now(patient.send(request())).unwrap_err();
    assert_eq!(error.elapsed(), Duration::from_secs(7), "{error}");
}

#[test]
fn the_next_call_asks_again_beside_a_search_that_hangs() {
    for hung in 1..5 {
        let mut steps = vec![Step::Hang; hung];
        steps.push(Step::Key("good", HOUR));
        let world = world(steps);
        for _ in 0..hung {
            assert_too_late(&world.send().unwrap_err());
        }
        assert_eq!(world.send().unwrap(), "good-id");
        assert_eq!(world.source.loads(), hung + 1);
    }
}

#[test]
fn a_slow_search_goes_on_with_the_next_call() {
    for is_dropped in [true, false] {
        let gate = Gate::default();
        let world = world([Step::Gated(gate.clone(), "slow", HOUR), Step::Hang]);
        if is_dropped {
            world.clock.stand_still();
            let mut call = Box::pin(world.client.send(request()));
            assert!(poll(call.as_mut()).is_pending());
        } else {
            assert_too_late(&world.send().unwrap_err());
            world.clock.stand_still();
        }
        let mut call = pin!(world.client.send(request()));
        assert!(poll(call.as_mut()).is_pending());
        gate.open();
        assert!(poll(call.as_mut()).is_ready());
        assert_eq!(world.send().unwrap(), "slow-id");
        assert_eq!(world.source.loads(), 2);
    }
}

#[test]
fn a_search_that_fails_after_it_was_left_does_not_fail_the_next_one() {
    let (first, second) = (Gate::default(), Gate::default());
    let world = world([
        Step::GatedFail(first.clone()),
        Step::Gated(second.clone(), "good", HOUR),
    ]);
    assert_too_late(&world.send().unwrap_err());
    world.clock.stand_still();
    let mut call = pin!(world.client.send(request()));
    assert!(poll(call.as_mut()).is_pending());
    first.open();
    assert!(poll(call.as_mut()).is_pending());
    second.open();
    assert!(matches!(poll(call.as_mut()), Poll::Ready(Ok(_))));
}

#[test]
fn a_later_key_is_not_replaced_by_that_of_a_search_that_was_left() {
    let gate = Gate::default();
    let world = world([
        Step::Gated(gate.clone(), "late", HOUR),
        Step::Key("good", HOUR),
    ]);
    assert_too_late(&world.send().unwrap_err());
    assert_eq!(world.send().unwrap(), "good-id");
    gate.open();
    for _ in 0..3 {
        assert_eq!(world.send().unwrap(), "good-id");
    }
}

#[test]
fn a_source_that_hangs_stalls_nothing_while_the_key_is_good() {
    let world = world([Step::Key("old", HOUR), Step::Hang]);
    for _ in 0..HOUR {
        assert_eq!(world.send().unwrap(), "old-id");
        world.clock.advance(Duration::from_secs(1));
    }
    // No call has waited, and the source was asked again only when the search before was lost.
    assert_eq!(world.clock.sleeps(), []);
    let loads = world.source.loads();
    assert!((2..7).contains(&loads), "{loads}");
    assert_too_late(&world.send().unwrap_err());
}

#[test]
fn dropped_calls_do_not_lose_that_a_source_has_failed() {
    let gate = Gate::default();
    let world = world([Step::Key("old", HOUR), Step::GatedFail(gate.clone())]);
    assert_eq!(world.send().unwrap(), "old-id");
    world.clock.advance(Duration::from_secs(HOUR - 220));
    world.network.0.lock().unwrap().hangs = true;
    for _ in 0..3 {
        let mut call = Box::pin(world.client.send(request()));
        assert!(poll(call.as_mut()).is_pending());
    }
    world.network.0.lock().unwrap().hangs = false;
    assert_eq!(world.source.loads(), 2);
    gate.open();
    for _ in 0..50 {
        assert_eq!(world.send().unwrap(), "old-id");
        world.clock.advance(Duration::from_secs(1));
    }
    assert_eq!(world.source.loads(), 2);
    world.clock.advance(Duration::from_secs(20));
    assert_eq!(world.send().unwrap(), "old-id");
    assert_eq!(world.source.loads(), 3);
}

#[test]
fn a_new_key_is_fetched_beside_a_call_that_takes_long() {
    let gate = Gate::default();
    let world = world([
        Step::Key("old", HOUR),
        Step::Gated(gate.clone(), "new", 2 * HOUR),
    ]);
    assert_eq!(world.send().unwrap(), "old-id");
    world.clock.set(NOW + HOUR - 60);
    world.network.0.lock().unwrap().hangs = true;
    let mut call = Box::pin(world.client.send(request()));
    assert!(poll(call.as_mut()).is_pending());
    gate.open();
    assert!(poll(call.as_mut()).is_pending());
    drop(call);
    world.network.0.lock().unwrap().hangs = false;
    assert_eq!(world.send().unwrap(), "new-id");
    assert_eq!(world.source.loads(), 2);
}

#[test]
fn a_token_that_the_provider_refuses_waits_for_another_until_the_deadline() {
    let world = world([Step::Key("old", HOUR), Step::Hang, Step::Key("new", HOUR)]);
    world.network.0.lock().unwrap().forgotten = Some("old-id");
    let error = world.send().unwrap_err();
    assert_eq!(error.code(), Some("AuthFailure.TokenFailure"), "{error}");
    assert_eq!(error.stopped(), Some(Stopped::Deadline), "{error}");
    assert_eq!(error.elapsed(), SHORT, "{error}");
    assert_eq!(world.send().unwrap(), "new-id");
    assert_eq!(world.clock.instant(), SHORT);
}

#[test]
fn a_search_whose_runtime_is_gone_fails_no_later_call() {
    for old in [None, Some(key("old").expires_at(after(HOUR)))] {
        let clock = Clock::new();
        clock.stand_still();
        let keys = Mutex::new((
            old.clone(),
            None,
            Some(key("new").expires_at(after(2 * HOUR))),
        ));
        let source = CredentialFn::new("the vault", move || {
            let mut keys = keys.lock().unwrap();
            let key = match keys.0.take() {
                Some(key) => Some(key),
                None if keys.1.is_none() => {
                    keys.1 = Some(());
                    None
                }
                None => keys.2.clone(),
            };
            async move {
                if key.is_none() {
                    tokio::time::sleep(Duration::from_secs(3_600)).await;
                }
                key.ok_or("no key")
            }
        });
        let network = Network::default();
        let client: Client<Redis> = Client::builder()
            .environment(environment(&[]))
            .transport(network.clone())
            .runtime(clock.clone())
            .credential_source(source)
            .region("ap-test")
            .build()
            .unwrap();
        if old.is_some() {
            now(client.send(request())).unwrap();
            clock.advance(Duration::from_secs(HOUR - 60));
        }
        let runtime = || {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            runtime.enable_all().build().unwrap()
        };
        // The call is dropped with its runtime, in the middle of the search.
        runtime().block_on(async {
            let mut call = Box::pin(client.send(request()));
            assert_eq!(poll(call.as_mut()).is_pending(), old.is_none());
        });
        for _ in 0..3 {
            runtime().block_on(client.send(request())).unwrap();
            clock.advance(Duration::from_secs(30));
        }
        assert_eq!(network.0.lock().unwrap().ids.pop().unwrap(), "new-id");
    }
}
