//! Signatures that are refused for what a client can mend by itself: its clock, its nonce, its key.

use std::time::Duration;

use cloud_core::{Effect, ErrorKind, Policy, Runtime as _, Service, Stopped};

use crate::common::memory::NOW;
use crate::matrix::Cloud;
use crate::network::{Arrived, Reply};
use crate::{Client, Hbr, Redis, Udb, client, read, send, world, write};

/// An hour later than the clock of the tests.
const AN_HOUR_LATER: &str = "Tue, 14 Nov 2023 23:13:20 GMT";

/// What a provider says to a signature of another time.
fn skewed(cloud: Cloud) -> Reply {
    let code = match cloud {
        Cloud::Tencent => "AuthFailure.SignatureExpire",
        _ => "InvalidTimeStamp.Expired",
    };
    cloud.failure(400, code).header("date", AN_HOUR_LATER)
}

/// How much later than the clock of the tests the request was signed.
fn signed_later(arrived: &Arrived) -> i64 {
    let headers = arrived.request.headers();
    let text = |name| Some(headers.get(name)?.to_str().unwrap());
    match (text("x-tc-timestamp"), text("x-acs-date")) {
        (Some(seconds), _) => seconds.parse::<i64>().unwrap() - NOW as i64,
        (_, Some("2023-11-14T22:13:20Z")) => 0,
        (_, Some("2023-11-14T23:13:20Z")) => 3_600,
        (_, other) => panic!("{other:?}"),
    }
}

fn a_skewed_clock_is_set<S: Service>(cloud: Cloud) {
    for request in [read::<S>, write::<S>] {
        let (clock, network) = world([skewed(cloud)]);
        let client: Client<S> = client(&clock, &network).build().unwrap();
        send(&client, request()).unwrap();
        // At once: nothing has to be waited for.
        let arrived = network.arrived();
        assert_eq!(clock.instant(), Duration::ZERO);
        let signed: Vec<i64> = arrived.iter().map(signed_later).collect();
        assert_eq!(signed, [0, 3_600]);
        // It stays set, for clones and for other policies.
        send(&client.clone(), request()).unwrap();
        send(&client.with(|policy| policy.attempts(1)), request()).unwrap();
        let signed: Vec<i64> = network.arrived().iter().map(signed_later).collect();
        assert_eq!(signed, [3_600, 3_600]);
    }
}

#[test]
fn a_skewed_clock() {
    a_skewed_clock_is_set::<Redis>(Cloud::Tencent);
    a_skewed_clock_is_set::<Hbr>(Cloud::Aliyun);
}

#[test]
fn a_clock_that_is_right_is_not_what_is_wrong() {
    for date in ["Tue, 14 Nov 2023 22:13:20 GMT", "yesterday"] {
        let (clock, network) = world([skewed(Cloud::Tencent).header("date", date)]);
        let client: Client<Redis> = client(&clock, &network).build().unwrap();
        let error = send(&client, read()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Authentication, "{error}");
        assert_eq!(error.stopped(), Some(Stopped::NotRetryable), "{error}");
        assert_eq!(network.times(), [0]);
    }
}

#[test]
fn an_answer_that_took_too_long_says_nothing_about_the_time() {
    let (clock, network) = world([skewed(Cloud::Tencent).after_millis(31_000)]);
    let client: Client<Redis> = client(&clock, &network)
        .policy(Policy::new().attempt_timeout(Duration::from_secs(40)))
        .build()
        .unwrap();
    let error = send(&client, read()).unwrap_err();
    assert_eq!(error.stopped(), Some(Stopped::NotRetryable), "{error}");
    assert_eq!(network.times(), [0]);
}

#[test]
fn a_clock_is_set_once_in_a_call_even_if_the_provider_changes_its_mind() {
    let again = skewed(Cloud::Tencent).header("date", "Tue, 14 Nov 2023 20:13:20 GMT");
    let (clock, network) = world([skewed(Cloud::Tencent), again]);
    let client: Client<Redis> = client(&clock, &network).build().unwrap();
    let error = send(&client, read()).unwrap_err();
    assert_eq!(error.stopped(), Some(Stopped::NotRetryable), "{error}");
    assert_eq!(error.attempts(), 2, "{error}");
}

#[test]
fn a_clock_is_set_for_the_next_call_if_this_one_may_not_try_again() {
    let (clock, network) = world([skewed(Cloud::Tencent)]);
    let client: Client<Redis> = client(&clock, &network)
        .policy(Policy::new().attempts(1))
        .build()
        .unwrap();
    let error = send(&client, write()).unwrap_err();
    assert_eq!(error.stopped(), Some(Stopped::AttemptsUsed), "{error}");
    send(&client, write()).unwrap();
    let signed: Vec<i64> = network.arrived().iter().map(signed_later).collect();
    assert_eq!(signed, [0, 3_600]);
}

#[test]
fn a_used_nonce() {
    let used = || Cloud::Aliyun.failure(400, "SignatureNonceUsed");
    let (clock, network) = world([used()]);
    let reader: Client<Hbr> = client(&clock, &network).build().unwrap();
    send(&reader, read()).unwrap();
    let arrived = network.arrived();
    let nonce = |index: usize| &arrived[index].request.headers()["x-acs-signature-nonce"];
    assert_eq!(arrived.len(), 2);
    assert_ne!(nonce(0), nonce(1));

    // Twice in a call is not by chance.
    let (clock, network) = world([used(), used()]);
    let client: Client<Hbr> = client(&clock, &network).build().unwrap();
    let error = send(&client, read()).unwrap_err();
    assert_eq!(error.stopped(), Some(Stopped::NotRetryable), "{error}");
    assert_eq!(network.times(), [0, 0]);
}

#[test]
fn a_used_nonce_says_that_a_write_has_arrived_before() {
    let used = Cloud::Aliyun.failure(400, "SignatureNonceUsed");
    let (clock, network) = world([used.clone(), used]);
    let client: Client<Hbr> = client(&clock, &network).build().unwrap();
    let error = send(&client, write()).unwrap_err();
    assert_eq!(error.stopped(), Some(Stopped::MayHaveArrived), "{error}");
    assert_eq!(network.times(), [0]);

    // Its user knows better.
    let client = client.with(|policy| policy.retry_as(Effect::Read));
    send(&client, write()).unwrap();
    assert_eq!(network.times(), [0, 0]);
}

#[test]
fn an_expired_token_without_another() {
    fn check<S: Service>(cloud: Cloud, code: &str) {
        for request in [read::<S>, write::<S>] {
            let (clock, network) = world([cloud.failure(403, code)]);
            let client: Client<S> = client(&clock, &network).build().unwrap();
            let error = send(&client, request()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Authentication, "{error}");
            assert_eq!(error.stopped(), Some(Stopped::NotRetryable), "{error}");
            assert_eq!(network.times(), [0]);
        }
    }
    check::<Udb>(Cloud::Ucloud, "174");
    check::<Redis>(Cloud::Tencent, "AuthFailure.TokenFailure");
    check::<Hbr>(Cloud::Aliyun, "InvalidSecurityToken.Expired");
}
