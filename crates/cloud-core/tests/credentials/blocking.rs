//! The same for programs without an async runtime: many threads, one refresh.

use std::sync::{Arc, Barrier, Mutex};
use std::time::Duration;

use bytes::Bytes;
use cloud_core::TransportError;
use cloud_core::blocking::{Client, Transport};
use http::{Request, Response};

use crate::common::memory::{Clock, NOW, environment};
use crate::common::services::Redis;
use crate::request;
use crate::source::{Gate, Scripted, Step};

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
