//! What holds whatever happens.

use std::time::Duration;

use cloud_core::{Backoff, Budget, Delivery, Policy, RateLimit, RateLimiter, Runtime as _};
use proptest::prelude::*;

use crate::matrix::Cloud;
use crate::network::Reply;
use crate::{Client, Redis, client, read, send, world, write};

fn reply() -> impl Strategy<Value = (Reply, bool)> {
    let reply = prop_oneof![
        Just((Reply::fault(Delivery::NotSent), true)),
        Just((Reply::fault(Delivery::MaybeSent), false)),
        Just((Reply::answer(503, ""), false)),
        Just((Reply::answer(200, ""), false)),
        Just((Reply::answer(200, "{]"), false)),
        Just((Cloud::Tencent.failure(200, "RequestLimitExceeded"), true)),
        Just((Cloud::Tencent.failure(200, "InternalError"), false)),
        (0_u64..90).prop_map(|hint| {
            let hint = hint.to_string();
            (Reply::answer(429, "").header("retry-after", &hint), true)
        }),
    ];
    // Whether a write may be sent again also depends on whether there was an answer in time.
    (reply, 0_u64..30_000).prop_map(|((reply, safe), millis)| (reply.after_millis(millis), safe))
}

fn millis(range: std::ops::Range<u64>) -> impl Strategy<Value = Duration> {
    range.prop_map(Duration::from_millis)
}

proptest! {
    #[test]
    fn no_call_passes_its_limits(
        replies in prop::collection::vec(reply(), 0..12),
        nonce in any::<u128>(),
        attempts in 1_u32..9,
        attempt_timeout in millis(1..20_000),
        deadline in millis(0..90_000),
        base in millis(0..5_000),
        cap in millis(0..20_000),
        tokens in 0_u32..60,
        rate in prop::option::of(1_u32..4),
        is_write in any::<bool>(),
    ) {
        let (clock, network) = world(replies.iter().map(|(reply, _)| reply.clone()));
        clock.set_nonce(nonce);
        let budget = Budget::new(tokens);
        let policy = Policy::new()
            .attempts(attempts)
            .attempt_timeout(attempt_timeout)
            .deadline(deadline)
            .backoff(Backoff::new(base, cap));
        let mut builder = client(&clock, &network).policy(policy).budget(budget.clone());
        if let Some(calls) = rate {
            let limit = RateLimit::new(calls, 5);
            builder = builder.rate_limiter(RateLimiter::new().limit("Do", limit));
        }
        let client: Client<Redis> = builder.build().unwrap();
        let outcome = send(&client, if is_write { write() } else { read() });
        let arrived = network.arrived();

        prop_assert!(clock.instant() <= deadline);
        prop_assert!(arrived.len() <= attempts as usize);
        for one in &arrived {
            prop_assert!(one.timeout <= attempt_timeout);
            prop_assert!(one.at + one.timeout <= deadline);
            prop_assert!(!one.timeout.is_zero());
        }
        let retries = u32::try_from(arrived.len().saturating_sub(1)).unwrap();
        prop_assert!(retries * 5 <= tokens);
        prop_assert!(budget.left() <= tokens);
        if is_write {
            // All but the last were refused or never left.
            for ((reply, safe), one) in replies.iter().zip(&arrived).take(retries as usize) {
                prop_assert!(*safe && reply.after < one.timeout);
            }
        }
        if let Err(error) = outcome {
            prop_assert_eq!(error.attempts() as usize, arrived.len());
            prop_assert_eq!(error.elapsed(), clock.instant());
            prop_assert!(error.stopped().is_some());
        }
    }
}
