//! How long is waited between attempts, and what the caller is told about it.

use std::time::Duration;

use cloud_core::{Backoff, Delivery, Effect, ErrorKind, Policy, Runtime as _, Stopped};

use crate::common::services::DescribeBackups;
use crate::matrix::Cloud;
use crate::network::Reply;
use crate::{Client, Hbr, Redis, Udb, client, now, read, send, world, write};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn nothing_is_waited_for_when_all_is_well() {
    let (clock, network) = world([]);
    let client: Client<Udb> = client(&clock, &network).build().unwrap();
    send(&client, write()).unwrap();
    assert!(clock.sleeps().is_empty());
    assert_eq!(network.arrived()[0].timeout, seconds(10));
}

#[test]
fn waits_double_up_to_their_cap() {
    let (clock, network) = world(vec![Reply::answer(503, ""); 9]);
    let policy = Policy::new()
        .attempts(6)
        .backoff(Backoff::new(seconds(2), seconds(9)));
    let client: Client<Udb> = client(&clock, &network).policy(policy).build().unwrap();
    let error = send(&client, read()).unwrap_err();
    let halves = [1_000, 2_000, 4_000, 4_500, 4_500].map(Duration::from_millis);
    assert_eq!(clock.sleeps(), halves);
    assert!(
        error
            .to_string()
            .ends_with("(HTTP 503, 6 attempts in 16.0s)"),
        "{error}"
    );
}

#[test]
fn the_timeout_of_an_attempt_is_what_is_left() {
    let (clock, network) = world(vec![Reply::success().after_millis(60_000); 9]);
    let policy = Policy::new().attempts(9).deadline(seconds(25));
    let client: Client<Udb> = client(&clock, &network).policy(policy).build().unwrap();
    let error = send(&client, read()).unwrap_err();
    let timeouts: Vec<u128> = network
        .arrived()
        .iter()
        .map(|one| one.timeout.as_millis())
        .collect();
    // 50 and 100 ms were waited.
    assert_eq!(timeouts, [10_000, 10_000, 4_850]);
    assert_eq!(clock.instant(), seconds(25));
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.stopped(), Some(Stopped::Deadline));
    assert_eq!(error.elapsed(), seconds(25));
    assert_eq!(
        error.to_string(),
        "Do: timed out: no answer (3 attempts in 25.0s, no time left to try again)"
    );
}

#[test]
fn a_wait_that_would_pass_the_deadline_ends_the_call_at_once() {
    for (hint, attempts) in [("59", 2), ("60", 1), ("99999999999999999999999", 1)] {
        let throttled = Cloud::Aliyun.failure(429, "Throttling");
        let (clock, network) = world([throttled.header("retry-after", hint)]);
        let client: Client<Hbr> = client(&clock, &network).build().unwrap();
        let outcome = send(&client, write());
        assert_eq!(network.arrived().len(), attempts, "{hint}");
        if let Err(error) = outcome {
            assert_eq!(error.stopped(), Some(Stopped::Deadline), "{hint}");
            assert_eq!(error.kind(), ErrorKind::Throttled, "{hint}");
            assert_eq!(clock.instant(), Duration::ZERO, "{hint}");
        }
    }
}

#[test]
fn without_any_time_nothing_is_sent() {
    for (policy, lasting) in [
        (Policy::new().deadline(Duration::ZERO), true),
        (Policy::new().attempt_timeout(Duration::ZERO), true),
        (Policy::new().total_deadline(Duration::ZERO), false),
    ] {
        let (clock, network) = world([]);
        let client: Client<Redis> = client(&clock, &network).policy(policy).build().unwrap();
        let error = send(&client, read()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert_eq!(error.stopped(), Some(Stopped::Deadline));
        assert_eq!((error.attempts(), error.may_have_arrived()), (0, false));
        // What the policy never allows is not worth another call.
        assert_eq!(error.is_retryable(), !lasting, "{error}");
        assert!(network.arrived().is_empty());
    }
}

#[test]
fn times_without_end_are_times() {
    let (clock, network) = world(vec![Reply::answer(503, ""); 2]);
    let policy = Policy::new()
        .attempt_timeout(Duration::MAX)
        .deadline(Duration::MAX)
        .total_deadline(Duration::MAX)
        .backoff(Backoff::new(Duration::MAX, seconds(1)));
    let client: Client<Redis> = client(&clock, &network).policy(policy).build().unwrap();
    send(&client, read()).unwrap();
    assert_eq!(clock.sleeps().len(), 2);
    let timeouts = network.arrived();
    assert!(timeouts.iter().all(|one| one.timeout > seconds(1 << 40)));
}

#[test]
fn a_permanent_failure_of_the_connection_is_not_tried_again() {
    for request in [read, write] {
        let (clock, network) = world([Reply::permanent(), Reply::success()]);
        let client: Client<Redis> = client(&clock, &network).build().unwrap();
        let error = send(&client, request()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert_eq!(error.stopped(), Some(Stopped::NotRetryable));
        assert!(!error.is_retryable() && !error.may_have_arrived());
        assert_eq!(network.arrived().len(), 1);
    }
}

#[test]
fn a_policy_of_some_calls_is_no_policy_of_the_others() {
    let (clock, network) = world(vec![Reply::answer(503, ""); 9]);
    let client: Client<Redis> = client(&clock, &network).build().unwrap();
    let once = client.with(|policy| policy.attempts(1));
    assert_eq!(send(&once, read()).unwrap_err().attempts(), 1);
    assert_eq!(send(&client, read()).unwrap_err().attempts(), 3);
    // No attempts at all would be no call.
    let none = client.with(|policy| policy.attempts(0));
    assert_eq!(send(&none, read()).unwrap_err().attempts(), 1);
}

#[test]
fn the_caller_may_know_better_than_the_spec() {
    let (clock, network) = world(vec![Reply::fault(Delivery::MaybeSent); 9]);
    let client: Client<Redis> = client(&clock, &network).build().unwrap();
    let harmless = client.with(|policy| policy.retry_as(Effect::Read));
    assert_eq!(send(&harmless, write()).unwrap_err().attempts(), 3);
    let careful = client.with(|policy| policy.retry_as(Effect::Write));
    let error = send(&careful, read()).unwrap_err();
    assert_eq!(error.stopped(), Some(Stopped::MayHaveArrived));
    assert!(
        error
            .to_string()
            .ends_with("(it may have been carried out)"),
        "{error}"
    );
}

#[test]
fn that_an_earlier_attempt_may_have_arrived_is_not_forgotten() {
    let (clock, network) = world([
        Reply::fault(Delivery::MaybeSent),
        Reply::fault(Delivery::NotSent),
        Reply::fault(Delivery::NotSent),
    ]);
    let client: Client<Redis> = client(&clock, &network).build().unwrap();
    assert!(send(&client, read()).unwrap_err().may_have_arrived());
}

#[test]
fn what_a_failed_attempt_left_behind_is_not_in_the_answer() {
    let cut = r#"{"RetCode":0,"TotalCount":7,"Backups":[{"#;
    let whole = r#"{"RetCode":0,"Name":"n"}"#;
    let (clock, network) = world([Reply::answer(200, cut), Reply::answer(200, whole)]);
    let client: Client<Udb> = client(&clock, &network).build().unwrap();
    let request = DescribeBackups {
        zone: Some("cn-test-1-01".into()),
        ..DescribeBackups::default()
    };
    let answer = now(client.send(request)).unwrap();
    assert_eq!(network.arrived().len(), 2);
    assert_eq!(answer.total_count, None);
}
