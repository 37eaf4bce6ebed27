//! Operations: requests as values.

use std::any::Any;
use std::time::Duration;

use serde_json::{Map, Value as Json};

use crate::envelope::Target;
use crate::error::Error;
use crate::params::Params;
use crate::record::RecordMut;

/// A request that a client of the service `S` can send.
///
/// Generated crates implement it for one type per action; [`RawRequest`](crate::RawRequest) is an operation of every service.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an operation of the service `{S}`",
    label = "a client of `{S}` can't send this",
    note = "every client sends the operations of its own crate only: make a client with the `Client` of the crate that `{Self}` comes from"
)]
pub trait Operation<S>: Send + Sync {
    /// What the provider answers.
    type Response: Response;

    /// What the client needs to know about the operation.
    fn metadata(&self) -> Metadata<'_>;

    /// Where the request asks to be carried out, as far as it says so itself.
    fn scope(&self) -> Scope<'_>;

    /// Writes the parameters.
    fn encode(&self, params: &mut Params);

    /// The request itself, for whoever has to find out its type, as a mock does.
    fn as_any(&self) -> &dyn Any;
}

impl<S, O: Operation<S>> Operation<S> for &O {
    type Response = O::Response;

    fn metadata(&self) -> Metadata<'_> {
        (**self).metadata()
    }

    fn scope(&self) -> Scope<'_> {
        (**self).scope()
    }

    fn encode(&self, params: &mut Params) {
        (**self).encode(params);
    }

    fn as_any(&self) -> &dyn Any {
        (**self).as_any()
    }
}

/// What the client needs to know about an operation.
#[derive(Debug, Clone, Copy)]
pub struct Metadata<'a> {
    pub(crate) action: &'a str,
    pub(crate) effect: Effect,
    pub(crate) region: Need,
    pub(crate) zone: Need,
    pub(crate) project: Need,
    rate: Option<RateLimit>,
}

impl<'a> Metadata<'a> {
    /// An operation that takes neither region, zone nor project.
    pub const fn new(action: &'a str, effect: Effect) -> Self {
        Self {
            action,
            effect,
            region: Need::None,
            zone: Need::None,
            project: Need::None,
            rate: None,
        }
    }

    /// Whether it takes a region.
    #[must_use]
    pub const fn region(mut self, need: Need) -> Self {
        self.region = need;
        self
    }

    /// Whether it takes a zone.
    #[must_use]
    pub const fn zone(mut self, need: Need) -> Self {
        self.zone = need;
        self
    }

    /// Whether it takes a project.
    #[must_use]
    pub const fn project(mut self, need: Need) -> Self {
        self.project = need;
        self
    }

    /// How often the provider lets it be called.
    #[must_use]
    pub const fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.rate = Some(limit);
        self
    }

    /// The provider's name of the operation.
    pub const fn action(&self) -> &'a str {
        self.action
    }

    /// Whether it changes something.
    pub const fn effect(&self) -> Effect {
        self.effect
    }

    /// How often the provider lets it be called, if its documentation says so. It holds for all calls with one account.
    pub const fn rate(&self) -> Option<RateLimit> {
        self.rate
    }
}

/// How often something may be done: so many calls in so much time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RateLimit {
    calls: u32,
    seconds: u32,
}

impl RateLimit {
    /// So many calls in so many seconds.
    pub const fn new(calls: u32, seconds: u32) -> Self {
        Self { calls, seconds }
    }

    /// How many calls.
    pub const fn calls(self) -> u32 {
        self.calls
    }

    /// In how much time.
    pub const fn period(self) -> Duration {
        Duration::from_secs(self.seconds as u64)
    }
}

/// Whether an operation changes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It only reads: sending it twice does no harm.
    Read,
    /// It changes something: sending it twice may do so twice.
    Write,
}

/// Whether an operation takes a part of the scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// It does not know it.
    None,
    /// It takes it if the request or the client has it.
    Optional,
    /// It can't do without it.
    Required,
}

/// Where an operation is carried out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scope<'a> {
    /// The region, such as `cn-bj2`.
    pub region: Option<&'a str>,
    /// The zone in the region, such as `cn-bj2-04`. Only UCloud's services are told the zone this way.
    pub zone: Option<&'a str>,
    /// The project that the resources belong to. Only UCloud has them.
    pub project: Option<&'a str>,
}

/// An answer: a generated struct, or any JSON object.
#[allow(
    private_bounds,
    reason = "sealed: how an answer is filled is no part of the interface"
)]
pub trait Response: Fill + Default {}

impl<R: Fill + Default> Response for R {}

/// What keeps [`Response`] closed, and lends out the place where the fields of an answer go.
pub(crate) trait Fill: Send + 'static {
    /// Fills the place with an answer. What an attempt before may have left there is gone.
    fn fill(&mut self, fill: &mut Filling<'_>) -> Result<(), Error>;

    /// Takes over an answer that is there already, if it has the type of the place.
    #[cfg(feature = "testing")]
    fn take(&mut self, answer: &mut dyn Any);
}

/// What fills it.
pub(crate) type Filling<'a> = dyn FnMut(Target<'_>) -> Result<(), Error> + 'a;

impl<R: RecordMut + Default + Send + 'static> Fill for R {
    fn fill(&mut self, fill: &mut Filling<'_>) -> Result<(), Error> {
        *self = Self::default();
        fill(Target::Record(self))
    }

    #[cfg(feature = "testing")]
    fn take(&mut self, answer: &mut dyn Any) {
        if let Some(answer) = answer.downcast_mut() {
            std::mem::swap(self, answer);
        }
    }
}

impl Fill for Json {
    fn fill(&mut self, fill: &mut Filling<'_>) -> Result<(), Error> {
        let mut object = Map::new();
        let outcome = fill(Target::Json(&mut object));
        *self = Json::Object(object);
        outcome
    }

    #[cfg(feature = "testing")]
    fn take(&mut self, answer: &mut dyn Any) {
        if let Some(answer) = answer.downcast_mut() {
            std::mem::swap(self, answer);
        }
    }
}
