//! The runtime that is there unless another is set.

use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime};

use super::{Runtime, timer};
use crate::transport::BoxFuture;

/// The clocks of the operating system, and random nonces.
///
/// It waits on tokio's timer where there is one: with the feature `reqwest`, on a thread of tokio's. Elsewhere each wait takes a
/// thread, which works with every executor.
///
/// A test that has paused tokio's clock (`tokio::time::pause`) has paused this one.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Runtime for System {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the clock"
    )]
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn instant(&self) -> Duration {
        static START: OnceLock<Instant> = OnceLock::new();
        let now = monotonic();
        now.saturating_duration_since(*START.get_or_init(|| now.min(real())))
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        #[cfg(feature = "reqwest")]
        if tokio::runtime::Handle::try_current().is_ok() {
            return Box::pin(tokio::time::sleep(time));
        }
        Box::pin(timer::sleep(time))
    }

    fn nonce(&self) -> u128 {
        fastrand::u128(..)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the clock"
)]
fn real() -> Instant {
    Instant::now()
}

/// The clock of [`System::sleep`](Runtime::sleep), so that a wait takes as long as it says.
#[cfg(feature = "reqwest")]
fn monotonic() -> Instant {
    tokio::time::Instant::now().into_std()
}

#[cfg(not(feature = "reqwest"))]
fn monotonic() -> Instant {
    real()
}
