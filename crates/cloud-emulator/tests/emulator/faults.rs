//! Faults on demand, each as the caller meets it.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use cloud_emulator::Provider::{self, Aliyun, Tencent, Ucloud};
use cloud_emulator::{ClosedAt, Emulator, Fault, RetryAfter, Rule, Verdict};

use crate::common::http::{Connection, Request, Response, send};
use crate::common::sign::Caller;
use crate::common::{NOW, start, stopped};

fn call(provider: Provider, nonce: u32) -> Request {
    let nonce = nonce.to_string();
    Caller {
        nonce,
        ..Caller::new(provider, NOW)
    }
    .assume_role(provider)
}

/// What the first call gets after this fault was asked for.
fn meet(provider: Provider, fault: Fault) -> Response {
    let emulator = start();
    emulator.fail(fault);
    let response = send(emulator.address(), &call(provider, 1));
    let verdict = emulator.requests().pop().unwrap().verdict;
    assert!(matches!(verdict, Verdict::Faulted { .. }), "{verdict:?}");
    response
}

#[test]
fn faults_that_the_provider_reports() {
    let throttled = Fault::Throttled { retry_after: None };
    let error = |status| Fault::ServerError {
        status,
        coded: true,
    };
    for (fault, provider, status, code) in [
        (throttled, Ucloud, 200, "153"),
        (throttled, Tencent, 200, "RequestLimitExceeded"),
        (throttled, Aliyun, 400, "Throttling.User"),
        (error(500), Ucloud, 500, "130"),
        (error(500), Tencent, 500, "InternalError"),
        (error(500), Aliyun, 500, "InternalError"),
        (error(503), Ucloud, 503, "150"),
        (error(503), Tencent, 503, "ServiceUnavailable"),
        (error(503), Aliyun, 503, "ServiceUnavailable"),
        (Fault::Transient, Ucloud, 200, "150"),
        (Fault::Transient, Tencent, 200, "ServiceUnavailable"),
        (Fault::Transient, Aliyun, 200, "ServiceUnavailable"),
        (
            Fault::WrongClock,
            Tencent,
            200,
            "AuthFailure.SignatureExpire",
        ),
        (Fault::WrongClock, Aliyun, 400, "InvalidTimeStamp.Expired"),
        (Fault::ExpiredCredentials, Ucloud, 200, "174"),
        (
            Fault::ExpiredCredentials,
            Tencent,
            200,
            "AuthFailure.TokenFailure",
        ),
        (
            Fault::ExpiredCredentials,
            Aliyun,
            400,
            "InvalidSecurityToken.Expired",
        ),
        (Fault::UsedNonce, Aliyun, 400, "SignatureNonceUsed"),
    ] {
        let response = meet(provider, fault);
        let found = (response.status, response.code());
        assert_eq!(found, (status, code.to_owned()), "{provider}: {fault:?}");
        assert_eq!(response.header("date"), "Tue, 14 Nov 2023 22:13:20 GMT");
        assert_eq!(response.header("content-type"), "application/json");
    }
}

#[test]
fn faults_that_a_provider_does_not_know() {
    for (provider, fault) in [
        (Ucloud, Fault::WrongClock),
        (Ucloud, Fault::UsedNonce),
        (Tencent, Fault::UsedNonce),
    ] {
        let emulator = start();
        emulator.fail(fault);
        let response = send(emulator.address(), &call(provider, 1));
        assert_eq!(response.code(), "", "{provider}: {fault:?}");
    }
}

#[test]
fn hints_of_when_to_come_back() {
    for (hint, header, value) in [
        (RetryAfter::Seconds(3), "retry-after", "3"),
        (
            RetryAfter::Date(7),
            "retry-after",
            "Tue, 14 Nov 2023 22:13:27 GMT",
        ),
        (RetryAfter::Millis(1_500), "x-acs-retry-after", "1500"),
    ] {
        let response = meet(
            Aliyun,
            Fault::Throttled {
                retry_after: Some(hint),
            },
        );
        assert_eq!(response.header(header), value);
    }
}

#[test]
fn answers_of_somebody_else() {
    let page = meet(Tencent, Fault::Html { status: 502 });
    assert_eq!(page.status, 502);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.text().starts_with("<html>"));
    assert_eq!(meet(Ucloud, Fault::Html { status: 200 }).status, 200);
    let empty = meet(
        Aliyun,
        Fault::ServerError {
            status: 502,
            coded: false,
        },
    );
    assert_eq!((empty.status, empty.text()), (502, ""));
}

#[test]
fn answers_that_are_spoilt() {
    let whole = send(start().address(), &call(Tencent, 1)).body.len();
    let half = meet(Tencent, Fault::Truncated);
    assert_eq!((half.status, half.body.len()), (200, whole / 2));
    let wrong = meet(Tencent, Fault::InvalidJson);
    assert_eq!(wrong.body.len(), whole);
    assert!(serde_json::from_slice::<serde_json::Value>(&wrong.body).is_err());
}

#[test]
fn slow_answers() {
    let emulator = start();
    let mut connection = Connection::open(emulator.address());
    emulator.fail(Fault::Slow {
        head_millis: 150,
        body_millis: 150,
    });
    let begun = Instant::now();
    connection.write(&call(Aliyun, 1).bytes()).unwrap();
    let head = connection.read_head().unwrap();
    let head_took = begun.elapsed();
    let length: usize = head.header("content-length").parse().unwrap();
    assert_eq!(connection.read_exactly(length).len(), length);
    let took = begun.elapsed();
    let wait = Duration::from_millis(150);
    assert!(
        head_took >= wait && took >= 2 * wait,
        "{head_took:?}, {took:?}"
    );
    assert!(took - head_took >= wait / 2, "{head_took:?}, {took:?}");
}

/// What arrives before the connection ends: the head, or nothing of it, and so many bytes of the body.
fn closed(at: ClosedAt, reset: bool) -> (Option<usize>, usize, Option<ErrorKind>) {
    let emulator = start();
    emulator.fail(Rule::new(Fault::Closed { at, reset }).times(1));
    let mut connection = Connection::open(emulator.address());
    connection.write(&call(Tencent, 1).bytes()).unwrap();
    let (head, error) = match connection.read_head() {
        Ok(head) => (Some(head.header("content-length").parse().unwrap()), None),
        Err(error) => (None, Some(error.kind())),
    };
    let (rest, end) = connection.rest();
    // The emulator goes on.
    assert_eq!(send(emulator.address(), &call(Tencent, 2)).code(), "");
    (
        head,
        rest.len(),
        error.or(end.err().map(|error| error.kind())),
    )
}

#[test]
fn connections_that_end_regularly() {
    assert_eq!(
        closed(ClosedAt::BeforeHead, false),
        (None, 0, Some(ErrorKind::UnexpectedEof))
    );
    let (head, body, end) = closed(ClosedAt::AfterHead, false);
    assert!(head.is_some_and(|length| length > 0), "{head:?}");
    assert_eq!((body, end), (0, None));
    let (head, body, end) = closed(ClosedAt::InBody, false);
    assert_eq!(
        (head.map(|length: usize| length / 2), end),
        (Some(body), None)
    );
    let (head, body, end) = closed(ClosedAt::AfterBody, false);
    assert_eq!((head, end), (Some(body), None));
}

#[test]
fn connections_that_are_reset() {
    let reset = Some(ErrorKind::ConnectionReset);
    assert_eq!(closed(ClosedAt::BeforeHead, true), (None, 0, reset));
    for at in [ClosedAt::AfterHead, ClosedAt::InBody, ClosedAt::AfterBody] {
        let (_, _, end) = closed(at, true);
        assert_eq!(end, reset, "{at:?}");
    }
}

/// A call whose answer is lost was carried out: the key that nobody received is let in.
#[test]
fn a_lost_answer_is_an_answer() {
    let ids = |emulator: &Emulator| {
        let response = send(emulator.address(), &call(Tencent, 1)).json();
        response["Response"]["Credentials"]["TmpSecretId"].clone()
    };
    let undisturbed = stopped().seed(7).start_blocking().unwrap();
    let second = (ids(&undisturbed), ids(&undisturbed)).1;
    let lossy = stopped()
        .seed(7)
        .fail(Rule::new(Fault::Truncated).times(1))
        .start_blocking()
        .unwrap();
    send(lossy.address(), &call(Tencent, 1));
    assert_eq!(ids(&lossy), second);
}

#[test]
fn rules_are_for_some_requests() {
    let emulator = start();
    let mut connection = Connection::open(emulator.address());
    let mut nonce = 0;
    let mut code = |provider| {
        nonce += 1;
        connection.send(&call(provider, nonce)).unwrap().code()
    };
    emulator.fail(Rule::new(Fault::Transient).provider(Ucloud).times(2));
    assert_eq!(
        [code(Ucloud), code(Aliyun), code(Ucloud), code(Ucloud)],
        ["150", "", "150", ""]
    );

    let id = emulator.fail(Rule::new(Fault::Transient).action("DescribeBackupClients"));
    assert_eq!(code(Aliyun), "");
    assert!(emulator.stop_failing(id));
    assert!(!emulator.stop_failing(id));

    let id = emulator.fail(Rule::new(Fault::Transient).action("AssumeRole"));
    assert_eq!([code(Ucloud), code(Ucloud)], ["150", "150"]);
    // The oldest rule for a request strikes.
    emulator.fail(Fault::Throttled { retry_after: None });
    assert_eq!(code(Ucloud), "150");
    emulator.stop_failing(id);
    assert_eq!(code(Ucloud), "153");
    emulator.clear_faults();
    assert_eq!(code(Ucloud), "");
}

#[test]
fn a_refusal_keeps_its_reason_and_uses_no_fault_up() {
    let emulator = start();
    emulator.fail(Rule::new(Fault::Transient).times(1));
    let mut stranger = Caller::new(Tencent, NOW);
    stranger.secret.push('x');
    let refused = send(emulator.address(), &stranger.assume_role(Tencent));
    assert_eq!(refused.code(), "AuthFailure.SignatureFailure");
    assert_eq!(
        send(emulator.address(), &call(Tencent, 1)).code(),
        "ServiceUnavailable"
    );
}

#[test]
fn a_seed_decides_what_is_struck() {
    let struck = |seed| {
        let rule = Rule::new(Fault::Transient).probability(0.5);
        let emulator = stopped().seed(seed).fail(rule).start_blocking().unwrap();
        let mut connection = Connection::open(emulator.address());
        let calls = (0..100).map(|nonce| connection.send(&call(Ucloud, nonce)).unwrap().code());
        calls.map(|code| !code.is_empty()).collect::<Vec<_>>()
    };
    let first = struck(1);
    assert_eq!(struck(1), first);
    assert_ne!(struck(2), first);
    let count = first.iter().filter(|is_struck| **is_struck).count();
    assert!((25..=75).contains(&count), "{count} of 100");
}
