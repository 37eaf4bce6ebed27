//! `cargo xtask test`, with a program in Cargo's place that writes down what it is told.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "tests say what is wrong by ending")]

use std::fs;
use std::process::Command;

/// The exit code of `cargo xtask` with these arguments, and what Cargo was told, a line for each run. The run whose arguments hold
/// `fails` fails.
fn xtask(arguments: &[&str], fails: &str) -> (Option<i32>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(&arguments[..1])
        .arg("--root")
        .arg(folder.path())
        .args(&arguments[1..])
        .env(
            "CARGO",
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/test_command/cargo.sh"),
        )
        .env("FAILS", fails)
        .output()
        .unwrap();
    let runs = fs::read_to_string(folder.path().join("runs")).unwrap_or_default();
    let runs = runs.lines().map(str::to_owned);
    (output.status.code(), runs.collect())
}

#[test]
fn a_run_that_fails_does_not_keep_the_next_one_from_running() {
    for (fails, code) in [
        ("--workspace", 101),
        ("--package blocking", 101),
        ("none", 0),
    ] {
        let (found, runs) = xtask(&["test"], fails);
        assert_eq!((found, runs.len()), (Some(code), 2), "{fails}: {runs:?}");
        assert!(
            runs.iter().all(|run| run.contains("--no-fail-fast")),
            "{runs:?}"
        );
    }
}

#[test]
fn options_after_two_dashes_go_to_cargo() {
    let options = ["test", "--", "-p", "x", "--test", "y", "--", "--ignored"];
    let (code, runs) = xtask(&options, "none");
    let run = "test --no-fail-fast -p x --test y -- --ignored".to_owned();
    assert_eq!((code, runs), (Some(0), vec![run]));
}

#[test]
fn an_unknown_command_runs_no_test() {
    let (code, runs) = xtask(&["tets"], "none");
    assert_eq!((code, runs), (Some(2), vec![]));
}
