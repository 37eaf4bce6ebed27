//! The program against the emulator: what `--demo` shows, and what becomes of it when the emulator fails.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests say what is wrong by ending"
)]

use std::process::{Command, Output};

use cloud_emulator::{Emulator, Fault, Provider, Rule, Verdict};
use serde_json::Value;

fn monitor(emulator: &Emulator, options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_backup-monitor"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().to_lowercase().ends_with("_proxy") {
            command.env_remove(name);
        }
    }
    command.args(["--demo", &emulator.url()]).args(options);
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// The rows of a run with `--json`, as verdict and id, and the exit code.
fn rows(emulator: &Emulator, options: &[&str]) -> (Vec<(String, String)>, Option<i32>) {
    let output = monitor(emulator, &[&["--json"], options].concat());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let word = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    let rows = report["rows"].as_array().unwrap();
    let rows = rows
        .iter()
        .map(|row| (word(row, "verdict"), word(row, "id")));
    (rows.collect(), output.status.code())
}

fn verdict<'a>(rows: &'a [(String, String)], wanted: &str) -> &'a str {
    let found = rows.iter().find(|(_, id)| id == wanted);
    &found
        .unwrap_or_else(|| panic!("{wanted} is not in {rows:?}"))
        .0
}

#[test]
fn the_demonstration_shows_every_kind_of_row() {
    let emulator = Emulator::start_blocking().unwrap();
    let output = monitor(&emulator, &[]);
    let table = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{table}");
    for word in ["ok", "running", "too old", "missing", "failed"] {
        assert!(
            table.lines().any(|line| line.starts_with(word)),
            "{word} in\n{table}"
        );
    }
    for id in ["8880", "bsm-k2r8y1ve", "crs-5a4py64p", "c-000500hbr00demo"] {
        assert!(table.contains(id), "{id} in\n{table}");
    }
    // A cron mail holds the table alone.
    assert_eq!(text(&output.stderr), "");
    // All four services were asked with signatures that are right.
    for request in emulator.requests() {
        assert!(
            !matches!(request.verdict, Verdict::Unauthenticated { .. }),
            "{request:#?}"
        );
    }
    let asked = |provider| {
        emulator
            .requests()
            .iter()
            .any(|request| request.provider == Some(provider))
    };
    assert!(Provider::ALL.into_iter().all(asked));
}

#[test]
fn what_is_running_can_be_waited_for() {
    let emulator = Emulator::start_blocking().unwrap();
    let (rows, code) = rows(&emulator, &[]);
    assert_eq!((verdict(&rows, "8881"), code), ("running", Some(1)));
    let (rows, _) = self::rows(&emulator, &["--wait", "--timeout", "50s"]);
    assert_eq!(verdict(&rows, "8881"), "ok");
}

#[test]
fn transient_errors_change_no_verdict() {
    let emulator = Emulator::start_blocking().unwrap();
    let (calm, _) = rows(&emulator, &[]);
    let actions = [
        "DescribeUSnapBackupRange",
        "DescribeInstanceBackups",
        "DescribeBackupClients",
    ];
    for action in actions {
        emulator.fail(Rule::new(Fault::Transient).action(action).times(1));
    }
    emulator.clear_requests();
    let (stormy, code) = rows(&emulator, &[]);
    assert_eq!(code, Some(1));
    for action in actions {
        let struck = emulator.requests().into_iter().filter(|request| {
            request.action.as_deref() == Some(action)
                && matches!(request.verdict, Verdict::Faulted { .. })
        });
        assert_eq!(struck.count(), 1, "{action} did not fail once");
    }
    assert_eq!(stormy.len(), calm.len());
    for (calm, stormy) in calm.iter().zip(&stormy) {
        // The first run may have been the poll after which this ends.
        if calm.0 != "running" {
            assert_eq!(calm, stormy);
        }
    }
}

#[test]
fn what_can_t_be_asked_is_a_row_and_ends_nothing_else() {
    let emulator = Emulator::start_blocking().unwrap();
    emulator.fail(Rule::new(Fault::ExpiredCredentials).provider(Provider::Aliyun));
    let output = monitor(&emulator, &[]);
    let table = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{table}");
    assert!(
        table
            .lines()
            .any(|line| line.starts_with("unknown") && line.contains("HBR")),
        "{table}"
    );
    assert!(
        table
            .lines()
            .any(|line| line.starts_with("ok") && line.contains("UDB")),
        "{table}"
    );

    // Nothing is known to be wrong if nothing can be asked.
    emulator.fail(Fault::ExpiredCredentials);
    let (rows, code) = rows(&emulator, &[]);
    assert_eq!(code, Some(3), "{rows:?}");
    assert!(
        rows.iter().all(|(verdict, _)| verdict == "unknown"),
        "{rows:?}"
    );
}
