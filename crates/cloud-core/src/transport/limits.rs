//! What holds for every transport of this crate.

use std::time::Duration;

use super::{Delivery, TransportError};

/// How long to wait for a connection, TLS included.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Shorter than the idle time after which load balancers drop connections, so that few requests meet a dead one.
pub(crate) const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(50);

/// Stands for longer timeouts: the clocks of some systems overflow when much more than 30 years is added to them.
#[cfg(feature = "blocking")]
pub(crate) const LONGEST_TIMEOUT: Duration = Duration::from_secs(30 * 365 * 24 * 3_600);

/// The longest answer, in bytes after decompression.
pub(crate) const MAX_BODY: usize = 32 << 20;

/// An answer that is longer than that.
pub(crate) fn too_large(max_body: usize) -> TransportError {
    let problem = format!("the answer is longer than the limit of {max_body} bytes");
    TransportError::new(Delivery::MaybeSent, problem).too_large()
}
