//! Emulators come and go: many in a process, with a runtime and without.

use std::net::TcpStream;

use cloud_emulator::Emulator;
use cloud_emulator::Provider::Ucloud;

use crate::common::NOW;
use crate::common::http::{Connection, send};
use crate::common::sign::Caller;

#[tokio::test]
async fn in_an_async_test() {
    let emulator = Emulator::start().await.unwrap();
    let address = emulator.address();
    assert_eq!(emulator.url(), format!("http://{address}"));
    let request = Caller::new(Ucloud, NOW).assume_role(Ucloud);
    let response = tokio::task::spawn_blocking(move || send(address, &request));
    assert_eq!(response.await.unwrap().code(), "");
    assert_eq!(emulator.requests().len(), 1);
}

#[test]
fn many_side_by_side() {
    let emulators: Vec<Emulator> = (0..20)
        .map(|_| Emulator::start_blocking().unwrap())
        .collect();
    let request = Caller::new(Ucloud, NOW).assume_role(Ucloud);
    for emulator in &emulators {
        send(emulator.address(), &request);
    }
    assert!(
        emulators
            .iter()
            .all(|emulator| emulator.requests().len() == 1)
    );
}

#[test]
fn it_stops_when_it_is_dropped() {
    let emulator = Emulator::start_blocking().unwrap();
    let address = emulator.address();
    assert!(address.ip().is_loopback());
    let mut open = Connection::open(address);
    let request = Caller::new(Ucloud, NOW).assume_role(Ucloud);
    open.send(&request).unwrap();
    drop(emulator);
    assert!(open.rest().0.is_empty(), "its connections end");
    assert!(TcpStream::connect(address).is_err(), "its port is closed");
    // The port can be had again, and only once.
    let again = Emulator::builder()
        .port(address.port())
        .start_blocking()
        .unwrap();
    assert_eq!(again.address(), address);
    assert!(
        Emulator::builder()
            .port(address.port())
            .start_blocking()
            .is_err()
    );
}
