//! Many requests at once, small ones and large ones: none fails, and the memory does not grow. The only test of its process, which it
//! measures.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests say what is wrong by ending"
)]

#[path = "../common/mod.rs"]
mod common;

use cloud_emulator::{Emulator, Provider};

use crate::common::http::{Connection, Request};
use crate::common::sign::Caller;
use crate::common::{NOW, start};

const CONNECTIONS: usize = 32;
const REQUESTS: usize = 10_000;
/// After so many everything that is bounded is full: records, temporary keys.
const BOUNDED: usize = 5_000;
/// Every 10th request has 5,000 bytes of padding, every 101st 200,000, which is more than the emulator keeps of a request.
const LARGE: [(usize, usize); 2] = [(10, 5_000), (101, 200_000)];
/// What may come and go: buffers of connections, tables that double. The keys and nonces of a round are less.
const GROWTH: usize = 8 * 1_024;

/// A call that every emulator answers, with padding that changes nothing.
fn request(provider: Provider, caller: &Caller, number: usize) -> Request {
    let large = LARGE
        .iter()
        .rev()
        .find(|(each, _)| number.is_multiple_of(*each));
    let Some((_, size)) = large else {
        return caller.assume_role(provider);
    };
    let padding = "x".repeat(*size);
    match provider {
        Provider::Ucloud => caller.ucloud(&[
            ("Action", "AssumeRole"),
            ("RoleUrn", "ucs:iam::1:role/r"),
            ("RoleSessionName", "s"),
            ("Padding", &padding),
        ]),
        Provider::Tencent => caller.tencent(
            ("sts", "2018-08-13", "AssumeRole"),
            &format!(
                r#"{{"RoleArn":"qcs::cam::uin/1:roleName/r","RoleSessionName":"s","Padding":"{padding}"}}"#
            ),
        ),
        Provider::Aliyun => caller.aliyun(
            ("2015-04-01", "AssumeRole"),
            "RoleArn=acs%3Aram%3A%3A1%3Arole%2Fr",
            &format!("RoleSessionName=s&Padding={padding}"),
        ),
    }
}

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
                    let response = connection
                        .send(&request(provider, &caller, number))
                        .unwrap();
                    assert_eq!(response.code(), "", "{provider}");
                }
            });
        }
    });
}

/// What of this process is in memory, in KiB.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let mut lines = status.lines();
    let line = lines.find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().strip_suffix(" kB").unwrap().parse().unwrap()
}

#[test]
#[cfg_attr(
    not(target_os = "linux"),
    ignore = "needs the figures of /proc/self/status"
)]
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
    let growth = after.saturating_sub(before);
    println!("{before} KiB before, {after} KiB after");
    assert!(growth < GROWTH, "from {before} to {after} KiB");
}
