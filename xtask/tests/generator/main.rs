//! What `xtask` says about specs and writes of them: its stages on folders of small specs, its commands on copies of two invented
//! services.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what surrounds the tests may fail as the tests do"
)]

mod additions;
mod commands;
mod mistakes;
mod prose;
mod random;
mod removing;
mod runs;
mod schema;
mod tables;
mod workspace;
mod writing;
