//! The program under requests that are made to stop, stall or bloat it. It has to answer ordinary requests all the while, and to stay
//! small. The only test of its process, since it opens many connections.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "tests say what is wrong by ending, and measure how long something took"
)]

#[path = "../common/mod.rs"]
mod common;
mod connections;
mod requests;
mod target;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use cloud_emulator::Provider::Ucloud;
use serde_json::Value;

use crate::common::NOW;
use crate::common::http::send;
use crate::common::running::Running;
use crate::common::sign::Caller;
use crate::target::{Target, now};

/// Far more than an ordinary request takes, for computers that do much else at the time.
const ORDINARY: Duration = Duration::from_secs(5);
/// Far more than any of the hostile inputs takes.
const HOSTILE: Duration = Duration::from_secs(60);
/// The peak of the program's memory, in KiB: 200 MB.
const MEMORY: usize = 200_000_000 / 1_024;

/// A name, and what is done to the program.
type Input = (&'static str, fn(&Target));

/// Stops the ordinary requests, also when a hostile input has failed.
struct StopAtEnd<'s>(&'s AtomicBool);

impl Drop for StopAtEnd<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Sends ordinary requests, each over a new connection, until it is told to stop. Answers how long the slowest took.
fn ordinary(address: SocketAddr, stop: &AtomicBool) -> Duration {
    // Its signature is the same every time.
    let request = Caller::new(Ucloud, NOW).ucloud(&[
        ("Action", "DescribeUDBInstanceBackupState"),
        ("Region", "cn-bj2"),
        ("Zone", "cn-bj2-02"),
        ("BackupId", "8880"),
    ]);
    let mut slowest = Duration::ZERO;
    while !stop.load(Ordering::Relaxed) {
        let begun = Instant::now();
        assert_eq!(send(address, &request).code(), "");
        slowest = slowest.max(begun.elapsed());
        std::thread::sleep(Duration::from_millis(20));
    }
    slowest
}

/// The peak of what a process had in memory, in KiB; `None` where the system does not say.
fn peak(process: u32) -> Option<usize> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

#[test]
fn hostile_inputs_neither_stop_nor_stall_nor_bloat_the_program() {
    let mut program = Running::start(&["--json"]);
    let start: Value = serde_json::from_str(&program.line()).unwrap();
    let url = start["url"].as_str().unwrap();
    let address = url.strip_prefix("http://").unwrap().parse().unwrap();
    let target = Target {
        address,
        now: now(),
    };
    let stop = AtomicBool::new(false);
    let slowest = std::thread::scope(|scope| {
        let stop_at_end = StopAtEnd(&stop);
        let ordinary = scope.spawn(|| ordinary(address, &stop));
        for (name, input) in requests::ALL.iter().chain(connections::ALL) {
            let begun = Instant::now();
            input(&target);
            let took = begun.elapsed();
            let peak = peak(program.id()).unwrap_or_default();
            println!("{took:>10.1?} {peak:>8} KiB  {name}");
            assert!(took < HOSTILE, "{name} took {took:?}");
            assert!(!ordinary.is_finished(), "{name} stalls ordinary requests");
        }
        drop(stop_at_end);
        ordinary.join().unwrap()
    });
    println!("the slowest ordinary request took {slowest:?}");
    assert!(slowest < ORDINARY, "{slowest:?}");
    match peak(program.id()) {
        Some(peak) => assert!(peak < MEMORY, "{peak} KiB"),
        None => println!("skipped: this system does not say how much memory a process has had"),
    }
    let (code, errors) = program.end();
    assert_eq!((code, &*errors), (Some(0), ""));
}
