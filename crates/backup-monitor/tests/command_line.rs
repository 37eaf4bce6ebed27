//! The program as its users run it, as far as it asks nobody, or nobody who answers.

#![allow(clippy::unwrap_used, reason = "tests say what is wrong by ending")]

use std::process::{Command, Output};

/// Runs the program in the folder of this file, without the variables that would reach a provider.
fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_backup-monitor"))
        .args(arguments)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests"))
        .env_clear()
        .output()
        .unwrap()
}

fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn help_and_version_are_answers() {
    let output = run(&["--help"]);
    let (out, err) = texts(&output);
    assert_eq!((output.status.code(), &*err), (Some(0), ""));
    for code in ["  0 ", "  1 ", "  2 ", "  3 ", "  4 ", "  141 "] {
        assert!(out.contains(code), "{out}");
    }
    let (out, _) = texts(&run(&["--version"]));
    assert_eq!(
        out,
        concat!("backup-monitor ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn a_command_line_that_means_nothing_says_what_would() {
    for (arguments, said) in [
        (&[][..], "`--config FILE` names it"),
        (&["--jsno"], "did you mean `--json`?"),
        (&["--verbosely"], "`--help` lists the options"),
        (&["watch.toml"], "watch.toml"),
        (&["--config"], "--config"),
        (&["--config", "a", "--demo"], "not both"),
        (&["--config", "a", "--timeout", "soon"], "as in `90m`"),
        (&["--config", "a", "--json=yes"], "--json"),
        (&["--config", "nowhere.toml"], "can't read nowhere.toml"),
        (&["--demo"], "CLOUD_EMULATOR_URL"),
        (&["--demo", "localhost"], "it looks like http://"),
        (&["--demo", "http://127.0.0.1:1", "another"], "another"),
    ] {
        let output = run(arguments);
        let (out, err) = texts(&output);
        assert_eq!(
            (output.status.code(), &*out),
            (Some(2), ""),
            "{arguments:?}"
        );
        assert!(
            err.starts_with("error: ") && err.contains(said),
            "{arguments:?}: {err}"
        );
    }
}

#[test]
fn every_mistake_of_a_configuration_is_told_at_once() {
    let output = run(&["--config", "mistakes.toml"]);
    let (out, err) = texts(&output);
    assert_eq!((output.status.code(), &*out), (Some(2), ""));
    assert_eq!(err, include_str!("mistakes.stderr"), "what it said:\n{err}");
    assert!(!err.contains("never-to-be-shown"));
}

#[test]
fn what_could_not_be_asked_has_a_code_of_its_own() {
    // Nobody listens there.
    let output = run(&["--demo", "http://127.0.0.1:1", "--timeout", "20s"]);
    let (out, err) = texts(&output);
    assert_eq!((output.status.code(), &*err), (Some(3), ""));
    assert!(out.starts_with("verdict  service"), "{out}");
    assert!(out.contains("the connection failed"), "{out}");
    assert!(out.ends_with("The exit code is 3.\n"), "{out}");
    assert!(!out.contains('\x1b'), "no terminal, no colours: {out}");
}

#[test]
fn json_is_alone_on_the_standard_output() {
    let output = run(&["--demo", "http://127.0.0.1:1", "--json"]);
    let (out, err) = texts(&output);
    assert_eq!(output.status.code(), Some(3));
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["outcome"], "unknown");
    assert_eq!(report["rows"][0]["error"]["kind"], "transport");
    assert!(err.ends_with("The exit code is 3.\n"), "{err}");
}
