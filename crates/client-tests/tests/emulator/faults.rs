//! Every fault that the emulator has, met by reads and by writes of every provider, over real connections.

use std::time::Duration;

use cloud_core::{ErrorKind, Policy, RawRequest, Service, Stopped};
use cloud_emulator::{ClosedAt, Emulator, Fault, Provider, RetryAfter, Rule};

use crate::{Caller, Clock, Kind, Make as _, both, key};

both!(matrix, every_fault_ends_as_it_should);

/// What becomes of a request that a fault meets once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    /// It is sent again, and answered.
    Again,
    /// It is not sent again, since it may have been carried out.
    Unsafe(ErrorKind),
    /// It is not sent again, since that would not help.
    Useless(ErrorKind),
    /// It is answered at once.
    Answered,
}

use ErrorKind::{Authentication, Decode, Timeout, Transport, Unavailable};
use Then::{Again, Answered, Unsafe, Useless};

/// Fault, what becomes of a read, and of a write.
const FAULTS: &[(Fault, Then, Then)] = &[
    (Fault::Throttled { retry_after: None }, Again, Again),
    (
        Fault::Throttled {
            retry_after: Some(RetryAfter::Seconds(7)),
        },
        Again,
        Again,
    ),
    (
        Fault::Throttled {
            retry_after: Some(RetryAfter::Date(20)),
        },
        Again,
        Again,
    ),
    (
        Fault::Throttled {
            retry_after: Some(RetryAfter::Millis(30)),
        },
        Again,
        Again,
    ),
    (
        Fault::ServerError {
            status: 500,
            coded: false,
        },
        Again,
        Unsafe(Unavailable),
    ),
    (
        Fault::ServerError {
            status: 502,
            coded: false,
        },
        Again,
        Unsafe(Unavailable),
    ),
    (
        Fault::ServerError {
            status: 503,
            coded: true,
        },
        Again,
        Unsafe(Unavailable),
    ),
    (Fault::Transient, Again, Unsafe(Unavailable)),
    (Fault::Html { status: 502 }, Again, Unsafe(Unavailable)),
    (
        Fault::Html { status: 200 },
        Useless(Decode),
        Useless(Decode),
    ),
    (Fault::InvalidJson, Useless(Decode), Useless(Decode)),
    (Fault::Truncated, Again, Unsafe(Decode)),
    (
        Fault::Closed {
            at: ClosedAt::BeforeHead,
            reset: false,
        },
        Again,
        Unsafe(Transport),
    ),
    (
        Fault::Closed {
            at: ClosedAt::BeforeHead,
            reset: true,
        },
        Again,
        Unsafe(Transport),
    ),
    (
        Fault::Closed {
            at: ClosedAt::AfterHead,
            reset: false,
        },
        Again,
        Unsafe(Transport),
    ),
    (
        Fault::Closed {
            at: ClosedAt::InBody,
            reset: false,
        },
        Again,
        Unsafe(Transport),
    ),
    (
        Fault::Closed {
            at: ClosedAt::InBody,
            reset: true,
        },
        Again,
        Unsafe(Transport),
    ),
    (
        Fault::Closed {
            at: ClosedAt::AfterBody,
            reset: false,
        },
        Answered,
        Answered,
    ),
    (
        Fault::Slow {
            head_millis: 5_000,
            body_millis: 0,
        },
        Again,
        Unsafe(Timeout),
    ),
    (
        Fault::Slow {
            head_millis: 0,
            body_millis: 5_000,
        },
        Again,
        Unsafe(Timeout),
    ),
    (
        Fault::Slow {
            head_millis: 20,
            body_millis: 20,
        },
        Answered,
        Answered,
    ),
    // The clock is right, and so there is nothing to mend.
    (
        Fault::WrongClock,
        Useless(Authentication),
        Useless(Authentication),
    ),
    // There is no other key.
    (
        Fault::ExpiredCredentials,
        Useless(Authentication),
        Useless(Authentication),
    ),
    (Fault::UsedNonce, Again, Unsafe(Authentication)),
];

fn is_met_at(provider: Provider, fault: Fault) -> bool {
    match fault {
        // The time of an attempt runs out on the clock of the system, and the same way everywhere.
        Fault::Slow {
            head_millis,
            body_millis,
        } if head_millis + body_millis > 1_000 => provider == Provider::Tencent,
        // Not everybody has these.
        Fault::WrongClock => provider != Provider::Ucloud,
        Fault::UsedNonce => provider == Provider::Aliyun,
        _ => true,
    }
}

/// How long the provider asks to be left alone. What is left until a date depends on the machine.
fn asks_to_wait(fault: Fault) -> Option<Duration> {
    match fault {
        Fault::Throttled { retry_after } => Some(match retry_after? {
            RetryAfter::Seconds(seconds) => Duration::from_secs(seconds),
            RetryAfter::Date(seconds) => Duration::from_secs(seconds / 2),
            RetryAfter::Millis(millis) => Duration::from_millis(millis),
        }),
        _ => None,
    }
}

/// An action that the emulator answers; what it is to the client is up to the client.
fn request<S>(provider: Provider, is_read: bool) -> RawRequest<S> {
    let request = match provider {
        Provider::Ucloud => RawRequest::new("DescribeUDBInstanceBackupState")
            .param("Zone", "cn-bj2-02")
            .param("BackupId", 8880),
        Provider::Tencent => {
            RawRequest::new("DescribeInstanceBackups").param("InstanceId", "crs-5a4py64p")
        }
        Provider::Aliyun => {
            RawRequest::new("DescribeBackupClients").param("ClientType", "ECS_CLIENT")
        }
    };
    if is_read { request.read() } else { request }
}

fn every_fault_ends_as_it_should<K: Kind>() {
    check::<K, ucloud_udb::Udb>(Provider::Ucloud);
    check::<K, tencent_redis::Redis>(Provider::Tencent);
    check::<K, aliyun_hbr::Hbr>(Provider::Aliyun);
}

fn check<K: Kind, S: Service>(provider: Provider) {
    let emulator = Emulator::start_blocking().unwrap();
    let clock = Clock::default();
    let policy = Policy::new()
        .attempts(2)
        .attempt_timeout(Duration::from_secs(1));
    let make = || K::Client::make_with_clock(&emulator, key(provider), policy, clock.clone());
    let mut client: K::Client<S> = make();
    for (fault, read, write) in FAULTS {
        if !is_met_at(provider, *fault) {
            continue;
        }
        for (is_read, then) in [(true, *read), (false, *write)] {
            let case = format!("{fault:?} at {provider}, read: {is_read}");
            emulator.clear_requests();
            emulator.clear_faults();
            emulator.fail(Rule::new(*fault).times(1));
            let before = clock.waited();
            let outcome = client.send(request(provider, is_read));
            let waited = clock.waited() - before;
            let requests = emulator.requests();
            let expected = if then == Again { 2 } else { 1 };
            assert_eq!(requests.len(), expected, "{case}: {outcome:?}");
            // Another nonce can be tried at once.
            let waits = then == Again && *fault != Fault::UsedNonce;
            assert_eq!(waited > Duration::ZERO, waits, "{case}");
            if let Some(least) = asks_to_wait(*fault) {
                assert!(waited >= least, "{case}: {waited:?}");
            }
            match (then, outcome) {
                (Again | Answered, Ok(_)) => {}
                (Again | Answered, Err(error)) => panic!("{case}: {error}"),
                (Unsafe(kind), Err(error)) => {
                    assert_eq!(error.kind(), kind, "{case}: {error}");
                    assert_eq!(error.stopped(), Some(Stopped::MayHaveArrived), "{case}");
                    assert!(error.may_have_arrived(), "{case}");
                }
                (Useless(kind), Err(error)) => {
                    assert_eq!(error.kind(), kind, "{case}: {error}");
                    assert_eq!(error.stopped(), Some(Stopped::NotRetryable), "{case}");
                }
                (_, Ok(answer)) => panic!("{case}: {answer}"),
            }
            if matches!(
                fault,
                Fault::Closed {
                    at: ClosedAt::AfterBody,
                    ..
                }
            ) {
                // Whether the next request meets the connection that is gone is a matter of luck.
                client = make();
            }
            // Each attempt is signed anew.
            if provider == Provider::Aliyun && expected == 2 {
                let nonce = |index: usize| requests[index].header("x-acs-signature-nonce");
                assert_ne!(nonce(0), nonce(1), "{case}");
            }
        }
    }
}
