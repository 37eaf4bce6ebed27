//! Every fault, for reads and writes, at each provider: how many requests arrive, when, how they are signed, what the caller gets.

use std::collections::HashSet;

use cloud_core::{Delivery, ErrorKind, Runtime as _, Service, Stopped};

use crate::common::memory::Clock;
use crate::network::{Arrived, Reply};
use crate::{Client, HALF, Hbr, Redis, Udb, client, now, read, send, world, write};

#[derive(Debug, Clone, Copy)]
pub(crate) enum Cloud {
    Ucloud,
    Tencent,
    Aliyun,
}

impl Cloud {
    /// A failure as this provider reports it. Only Alibaba Cloud uses the status for it.
    pub(crate) fn failure(self, status: u16, code: &str) -> Reply {
        match self {
            Self::Ucloud => Reply::answer(200, format!(r#"{{"RetCode":{code},"Message":"no"}}"#)),
            Self::Tencent => Reply::answer(
                200,
                format!(
                    r#"{{"Response":{{"Error":{{"Code":"{code}","Message":"no"}},"RequestId":"r"}}}}"#
                ),
            ),
            Self::Aliyun => Reply::answer(
                status,
                format!(r#"{{"Code":"{code}","Message":"no","RequestId":"r"}}"#),
            ),
        }
    }

    fn of(self, [ucloud, tencent, aliyun]: [&'static str; 3]) -> &'static str {
        match self {
            Self::Ucloud => ucloud,
            Self::Tencent => tencent,
            Self::Aliyun => aliyun,
        }
    }

    fn throttled(self) -> Reply {
        let codes = [
            "153",
            "RequestLimitExceeded.UinLimitExceeded",
            "Throttling.User",
        ];
        self.failure(400, self.of(codes))
    }

    fn transient(self) -> Reply {
        self.failure(
            503,
            self.of(["150", "InternalError.Db", "ServiceUnavailable"]),
        )
    }

    fn refused(self) -> Reply {
        let codes = ["160", "InvalidParameter.X", "InvalidParameter"];
        self.failure(400, self.of(codes))
    }
}

/// What becomes of a request that a fault meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    /// It is sent again.
    Again,
    /// It is not, for this reason.
    Ends(Stopped),
}

use Then::{Again, Ends};

const UNSAFE: Then = Ends(Stopped::MayHaveArrived);
const USELESS: Then = Ends(Stopped::NotRetryable);

struct Fault {
    name: &'static str,
    reply: fn(Cloud) -> Reply,
    kind: ErrorKind,
    read: Then,
    write: Then,
    /// What the server asks for, in milliseconds.
    hint: u128,
}

const fn fault(
    name: &'static str,
    reply: fn(Cloud) -> Reply,
    kind: ErrorKind,
    read: Then,
    write: Then,
) -> Fault {
    Fault {
        name,
        reply,
        kind,
        read,
        write,
        hint: 0,
    }
}

impl Fault {
    const fn hint(mut self, millis: u128) -> Self {
        self.hint = millis;
        self
    }
}

const LATER: &str = "Tue, 14 Nov 2023 22:13:27 GMT";
const DATE: &str = "Tue, 14 Nov 2023 22:13:20 GMT";

#[rustfmt::skip]
const FAULTS: &[Fault] = &[
    fault("refused", |_| Reply::fault(Delivery::NotSent), ErrorKind::Transport, Again, Again),
    fault("no connection in time", |_| Reply::no_connection(), ErrorKind::Timeout, Again, Again),
    fault("reset", |_| Reply::fault(Delivery::MaybeSent).after_millis(1_500), ErrorKind::Transport, Again, UNSAFE),
    fault("slow", |_| Reply::success().after_millis(60_000), ErrorKind::Timeout, Again, UNSAFE),
    fault("cut body", |_| Reply::answer(200, r#"{"RetCode":0,"Response":{"RequestId":"r"#), ErrorKind::Decode, Again, UNSAFE),
    fault("empty body", |_| Reply::answer(200, ""), ErrorKind::Decode, Again, UNSAFE),
    fault("HTML", |_| Reply::answer(200, "<html>"), ErrorKind::Decode, USELESS, USELESS),
    fault("HTML of a gateway", |_| Reply::answer(502, "<html>"), ErrorKind::Unavailable, Again, UNSAFE),
    fault("invalid JSON", |_| Reply::answer(200, "{]"), ErrorKind::Decode, USELESS, USELESS),
    fault("429", |_| Reply::answer(429, "slow down"), ErrorKind::Throttled, Again, Again),
    fault("429 with a hint", |_| Reply::answer(429, "").header("retry-after", "3"), ErrorKind::Throttled, Again, Again).hint(3_000),
    fault("500", |_| Reply::answer(500, ""), ErrorKind::Unavailable, Again, UNSAFE),
    fault("503 with a hint", |_| Reply::answer(503, "{}").header("retry-after", "2"), ErrorKind::Unavailable, Again, UNSAFE).hint(2_000),
    fault("504", |_| Reply::answer(504, "").after_millis(4_000), ErrorKind::Unavailable, Again, UNSAFE),
    fault("throttled", Cloud::throttled, ErrorKind::Throttled, Again, Again),
    fault("throttled, in seconds", |cloud| cloud.throttled().header("retry-after", "5"), ErrorKind::Throttled, Again, Again).hint(5_000),
    fault("throttled, until", |cloud| cloud.throttled().header("date", DATE).header("retry-after", LATER), ErrorKind::Throttled, Again, Again).hint(7_000),
    fault("throttled, in milliseconds", |cloud| cloud.throttled().header("x-acs-retry-after", "1234"), ErrorKind::Throttled, Again, Again).hint(1_234),
    fault("throttled, for less than the back-off", |cloud| cloud.throttled().header("x-acs-retry-after", "9"), ErrorKind::Throttled, Again, Again),
    fault("transient", Cloud::transient, ErrorKind::Unavailable, Again, UNSAFE),
    fault("wrong", Cloud::refused, ErrorKind::InvalidParameter, USELESS, USELESS),
];

#[test]
fn ucloud() {
    check::<Udb>(Cloud::Ucloud);
}

#[test]
fn tencent() {
    check::<Redis>(Cloud::Tencent);
}

#[test]
fn aliyun() {
    check::<Hbr>(Cloud::Aliyun);
}

fn check<S: Service>(cloud: Cloud) {
    for fault in FAULTS {
        for (is_write, then) in [(false, fault.read), (true, fault.write)] {
            let case = format!("{} at {cloud:?}, write: {is_write}", fault.name);
            once::<S>(cloud, fault, is_write, then, &case);
            always::<S>(cloud, fault, is_write, then, &case);
        }
    }
}

/// The fault happens once.
fn once<S: Service>(cloud: Cloud, fault: &Fault, is_write: bool, then: Then, case: &str) {
    let (clock, network) = world([(fault.reply)(cloud)]);
    let client: Client<S> = client(&clock, &network).build().unwrap();
    let answer = send(&client, if is_write { write() } else { read() });
    let arrived = network.arrived();
    signed_anew::<S>(&arrived, is_write, case);
    assert_eq!(answer.is_ok(), then == Again, "{case}");
    assert_eq!(arrived.len(), 1 + usize::from(then == Again), "{case}");
}

/// It happens every time.
fn always<S: Service>(cloud: Cloud, fault: &Fault, is_write: bool, then: Then, case: &str) {
    let reply = (fault.reply)(cloud);
    let (clock, network) = world(vec![reply.clone(); 9]);
    let client: Client<S> = client(&clock, &network).build().unwrap();
    let error = send(&client, if is_write { write() } else { read() }).unwrap_err();
    let arrived = network.arrived();
    signed_anew::<S>(&arrived, is_write, case);

    // An attempt gives up after ten seconds. Half of 100 ms are waited for the second, half of 200 ms for the third.
    let took = reply.after.as_millis().min(10_000);
    let second = took + fault.hint.max(50);
    let third = second + took + fault.hint.max(100);
    let (expected, stopped) = match then {
        Again => (vec![0, second, third], Stopped::AttemptsUsed),
        Ends(stopped) => (vec![0], stopped),
    };
    // A moment that the server names comes nearer.
    if fault.name != "throttled, until" {
        let times: Vec<u128> = arrived.iter().map(|one| one.at.as_millis()).collect();
        assert_eq!(times, expected, "{case}");
    }
    assert_eq!(arrived.len(), expected.len(), "{case}");
    let kind = error.kind();
    let transient = matches!(kind, ErrorKind::Internal | ErrorKind::Unavailable);
    assert!(
        kind == fault.kind || transient && fault.name == "transient",
        "{case}: {error}"
    );
    assert_eq!(error.stopped(), Some(stopped), "{case}");
    assert_eq!(error.attempts() as usize, expected.len(), "{case}");
    assert_eq!(error.elapsed(), clock.instant(), "{case}");
    assert_eq!(error.to_string().lines().count(), 1, "{case}");
    assert!(error.to_string().starts_with("Do: "), "{case}");
}

/// Each request is what a client would send that knows of no other: with the time of the moment, and a nonce of its own.
fn signed_anew<S: Service>(arrived: &[Arrived], is_write: bool, case: &str) {
    let mut nonces = HashSet::new();
    for one in arrived {
        let clock = Clock::new();
        clock.advance(one.at);
        clock.set_nonce(HALF);
        if let Some(nonce) = one.request.headers().get("x-acs-signature-nonce") {
            let nonce = u128::from_str_radix(nonce.to_str().unwrap(), 16).unwrap();
            clock.set_nonce(nonce);
            assert!(nonces.insert(nonce), "{case}: used twice");
        }
        let (_, nothing) = world([]);
        let client: Client<S> = client(&clock, &nothing).build().unwrap();
        let request = if is_write { write() } else { read() };
        let fresh = now(client.prepare(&request)).unwrap();
        assert_eq!(one.request.uri(), fresh.uri(), "{case}");
        assert_eq!(one.request.headers(), fresh.headers(), "{case}");
        assert_eq!(one.request.body(), fresh.body(), "{case}");
    }
}
