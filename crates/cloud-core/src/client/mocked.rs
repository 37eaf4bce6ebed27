//! Calls that a mock answers.

use std::any::Any;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::Response;

use super::shared::{Call, Shared};
use crate::error::{Error, Stopped};
use crate::observe::Head;
use crate::operation::Fill;

/// What answered instead of the provider.
pub(super) type Mocked = Result<Box<dyn Any + Send>, Error>;

impl Shared {
    /// The call with the answer of the client's mock, if it has one.
    pub(super) fn mocked(&self, mut call: Box<Call>, request: &dyn Any) -> Box<Call> {
        let mock = self.mock.as_ref();
        call.mocked = mock.map(|mock| Mutex::new(mock.answer(&call.action, request)));
        call
    }
}

/// Puts the answer of a mock in its place.
pub(super) fn fill(
    call: &Call,
    mocked: Mutex<Mocked>,
    place: &mut dyn Fill,
) -> Result<Head, Error> {
    let mocked = mocked.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut answer = mocked.map_err(|error| {
        let (attempts, may_have_arrived) = (error.attempts(), error.may_have_arrived());
        let has_ended = error.stopped().is_some();
        let error = error.with_call(&call.action, attempts);
        if has_ended {
            error
        } else {
            error.with_end(Stopped::NotRetryable, Duration::ZERO, may_have_arrived)
        }
    })?;
    place.take(&mut *answer);
    Ok(Head {
        answer: Response::new(Bytes::new()),
        request_id: None,
        attempts: 1,
        elapsed: Duration::ZERO,
    })
}
