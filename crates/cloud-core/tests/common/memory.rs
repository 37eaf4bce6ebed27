//! A network in memory, a clock that only waiting moves, and an executor for futures that never wait.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use cloud_core::{
    BoxFuture, Client, ClientBuilder, Credentials, Environment, Runtime, Service, Transport,
    TransportError,
};
use http::{Request, Response};

/// 2023-11-14T22:13:20Z
pub(crate) const NOW: u64 = 1_700_000_000;
pub(crate) const NONCE: u128 = 0x0123_4567_89ab_cdef_0011_2233_4455_6677;
pub(crate) const ID: &str = "AKIDexample";
pub(crate) const SECRET: &str = "sEcReT/KeY+of=the_tests";
pub(crate) const TOKEN: &str = "ToKeN.of.the-tests==";

/// Runs a future that has nothing to wait for: with a transport in memory the client needs no runtime at all.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a call over a transport in memory had to wait"),
    }
}

/// A request, and how long its answer may take.
pub(crate) type Sent = (Request<Bytes>, Duration);

/// Gives every request the same answer, and keeps the requests.
#[derive(Clone)]
pub(crate) struct Memory {
    answer: Result<Response<Bytes>, TransportError>,
    requests: Arc<Mutex<Vec<Sent>>>,
}

impl Memory {
    pub(crate) fn new(answer: Result<Response<Bytes>, TransportError>) -> Self {
        Self {
            answer,
            requests: Arc::default(),
        }
    }

    /// The answer that every request gets.
    pub(crate) fn answer(&self) -> Result<Response<Bytes>, TransportError> {
        self.answer.clone()
    }

    /// The requests so far.
    pub(crate) fn requests(&self) -> Vec<Sent> {
        self.requests.lock().unwrap().clone()
    }
}

impl Transport for Memory {
    fn send(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        self.requests.lock().unwrap().push((request, timeout));
        Box::pin(async { self.answer.clone() })
    }
}

/// An answer with this status, these headers and this body.
pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Memory {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    Memory::new(Ok(response
        .body(Bytes::copy_from_slice(body.as_ref()))
        .unwrap()))
}

/// A world whose time passes only where something waits: each wait is over at once, and moves the clocks on, unless it
/// [stands still](Clock::stand_still). Clones share it.
#[derive(Clone)]
pub(crate) struct Clock(Arc<Mutex<World>>);

struct World {
    now: SystemTime,
    elapsed: Duration,
    sleeps: Vec<Duration>,
    nonce: u128,
    stands_still: bool,
    waiting: Vec<Waker>,
}

impl Clock {
    /// It is [`NOW`], and the first nonce is [`NONCE`].
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(World {
            now: UNIX_EPOCH + Duration::from_secs(NOW),
            elapsed: Duration::ZERO,
            sleeps: Vec::new(),
            nonce: NONCE,
            stands_still: false,
            waiting: Vec::new(),
        })))
    }

    /// From now on a wait is over when [`advance`](Self::advance) has passed its end.
    pub(crate) fn stand_still(&self) {
        self.0.lock().unwrap().stands_still = true;
    }

    /// Sets the time of day, in seconds since 1970, as an administrator would: deadlines do not notice.
    pub(crate) fn set(&self, seconds: u64) {
        self.0.lock().unwrap().now = UNIX_EPOCH + Duration::from_secs(seconds);
    }

    /// Lets time pass.
    pub(crate) fn advance(&self, time: Duration) {
        let mut world = self.0.lock().unwrap();
        world.now += time;
        world.elapsed += time;
        let waiting = std::mem::take(&mut world.waiting);
        drop(world);
        waiting.into_iter().for_each(Waker::wake);
    }

    /// Sets the next nonce; later ones count up from it. Its upper half is what is random in waits.
    pub(crate) fn set_nonce(&self, nonce: u128) {
        self.0.lock().unwrap().nonce = nonce;
    }

    /// How long somebody waited, each time.
    pub(crate) fn sleeps(&self) -> Vec<Duration> {
        self.0.lock().unwrap().sleeps.clone()
    }
}

impl Runtime for Clock {
    fn now(&self) -> SystemTime {
        self.0.lock().unwrap().now
    }

    fn instant(&self) -> Duration {
        self.0.lock().unwrap().elapsed
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        let clock = self.clone();
        Box::pin(async move {
            let end = {
                let mut world = clock.0.lock().unwrap();
                world.sleeps.push(time);
                world.elapsed.saturating_add(time)
            };
            poll_fn(|context| {
                let mut world = clock.0.lock().unwrap();
                if world.elapsed >= end {
                    return Poll::Ready(());
                }
                if world.stands_still {
                    world.waiting.push(context.waker().clone());
                    return Poll::Pending;
                }
                drop(world);
                clock.advance(time);
                Poll::Ready(())
            })
            .await;
        })
    }

    fn nonce(&self) -> u128 {
        let mut world = self.0.lock().unwrap();
        let nonce = world.nonce;
        world.nonce = nonce.wrapping_add(1);
        nonce
    }
}

/// A client that takes nothing from the process it runs in, and has no key yet.
pub(crate) fn bare<S: Service>(transport: Memory) -> ClientBuilder<S> {
    Client::builder()
        .environment(environment(&[]))
        .transport(transport)
        .runtime(Clock::new())
}

/// The same with a temporary key and a region.
pub(crate) fn client<S: Service>(transport: Memory) -> ClientBuilder<S> {
    bare(transport)
        .credentials(Credentials::new(ID, SECRET).with_token(TOKEN))
        .region("cn-test-1")
}

pub(crate) fn environment(variables: &[(&str, &str)]) -> Environment {
    variables.iter().copied().collect()
}
