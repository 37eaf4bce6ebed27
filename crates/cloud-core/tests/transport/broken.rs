//! Connections that fail: whether the request may have arrived, and that it is never sent a second time.

use std::error::Error as _;

use cloud_core::{Delivery, ErrorKind, RawRequest, TransportError};

use crate::common::services::{DescribeBackups, Hbr, Udb};
use crate::process::undisturbed;
use crate::server::{Connection, Reserved, Server, response};
use crate::{Client, PATIENCE, assert_failed, client, failure, runner, transport};

#[test]
fn refused() {
    undisturbed(|| {
        let port = Reserved::new();
        let client: Client<Hbr> = client(&port.url(), transport());
        let request = DescribeBackups {
            instance: Some("value-of-a-parameter".into()),
            ..DescribeBackups::default()
        };
        let error = runner().call(client.send(request)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
        assert!(!error.may_have_arrived(), "{error}");
        assert!(error.is_retryable(), "{error}");
        assert!(
            error
                .message()
                .to_lowercase()
                .contains("connection refused"),
            "{error}"
        );
        assert_eq!(
            (error.status(), error.code(), error.request_id()),
            (None, None, None)
        );
        let source = error.source().unwrap().downcast_ref::<TransportError>();
        assert_eq!(source.unwrap().delivery(), Delivery::NotSent);
        // The address holds the parameters; what they are is nobody's business.
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("value-of-a-parameter"), "{shown}");
    });
}

/// A name that the C library of most Linux systems refuses without asking anybody.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn a_host_that_does_not_exist() {
    undisturbed(|| {
        let error = failure(&transport(), "http://-/", PATIENCE);
        assert_failed(&error, Delivery::NotSent, false);
        assert!(error.is_permanent(), "{error:?}");
    });
}

#[test]
fn a_refused_connection_may_be_accepted_later() {
    undisturbed(|| {
        let port = Reserved::new();
        let error = failure(&transport(), &port.url(), PATIENCE);
        assert_failed(&error, Delivery::NotSent, false);
        assert!(!error.is_permanent(), "{error:?}");
    });
}

/// Checks a server whose connections end like this after a request was read: it may have been carried out, and is not sent again.
fn fails(script: impl Fn(&mut Connection) -> std::io::Result<()> + Send + Sync + 'static) {
    let server = Server::new(move |connection| {
        if connection.request()?.is_some() {
            script(connection)?;
        }
        Ok(())
    });
    let client: Client<Udb> = client(&server.url(), transport());
    let error = runner()
        .call(client.send(RawRequest::new("A")))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    assert!(error.may_have_arrived(), "{error}");
    assert_eq!(error.attempts(), 1, "{error}");
    assert_eq!(error.to_string().lines().count(), 1, "{error}");
    let seen = server.stop();
    assert_eq!((seen.connections, seen.requests.len()), (1, 1), "{error}");
}

#[test]
fn closed_before_the_answer() {
    undisturbed(|| fails(|_| Ok(())));
}

#[test]
fn closed_in_the_middle_of_the_head() {
    undisturbed(|| fails(|connection| connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Le")));
}

#[test]
fn closed_in_the_middle_of_the_body() {
    undisturbed(|| {
        fails(|connection| {
            connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"RetCode\":0}")
        });
    });
}

#[test]
fn closed_in_the_middle_of_the_chunks() {
    undisturbed(|| {
        fails(|connection| {
            connection.write_all(
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n{\"RetCode\":0}\r\n",
            )
        });
    });
}

#[test]
fn an_answer_that_is_no_http() {
    undisturbed(|| {
        fails(|connection| connection.write_all(b"SSH-2.0-OpenSSH_9.9\r\n"));
        fails(|connection| {
            connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n")
        });
        fails(|connection| connection.write_all(b"\x15\x03\x01\x00\x02\x02\x46"));
    });
}

#[test]
fn reset_while_the_request_is_sent() {
    undisturbed(|| {
        // What is not read when the connection is closed resets it.
        let server = Server::new(Connection::one_byte);
        let error = failure(&transport(), &server.url(), PATIENCE);
        assert_failed(&error, Delivery::MaybeSent, false);
        assert_eq!(server.stop().connections, 1);
    });
}

#[test]
fn reset_on_a_connection_that_was_used_before() {
    undisturbed(|| {
        // Here an HTTP client might think that the connection had been idle for too long, and send the request once more.
        let server = Server::new(|connection| {
            while connection.request()?.is_some() {
                if connection.seen() > 1 {
                    break;
                }
                connection.write_all(&response("200 OK", "", r#"{"RetCode":0}"#))?;
            }
            Ok(())
        });
        let client: Client<Udb> = client(&server.url(), transport());
        let runner = runner();
        runner.call(client.send(RawRequest::new("A"))).unwrap();
        let error = runner.call(client.send(RawRequest::new("B"))).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
        assert!(error.may_have_arrived(), "{error}");
        assert_eq!(server.stop().requests.len(), 2);
    });
}

#[test]
fn a_client_works_again_after_a_failure() {
    undisturbed(|| {
        let server = Server::new(|connection| {
            while connection.request()?.is_some() {
                if connection.seen() == 1 {
                    break;
                }
                connection.write_all(&response("200 OK", "", r#"{"RetCode":0}"#))?;
            }
            Ok(())
        });
        let client: Client<Udb> = client(&server.url(), transport());
        let runner = runner();
        runner.call(client.send(RawRequest::new("A"))).unwrap_err();
        runner.call(client.send(RawRequest::new("B"))).unwrap();
        assert_eq!(server.stop().requests.len(), 2);
    });
}
