//! The clients and the emulator, which share no code: whatever one sends the other accepts, and whatever goes wrong ends as it should.
//! Everything is done twice, by the async client and by the blocking one.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests say what is wrong by ending"
)]

mod credentials;
mod faults;
mod invented;
mod operations;
mod reading_ahead;
mod refusals;

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use cloud_core::{
    BoxFuture, ClientBuilder, CredentialSource, Credentials, Environment, Error, Operation, Policy,
    Runtime, Service, System, blocking,
};
use cloud_emulator::{Account, Emulator, Provider};
use tokio::runtime::{Builder, Runtime as Executor};

/// A client of either kind.
trait Caller<S: Service> {
    fn send<O: Operation<S>>(&self, operation: O) -> Result<O::Response, Error>;
}

/// The async client, with something to run on.
struct Async<S>(cloud_core::Client<S>, Executor);

impl<S: Service> Caller<S> for Async<S> {
    fn send<O: Operation<S>>(&self, operation: O) -> Result<O::Response, Error> {
        self.1.block_on(self.0.send(operation))
    }
}

impl<S: Service> Caller<S> for blocking::Client<S> {
    fn send<O: Operation<S>>(&self, operation: O) -> Result<O::Response, Error> {
        blocking::Client::send(self, operation)
    }
}

/// The clocks of the system, but a wait takes no time: it puts the clock of deadlines ahead. The time of day stays that of the emulator.
#[derive(Clone, Default)]
struct Clock(Arc<Mutex<Duration>>);

impl Clock {
    /// How long was waited in all.
    fn waited(&self) -> Duration {
        *self.0.lock().unwrap()
    }
}

impl Runtime for Clock {
    fn now(&self) -> SystemTime {
        System.now()
    }

    fn instant(&self) -> Duration {
        System.instant() + self.waited()
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        *self.0.lock().unwrap() += time;
        Box::pin(async {})
    }

    fn nonce(&self) -> u128 {
        System.nonce()
    }
}

fn builder<S: Service, C>(
    builder: ClientBuilder<S, C>,
    emulator: &Emulator,
    key: impl CredentialSource,
    policy: Policy,
    clock: impl Runtime,
) -> ClientBuilder<S, C> {
    builder
        .environment(Environment::from_iter::<[(&str, &str); 0]>([]))
        .credential_source(key)
        .region("cn-test")
        .endpoint(emulator.url())
        .policy(policy)
        .runtime(clock)
}

/// A client of this kind with this key, or with one from this source.
trait Make<S: Service>: Caller<S> + Sized {
    fn make(emulator: &Emulator, key: impl CredentialSource, policy: Policy) -> Self {
        Self::make_with_clock(emulator, key, policy, System)
    }

    fn make_with_clock(
        emulator: &Emulator,
        key: impl CredentialSource,
        policy: Policy,
        clock: impl Runtime,
    ) -> Self;
}

impl<S: Service> Make<S> for Async<S> {
    fn make_with_clock(
        emulator: &Emulator,
        key: impl CredentialSource,
        policy: Policy,
        clock: impl Runtime,
    ) -> Self {
        let client = builder(cloud_core::Client::builder(), emulator, key, policy, clock);
        let executor = Builder::new_current_thread().enable_all().build().unwrap();
        Self(client.build().unwrap(), executor)
    }
}

impl<S: Service> Make<S> for blocking::Client<S> {
    fn make_with_clock(
        emulator: &Emulator,
        key: impl CredentialSource,
        policy: Policy,
        clock: impl Runtime,
    ) -> Self {
        let client = builder(blocking::Client::builder(), emulator, key, policy, clock);
        client.build().unwrap()
    }
}

/// The key that every emulator knows.
fn key(provider: Provider) -> Credentials {
    let account = Account::built_in(provider);
    Credentials::new(account.id(), account.secret())
}

/// Does a test with a client of each kind.
macro_rules! both {
    ($name:ident, $test:ident) => {
        mod $name {
            #[test]
            fn with_the_async_client() {
                super::$test::<crate::IsAsync>();
            }

            #[test]
            fn with_the_blocking_client() {
                super::$test::<crate::IsBlocking>();
            }
        }
    };
}

pub(crate) use both;

/// Which kind of client a test is done with.
trait Kind {
    type Client<S: Service>: Make<S>;
}

struct IsAsync;

impl Kind for IsAsync {
    type Client<S: Service> = Async<S>;
}

struct IsBlocking;

impl Kind for IsBlocking {
    type Client<S: Service> = blocking::Client<S>;
}
