//! What subscribers of `tracing` see of a call, and that nothing which can be seen holds a secret.
//!
//! `tracing` keeps for the whole process which call sites somebody listens to, and a thread that meets a call site first decides that by
//! its own subscriber. So this process has one subscriber, which writes down what each thread does apart from the others; it is there
//! before the first call, and no test of this program goes around it.

#![allow(clippy::unwrap_used, reason = "tests say what is wrong by ending")]

#[path = "../observing/world.rs"]
mod world;

use std::cell::RefCell;
use std::io::Write;
use std::sync::{Mutex, Once};
use std::time::Duration;

use cloud_core::credentials::{CredentialSource, Found, Lookup, Surroundings};
use cloud_core::{BoxFuture, Client, Credentials, Service};
use tracing_subscriber::fmt::format::FmtSpan;

use world::{Diary, ID, SECRET, TOKEN, answer, client, now, read, reset};

thread_local! {
    /// What the subscriber has written about this thread.
    static LOG: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Writes to the log of the thread that it is called on.
struct ThreadLog;

impl Write for ThreadLog {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.with_borrow_mut(|log| log.write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What a subscriber that wants everything writes down about a call on this thread.
fn traced(call: impl FnOnce()) -> Vec<String> {
    static SUBSCRIBED: Once = Once::new();
    SUBSCRIBED.call_once(|| {
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_span_events(FmtSpan::CLOSE)
            .with_target(false)
            .with_ansi(false)
            .without_time()
            .with_writer(|| ThreadLog)
            .init();
    });
    LOG.take();
    call();
    // How long a span was busy depends on the machine.
    let log = LOG.take();
    let lines = std::str::from_utf8(&log).unwrap().lines();
    lines
        .map(|line| line.split(" time.busy").next().unwrap().trim().to_owned())
        .collect()
}

#[test]
fn a_call_is_a_span_and_an_attempt_an_event() {
    let success = r#"{"Response":{"RequestId":"r-7"}}"#;
    let lines = traced(|| {
        let script = vec![answer(503, "busy"), answer(200, success)];
        let client = client::<tencent_redis::Redis>(script);
        let client = client.endpoint("http://127.0.0.1:8080").build().unwrap();
        now(client.send(read())).unwrap();
    });
    let span = r#"call{otel.kind="client" otel.name=redis/Describe rpc.system.name="tencent_cloud" rpc.method=redis/Describe server.address="127.0.0.1" server.port=8080 cloud.region="cn-beijing""#;
    assert_eq!(
        lines,
        [
            format!(
                r#"DEBUG {span}}}: credentials found rpc.system.name="tencent_cloud" place="the program itself""#
            ),
            format!(
                r#"WARN {span}}}: failed, will be sent again rpc.method=redis/Describe http.response.status_code=503 error.type="unavailable" took=20ms retry_in=50ms"#
            ),
            format!(
                r#"DEBUG {span}}}: answered rpc.method=redis/Describe http.request.resend_count=1 http.response.status_code=200 took=20ms"#
            ),
            format!(
                r#"INFO {span} http.response.status_code=200 cloud.request_id="r-7" http.request.resend_count=1}}: close"#
            ),
        ]
    );
}

#[test]
fn a_span_says_what_went_wrong() {
    let refusal = r#"{"RetCode":7085,"Message":"no such backup"}"#;
    let lines = traced(|| {
        let client = client::<ucloud_udb::Udb>(vec![answer(200, refusal)]);
        let client = client.build().unwrap();
        now(client.send(read())).unwrap_err();
    });
    let [_, event, close] = &lines[..] else {
        unreachable!("{lines:#?}")
    };
    assert!(event.starts_with("DEBUG call{"), "{event}");
    for field in [
        r#"error.type="not_found""#,
        r#"rpc.response.status_code="7085""#,
        r#"http.response.status_code=200"#,
    ] {
        assert!(event.contains(field), "{field} in {event}");
        assert!(close.contains(field), "{field} in {close}");
    }
    assert!(close.contains(r#"otel.status_code="ERROR""#), "{close}");
}

/// Has a key in a bad place once, which soon ends, and fails from then on.
#[derive(Debug, Default)]
struct Failing(Mutex<bool>);

impl CredentialSource for Failing {
    fn name(&self) -> std::borrow::Cow<'_, str> {
        "the drawer".into()
    }

    fn load<'a>(
        &'a self,
        surroundings: &'a Surroundings,
    ) -> BoxFuture<'a, Result<Lookup, cloud_core::Error>> {
        let failed = std::mem::replace(&mut *self.0.lock().unwrap(), true);
        let key = Credentials::new(ID, SECRET).with_token(TOKEN);
        let mut found = Found::new(
            key.expires_at(surroundings.now() + Duration::from_millis(80)),
            "the drawer",
        );
        found.warnings.push("the drawer is open".to_owned());
        Box::pin(async move {
            match failed {
                true => Err(cloud_core::Error::configuration("the drawer is stuck")),
                false => Ok(Lookup::Found(found)),
            }
        })
    }
}

#[test]
fn what_is_wrong_with_a_key_is_a_warning() {
    let success = || answer(200, r#"{"Response":{"RequestId":"r-7"}}"#);
    let script = (0..4).map(|_| success()).collect();
    // Each call takes 20 ms, so that the fourth is in the last quarter of the key's life.
    let lines = traced(|| {
        let client = client::<tencent_redis::Redis>(script).credential_source(Failing::default());
        let client = client.build().unwrap();
        for _ in 0..4 {
            now(client.send(read())).unwrap();
        }
    });
    let warnings: Vec<&str> = lines
        .iter()
        .filter(|line| line.starts_with("WARN"))
        .filter_map(|line| line.split_once("}: ").map(|(_, event)| event))
        .collect();
    assert_eq!(
        warnings,
        [
            r#"the drawer is open rpc.system.name="tencent_cloud" place="the drawer""#,
            r#"no new credentials: the client can't send this: the drawer is stuck rpc.system.name="tencent_cloud" error.type="configuration""#,
        ]
    );
    assert!(!lines.concat().contains(SECRET) && !lines.concat().contains(TOKEN));
}

#[test]
fn nothing_secret_is_seen() {
    fn check<S: Service>(success: &'static str) {
        // A refusal may quote the key.
        let echo = r#"{"RetCode":171,"Message":"SECRET-of-the-key TOKEN-of-the-key","Code":"X","RequestId":"r","Response":{"Error":{"Code":"X","Message":"SECRET-of-the-key"},"RequestId":"r"}}"#;
        let script = || vec![reset(), answer(200, echo), answer(200, success)];
        let diary = Diary::default();
        let mut seen = traced(|| {
            let client: Client<S> = client(script()).hooks(diary.clone()).build().unwrap();
            now(client.exchange(read())).unwrap_err();
            let exchange = now(client.exchange(read())).unwrap();
            diary.write(format!("{exchange:?} {client:?}"));
        });
        // Bodies are as the provider sent them, and only the short lines show them.
        seen.extend(
            diary
                .lines()
                .into_iter()
                .filter(|line| !line.starts_with(char::is_numeric)),
        );
        assert!(seen.len() > 8, "{seen:#?}");
        for line in seen {
            for secret in [SECRET, TOKEN, "Signature"] {
                assert!(!line.contains(secret), "{line}");
            }
        }
    }
    check::<ucloud_udb::Udb>(r#"{"RetCode":0}"#);
    check::<tencent_redis::Redis>(r#"{"Response":{"RequestId":"r"}}"#);
    check::<aliyun_hbr::Hbr>(r#"{"RequestId":"r","Success":true}"#);
}
