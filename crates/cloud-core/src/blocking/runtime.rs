//! Waiting on the calling thread.

use std::thread;
use std::time::{Duration, SystemTime};

use crate::runtime::{Runtime, System};
use crate::transport::BoxFuture;

/// The [`System`], but whoever waits sleeps.
pub(super) struct Blocking;

impl Runtime for Blocking {
    fn now(&self) -> SystemTime {
        System.now()
    }

    fn instant(&self) -> Duration {
        System.instant()
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        Box::pin(async move { thread::sleep(time) })
    }

    fn nonce(&self) -> u128 {
        System.nonce()
    }
}
