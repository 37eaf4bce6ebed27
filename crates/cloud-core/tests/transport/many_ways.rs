//! Many ways in which a connection breaks after the request was read: a read is sent again, a write never.

use std::time::Duration;

use cloud_core::{Backoff, Error, ErrorKind, Policy, RawRequest, Stopped};

use crate::common::memory::{ID, SECRET, environment};
use crate::common::services::Udb;
use crate::process::undisturbed;
use crate::server::Server;
use crate::{Client, PATIENCE, runner, transport};

/// Attempts without waits between them.
fn client(endpoint: &str) -> Client<Udb> {
    Client::builder()
        .environment(environment(&[]))
        .credentials(cloud_core::Credentials::new(ID, SECRET))
        .region("cn-test-1")
        .endpoint(endpoint)
        .policy(
            Policy::new()
                .attempt_timeout(PATIENCE)
                .backoff(Backoff::new(Duration::ZERO, Duration::ZERO)),
        )
        .transport(transport())
        .build()
        .unwrap()
}

/// What becomes of a read and of a write when each request gets these bytes and then nothing more, and how many requests arrive.
fn outcomes(bytes: &[u8]) -> [(Result<(), Error>, usize); 2] {
    let (runner, read) = (runner(), RawRequest::new("Describe").read());
    [read, RawRequest::new("Create")].map(|request| {
        let bytes = bytes.to_vec();
        let server = Server::new(move |connection| {
            if connection.request()?.is_some() {
                connection.write_all(&bytes)?;
            }
            Ok(())
        });
        let outcome = runner.call(client(&server.url()).send(request));
        (outcome.map(|_| ()), server.stop().requests.len())
    })
}

/// Checks that these bytes are no answer, and what is made of that.
fn breaks(bytes: &[u8]) {
    let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(80)]);
    let [(read, _), (write, requests)] = outcomes(bytes);
    let (read, write) = (read.unwrap_err(), write.unwrap_err());
    for error in [&read, &write] {
        let kind = error.kind();
        let expected = matches!(kind, ErrorKind::Transport | ErrorKind::Decode);
        assert!(expected, "{shown:?}: {error}");
        assert!(error.may_have_arrived(), "{shown:?}: {error}");
        assert!(error.is_retryable(), "{shown:?}: {error}");
    }
    assert_eq!(read.attempts(), 3, "{shown:?}: {read}");
    assert_eq!(read.stopped(), Some(Stopped::AttemptsUsed), "{shown:?}");
    assert_eq!((write.attempts(), requests), (1, 1), "{shown:?}: {write}");
    assert_eq!(write.stopped(), Some(Stopped::MayHaveArrived), "{shown:?}");
}

const ANSWER: &str = "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"RetCode\":0}";

#[test]
fn an_answer_that_is_cut() {
    undisturbed(|| {
        for end in (0..ANSWER.len()).step_by(3) {
            breaks(&ANSWER.as_bytes()[..end]);
        }
        // Nothing but the end of the connection says where this one ends.
        breaks(b"HTTP/1.1 200 OK\r\n\r\n{\"RetCode\":");
        breaks(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        breaks(b"HTTP/1.1 100 Continue\r\n\r\n");
        breaks(b"HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n");
    });
}

#[test]
fn an_invalid_head() {
    undisturbed(|| {
        for head in [
            "\n\n\n\n",
            "SSH-2.0-OpenSSH_9.9\r\n",
            "\x15\x03\x01\x00\x02\x02\x46",
            "<html>bad gateway</html>",
            "HTTP/2.0 200 OK\r\n\r\n",
            "HTTP/1.1 99 OK\r\n\r\n",
            "HTTP/1.1 1000 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{\"RetCode\":0}",
            "HTTP/1.1 200 OK\r\nA header without a colon\r\n\r\n{\"RetCode\":0}",
            "HTTP/1.1 200 OK\r\nX: \0\r\n\r\n{\"RetCode\":0}",
        ] {
            breaks(head.as_bytes());
        }
        let headers: String = (0..300)
            .map(|number| format!("X-{number}: a\r\n"))
            .collect();
        breaks(format!("HTTP/1.1 200 OK\r\n{headers}\r\n{{\"RetCode\":0}}").as_bytes());
    });
}

#[test]
fn a_body_that_contradicts_its_head() {
    undisturbed(|| {
        for (headers, body) in [
            ("Transfer-Encoding: chunked", "zz\r\n{}\r\n0\r\n\r\n"),
            (
                "Transfer-Encoding: chunked",
                "ffffffffffffffffff\r\n{}\r\n0\r\n\r\n",
            ),
            (
                "Transfer-Encoding: chunked",
                "d\r\n{\"RetCode\":0}xx0\r\n\r\n",
            ),
            ("Transfer-Encoding: chunked", "d\r\n{\"RetCode\":0}\r\n"),
            (
                "Content-Encoding: gzip\r\nContent-Length: 13",
                "{\"RetCode\":0}",
            ),
            (
                "Content-Encoding: gzip\r\nContent-Length: 3",
                "\x1f\x7f\x08",
            ),
        ] {
            breaks(format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n{body}").as_bytes());
        }
    });
}

/// An answer is an answer, whatever becomes of the connection after it.
#[test]
fn an_answer_that_is_whole() {
    undisturbed(|| {
        for answer in [
            ANSWER.to_owned(),
            format!("HTTP/1.1 100 Continue\r\n\r\n{ANSWER}"),
            format!("{ANSWER}{ANSWER}"),
            "HTTP/1.1 200 OK\r\n\r\n{\"RetCode\":0}".to_owned(),
            "HTTP/1.0 200 OK\r\n\r\n{\"RetCode\":0}".to_owned(),
        ] {
            for (outcome, requests) in outcomes(answer.as_bytes()) {
                outcome.unwrap();
                assert_eq!(requests, 1, "{answer:?}");
            }
        }
    });
}
