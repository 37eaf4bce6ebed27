//! Everything that a spec can say, from the generated types to the bytes of a request and back from those of an answer.
//!
//! The services are invented: their specs are in `fixtures/specs`, and `fixtures/README.md` says which feature is where.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests say what is wrong by ending"
)]

mod answers;
mod common;
mod encoding;
mod enums;
mod lifecycle;
mod names;
mod nested;
mod numbers;
mod paging;
mod scope;
mod table;
mod text;
mod times;
mod waiting;
