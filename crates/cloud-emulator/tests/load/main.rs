//! Many requests at once: none fails, and the memory does not grow. The only test of its process, which it measures.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests say what is wrong by ending"
)]

#[path = "../common/mod.rs"]
mod common;

use cloud_emulator::{Emulator, Provider};

use crate::common::http::Connection;
use crate::common::sign::Caller;
use crate::common::{NOW, start};

const CONNECTIONS: usize = 32;
const REQUESTS: usize = 10_000;
/// After so many everything that is bounded is full: records, temporary keys.
const BOUNDED: usize = 5_000;
/// What may come and go: buffers of connections, tables that double. The keys and nonces of a round are less.
const GROWTH: usize = 8 * 1_024;

/// Sends calls of all three providers over 32 connections; every one must succeed.
fn round(emulator: &Emulator, name: &str, requests: usize) {
    std::thread::scope(|scope| {
        for thread in 0..CONNECTIONS {
            scope.spawn(move || {
                let mut connection = Connection::open(emulator.address());
                for number in (thread..requests).step_by(CONNECTIONS) {
                    let provider = Provider::ALL[number % Provider::ALL.len()];
                    let caller = Caller {
                        nonce: format!("{name}-{number}"),
                        ..Caller::new(provider, NOW)
                    };
                    let response = connection.send(&caller.assume_role(provider)).unwrap();
                    assert_eq!(response.code(), "", "{provider}");
                }
            });
        }
    });
}

/// What of this process is in memory, in KiB; `None` where the system does not say.
fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

#[test]
fn ten_thousand_requests_from_32_connections() {
    let emulator = start();
    round(&emulator, "a", BOUNDED);
    let before = resident();
    round(&emulator, "b", REQUESTS);
    let after = resident();
    assert_eq!(
        emulator.requests().last().unwrap().number,
        (BOUNDED + REQUESTS) as u64
    );
    let (Some(before), Some(after)) = (before, after) else {
        println!("skipped: this system does not say how much memory a process has");
        return;
    };
    let growth = after.saturating_sub(before);
    println!("{before} KiB before, {after} KiB after");
    assert!(growth < GROWTH, "from {before} to {after} KiB");
}
