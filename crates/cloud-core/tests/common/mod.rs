//! What the tests of the runtime share: records and services as generated crates have them, and a network in memory.

#![allow(dead_code, reason = "each test uses its own part of what they share")]

pub(crate) mod kinds;
pub(crate) mod memory;
pub(crate) mod records;
pub(crate) mod services;
