//! What a client lets one see of its calls: hooks, everything about an answer, and spans; and that none of it holds a secret.

#![allow(clippy::unwrap_used, reason = "tests say what is wrong by ending")]

use std::io::Write;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use cloud_core::credentials::{CredentialSource, Found, Lookup, Surroundings};
use cloud_core::{
    Attempt, AttemptEnd, BoxFuture, Client, ClientBuilder, Credentials, Delivery, Environment,
    Error, ErrorKind, Hooks, RawRequest, Runtime, Service, Transport, TransportError,
};
use http::{Request, Response};
use tracing_subscriber::fmt::format::FmtSpan;

const ID: &str = "id-of-the-key";
const SECRET: &str = "SECRET-of-the-key";
const TOKEN: &str = "TOKEN-of-the-key";

/// Time stands still, but for the waits; chance is the same each time.
#[derive(Clone, Default)]
struct Clock(Arc<Mutex<Duration>>);

impl Runtime for Clock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_700_000_000) + self.instant()
    }

    fn instant(&self) -> Duration {
        *self.0.lock().unwrap()
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        *self.0.lock().unwrap() += time;
        Box::pin(async {})
    }

    fn nonce(&self) -> u128 {
        1 << 127
    }
}

/// Gives these answers, the last one first; each takes 20 ms.
struct Script(Clock, Mutex<Vec<Result<Response<Bytes>, TransportError>>>);

impl Transport for Script {
    fn send(
        &self,
        _: Request<Bytes>,
        _: Duration,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let answer = self.1.lock().unwrap().pop().unwrap();
        *self.0.0.lock().unwrap() += Duration::from_millis(20);
        Box::pin(async { answer })
    }
}

fn answer(status: u16, body: &'static str) -> Result<Response<Bytes>, TransportError> {
    let answer = Response::builder().status(status).header("x-trace", "t-1");
    Ok(answer.body(Bytes::from(body)).unwrap())
}

fn reset() -> Result<Response<Bytes>, TransportError> {
    Err(TransportError::new(Delivery::MaybeSent, "reset"))
}

/// A client to which this will happen.
fn client<S: Service>(
    mut script: Vec<Result<Response<Bytes>, TransportError>>,
) -> ClientBuilder<S> {
    script.reverse();
    let clock = Clock::default();
    Client::builder()
        .environment(Environment::from_iter::<[(&str, &str); 0]>([]))
        .credentials(Credentials::new(ID, SECRET).with_token(TOKEN))
        .region("cn-beijing")
        .transport(Script(clock.clone(), Mutex::new(script)))
        .runtime(clock)
}

/// Runs a future that has nothing to wait for.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("nothing here has to wait"),
    }
}

fn read<S>() -> RawRequest<S> {
    RawRequest::new("Describe").param("What", "this").read()
}

/// Writes down what it is told.
#[derive(Clone, Default)]
struct Diary(Arc<Mutex<Vec<String>>>);

impl Diary {
    fn write(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }

    fn lines(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Hooks for Diary {
    fn before_attempt(&self, attempt: &Attempt<'_>) {
        let Attempt {
            provider,
            service,
            action,
            number,
            host,
            region,
            ..
        } = attempt;
        let region = region.unwrap_or("no region");
        self.write(format!(
            "{number}: {provider} {service} {action} at {host} in {region}"
        ));
    }

    fn after_attempt(&self, attempt: &Attempt<'_>, end: &AttemptEnd<'_>) {
        let body = end
            .answer
            .map(|answer| std::str::from_utf8(answer.body()).unwrap());
        let kind = end.error.map(Error::kind);
        let (took, retry_in) = (end.took, end.retry_in);
        self.write(format!(
            "{}: {body:?} {kind:?} {took:?} {retry_in:?}",
            attempt.number
        ));
        self.write(format!("{attempt:?} {end:?}"));
    }
}

/// The lines that a diary has without those that show everything.
fn short(diary: &Diary) -> Vec<String> {
    let mut lines = diary.lines();
    lines.retain(|line| line.starts_with(char::is_numeric));
    lines
}

#[test]
fn hooks_see_every_attempt() {
    let diary = Diary::default();
    let success = r#"{"Response":{"RequestId":"r"}}"#;
    let client =
        client::<tencent_redis::Redis>(vec![reset(), answer(503, "busy"), answer(200, success)])
            .hooks(diary.clone())
            .hooks(Quiet)
            .build()
            .unwrap();
    now(client.send(read())).unwrap();
    let place = "tencent_cloud redis Describe at redis.tencentcloudapi.com in cn-beijing";
    assert_eq!(
        short(&diary),
        [
            format!("1: {place}"),
            "1: None Some(Transport) 20ms Some(50ms)".to_owned(),
            format!("2: {place}"),
            "2: Some(\"busy\") Some(Unavailable) 20ms Some(100ms)".to_owned(),
            format!("3: {place}"),
            format!("3: Some({success:?}) None 20ms None"),
        ]
    );
}

/// Neither method has to be there.
struct Quiet;

impl Hooks for Quiet {}

#[test]
fn hooks_see_the_answer_of_a_call_that_failed() {
    let diary = Diary::default();
    let refusal = r#"{"Code":"InvalidParameter","Message":"no","RequestId":"r-9"}"#;
    let client = client::<aliyun_hbr::Hbr>(vec![answer(400, refusal)])
        .hooks(diary.clone())
        .build()
        .unwrap();
    let error = now(client.send(read())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidParameter);
    let lines = short(&diary);
    assert_eq!(lines.len(), 2);
    assert_eq!(
        lines[1],
        format!("1: Some({refusal:?}) Some(InvalidParameter) 20ms None")
    );
}

#[test]
fn an_exchange_keeps_what_came_with_the_answer() {
    let body = r#"{"Response": {"RequestId": "r-1", "TotalCount": 2, "New": true}}"#;
    let client = client::<tencent_redis::Redis>(vec![answer(502, ""), answer(200, body)])
        .build()
        .unwrap();
    let request = tencent_redis::DescribeInstanceBackups::new("crs-1");
    let exchange = now(client.exchange(request)).unwrap();
    assert_eq!(exchange.response.total_count, Some(2));
    assert_eq!(exchange.request_id(), Some("r-1"));
    assert_eq!(exchange.status(), 200);
    assert_eq!(exchange.headers()["x-trace"], "t-1");
    assert_eq!(exchange.body(), body);
    assert_eq!(exchange.attempts(), 2);
    // Two answers and half of what the first wait may be.
    assert_eq!(exchange.elapsed(), Duration::from_millis(90));
    let shown = format!("{exchange:?}");
    assert!(
        shown.contains("r-1") && !shown.contains("New") && !shown.contains("t-1"),
        "{shown}"
    );
}

#[test]
fn the_request_id_of_an_exchange_may_stand_in_a_header() {
    let mut in_header = answer(200, r#"{"RetCode": 0}"#);
    if let Ok(answer) = &mut in_header {
        answer
            .headers_mut()
            .insert("x-ucloud-request-uuid", "u-1".parse().unwrap());
    }
    let client = client::<ucloud_udb::Udb>(vec![in_header]).build().unwrap();
    assert_eq!(
        now(client.exchange(read())).unwrap().request_id(),
        Some("u-1")
    );
}

/// What a subscriber that wants everything writes down.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn traced(call: impl FnOnce()) -> Vec<String> {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(FmtSpan::CLOSE)
        .with_target(false)
        .with_ansi(false)
        .without_time()
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::with_default(subscriber, call);
    let log = log.0.lock().unwrap();
    // How long a span was busy depends on the machine.
    let lines = std::str::from_utf8(&log).unwrap().lines();
    lines
        .map(|line| line.split(" time.busy").next().unwrap().trim().to_owned())
        .collect()
}

#[test]
fn a_call_is_a_span_and_an_attempt_an_event() {
    let success = r#"{"Response":{"RequestId":"r-7"}}"#;
    let client = client::<tencent_redis::Redis>(vec![answer(503, "busy"), answer(200, success)])
        .endpoint("http://127.0.0.1:8080")
        .build()
        .unwrap();
    let lines = traced(|| {
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
    let client = client::<ucloud_udb::Udb>(vec![answer(200, refusal)])
        .build()
        .unwrap();
    let lines = traced(|| {
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
    let client = client::<tencent_redis::Redis>(script)
        .credential_source(Failing::default())
        .build()
        .unwrap();
    // Each call takes 20 ms, so that the fourth is in the last quarter of the key's life.
    let lines = traced(|| {
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
        // Whoever refuses a key likes to quote it.
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
