//! How long the tests wait, and what they expect when it goes wrong.

use std::time::Duration;

use cloud_core::{Delivery, TransportError};

use crate::{DefaultTransport, exchange};

/// Longer than any call that is not meant to time out.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);
/// For calls that are meant to.
pub(crate) const IMPATIENCE: Duration = Duration::from_millis(400);

/// The failure of one request, whose message holds no part of the address.
pub(crate) fn failure(
    transport: &DefaultTransport,
    address: &str,
    timeout: Duration,
) -> TransportError {
    let failure = exchange(transport, address, timeout).unwrap_err();
    assert!(!failure.to_string().contains("http"), "{failure}");
    assert!(!failure.to_string().is_empty());
    failure
}

#[track_caller]
pub(crate) fn assert_failed(failure: &TransportError, delivery: Delivery, timeout: bool) {
    assert_eq!(failure.delivery(), delivery, "{failure}");
    assert_eq!(failure.is_timeout(), timeout, "{failure}");
}
