//! Errors as a provider causes them.

use crate::error::{Error, ErrorKind};

/// The error that a call gives when the provider refuses it with this code and message.
///
/// The kind is the caller's to choose: which codes mean what is known to each client of its own.
pub fn refusal(kind: ErrorKind, code: impl Into<String>, message: impl Into<String>) -> Error {
    Error::new(kind, message)
        .with_code(Some(code.into()))
        .with_answer(200, None)
}
