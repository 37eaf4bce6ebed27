//! Errors that tests make for the code that has to deal with them.

#![allow(clippy::unwrap_used, reason = "tests say what is wrong by ending")]

use std::error::Error as _;
use std::time::Duration;

use cloud_core::testing::{ErrorBuilder, Mock, refusal};
use cloud_core::{Delivery, Error, ErrorKind, RawRequest, Stopped, TransportError};
use tencent_redis::Redis;

/// What a call gives whose mock fails like this.
async fn failed(error: Error) -> Error {
    let mock = Mock::<Redis>::new();
    mock.on::<RawRequest<Redis>>(move |_| Err(error.clone()));
    let client = mock.client();
    client.send(RawRequest::new("Do")).await.unwrap_err()
}

#[tokio::test]
async fn everything_that_an_error_says_can_be_set() {
    let error = ErrorBuilder::new(ErrorKind::Internal, "try again later")
        .code("InternalError")
        .status(503)
        .request_id("r-1")
        .attempts(3)
        .elapsed(Duration::from_millis(1_500))
        .stopped(Stopped::MayHaveArrived)
        .may_have_arrived(true)
        .retryable(false)
        .answer("the last answer".to_owned())
        .build();
    let error = failed(error).await;
    assert_eq!(error.kind(), ErrorKind::Internal);
    assert_eq!(error.operation(), Some("Do"));
    assert_eq!(error.code(), Some("InternalError"));
    assert_eq!(error.message(), "try again later");
    assert_eq!(error.status(), Some(503));
    assert_eq!(error.request_id(), Some("r-1"));
    assert_eq!(
        (error.attempts(), error.elapsed()),
        (3, Duration::from_millis(1_500))
    );
    assert_eq!(error.stopped(), Some(Stopped::MayHaveArrived));
    assert!(error.may_have_arrived() && !error.is_retryable());
    assert_eq!(error.answer::<String>().unwrap(), "the last answer");
    assert_eq!(
        error.to_string(),
        "Do: InternalError: try again later (request id r-1, HTTP 503, 3 attempts in 1.5s, it may have been carried out)"
    );
}

#[tokio::test]
async fn every_kind_reads_well_without_an_answer() {
    for (kind, text) in [
        (ErrorKind::Throttled, "Do: throttled: text"),
        (ErrorKind::Authentication, "Do: authentication failed: text"),
        (ErrorKind::PermissionDenied, "Do: permission denied: text"),
        (ErrorKind::NotFound, "Do: not found: text"),
        (ErrorKind::InvalidParameter, "Do: invalid parameter: text"),
        (ErrorKind::QuotaExceeded, "Do: quota exceeded: text"),
        (ErrorKind::Conflict, "Do: conflict: text"),
        (ErrorKind::Unavailable, "Do: service unavailable: text"),
        (ErrorKind::Internal, "Do: the provider failed: text"),
        (ErrorKind::Other, "Do: refused: text"),
        (ErrorKind::Timeout, "Do: timed out: text"),
        (ErrorKind::Transport, "Do: the connection failed: text"),
        (ErrorKind::Decode, "Do: the answer can't be read: text"),
        (ErrorKind::Paging, "Do: the pages don't fit together: text"),
        (ErrorKind::Failed, "Do: waited in vain: text"),
        (
            ErrorKind::Configuration,
            "Do: the client can't send this: text",
        ),
    ] {
        // A refusal without a code is as good as none.
        for error in [
            ErrorBuilder::new(kind, "text").build(),
            refusal(kind, "", "text"),
        ] {
            let error = failed(error).await;
            assert_eq!(error.to_string(), text);
            assert_eq!(
                (error.kind(), error.code(), error.status()),
                (kind, None, None)
            );
            assert_eq!(error.is_retryable(), kind.is_retryable());
            let sent = kind != ErrorKind::Configuration;
            assert_eq!(
                (error.attempts(), error.may_have_arrived()),
                (u32::from(sent), sent)
            );
            let stopped = match kind.is_retryable() {
                true => Stopped::AttemptsUsed,
                false => Stopped::NotRetryable,
            };
            assert_eq!(error.stopped(), Some(stopped));
        }
    }
}

#[tokio::test]
async fn a_lost_connection_has_the_error_of_a_transport() {
    for (arrived, delivery) in [(false, Delivery::NotSent), (true, Delivery::MaybeSent)] {
        let error = ErrorBuilder::new(ErrorKind::Timeout, "no answer").may_have_arrived(arrived);
        let error = failed(error.build()).await;
        let source: &TransportError = error.source().unwrap().downcast_ref().unwrap();
        assert!(source.is_timeout());
        assert_eq!(source.delivery(), delivery);
    }
    let error = failed(refusal(ErrorKind::Timeout, "RequestTimeout", "slow")).await;
    assert!(error.source().is_none());
    assert_eq!(error.to_string(), "Do: RequestTimeout: slow (HTTP 200)");
}

#[test]
fn a_request_id_comes_with_an_answer() {
    let error = ErrorBuilder::new(ErrorKind::Decode, "cut").request_id("r-2");
    let text = "the answer can't be read: cut (request id r-2, HTTP 200)";
    assert_eq!(error.build().to_string(), text);
}

#[test]
fn an_error_can_be_made_without_a_mock() {
    let error = ErrorBuilder::new(ErrorKind::Timeout, "no answer").operation("CreateBackup");
    assert_eq!(
        error.build().to_string(),
        "CreateBackup: timed out: no answer"
    );
}
