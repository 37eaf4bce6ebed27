//! The emulator over real sockets.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests say what is wrong by ending, and measure how long something took"
)]

#[path = "../common/mod.rs"]
mod common;

mod authentication;
mod browsers;
mod codes;
mod control;
mod faults;
mod hostile;
mod lifecycle;
mod metadata;
mod requests;
mod sts;
mod vectors;
