//! Clients: where a request goes, with which key, and what is written and signed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests say what is wrong by ending, and what they measured"
)]

#[path = "../common/mod.rs"]
mod common;

mod credentials;
mod endpoint;
mod hidden;
mod lists;
mod paging;
mod prepare;
mod prepare_aliyun;
mod prepare_kinds;
mod prepare_tencent;
mod prepare_ucloud;
mod raw;
mod reading_ahead;
mod scope;
mod size;
mod user_agent;
mod waiting;

use cloud_core::{ClientBuilder, Error, ErrorKind, Operation, Service};

use common::memory::{Memory, answer, bare, now};
use common::services::DescribeBackups;

/// An answer that every provider's client takes for a success.
fn success() -> Memory {
    answer(
        200,
        &[],
        r#"{"RetCode":0,"Response":{"RequestId":"r"},"RequestId":"r","Success":true}"#,
    )
}

/// A request that is complete but for the region.
fn request() -> DescribeBackups {
    DescribeBackups {
        zone: Some("cn-test-1-01".into()),
        ..DescribeBackups::default()
    }
}

/// Why a client can't send this: nothing was sent, and `prepare` says the same.
fn refused<S: Service>(
    settings: impl Fn(ClientBuilder<S>) -> ClientBuilder<S>,
    operation: impl Operation<S>,
) -> Error {
    let transport = success();
    let client = settings(bare(transport.clone())).build().unwrap();
    let prepared = now(client.prepare(&operation)).unwrap_err();
    let error = now(client.send(&operation)).err().unwrap();
    assert_eq!(error.to_string(), prepared.to_string());
    assert!(transport.requests().is_empty());
    assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
    assert!(!error.is_retryable(), "{error}");
    assert!(!error.may_have_arrived(), "{error}");
    assert_eq!(error.attempts(), 0, "{error}");
    assert_eq!(
        (error.code(), error.status(), error.request_id()),
        (None, None, None)
    );
    assert_eq!(error.operation(), Some(operation.metadata().action()));
    error
}
