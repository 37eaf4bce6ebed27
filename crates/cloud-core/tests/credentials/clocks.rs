//! Clocks that are hours and years off, dates that are wrong, and keys that expire by one clock and not by the other: a client finds
//! back by itself, and until then its errors are the provider's.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use cloud_core::aliyun::credentials::{EcsRamRole, RamRoleArn};
use cloud_core::credentials::{CredentialSource, Credentials, Found, Lookup, Surroundings};
use cloud_core::{
    BoxFuture, Client, Error, ErrorKind, RawRequest, Runtime as _, Service, Transport,
    TransportError, UnixSeconds,
};
use http::{Request, Response};
use serde_json::json;

use crate::common::memory::{Clock, environment, now};
use crate::common::services::{Hbr, Redis, Udb};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
const YEAR: i64 = 365 * DAY;

/// How far the provider's clock is ahead of the client's.
const DIFFERENCES: [i64; 15] = [
    0,
    60,
    -60,
    400,
    -400,
    HOUR,
    -HOUR,
    2 * HOUR,
    -2 * HOUR,
    10 * HOUR,
    -10 * HOUR,
    YEAR,
    -YEAR,
    20 * YEAR,
    -20 * YEAR,
];

/// A world in which the provider's clock is right, and the client's is not.
#[derive(Clone)]
struct World(Arc<Inner>);

struct Inner {
    clock: Clock,
    difference: Mutex<i64>,
    /// By how much the dates of the next answers are wrong; the last one is for all further answers.
    wrong: Mutex<Vec<i64>>,
    /// How many signatures are refused although their time is right.
    refusals: Mutex<u32>,
    seen: Mutex<Vec<&'static str>>,
    given: Mutex<usize>,
}

impl fmt::Debug for World {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("World")
    }
}

impl World {
    fn new(difference: i64) -> Self {
        Self::with_dates(difference, &[0], 0)
    }

    fn with_dates(difference: i64, wrong: &[i64], refusals: u32) -> Self {
        Self(Arc::new(Inner {
            clock: Clock::new(),
            difference: Mutex::new(difference),
            wrong: Mutex::new(wrong.to_vec()),
            refusals: Mutex::new(refusals),
            seen: Mutex::default(),
            given: Mutex::new(0),
        }))
    }

    /// The provider's time, in seconds since 1970.
    fn time(&self) -> i64 {
        let own = self.0.clock.now().duration_since(UNIX_EPOCH).unwrap();
        own.as_secs() as i64 + self.difference()
    }

    fn difference(&self) -> i64 {
        *self.0.difference.lock().unwrap()
    }

    /// Sets the own clock forward or back. The provider's stays as it is.
    fn jump(&self, seconds: i64) {
        let own = self.time() - self.difference() + seconds;
        self.0.clock.set(u64::try_from(own).unwrap());
        *self.0.difference.lock().unwrap() -= seconds;
    }

    fn end_of_key(&self) -> SystemTime {
        *self.0.given.lock().unwrap() += 1;
        let end = u64::try_from(self.time() + HOUR).unwrap();
        UNIX_EPOCH + Duration::from_secs(end)
    }

    /// A key for an hour, whose token says when it ends.
    fn key(&self) -> Credentials {
        let end = self.end_of_key();
        let token = end.duration_since(UNIX_EPOCH).unwrap().as_secs();
        Credentials::new("id", "s3cr3t")
            .with_token(token.to_string())
            .expires_at(end)
    }

    fn client<S: Service>(&self, source: impl CredentialSource) -> Client<S> {
        Client::builder()
            .environment(environment(&[]))
            .runtime(self.0.clock.clone())
            .transport(self.clone())
            .credential_source(source)
            .region("cn-test-1")
            .build()
            .unwrap()
    }

    /// What the provider has said to each request since this was last asked.
    fn seen(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.0.seen.lock().unwrap())
    }

    fn date(&self) -> String {
        let mut wrong = self.0.wrong.lock().unwrap();
        let error = match wrong.len() {
            1 => wrong[0],
            _ => wrong.remove(0),
        };
        http_date(self.time() + error)
    }

    fn judge(&self, request: &Request<Bytes>) -> &'static str {
        let headers = request.headers();
        let text = |name| headers.get(name).map(|value| value.to_str().unwrap());
        let signed = match (text("x-tc-timestamp"), text("x-acs-date")) {
            (Some(seconds), _) => Some(seconds.parse().unwrap()),
            (_, Some(date)) => Some(unix(date)),
            _ => None,
        };
        let mut refusals = self.0.refusals.lock().unwrap();
        if let Some(signed) = signed {
            let is_refused = *refusals > 0;
            *refusals = refusals.saturating_sub(1);
            if is_refused || self.time().abs_diff(signed) > 300 {
                return "time";
            }
        }
        let body = String::from_utf8_lossy(request.body()).into_owned();
        let of_form = body
            .split('&')
            .find_map(|pair| pair.strip_prefix("SecurityToken="));
        let token = text("x-tc-token")
            .or(text("x-acs-security-token"))
            .or(of_form);
        match token {
            Some(end) if end.parse::<i64>().unwrap() <= self.time() => "token",
            _ => "good",
        }
    }

    /// What the metadata or the token service say.
    fn document(&self) -> String {
        let key = self.key();
        json!({
            "Code": "Success", "AccessKeyId": "id", "AccessKeySecret": "secret",
            "SecurityToken": key.token().unwrap().expose(),
            "Expiration": UnixSeconds::from(key.expires().unwrap()).to_string(),
        })
        .to_string()
    }
}

/// `Tue, 14 Nov 2023 22:13:20 GMT`
fn http_date(seconds: i64) -> String {
    let text = UnixSeconds(seconds).to_string();
    let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let month = months[text[5..7].parse::<usize>().unwrap() - 1];
    let (year, day, clock) = (&text[..4], &text[8..10], &text[11..19]);
    format!("Tue, {day} {month} {year} {clock} GMT")
}

/// The reverse of what `UnixSeconds` shows.
fn unix(date: &str) -> i64 {
    // A guess that is early by the leap days and the long months.
    let number = |range: std::ops::Range<usize>| date[range].parse::<i64>().unwrap();
    let mut seconds = (number(0..4) - 1970) * YEAR + (number(5..7) - 1) * 28 * DAY;
    while UnixSeconds(seconds).to_string()[..10] < date[..10] {
        seconds += DAY;
    }
    seconds - seconds.rem_euclid(DAY) + number(11..13) * HOUR + number(14..16) * 60 + number(17..19)
}

impl CredentialSource for World {
    fn name(&self) -> Cow<'_, str> {
        "the world".into()
    }

    fn load<'a>(&'a self, _: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
        Box::pin(async { Ok(Lookup::Found(Found::new(self.key(), "the world"))) })
    }
}

impl Transport for World {
    fn send(
        &self,
        request: Request<Bytes>,
        _: Duration,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let body = match request.uri().path() {
            "/latest/api/token" => "token".to_owned(),
            "/latest/meta-data/ram/security-credentials/" => "role".to_owned(),
            "/latest/meta-data/ram/security-credentials/role" => self.document(),
            _ => {
                let verdict = self.judge(&request);
                self.0.seen.lock().unwrap().push(verdict);
                let action = request.headers().get("x-acs-action");
                match verdict {
                    "good" if action.is_some_and(|action| action == "AssumeRole") => {
                        let key = self.document();
                        format!(r#"{{"RequestId":"r","Credentials":{key}}}"#)
                    }
                    "good" => {
                        r#"{"RetCode":0,"Response":{"RequestId":"r"},"RequestId":"r"}"#.to_owned()
                    }
                    // Each client reads its own part.
                    other => {
                        let (ret, tencent, aliyun) = match other {
                            "time" => (171, "SignatureExpire", "InvalidTimeStamp.Expired"),
                            _ => (174, "TokenFailure", "InvalidSecurityToken.Expired"),
                        };
                        let tencent = format!("AuthFailure.{tencent}");
                        json!({
                            "RetCode": ret, "Code": aliyun, "Message": "no", "RequestId": "r",
                            "Response": {"Error": {"Code": tencent, "Message": "no"}, "RequestId": "r"},
                        })
                        .to_string()
                    }
                }
            }
        };
        let answer = Response::builder().header("date", self.date());
        Box::pin(async move { Ok(answer.body(Bytes::from(body)).unwrap()) })
    }
}

fn send<S: Service>(client: &Client<S>) -> Result<(), Error> {
    now(client.send(RawRequest::new("Do").read())).map(drop)
}

/// Every call succeeds, over the ends of several keys, and the source is asked about once for each.
fn holds<S: Service>(world: &World, source: impl CredentialSource, refused_at_most: usize) {
    let client: Client<S> = world.client(source);
    let difference = world.difference();
    for minute in (0..300).step_by(2) {
        send(&client).unwrap_or_else(|error| panic!("{difference} s, minute {minute}: {error}"));
        world.0.clock.advance(Duration::from_secs(120));
    }
    let seen = world.seen();
    let refused = seen.iter().filter(|verdict| **verdict != "good").count();
    assert!(refused <= refused_at_most, "{difference} s: {seen:?}");
    let given = *world.0.given.lock().unwrap();
    assert!((5..10).contains(&given), "{difference} s: {given} keys");
}

#[test]
fn a_clock_that_is_off_disables_no_client() {
    for difference in DIFFERENCES {
        let world = World::new(difference);
        holds::<Redis>(&world, world.clone(), 1);
        let world = World::new(difference);
        holds::<Hbr>(&world, world.clone(), 1);
    }
}

#[test]
fn a_clock_that_is_off_does_not_make_keys_of_metadata_old() {
    for difference in DIFFERENCES {
        let world = World::new(difference);
        holds::<Hbr>(&world, EcsRamRole::at("http://h"), 1);
    }
}

#[test]
fn what_the_token_service_teaches_of_the_clock_is_for_all() {
    for difference in DIFFERENCES {
        let world = World::new(difference);
        let source = RamRoleArn::new(Credentials::new("id", "s3cr3t"), "r");
        // The token service is the first to refuse, and the last.
        holds::<Hbr>(&world, source, 1);
    }
}

/// UCloud's signatures hold no time, so no answer can set the clock.
#[test]
fn a_clock_that_stays_wrong_costs_a_search_a_minute_at_most() {
    for difference in DIFFERENCES {
        let world = World::new(difference);
        let client: Client<Udb> = world.client(world.clone());
        for second in (0..2 * HOUR).step_by(10) {
            send(&client)
                .unwrap_or_else(|error| panic!("{difference} s, second {second}: {error}"));
            world.0.clock.advance(Duration::from_secs(10));
        }
        let given = *world.0.given.lock().unwrap();
        assert!(given <= 122, "{difference} s: {given} keys");
    }
}

#[test]
fn a_key_that_was_given_is_tried_whatever_the_clock_says() {
    for difference in DIFFERENCES {
        let world = World::new(difference);
        let key = world.key();
        let client: Client<Redis> = world.client(key);
        for _ in 0..29 {
            send(&client).unwrap_or_else(|error| panic!("{difference} s: {error}"));
            world.0.clock.advance(Duration::from_secs(120));
        }
        // Its end is told by the provider, and the client can't do anything about it.
        world.0.clock.advance(Duration::from_secs(600));
        let error = send(&client).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Authentication, "{error}");
        assert_eq!(error.code(), Some("AuthFailure.TokenFailure"));
    }
}

/// How many calls fail before one succeeds. Each failure is the provider's.
fn failures_before_success<S: Service>(world: &World) -> usize {
    let client: Client<S> = world.client(world.key());
    let failures = (0..20).take_while(|_| match send(&client) {
        Ok(()) => false,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Authentication, "{error}");
            assert!(error.code().is_some(), "{error}");
            world.0.clock.advance(Duration::from_secs(5));
            true
        }
    });
    let failures = failures.count();
    // From then on the clock is known.
    world.seen();
    for _ in 0..5 {
        world.0.clock.advance(Duration::from_secs(30));
        send(&client).unwrap();
    }
    assert_eq!(world.seen(), ["good"; 5]);
    failures
}

#[test]
fn a_date_that_was_wrong_is_mended_by_the_next_one() {
    for error in [2 * HOUR, -2 * HOUR, 10 * YEAR, -10 * YEAR] {
        for difference in [0, HOUR, -HOUR, 10 * HOUR, -10 * HOUR, YEAR, -YEAR] {
            for (wrong, most) in [
                (&[error, 0][..], 1),
                (&[error, -error, 0], 2),
                (&[error, error, 0], 2),
            ] {
                // A clock that is right is asked about only if something else refuses its time.
                let refusals = u32::from(difference == 0);
                for failures in [
                    failures_before_success::<Redis>(&World::with_dates(
                        difference, wrong, refusals,
                    )),
                    failures_before_success::<Hbr>(&World::with_dates(difference, wrong, refusals)),
                ] {
                    assert!(failures <= most, "{difference} {wrong:?}: {failures}");
                }
            }
        }
    }
}

#[test]
fn dates_that_are_always_wrong_do_not_disable_a_client_whose_clock_is_right() {
    for error in [2 * HOUR, -2 * HOUR, 10 * YEAR, -10 * YEAR] {
        let world = World::with_dates(0, &[error], 1);
        let failures = failures_before_success::<Redis>(&world);
        assert!(failures <= 2, "{error}: {failures}");
    }
}

#[test]
fn a_clock_that_is_set_while_a_client_runs_is_followed() {
    for difference in DIFFERENCES {
        let world = World::new(difference);
        let client: Client<Hbr> = world.client(world.clone());
        send(&client).unwrap();
        for jump in [3 * HOUR, -3 * HOUR, 1_000, 9 * YEAR, -10 * YEAR, -1_000] {
            world.jump(jump);
            for _ in 0..70 {
                send(&client).unwrap_or_else(|error| panic!("{difference} {jump}: {error}"));
                world.0.clock.advance(Duration::from_secs(60));
            }
        }
        let given = *world.0.given.lock().unwrap();
        assert!(given < 40, "{difference} s: {given} keys");
    }
}
