//! The same for programs without an async runtime: many threads and one refresh, and sources that block.

use std::collections::VecDeque;
use std::sync::{Arc, Barrier, Mutex, mpsc};
use std::time::Duration;

use bytes::Bytes;
use cloud_core::blocking::{Client, Transport};
use cloud_core::credentials::CredentialFn;
use cloud_core::{CredentialSource, Credentials, ErrorKind, Policy, Stopped, TransportError};
use http::{Request, Response};

use crate::common::memory::{Clock, NOW, environment};
use crate::common::services::Redis;
use crate::request;
use crate::source::{Gate, Scripted, Step, after, key};

/// Answers, and keeps what requests were signed with.
#[derive(Clone, Default)]
struct Network(Arc<Mutex<Vec<String>>>);

impl Transport for Network {
    fn send(
        &self,
        request: Request<Bytes>,
        _: Duration,
    ) -> Result<Response<Bytes>, TransportError> {
        let authorization = request.headers()["authorization"].to_str().unwrap();
        self.0.lock().unwrap().push(authorization.to_owned());
        Ok(Response::new(Bytes::from_static(
            br#"{"Response":{"RequestId":"r"}}"#,
        )))
    }
}

#[test]
fn sixty_four_threads_over_an_expiry_are_one_refresh() {
    let (clock, network, gate) = (Clock::new(), Network::default(), Gate::default());
    let source = Scripted::new([
        Step::Key("first", 3_600),
        Step::Gated(gate.clone(), "second", 7_200),
    ]);
    let client: Client<Redis> = Client::builder()
        .environment(environment(&[]))
        .runtime(clock.clone())
        .transport(network.clone())
        .credential_source(source.clone())
        .region("ap-test")
        .build()
        .unwrap();
    client.send(request()).unwrap();
    clock.set(NOW + 3_601);
    let barrier = Barrier::new(65);
    std::thread::scope(|scope| {
        for _ in 0..64 {
            scope.spawn(|| {
                barrier.wait();
                client.send(request()).unwrap();
            });
        }
        barrier.wait();
        while source.loads() < 2 {
            std::thread::yield_now();
        }
        std::thread::sleep(Duration::from_millis(20));
        gate.open();
    });
    assert_eq!(source.loads(), 2);
    let signed = network.0.lock().unwrap();
    let with_second = signed.iter().filter(|header| header.contains("second-id"));
    assert_eq!((signed.len(), with_second.count()), (65, 64));

    let explanation = client.explain_credentials();
    assert!(explanation.chosen().is_some(), "{explanation}");
}

/// Blocks the thread that loads it until the test is over.
fn source_that_hangs(
    keys: impl IntoIterator<Item = Credentials>,
) -> (mpsc::Sender<()>, impl CredentialSource) {
    let (over, end) = mpsc::channel::<()>();
    let end = Arc::new(Mutex::new(end));
    let keys = Arc::new(Mutex::new(keys.into_iter().collect::<VecDeque<_>>()));
    let source = CredentialFn::new("the vault", move || {
        let (end, key) = (Arc::clone(&end), keys.lock().unwrap().pop_front());
        async move {
            match key {
                Some(key) => Ok(key),
                None => {
                    let _ = end.lock().unwrap().recv();
                    Err("the test is over")
                }
            }
        }
    });
    (over, source)
}

#[test]
fn a_source_that_blocks_ends_with_the_deadline_and_stalls_nothing_before() {
    let (clock, network) = (Clock::new(), Network::default());
    let (over, source) = source_that_hangs([key("old").expires_at(after(3_600))]);
    let client: Client<Redis> = Client::builder()
        .environment(environment(&[]))
        .runtime(clock.clone())
        .transport(network.clone())
        .credential_source(source)
        .region("ap-test")
        .policy(Policy::new().deadline(Duration::from_secs(3_600)))
        .build()
        .unwrap();
    // With a deadline of an hour, none of these could wait for the source.
    client.send(request()).unwrap();
    clock.set(NOW + 3_500);
    for _ in 0..100 {
        client.send(request()).unwrap();
    }
    clock.set(NOW + 3_600);
    let impatient = client.with(|policy| policy.deadline(Duration::from_millis(100)));
    for _ in 0..3 {
        let error = impatient.send(request()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        assert_eq!(error.stopped(), Some(Stopped::Deadline), "{error}");
        assert!(error.message().starts_with("the vault "), "{error}");
    }
    assert_eq!(network.0.lock().unwrap().len(), 101);
    drop(over);
}

#[test]
fn a_search_on_a_thread_goes_on_with_the_next_call() {
    let network = Network::default();
    let gate = Gate::default();
    let source = Scripted::new([Step::Gated(gate.clone(), "slow", 3_600), Step::Hang]);
    let client: Client<Redis> = Client::builder()
        .environment(environment(&[]))
        .runtime(Clock::new())
        .transport(network.clone())
        .credential_source(source.clone())
        .region("ap-test")
        .build()
        .unwrap();
    let impatient = client.with(|policy| policy.deadline(Duration::from_millis(50)));
    for _ in 0..5 {
        let error = impatient.send(request()).unwrap_err();
        assert_eq!(error.stopped(), Some(Stopped::Deadline), "{error}");
    }
    // Threads can't be stopped, so there are no more than two.
    while source.loads() < 2 {
        std::thread::yield_now();
    }
    assert!(impatient.send(request()).is_err());
    assert_eq!(source.loads(), 2);
    gate.open();
    client.send(request()).unwrap();
    assert!(network.0.lock().unwrap()[0].contains("slow-id"));
}
