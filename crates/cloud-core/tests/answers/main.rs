//! From what comes back to an answer or an error: wrappings, failures that the provider reports, and answers that are none of its.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests say what is wrong by ending"
)]

#[path = "../common/mod.rs"]
mod common;

mod cut;
mod failures;
mod foreign;
mod kinds;
mod redaction;
mod success;
mod transport;

use cloud_core::{Error, ErrorKind, Policy, Service};

use common::memory::{Memory, client, now};
use common::records::Answer;
use common::services::{DescribeBackups, Hbr, Redis, Udb};

/// Calls a service that answers like this.
fn call<S: Service>(transport: &Memory) -> Result<Answer, Error> {
    let client = client::<S>(transport.clone())
        .policy(Policy::new().attempts(1))
        .build()
        .unwrap();
    let request = DescribeBackups {
        zone: Some("cn-test-1-01".into()),
        ..DescribeBackups::default()
    };
    let answer = now(client.send(request));
    // Whatever comes back: redirects are not followed, and nothing is sent twice.
    assert_eq!(transport.requests().len(), 1);
    answer
}

fn failure<S: Service>(transport: &Memory) -> Error {
    match call::<S>(transport) {
        Ok(answer) => panic!("it was read as {answer:?}"),
        Err(error) => error,
    }
}

/// What each provider's client makes of the same answer, with the provider's name.
fn failures(transport: &Memory) -> [(&'static str, Error); 3] {
    let fresh = || Memory::new(transport.answer());
    [
        ("UCloud", failure::<Udb>(&fresh())),
        ("Tencent Cloud", failure::<Redis>(&fresh())),
        ("Alibaba Cloud", failure::<Hbr>(&fresh())),
    ]
}

/// All that an error says.
#[derive(Debug, Clone, Copy)]
struct Says<'a> {
    kind: ErrorKind,
    code: Option<&'a str>,
    message: &'a str,
    request_id: Option<&'a str>,
    status: u16,
    line: &'a str,
}

impl Says<'_> {
    fn check(self, error: &Error) {
        assert_eq!(error.to_string(), self.line);
        assert_eq!(error.kind(), self.kind, "{error}");
        assert_eq!(error.code(), self.code, "{error}");
        assert_eq!(error.message(), self.message, "{error}");
        assert_eq!(error.request_id(), self.request_id, "{error}");
        assert_eq!(error.status(), Some(self.status), "{error}");
        assert_eq!(error.operation(), Some("DescribeBackups"), "{error}");
        assert_eq!(error.attempts(), 1, "{error}");
        // What broke off on the way may well come whole the next time.
        let broke_off = self.status == 200
            && (self.message.contains("cut off") || self.message.ends_with("an empty body"));
        let is_retryable = self.kind.is_retryable() || broke_off;
        assert_eq!(error.is_retryable(), is_retryable, "{error}");
        // Somebody answered, so it can't be known that the provider did not act.
        assert!(error.may_have_arrived(), "{error}");
    }
}
