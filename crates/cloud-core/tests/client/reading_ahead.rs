//! Reading ahead with consumers that take their time, over a transport whose timers run on while it is not polled.

use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use cloud_core::{
    BoxFuture, Budget, Client, ClientBuilder, Credentials, Delivery, ErrorKind, Policy, Position,
    Runtime as _, Transport, TransportError,
};
use http::{Request, Response};

use crate::common::memory::{Clock, ID, SECRET, environment};
use crate::common::services::Redis;
use crate::lists::{Fault, List, Lists, OFFSET_WITH_TOTAL, TOKEN};

/// How long an answer takes.
const LATENCY: Duration = Duration::from_millis(300);

/// Hands out lists like a real connection: answers take their time, and the time for them runs out whether one looks or not.
#[derive(Clone)]
struct Timed {
    lists: Lists,
    clock: Clock,
}

impl Timed {
    fn new(items: u64, fault: Fault) -> Self {
        Self {
            lists: Lists::new(items, 1_000, fault),
            clock: Clock::new(),
        }
    }

    fn client(&self, policy: Policy) -> Client<Redis> {
        self.build(|builder| builder.policy(policy))
    }

    fn build(
        &self,
        settings: impl FnOnce(ClientBuilder<Redis>) -> ClientBuilder<Redis>,
    ) -> Client<Redis> {
        let builder = Client::builder()
            .environment(environment(&[]))
            .transport(self.clone())
            .runtime(self.clock.clone())
            .credentials(Credentials::new(ID, SECRET))
            .region("cn-test-1");
        settings(builder).build().unwrap()
    }

    /// Runs a future; time passes where it has to wait.
    fn run<T>(&self, future: impl Future<Output = T>) -> T {
        let mut future = pin!(future);
        for _ in 0..100_000 {
            let mut context = Context::from_waker(Waker::noop());
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            self.clock.advance(Duration::from_millis(10));
        }
        panic!("this takes for ever")
    }
}

impl Transport for Timed {
    fn send(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let began = self.clock.instant();
        let mut answer = self.lists.send(request, timeout);
        Box::pin(poll_fn(move |context| {
            let passed = self.clock.instant() - began;
            if passed >= timeout {
                let late = TransportError::new(Delivery::MaybeSent, "no answer").timeout();
                Poll::Ready(Err(late))
            } else if passed >= LATENCY {
                answer.as_mut().poll(context)
            } else {
                Poll::Pending
            }
        }))
    }
}

fn list<const K: usize>() -> List<K> {
    List {
        limit: Some(2),
        ..List::default()
    }
}

/// Reads a list whose items take so long each, and says which came and how many requests that took.
fn read_slowly<const K: usize>(policy: Policy, work: Duration) -> (Vec<String>, usize) {
    let provider = Timed::new(7, Fault::None);
    let mut items = provider.client(policy).items(list::<K>()).read_ahead();
    let mut found = Vec::new();
    while let Some(item) = provider.run(items.next()) {
        found.push(item.unwrap().id.unwrap());
        provider.clock.advance(work);
    }
    (found, provider.lists.requests())
}

#[test]
fn a_slow_consumer_gets_every_item() {
    let all = ["0", "1", "2", "3", "4", "5", "6"];
    for policy in [Policy::new(), Policy::new().attempts(1)] {
        // At once; longer than an attempt; longer than the whole call.
        for seconds in [0, 12, 61, 3_600] {
            let work = Duration::from_secs(seconds);
            let (found, requests) = read_slowly::<OFFSET_WITH_TOTAL>(policy, work);
            assert_eq!(found, all, "{seconds} s");
            // The first page, and each of the others at most twice.
            assert!(requests <= 1 + 2 * 3, "{requests} requests, {seconds} s");
            let (found, _) = read_slowly::<TOKEN>(policy, work);
            assert_eq!(found, all, "{seconds} s, by token");
        }
    }
}

#[test]
fn slow_consumers_do_not_use_up_the_budget() {
    let provider = Timed::new(400, Fault::None);
    let budget = Budget::new(10);
    let client = provider.build(|builder| builder.budget(budget.clone()));
    let mut items = client.items(list::<OFFSET_WITH_TOTAL>()).read_ahead();
    while let Some(item) = provider.run(items.next()) {
        item.unwrap();
        provider.clock.advance(Duration::from_secs(12));
    }
    assert_eq!(budget.left(), 10);
}

#[test]
fn a_page_ahead_that_is_there_in_time_costs_one_request_and_no_wait() {
    let provider = Timed::new(7, Fault::None);
    let client = provider.client(Policy::new());
    let mut items = client.items(list::<OFFSET_WITH_TOTAL>()).read_ahead();
    provider.run(items.next()).unwrap().unwrap();
    for _ in 1..7 {
        provider.clock.advance(Duration::from_secs(1));
        let before = provider.clock.instant();
        provider.run(items.next()).unwrap().unwrap();
        assert_eq!(provider.clock.instant(), before);
    }
    assert!(provider.run(items.next()).is_none());
    assert_eq!(provider.lists.requests(), 4);
}

#[test]
fn a_call_that_was_left_alone_past_its_timeout_is_repeated() {
    let provider = Timed::new(3, Fault::None);
    let client = provider.client(Policy::new().attempts(1));
    let mut items = client.items(list::<OFFSET_WITH_TOTAL>());
    let mut pages = client.pages(list::<OFFSET_WITH_TOTAL>());
    let mut context = Context::from_waker(Waker::noop());
    assert!(pin!(items.next()).poll(&mut context).is_pending());
    assert!(pin!(pages.next()).poll(&mut context).is_pending());
    provider.clock.advance(Duration::from_secs(60));
    assert_eq!(
        provider.run(items.next()).unwrap().unwrap().id.unwrap(),
        "0"
    );
    assert_eq!(
        provider.run(pages.next()).unwrap().unwrap().backups.len(),
        2
    );
}

#[test]
fn a_page_that_never_comes_is_an_error_for_impatient_readers_too() {
    // No answer comes in time, and `next` is dropped and called again every 10 ms.
    let provider = Timed::new(3, Fault::None);
    let policy = Policy::new().attempt_timeout(LATENCY / 2);
    let mut items = provider.client(policy).items(list::<OFFSET_WITH_TOTAL>());
    let mut context = Context::from_waker(Waker::noop());
    let mut outcome = None;
    for _ in 0..1_000 {
        if let Poll::Ready(item) = pin!(items.next()).poll(&mut context) {
            outcome = item;
            break;
        }
        provider.clock.advance(Duration::from_millis(10));
    }
    assert_eq!(outcome.unwrap().unwrap_err().kind(), ErrorKind::Timeout);
    assert_eq!(provider.lists.requests(), 6);
}

#[test]
fn a_page_that_fails_twice_ends_the_list() {
    let provider = Timed::new(7, Fault::FailsFrom(1));
    let client = provider.client(Policy::new());
    let mut pages = client.pages(list::<OFFSET_WITH_TOTAL>()).read_ahead();
    provider.run(pages.next()).unwrap().unwrap();
    provider.clock.advance(Duration::from_secs(5));
    let error = provider.run(pages.next()).unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidParameter);
    assert!(provider.run(pages.next()).is_none());
    assert_eq!(provider.lists.requests(), 3);
    assert_eq!(pages.position(), Some(&Position::Number(2)));
}

#[test]
fn reading_ahead_does_not_hide_that_a_mark_comes_twice() {
    let provider = Timed::new(7, Fault::RepeatsToken);
    let client = provider.client(Policy::new());
    let mut pages = client.pages(list::<TOKEN>()).read_ahead();
    provider.run(pages.next()).unwrap().unwrap();
    let mut last = provider.run(pages.next());
    for _ in 0..3 {
        match last {
            Some(Ok(_)) => last = provider.run(pages.next()),
            _ => break,
        }
    }
    assert_eq!(last.unwrap().unwrap_err().kind(), ErrorKind::Paging);
}

#[test]
fn a_position_that_is_set_in_the_middle_counts() {
    for read_ahead in [false, true] {
        let provider = Timed::new(9, Fault::None);
        let client = provider.client(Policy::new());
        let mut items = client.items(list::<OFFSET_WITH_TOTAL>());
        if read_ahead {
            items = items.read_ahead();
        }
        // The second item of the first page is left, and the second page may be on its way.
        provider.run(items.next()).unwrap().unwrap();
        let mut items = items.from(Position::Number(6));
        assert_eq!(items.position(), Some(&Position::Number(6)));
        let mut found = Vec::new();
        while let Some(item) = provider.run(items.next()) {
            found.push(item.unwrap().id.unwrap());
        }
        assert_eq!(found, ["6", "7", "8"], "read ahead: {read_ahead}");
        // From the end back to the beginning.
        let mut items = items.from(Position::Number(0));
        assert_eq!(
            provider.run(items.next()).unwrap().unwrap().id.unwrap(),
            "0"
        );
    }
}

#[test]
fn the_same_list_goes_on_after_an_error() {
    let provider = Timed::new(6, Fault::Fails(1));
    let client = provider.client(Policy::new());
    let mut items = client.items(list::<TOKEN>());
    let mut found = Vec::new();
    let mut errors = 0;
    loop {
        match provider.run(items.next()) {
            Some(Ok(item)) => found.push(item.id.unwrap()),
            Some(Err(_)) => {
                errors += 1;
                let position = items.position().cloned().unwrap();
                items = items.from(position);
            }
            None => break,
        }
    }
    assert_eq!((found.join(""), errors), ("012345".to_owned(), 1));
}
