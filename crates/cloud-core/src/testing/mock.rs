//! Functions that answer, by the type of the request.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use super::clock::Clock;
use crate::client::{Client, ClientBuilder};
use crate::credentials::{Credentials, Environment};
use crate::error::Error;
use crate::operation::Operation;
use crate::runtime::Runtime as _;
use crate::service::Service;
use crate::transport::{BoxFuture, Delivery, Transport, TransportError};

/// Answers the calls of its clients with functions, and keeps the requests. Clones are the same mock.
///
/// An operation without a function fails with [`Configuration`](crate::ErrorKind::Configuration).
pub struct Mock<S> {
    handlers: Arc<Handlers>,
    clock: Clock,
    service: PhantomData<fn() -> S>,
}

impl<S: Service> Mock<S> {
    /// A mock that has no answers yet.
    pub fn new() -> Self {
        Self {
            handlers: Arc::default(),
            clock: Clock::default(),
            service: PhantomData,
        }
    }

    /// Answers an operation with this function from now on, and no longer with the one that was set before.
    ///
    /// What it returns is what the call gives: an error, which [`ErrorBuilder`](super::ErrorBuilder) makes, is not tried again. Lists and waits ask it as often as they would ask the
    /// provider.
    pub fn on<O>(
        &self,
        mut answer: impl FnMut(&O) -> Result<O::Response, Error> + Send + 'static,
    ) -> &Self
    where
        O: Operation<S> + Clone + 'static,
    {
        let calls = Arc::clone(&self.handlers.calls);
        let handler = move |request: &dyn Any| -> Mocked {
            let request = request.downcast_ref::<O>()?;
            lock(&calls).push(Box::new(request.clone()));
            Some(answer(request).map(|response| Box::new(response) as Box<dyn Any + Send>))
        };
        let handler: Handler = Box::new(handler);
        let mut by_type = lock(&self.handlers.by_type);
        by_type.insert(TypeId::of::<O>(), Arc::new(Mutex::new(handler)));
        self
    }

    /// The requests of this type so far, in their order.
    pub fn calls<O: Operation<S> + Clone + 'static>(&self) -> Vec<O> {
        let calls = lock(&self.handlers.calls);
        let calls = calls.iter().filter_map(|call| call.downcast_ref());
        calls.cloned().collect()
    }

    /// How many requests there were so far, of all types that have an answer.
    pub fn count(&self) -> usize {
        lock(&self.handlers.calls).len()
    }

    /// How long its clients have waited so far, by their own clock. Answers take no time.
    pub fn elapsed(&self) -> Duration {
        self.clock.instant()
    }

    /// A client whose calls this mock answers. It opens no connection, and takes nothing from the environment.
    pub fn client(&self) -> Client<S> {
        let mut builder = ClientBuilder::<S>::new()
            .environment(Environment::from_iter::<[(&str, &str); 0]>([]))
            .credentials(Credentials::new("mock", "mock"))
            .region("mock")
            .endpoint("http://mock.invalid")
            .transport(Unreachable)
            .runtime(self.clock.clone());
        builder.settings.zone = Some("mock".to_owned());
        builder.settings.project = Some("mock".to_owned());
        builder.settings.mock = Some(Arc::clone(&self.handlers));
        #[expect(
            clippy::expect_used,
            reason = "nothing is left to the environment, and the endpoint is one"
        )]
        builder.build().expect("a client of constants")
    }

    /// The same for code without an async runtime.
    #[cfg(feature = "blocking")]
    pub fn blocking_client(&self) -> crate::blocking::Client<S> {
        crate::blocking::Client::around(self.client())
    }
}

impl<S> Clone for Mock<S> {
    fn clone(&self) -> Self {
        Self {
            handlers: Arc::clone(&self.handlers),
            clock: self.clock.clone(),
            service: PhantomData,
        }
    }
}

impl<S: Service> Default for Mock<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> fmt::Debug for Mock<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Mock")
            .field("calls", &lock(&self.handlers.calls).len())
            .finish_non_exhaustive()
    }
}

/// What answered instead of a provider: a response of the operation's type, or an error. `None` if it was not asked for this type.
type Mocked = Option<Result<Box<dyn Any + Send>, Error>>;

type Handler = Box<dyn FnMut(&dyn Any) -> Mocked + Send>;

/// The functions of a mock, and what they were asked.
#[derive(Default)]
pub(crate) struct Handlers {
    by_type: Mutex<HashMap<TypeId, Arc<Mutex<Handler>>>>,
    calls: Arc<Mutex<Vec<Box<dyn Any + Send>>>>,
}

impl Handlers {
    /// Asks the function for the type of this request.
    pub(crate) fn answer(
        &self,
        action: &str,
        request: &dyn Any,
    ) -> Result<Box<dyn Any + Send>, Error> {
        // The function may send requests of its own, so nothing is held while it runs but itself.
        let handler = lock(&self.by_type).get(&request.type_id()).cloned();
        let answer = handler.and_then(|handler| lock(&handler)(request));
        answer.unwrap_or_else(|| {
            let problem = format!("the mock has no answer for `{action}`: give it one with `on`");
            Err(Error::configuration(problem))
        })
    }
}

/// A function that panicked fails its own test, and no other.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sends nothing anywhere.
struct Unreachable;

impl Transport for Unreachable {
    fn send(
        &self,
        _: Request<Bytes>,
        _: Duration,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let failure = TransportError::new(Delivery::NotSent, "a mock has no network");
        Box::pin(async { Err(failure) })
    }
}
