//! A key is fetched once for all calls, before the old one ends, and a source that fails disturbs nobody before it has to.

use std::collections::BTreeSet;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use cloud_core::{Client, ErrorKind};

use crate::common::memory::{Clock, Memory, NOW, bare, now};
use crate::common::services::Redis;
use crate::source::{Gate, Scripted, Step};
use crate::{request, success};

const HOUR: u64 = 3_600;

struct World {
    clock: Clock,
    source: Scripted,
    transport: Memory,
    client: Client<Redis>,
}

fn world(steps: impl IntoIterator<Item = Step>) -> World {
    let (clock, source, transport) = (Clock::new(), Scripted::new(steps), success());
    clock.stand_still();
    let client = bare(transport.clone())
        .runtime(clock.clone())
        .credential_source(source.clone())
        .region("ap-test")
        .build()
        .unwrap();
    World {
        clock,
        source,
        transport,
        client,
    }
}

impl World {
    /// Sends a request and says which key it was signed with.
    fn signed_with(&self) -> String {
        now(self.client.send(request())).unwrap();
        self.keys().pop().unwrap()
    }

    /// The ids of the keys that requests were signed with.
    fn keys(&self) -> Vec<String> {
        let requests = self.transport.requests();
        let ids = requests.iter().map(|(request, _)| {
            let authorization = request.headers()["authorization"].to_str().unwrap();
            let (_, rest) = authorization.split_once("Credential=").unwrap();
            rest.split('/').next().unwrap().to_owned()
        });
        ids.collect()
    }
}

fn poll<T>(future: std::pin::Pin<&mut impl Future<Output = T>>) -> Poll<T> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn a_thousand_calls_over_an_expiry_are_one_refresh() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .build()
        .unwrap();
    for (seconds, others) in [(HOUR + 1, "second-id"), (HOUR - 60, "first-id")] {
        let gate = Gate::default();
        let world = world([
            Step::Key("first", HOUR),
            Step::Gated(gate.clone(), "second", 2 * HOUR),
        ]);
        assert_eq!(world.signed_with(), "first-id");
        world.clock.set(NOW + seconds);
        let calls: Vec<_> = (0..1_000)
            .map(|_| runtime.spawn(world.client.send(request())))
            .collect();
        // The source is asked, and answers when all have had the time to come.
        while world.source.loads() < 2 {
            std::thread::yield_now();
        }
        std::thread::sleep(Duration::from_millis(20));
        gate.open();
        for call in calls {
            runtime.block_on(call).unwrap().unwrap();
        }
        assert_eq!(world.source.loads(), 2);
        let mut keys = world.keys().split_off(1);
        assert_eq!(keys.len(), 1_000);
        // While the old key is good, no call waits for the new one; after that, all do.
        keys.sort();
        let distinct: BTreeSet<_> = keys.iter().map(String::as_str).collect();
        assert!(distinct.contains(others), "{distinct:?}");
        if others == "second-id" {
            assert_eq!(distinct.len(), 1, "{distinct:?}");
        }
        assert_eq!(world.signed_with(), "second-id");
        assert_eq!(world.source.loads(), 2);
    }
}

#[test]
fn no_call_waits_for_a_new_key_while_the_old_one_is_good() {
    let gate = Gate::default();
    let world = world([
        Step::Key("old", HOUR),
        Step::Gated(gate.clone(), "new", 2 * HOUR),
    ]);
    assert_eq!(world.signed_with(), "old-id");
    world.clock.set(NOW + HOUR - 60);
    assert_eq!(world.signed_with(), "old-id");
    assert_eq!(world.signed_with(), "old-id");
    // The next call drives the search to its end.
    gate.open();
    assert_eq!(world.signed_with(), "new-id");
    assert_eq!(world.source.loads(), 2);
}

#[test]
fn a_key_is_fetched_some_minutes_before_its_end_and_not_by_all_clients_at_once() {
    let mut moments = BTreeSet::new();
    for chance in 0..64 {
        let world = world([Step::Key("first", HOUR), Step::Key("second", 2 * HOUR)]);
        world.clock.set_nonce(chance);
        world.signed_with();
        let moment = (HOUR - 302..HOUR - 220)
            .find(|second| {
                world.clock.set(NOW + second);
                world.signed_with();
                world.source.loads() == 2
            })
            .unwrap();
        assert!((HOUR - 300..=HOUR - 225).contains(&moment), "{moment}");
        moments.insert(moment);
    }
    assert!(moments.len() > 32, "{moments:?}");
}

#[test]
fn a_key_of_a_few_seconds_is_not_fetched_for_every_call() {
    let world = world([Step::Key("short", 8)]);
    for second in 0..5 {
        world.clock.set(NOW + second);
        world.signed_with();
    }
    assert_eq!(world.source.loads(), 1);
}

#[test]
fn a_source_that_dies_fails_nothing_before_the_old_key_does() {
    let world = world([Step::Key("old", HOUR), Step::Fail]);
    for second in (0..HOUR - 400).step_by(100).chain(HOUR - 400..HOUR) {
        world.clock.set(NOW + second);
        assert_eq!(world.signed_with(), "old-id");
    }
    // It was left alone between its failures.
    let asked = world.source.loads();
    assert!((4..40).contains(&asked), "{asked}");

    world.clock.set(NOW + HOUR);
    let error = now(world.client.send(request())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(error.message(), "the script says no");
    assert_eq!(world.source.loads(), asked + 1);
}

#[test]
fn a_failure_ends_all_calls_that_wait_and_no_other() {
    let gate = Gate::default();
    let world = world([Step::GatedFail(gate.clone()), Step::Key("good", HOUR)]);
    let mut calls: Vec<_> = (0..50)
        .map(|_| Box::pin(world.client.send(request())))
        .collect();
    assert!(
        calls
            .iter_mut()
            .all(|call| poll(call.as_mut()).is_pending())
    );
    gate.open();
    for call in calls {
        let error = now(call).unwrap_err();
        assert_eq!(error.message(), "the script says no");
    }
    assert_eq!(world.source.loads(), 1);
    assert_eq!(world.signed_with(), "good-id");
    assert_eq!(world.source.loads(), 2);
}

#[test]
fn a_call_that_is_dropped_or_left_alone_holds_up_no_other() {
    for dropped in [true, false] {
        let gate = Gate::default();
        let world = world([Step::Gated(gate.clone(), "only", HOUR)]);
        let mut first = Box::pin(world.client.send(request()));
        let mut second = pin!(world.client.send(request()));
        assert!(poll(first.as_mut()).is_pending());
        assert!(poll(second.as_mut()).is_pending());
        let first = (!dropped).then_some(first);
        gate.open();
        // Nobody polls the first one, which was the one to ask.
        assert!(poll(second.as_mut()).is_ready());
        assert_eq!(world.source.loads(), 1);
        assert!(first.is_none_or(|call| now(call).is_ok()));
    }
}

#[test]
fn a_source_that_panics_ends_its_own_call_alone() {
    let world = world([Step::Panic, Step::Key("good", HOUR)]);
    let panicked = catch_unwind(AssertUnwindSafe(|| now(world.client.send(request()))));
    assert!(panicked.is_err());
    assert_eq!(world.signed_with(), "good-id");
}
