//! Requests for actions that no spec describes.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;

use serde_json::{Map, Value as Json};

use crate::operation::{Effect, Metadata, Need, Operation, Scope};
use crate::params::Params;

/// A request for an action that the service's crate does not describe. The answer is the JSON object that the provider sends,
/// without its outer wrapping.
///
/// Lists and objects are written the way the provider wants them: as JSON for Tencent Cloud, as `Ids.0` for UCloud, as `Tag.1.Key`
/// for Alibaba Cloud, where a parameter that must be JSON text is given as text. It counts as a write unless it is marked with
/// [`read`](Self::read). `Debug` shows the names of the parameters only, since values may be secrets.
///
/// ```
/// # enum Udb {}
/// # type RawRequest = cloud_core::RawRequest<Udb>;
/// let request = RawRequest::new("DescribeUDBInstance").param("DBId", "udb-1").param("Limit", 20).read();
/// ```
#[must_use = "a request does nothing until a client sends it"]
pub struct RawRequest<S> {
    action: String,
    params: Map<String, Json>,
    effect: Effect,
    region: Option<String>,
    service: PhantomData<fn() -> S>,
}

impl<S> RawRequest<S> {
    /// A request for this action.
    pub fn new(action: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            params: Map::new(),
            effect: Effect::Write,
            region: None,
            service: PhantomData,
        }
    }

    /// Sets a parameter: text, a number, a boolean, a list, an object. `null` leaves it out.
    pub fn param(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
        let (name, value) = (name.into(), value.into());
        if value.is_null() {
            self.params.remove(&name);
        } else {
            self.params.insert(name, value);
        }
        self
    }

    /// Says that the action only reads, so that sending it twice does no harm.
    pub fn read(mut self) -> Self {
        self.effect = Effect::Read;
        self
    }

    /// The region to send it to, if not the client's.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }
}

impl<S: 'static> Operation<S> for RawRequest<S> {
    type Response = Json;

    fn metadata(&self) -> Metadata<'_> {
        // A zone would narrow down what many actions list, so it is sent only if it is given as a parameter.
        Metadata::new(&self.action, self.effect)
            .region(Need::Optional)
            .project(Need::Optional)
    }

    fn scope(&self) -> Scope<'_> {
        Scope {
            region: self.region.as_deref(),
            ..Scope::default()
        }
    }

    fn encode(&self, params: &mut Params) {
        params.object(&self.params);
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl<S> Clone for RawRequest<S> {
    fn clone(&self) -> Self {
        Self {
            action: self.action.clone(),
            params: self.params.clone(),
            effect: self.effect,
            region: self.region.clone(),
            service: PhantomData,
        }
    }
}

impl<S> fmt::Debug for RawRequest<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RawRequest")
            .field("action", &self.action)
            .field("params", &self.params.keys().collect::<Vec<_>>())
            .field("effect", &self.effect)
            .field("region", &self.region)
            .finish()
    }
}
