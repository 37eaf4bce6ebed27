//! Runs `xtask` on copies of two invented services: what it writes, what it refuses, and what it says then.
#![allow(
    clippy::unwrap_used,
    reason = "what surrounds the tests may fail as the tests do"
)]

mod mistakes;
mod workspace;
mod writing;
