//! Values and data that stand on their own: times, texts, addresses, and how to page and to wait.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests say what is wrong by ending"
)]

#[path = "../common/mod.rs"]
mod common;

mod paging;
mod texts;
mod times;
mod urls;
mod waiting;
