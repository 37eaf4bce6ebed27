//! Calls that get no answer.

use std::error::Error as _;

use cloud_core::{Delivery, ErrorKind, TransportError};

use crate::common::memory::{Memory, SECRET, TOKEN};
use crate::failures;

#[test]
fn whether_the_request_may_have_arrived_is_what_the_transport_says() {
    for (failure, kind, may_have_arrived, line) in [
        (
            TransportError::new(Delivery::NotSent, "connection refused"),
            ErrorKind::Transport,
            false,
            "DescribeBackups: the connection failed: connection refused",
        ),
        (
            TransportError::new(Delivery::MaybeSent, "connection reset\nby peer"),
            ErrorKind::Transport,
            true,
            "DescribeBackups: the connection failed: connection reset by peer",
        ),
        (
            TransportError::new(Delivery::NotSent, "no connection within 5 s").timeout(),
            ErrorKind::Timeout,
            false,
            "DescribeBackups: timed out: no connection within 5 s",
        ),
        (
            TransportError::new(Delivery::MaybeSent, "no answer within 30 s").timeout(),
            ErrorKind::Timeout,
            true,
            "DescribeBackups: timed out: no answer within 30 s",
        ),
    ] {
        for (_, error) in failures(&Memory::new(Err(failure.clone()))) {
            assert_eq!(error.to_string(), line);
            assert_eq!(error.kind(), kind, "{error}");
            assert_eq!(error.may_have_arrived(), may_have_arrived, "{error}");
            assert!(error.is_retryable(), "{error}");
            assert_eq!(error.operation(), Some("DescribeBackups"));
            assert_eq!(error.attempts(), 1);
            assert_eq!(
                (error.code(), error.status(), error.request_id()),
                (None, None, None)
            );
            assert_eq!(error.message(), failure.to_string());
            let source = error.source().unwrap().downcast_ref::<TransportError>();
            let source = source.unwrap();
            assert_eq!(source.delivery(), failure.delivery());
            assert_eq!(source.is_timeout(), failure.is_timeout());
        }
    }
}

#[test]
fn an_answer_that_is_too_large_is_not_asked_for_again() {
    let failure = TransportError::new(Delivery::MaybeSent, "the answer is too long").too_large();
    for (_, error) in failures(&Memory::new(Err(failure.clone()))) {
        assert_eq!(
            error.to_string(),
            "DescribeBackups: the answer can't be read: the answer is too long"
        );
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert!(!error.is_retryable() && error.may_have_arrived(), "{error}");
    }
}

#[test]
fn what_a_transport_quotes_is_redacted() {
    let quoted = format!("proxy refused {TOKEN} of {SECRET}\u{1b}[31m");
    let failure = TransportError::new(Delivery::NotSent, quoted);
    for (_, error) in failures(&Memory::new(Err(failure.clone()))) {
        let source = error.source().unwrap();
        for shown in [
            error.to_string(),
            format!("{error:?}"),
            source.to_string(),
            format!("{source:?}"),
        ] {
            assert!(!shown.contains(SECRET) && !shown.contains(TOKEN), "{shown}");
            assert!(!shown.contains('\u{1b}'), "{shown}");
        }
    }
}

#[test]
fn what_the_transport_says_is_known_of_the_error_too() {
    let failure = TransportError::new(Delivery::NotSent, "refused");
    assert!(!failure.is_timeout());
    assert!(failure.clone().timeout().is_timeout());
    assert_eq!(
        format!("{failure:?}"),
        r#"TransportError { delivery: NotSent, timeout: false, permanent: false, too_large: false, message: "refused" }"#
    );
    // Errors travel between threads and into boxes.
    fn sendable<T: std::error::Error + Send + Sync + 'static>() {}
    sendable::<cloud_core::Error>();
    sendable::<TransportError>();
    assert!(size_of::<cloud_core::Error>() <= 8);
}
