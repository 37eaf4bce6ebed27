//! Servers that take too long.

use std::net::TcpListener;
use std::time::Duration;

use cloud_core::{Delivery, ErrorKind, Policy, RawRequest};

use crate::common::memory::{ID, SECRET, environment};
use crate::common::services::Udb;
use crate::process::undisturbed;
use crate::server::{Connection, Server};
use crate::{
    Client, DefaultTransport, IMPATIENCE, PATIENCE, assert_failed, exchange, failure, runner,
    transport,
};

#[test]
fn no_answer_in_time() {
    undisturbed(|| {
        let server = Server::new(|connection| {
            connection.request()?;
            connection.until_closed()
        });
        let client: Client<Udb> = Client::builder()
            .environment(environment(&[]))
            .credentials(cloud_core::Credentials::new(ID, SECRET))
            .endpoint(server.url())
            .policy(Policy::new().attempts(1).attempt_timeout(IMPATIENCE))
            .transport(transport())
            .build()
            .unwrap();
        let error = runner()
            .call(client.send(RawRequest::new("A")))
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        assert!(error.may_have_arrived(), "{error}");
        assert!(error.is_retryable(), "{error}");
        assert!(error.to_string().starts_with("A: timed out: "), "{error}");
        assert_eq!(server.stop().requests.len(), 1);
    });
}

#[test]
fn times_without_end() {
    undisturbed(|| {
        let server = Server::with_json(r#"{"RetCode":0}"#);
        let forever = Duration::MAX;
        let policy = Policy::new().attempt_timeout(forever).deadline(forever);
        let transport = DefaultTransport::builder()
            .connect_timeout(forever)
            .build()
            .unwrap();
        let client: Client<Udb> = Client::builder()
            .environment(environment(&[]))
            .credentials(cloud_core::Credentials::new(ID, SECRET))
            .endpoint(server.url())
            .policy(policy)
            .transport(transport)
            .build()
            .unwrap();
        let runner = runner();
        for _ in 0..2 {
            runner.call(client.send(RawRequest::new("A"))).unwrap();
        }
        assert_eq!(server.stop().requests.len(), 2);
    });
}

#[test]
fn no_time_at_all() {
    undisturbed(|| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        for time in [Duration::ZERO, Duration::from_nanos(1)] {
            let error = failure(&transport(), &address, time);
            assert!(error.is_timeout(), "{error:?}");
        }
        // A connection that is there at once may be taken.
        let server = Server::with_json("{}");
        let hasty = DefaultTransport::builder().connect_timeout(Duration::ZERO);
        if let Err(error) = exchange(&hasty.build().unwrap(), &server.url(), PATIENCE) {
            assert_failed(&error, Delivery::NotSent, true);
        }
    });
}

fn stalls_after(bytes: &'static [u8]) {
    let server = Server::new(move |connection: &mut Connection| {
        connection.request()?;
        connection.write_all(bytes)?;
        connection.until_closed()
    });
    let error = failure(&transport(), &server.url(), IMPATIENCE);
    assert_failed(&error, Delivery::MaybeSent, true);
    assert_eq!(server.stop().requests.len(), 1);
}

#[test]
fn an_answer_that_stops_in_the_middle() {
    undisturbed(|| {
        stalls_after(b"HTTP/1.1 200 OK\r\n");
        stalls_after(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"RetCode\":0");
        stalls_after(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n");
    });
}

#[test]
fn an_answer_that_drips_is_not_waited_for() {
    undisturbed(|| {
        // The timeout is for the whole answer: a byte now and then does not make it longer.
        let server = Server::new(|connection| {
            connection.request()?;
            connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")?;
            loop {
                connection.write_all(b"x")?;
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        let error = failure(&transport(), &server.url(), IMPATIENCE);
        assert_failed(&error, Delivery::MaybeSent, true);
    });
}

#[test]
fn a_handshake_that_never_ends() {
    undisturbed(|| {
        // Nobody accepts, but the system completes the connection; TLS then waits for the server's first word.
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("https://{}", listener.local_addr().unwrap());
        let transport = DefaultTransport::builder()
            .connect_timeout(IMPATIENCE)
            .build()
            .unwrap();
        let error = failure(&transport, &address, PATIENCE);
        // Not a byte of the request has left.
        assert_failed(&error, Delivery::NotSent, true);
    });
}
