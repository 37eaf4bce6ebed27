//! What the tests of hooks and of spans share: a client to which a script happens, and hooks that keep what they are told.

#![allow(dead_code, reason = "each test program uses a part")]

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use cloud_core::{
    Attempt, AttemptEnd, BoxFuture, Client, ClientBuilder, Credentials, Delivery, Environment,
    Error, Hooks, RawRequest, Runtime, Service, Transport, TransportError,
};
use http::{Request, Response};

pub(crate) const ID: &str = "id-of-the-key";
pub(crate) const SECRET: &str = "SECRET-of-the-key";
pub(crate) const TOKEN: &str = "TOKEN-of-the-key";

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

pub(crate) fn answer(status: u16, body: &'static str) -> Result<Response<Bytes>, TransportError> {
    let answer = Response::builder().status(status).header("x-trace", "t-1");
    Ok(answer.body(Bytes::from(body)).unwrap())
}

pub(crate) fn reset() -> Result<Response<Bytes>, TransportError> {
    Err(TransportError::new(Delivery::MaybeSent, "reset"))
}

/// A client to which this will happen.
pub(crate) fn client<S: Service>(
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
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("nothing here has to wait"),
    }
}

pub(crate) fn read<S>() -> RawRequest<S> {
    RawRequest::new("Describe").param("What", "this").read()
}

/// Writes down what it is told.
#[derive(Clone, Default)]
pub(crate) struct Diary(Arc<Mutex<Vec<String>>>);

impl Diary {
    pub(crate) fn write(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }

    pub(crate) fn lines(&self) -> Vec<String> {
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
