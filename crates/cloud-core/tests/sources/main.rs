//! The sources of keys that somebody has to be asked for: what they ask, and what they make of any answer.
//!
//! Whatever comes out of a source here is searched for the secrets that went in.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests say what is wrong by ending"
)]

#[path = "../common/mod.rs"]
mod common;

mod assume_role;
mod assume_role_broken;
mod metadata;
mod metadata_broken;
mod probe;
mod process;
mod profiles;
mod token;
mod uri;
mod world;
