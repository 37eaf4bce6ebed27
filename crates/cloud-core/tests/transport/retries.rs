//! Calls that are tried again over real connections: what arrives, and that a write arrives once.

use std::io::{Read as _, Write as _};
use std::thread;
use std::time::Duration;

use cloud_core::{Error, ErrorKind, Json, Policy, RawRequest, Stopped};

use crate::common::services::Udb;
use crate::process::undisturbed;
use crate::server::{Connection, Reserved, Server, response};
use crate::{Client, DefaultTransport, IMPATIENCE, PATIENCE, client, runner, transport};

const SUCCESS: &str = r#"{"RetCode":0}"#;

/// Sends a read and a write, each to a server of its own, which treats the first request like this and answers the others. An attempt
/// may take so long.
fn meet(
    timeout: Duration,
    fault: impl Fn(&mut Connection) -> std::io::Result<()> + Clone + Send + Sync + 'static,
) -> [(Result<Json, Error>, usize); 2] {
    [true, false].map(|is_read| {
        let fault = fault.clone();
        let server = Server::new(move |connection| {
            while connection.request()?.is_some() {
                if connection.seen() == 1 {
                    return fault(connection);
                }
                connection.write_all(&response("200 OK", "", SUCCESS))?;
            }
            Ok(())
        });
        let client: Client<Udb> = client(&server.url(), transport());
        let client = client.with(|_| Policy::new().attempts(20).attempt_timeout(timeout));
        let request = RawRequest::new("A");
        let request = if is_read { request.read() } else { request };
        let outcome = runner().call(client.send(request));
        (outcome, server.stop().requests.len())
    })
}

#[track_caller]
fn assert_only_the_read_is_sent_again(met: [(Result<Json, Error>, usize); 2], kind: ErrorKind) {
    let [(read, reads), (write, writes)] = met;
    assert_eq!(read.unwrap()["RetCode"], 0);
    if kind == ErrorKind::Timeout {
        // On a busy machine a request that is answered may take too long as well.
        assert!((2..20).contains(&reads), "{reads}");
    } else {
        assert_eq!(reads, 2);
    }
    let error = write.unwrap_err();
    assert_eq!(error.kind(), kind, "{error}");
    assert_eq!(error.stopped(), Some(Stopped::MayHaveArrived), "{error}");
    assert_eq!((error.attempts(), writes), (1, 1), "{error}");
}

#[test]
fn closed_before_the_answer() {
    undisturbed(|| {
        assert_only_the_read_is_sent_again(meet(PATIENCE, |_| Ok(())), ErrorKind::Transport);
    });
}

#[test]
fn closed_in_the_body_of_the_answer() {
    undisturbed(|| {
        let cut = |connection: &mut Connection| {
            connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"RetCode\":0}")
        };
        assert_only_the_read_is_sent_again(meet(PATIENCE, cut), ErrorKind::Transport);
    });
}

#[test]
fn a_body_that_is_cut_and_says_it_is_whole() {
    undisturbed(|| {
        let cut = |connection: &mut Connection| {
            connection.write_all(&response("200 OK", "", r#"{"RetCode":0"#))
        };
        assert_only_the_read_is_sent_again(meet(PATIENCE, cut), ErrorKind::Decode);
    });
}

#[test]
fn an_answer_longer_than_the_limit_is_fetched_once() {
    undisturbed(|| {
        for is_read in [true, false] {
            let body = format!(r#"{{"RetCode":0,"Name":"{}"}}"#, "x".repeat(2_000));
            let server = Server::answering(response("200 OK", "", body));
            let transport = DefaultTransport::builder().max_body(1_000).build().unwrap();
            let client: Client<Udb> = client(&server.url(), transport);
            let request = RawRequest::new("A");
            let request = if is_read { request.read() } else { request };
            let error = runner().call(client.send(request)).unwrap_err();
            assert_eq!(server.stop().requests.len(), 1, "{error}");
            assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
            assert_eq!(error.stopped(), Some(Stopped::NotRetryable), "{error}");
            assert!(error.to_string().contains("limit of 1000 bytes"), "{error}");
        }
    });
}

#[test]
fn a_slow_head() {
    undisturbed(|| {
        assert_only_the_read_is_sent_again(
            meet(IMPATIENCE, Connection::until_closed),
            ErrorKind::Timeout,
        );
    });
}

#[test]
fn a_slow_body() {
    undisturbed(|| {
        let slow = |connection: &mut Connection| {
            connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"RetCode\"")?;
            connection.until_closed()
        };
        assert_only_the_read_is_sent_again(meet(IMPATIENCE, slow), ErrorKind::Timeout);
    });
}

#[test]
fn reset_in_the_body_of_the_request() {
    undisturbed(|| {
        // What is not read when the connection is closed resets it.
        let server = Server::new(Connection::one_byte);
        let client: Client<Udb> = client(&server.url(), transport());
        let client = client.with(|policy| policy.attempts(3));
        let write = RawRequest::new("A").param("Long", "x".repeat(1 << 20));
        let runner = runner();
        let error = runner.call(client.send(write.clone())).unwrap_err();
        assert_eq!(error.stopped(), Some(Stopped::MayHaveArrived), "{error}");
        let error = runner.call(client.send(write.read())).unwrap_err();
        assert_eq!(error.attempts(), 3, "{error}");
        assert_eq!(server.stop().connections, 1 + 3);
    });
}

#[test]
fn throttled() {
    undisturbed(|| {
        // A write that meets the end of a connection which it takes for open may have arrived.
        let head = "Retry-After: 5\r\nConnection: close\r\n";
        let throttle = |connection: &mut Connection| {
            connection.write_all(&response("429 Too Many Requests", head, ""))
        };
        for (outcome, arrived) in meet(PATIENCE, throttle) {
            assert_eq!(outcome.unwrap()["RetCode"], 0);
            assert_eq!(arrived, 2);
        }
    });
}

#[test]
fn refused_while_the_server_starts() {
    undisturbed(|| {
        // The port does not listen at first; real waits pass until it does. What never left may be sent again, writes too.
        let port = Reserved::new();
        let client: Client<Udb> = Client::builder()
            .environment(crate::common::memory::environment(&[]))
            .credentials(cloud_core::Credentials::new("id", "s3cr3t"))
            .endpoint(port.url())
            .transport(transport())
            .policy(Policy::new().attempts(1_000).deadline(PATIENCE))
            .build()
            .unwrap();
        let once = client.with(|policy| policy.attempts(2));
        let error = runner().call(once.send(RawRequest::new("A"))).unwrap_err();
        assert_eq!(error.stopped(), Some(Stopped::AttemptsUsed), "{error}");
        assert_eq!((error.attempts(), error.may_have_arrived()), (2, false));

        let calling = thread::spawn(move || runner().call(client.send(RawRequest::new("A"))));
        thread::sleep(IMPATIENCE);
        let listener = port.listen();
        let (mut socket, _) = listener.accept().unwrap();
        assert!(socket.read(&mut [0; 4_096]).unwrap() > 0);
        socket.write_all(&response("200 OK", "", SUCCESS)).unwrap();
        assert_eq!(calling.join().unwrap().unwrap()["RetCode"], 0);
    });
}
