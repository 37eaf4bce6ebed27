//! The budget of retries, and the limits of rates.

use std::time::Duration;

use cloud_core::{
    Budget, Effect, ErrorKind, Json, Metadata, Operation, Params, Policy, RateLimit, RateLimiter,
    Runtime as _, Scope, Stopped,
};

use crate::matrix::Cloud;
use crate::network::Reply;
use crate::{Client, Hbr, Redis, Udb, client, now, read, send, world, write};

#[test]
fn retries_are_paid_for_and_successes_pay_back() {
    let (clock, network) = world(vec![Reply::answer(503, ""); 4]);
    let budget = Budget::new(12);
    let client: Client<Udb> = client(&clock, &network)
        .budget(budget.clone())
        .build()
        .unwrap();
    // Three attempts are two retries.
    let error = send(&client, read()).unwrap_err();
    assert_eq!(error.stopped(), Some(Stopped::AttemptsUsed));
    assert_eq!(budget.left(), 2);
    let error = send(&client, read()).unwrap_err();
    assert_eq!(error.stopped(), Some(Stopped::Budget));
    assert_eq!((error.attempts(), budget.left()), (1, 2));
    assert!(
        error
            .to_string()
            .ends_with("no retries left in the budget)"),
        "{error}"
    );
    for _ in 0..20 {
        send(&client, read()).unwrap();
    }
    assert_eq!(budget.left(), 12);
}

#[test]
fn a_retry_after_a_timeout_costs_twice_as_much() {
    let (clock, network) = world([Reply::success().after_millis(60_000)]);
    let budget = Budget::default();
    let client: Client<Udb> = client(&clock, &network)
        .budget(budget.clone())
        .build()
        .unwrap();
    send(&client, read()).unwrap();
    assert_eq!(budget.left(), 500 - 10 + 1);
}

#[test]
fn a_budget_can_be_shared_between_services() {
    let budget = Budget::new(5);
    let (clock, network) = world(vec![Reply::answer(503, ""); 3]);
    let udb: Client<Udb> = client(&clock, &network)
        .budget(budget.clone())
        .build()
        .unwrap();
    let redis: Client<Redis> = client(&clock, &network)
        .budget(budget.clone())
        .build()
        .unwrap();
    assert_eq!(send(&udb, read()).unwrap_err().attempts(), 2);
    assert_eq!(send(&redis.clone(), read()).unwrap_err().attempts(), 1);
}

#[test]
fn an_empty_budget_does_not_keep_a_clock_wrong() {
    let skewed = Cloud::Tencent.failure(200, "AuthFailure.SignatureExpire");
    let (clock, network) = world([skewed.header("date", "Tue, 14 Nov 2023 23:13:20 GMT")]);
    let client: Client<Redis> = client(&clock, &network)
        .budget(Budget::new(0))
        .build()
        .unwrap();
    send(&client, write()).unwrap();
}

#[test]
fn calls_wait_for_their_turn() {
    let (clock, network) = world([]);
    let limiter = RateLimiter::new().limit("Do", RateLimit::new(2, 10));
    let build = || client(&clock, &network).rate_limiter(limiter.clone());
    let one: Client<Hbr> = build().build().unwrap();
    let other: Client<Hbr> = build().build().unwrap();
    for client in [&one, &other, &one, &other, &one] {
        send(client, read()).unwrap();
    }
    assert_eq!(network.times(), [0, 0, 10_000, 10_000, 20_000]);
}

/// An operation whose documentation says how often it may be called.
struct Limited;

impl<S> Operation<S> for Limited {
    type Response = Json;

    fn metadata(&self) -> Metadata<'_> {
        Metadata::new("Limited", Effect::Read).rate_limit(RateLimit::new(1, 4))
    }

    fn scope(&self) -> Scope<'_> {
        Scope::default()
    }

    fn encode(&self, _: &mut Params) {}

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

#[test]
fn the_limit_of_an_operation_is_that_of_its_documentation() {
    for (limiter, second) in [
        (None, 0),
        (Some(RateLimiter::new()), 4_000),
        (
            Some(RateLimiter::new().limit("Limited", RateLimit::new(1, 2))),
            2_000,
        ),
    ] {
        let (clock, network) = world([]);
        let builder = client::<Redis>(&clock, &network);
        let client = match limiter {
            Some(limiter) => builder.rate_limiter(limiter).build(),
            None => builder.build(),
        };
        let client = client.unwrap();
        now(client.send(Limited)).unwrap();
        // Others are not held back.
        send(&client, read()).unwrap();
        now(client.send(Limited)).unwrap();
        assert_eq!(network.times(), [0, 0, second]);
    }
}

#[test]
fn attempts_are_calls_too() {
    let (clock, network) = world([Reply::answer(429, "")]);
    let limiter = RateLimiter::new().limit("Do", RateLimit::new(1, 10));
    let client: Client<Hbr> = client(&clock, &network)
        .rate_limiter(limiter)
        .build()
        .unwrap();
    send(&client, write()).unwrap();
    assert_eq!(network.times(), [0, 10_000]);
}

#[test]
fn the_deadline_counts_from_the_first_turn() {
    let (clock, network) = world([]);
    let client: Client<Hbr> = client(&clock, &network)
        .rate_limiter(RateLimiter::new().limit("Do", RateLimit::new(1, 5)))
        .policy(Policy::new().deadline(Duration::from_secs(3)))
        .build()
        .unwrap();
    // Each turn but the first is further away than the deadline.
    for _ in 0..8 {
        send(&client, read()).unwrap();
    }
    let seconds = [0, 5, 10, 15, 20, 25, 30, 35];
    assert_eq!(network.times(), seconds.map(|second| second * 1_000));
    // The time for an attempt is that of a call that need not wait.
    let hurried = client.with(|policy| policy.attempt_timeout(Duration::from_secs(9)));
    send(&hurried, read()).unwrap();
    assert_eq!(network.arrived()[0].timeout, Duration::from_secs(3));
}

#[test]
fn a_turn_after_the_deadline_is_no_turn() {
    let (clock, network) = world([Reply::success(), Reply::answer(503, "")]);
    let limiter = RateLimiter::new().limit("Do", RateLimit::new(1, 20));
    let client: Client<Hbr> = client(&clock, &network)
        .rate_limiter(limiter)
        .policy(Policy::new().deadline(Duration::from_secs(20)))
        .build()
        .unwrap();
    send(&client, read()).unwrap();
    // Its first turn is at 20 s, and that of the second attempt would be at 40 s: the error is that of the first.
    let error = send(&client, read()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unavailable, "{error}");
    assert_eq!(error.stopped(), Some(Stopped::Deadline), "{error}");
    assert_eq!(network.times(), [0, 20_000]);

    let error = send(
        &client.with(|policy| policy.total_deadline(Duration::from_secs(1))),
        read(),
    );
    let error = error.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Do: timed out: the client's rate limit allows no call before the deadline (no time left to try again)"
    );
    assert_eq!((error.attempts(), error.may_have_arrived()), (0, false));
    assert!(clock.instant() < Duration::from_secs(21));
}
