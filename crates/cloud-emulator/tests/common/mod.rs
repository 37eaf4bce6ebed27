//! What the tests share: HTTP to the byte, and signatures written once more, plainly.

#![allow(dead_code, reason = "each test program uses a part")]

pub(crate) mod http;
pub(crate) mod running;
pub(crate) mod sign;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cloud_emulator::{Clock, Emulator, EmulatorBuilder};

/// 2023-11-14T22:13:20Z, the time of the vectors.
pub(crate) const NOW: u64 = 1_700_000_000;

pub(crate) fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

/// An emulator whose clock stands at [`NOW`].
pub(crate) fn stopped() -> EmulatorBuilder {
    Emulator::builder().clock(Clock::stopped_at(at(NOW)))
}

pub(crate) fn start() -> Emulator {
    stopped().start_blocking().unwrap()
}
