//! What the longest answer that a transport accepts may become in memory. A test of its own, since it measures its whole process.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests say what is wrong by ending"
)]

#[path = "common/mod.rs"]
mod common;

use std::fs;
use std::process::Command;

use cloud_core::{ErrorKind, Json, Response, Text, decode};

use common::kinds::Kinds;
use common::records::Answer;
use common::services::Udb;

/// The limit of the transports, in bytes.
const BODY: usize = 32 << 20;

/// What an answer may take beside its body, in MiB.
const LIMIT: u64 = 512;

/// An answer as long as the limit, whose member `name` is made of many of these between two brackets.
fn body(name: &str, open: &str, item: &str, close: &str) -> Vec<u8> {
    let (open, close) = (
        format!(r#"{{"RetCode":0,"{name}":{open}"#),
        format!("{close}}}"),
    );
    let item = format!("{item},");
    let items = item.repeat((BODY - open.len() - close.len()) / item.len());
    format!("{open}{}{close}", items.trim_end_matches(',')).into_bytes()
}

fn mebibytes(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    let kibibytes = line.split_whitespace().nth(1).unwrap();
    kibibytes.parse::<u64>().unwrap() / 1_024
}

/// Reads an answer; says what it took beside its body, in MiB, and whether it was read.
fn read<R: Response>(body: &[u8]) -> (u64, bool) {
    let before = mebibytes("VmRSS");
    // Lets the peak begin at what is resident now.
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let outcome = decode::<Udb, R>(body);
    let took = mebibytes("VmHWM").saturating_sub(before);
    if let Err(error) = &outcome {
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert!(!error.is_retryable(), "{error}");
        let message = error.message();
        assert!(
            message.ends_with("so many items would take too much memory"),
            "{error}"
        );
    }
    (took, outcome.is_ok())
}

/// What an answer may hold, and whether it can be read.
type Case = (&'static str, fn() -> (u64, bool), bool);

/// Whether some crate of this build turned on serde_json's `preserve_order`, with which objects take twice the memory.
fn preserves_order() -> bool {
    let object: Json = serde_json::from_str(r#"{"b":0,"a":0}"#).unwrap();
    object.to_string().starts_with(r#"{"b""#)
}

const BACKUP: &str = r#"{"BackupId":"backup-00000001","Status":2,"BackupSize":1048576,"Password":"s3cr3t","Note":null}"#;

const UNTYPED: &str = "backups without a spec";

const CASES: &[Case] = &[
    // What somebody might really ask for.
    (
        "backups",
        || read::<Answer>(&body("BackupSet", "[", BACKUP, "]")),
        true,
    ),
    (
        UNTYPED,
        || read::<Json>(&body("BackupSet", "[", BACKUP, "]")),
        true,
    ),
    (
        "short texts",
        || read::<Answer>(&body("Tags", "[", r#""backup-1""#, "]")),
        true,
    ),
    // Input that no real server sends.
    (
        "numbers",
        || read::<Answer>(&body("Sizes", "[", "1", "]")),
        true,
    ),
    (
        "unknown members",
        || read::<Answer>(&body("New", "[", "{}", "]")),
        true,
    ),
    (
        "empty objects",
        || read::<Answer>(&body("BackupSet", "[", "{}", "]")),
        false,
    ),
    (
        "letters",
        || read::<Answer>(&body("Tags", "[", r#""x""#, "]")),
        false,
    ),
    (
        "lists of one",
        || read::<Kinds>(&body("Grid", "[", "[1]", "]")),
        false,
    ),
    (
        "maps of one",
        || read::<Kinds>(&body("Shards", "[", r#"{"":[1]}"#, "]")),
        false,
    ),
    (
        "wrapped lists",
        || read::<Kinds>(&body("Vaults", r#"{"Vault":["#, "{}", "]}")),
        false,
    ),
    (
        "JSON",
        || read::<Kinds>(&body("Config", "[", "0", "]")),
        false,
    ),
    (
        "JSON lists",
        || read::<Json>(&body("Config", "[", "[0]", "]")),
        false,
    ),
    (
        "JSON objects",
        || read::<Json>(&body("Config", "[", r#"{"":0}"#, "]")),
        false,
    ),
    ("JSON as text", json_as_text, false),
];

/// Text that holds JSON is read on demand.
fn json_as_text() -> (u64, bool) {
    let text = Text::<Json>::from_wire(format!("[{}0]", "[],".repeat(BODY / 3)));
    let before = mebibytes("VmRSS");
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let json = text.get();
    (mebibytes("VmHWM").saturating_sub(before), json.is_some())
}

/// Each in a process of its own, since memory that was freed is taken again.
#[test]
fn no_answer_becomes_many_times_its_length() {
    const CASE: &str = "CLOUD_CORE_MEMORY_CASE";
    if let Ok(number) = std::env::var(CASE) {
        let (what, read, is_read) = CASES[number.parse::<usize>().unwrap()];
        let (took, was_read) = read();
        let is_read = is_read && !(what == UNTYPED && preserves_order());
        println!(
            "{what}: {took} MiB, {}",
            if was_read { "read" } else { "refused" }
        );
        assert_eq!(was_read, is_read, "{what}");
        assert!(took < LIMIT, "{what}: {took} MiB");
        return;
    }
    for number in 0..CASES.len() {
        let output = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "no_answer_becomes_many_times_its_length",
                "--nocapture",
            ])
            .env(CASE, number.to_string())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let problem = String::from_utf8_lossy(&output.stderr);
        let line = said.lines().find(|line| line.contains(" MiB, "));
        assert!(output.status.success() && line.is_some(), "{said}{problem}");
        println!("{}", line.unwrap_or_default());
    }
}
