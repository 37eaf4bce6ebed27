//! The exit code of a run whose output is lost. One test in a process of its own: a program that another test starts at the same time
//! would have the pipe open for a moment.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "tests say what is wrong by ending")]

use std::fs::File;
use std::process::{Command, Stdio};

/// The exit code, and the text on the standard error.
fn run(arguments: &[&str], out: impl Into<Stdio>) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_backup-monitor"))
        .args(arguments)
        .env_clear()
        .stdout(out)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn output_that_is_lost_is_a_failure() {
    for arguments in [
        &["--demo", "http://127.0.0.1:1"][..],
        &["--demo", "http://127.0.0.1:1", "--json"],
        &["--help"],
        &["--version"],
    ] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let (code, err) = run(arguments, full);
        assert_eq!(code, Some(4), "{arguments:?}: {err}");
        assert!(
            err.starts_with("error: can't write to the standard output: "),
            "{arguments:?}: {err}"
        );

        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let (code, err) = run(arguments, writer);
        assert_eq!((code, &*err), (Some(141), ""), "{arguments:?}");
    }
}
