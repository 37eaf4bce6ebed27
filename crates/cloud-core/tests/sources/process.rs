//! A program that prints a key.

#![cfg(unix)]

use std::fs;
use std::process::Command;
use std::task::{Context, Waker};
use std::thread;
use std::time::Duration;

use cloud_core::aliyun::credentials::ExternalProcess;
use cloud_core::credentials::{Lookup, Surroundings};
use cloud_core::{CredentialSource, UnixSeconds};

use crate::common::memory::{Clock, environment};
use crate::world::{ID, SECRET, TOKEN, World};

/// A shell that runs this is only one more program.
fn shell(script: &str) -> ExternalProcess {
    ExternalProcess::new("/bin/sh").args(["-c", script])
}

/// What comes of running it. The future is ready once a thread says so.
fn outcome(source: &ExternalProcess) -> String {
    let surroundings = Surroundings::new(environment(&[]), World::default(), Clock::new());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let outcome = runtime.block_on(source.load(&surroundings));
    let line = match &outcome {
        Ok(Lookup::Found(found)) => {
            let key = &found.credentials;
            let token = key.token().map_or("none", |token| token.expose());
            assert_eq!((key.id(), key.secret().expose()), (ID, SECRET));
            let until = key
                .expires()
                .map(|time| UnixSeconds::from(time).to_string());
            let until = until.unwrap_or_default();
            return format!("{}: token {token} until {until}", found.place).replace(TOKEN, "T");
        }
        Ok(Lookup::Absent(reason)) => format!("absent: {reason}"),
        Err(error) => format!("{}: {error}", error.kind().as_str()),
    };
    let seen = format!("{line} {outcome:?} {source:?}");
    for secret in [SECRET, TOKEN] {
        assert!(!seen.contains(secret), "{secret} is in {seen}");
    }
    line
}

#[test]
fn keys_that_are_printed() {
    let halves = format!(r#""access_key_id": "{ID}", "access_key_secret": "{SECRET}""#);
    for (printed, expected) in [
        (
            format!(r#"{{"mode": "AK", {halves}}}"#),
            "token none until ",
        ),
        (
            format!(r#"{{{halves}, "sts_token": "", "expiration": ""}}"#),
            "token none until ",
        ),
        (
            format!(r#"{{"mode": "StsToken", {halves}, "sts_token": "{TOKEN}"}}"#),
            "token T until ",
        ),
        (
            format!(
                r#"{{"mode": "StsToken", {halves}, "sts_token": "{TOKEN}", "expiration": "2023-11-14T23:13:20Z"}}"#
            ),
            "token T until 2023-11-14T23:13:20Z",
        ),
    ] {
        // What a program says beside the key does no harm.
        let source = shell(&format!("echo '{SECRET}' >&2; echo '{printed}'"));
        assert_eq!(
            outcome(&source),
            format!("external process /bin/sh: {expected}")
        );
    }
}

#[test]
fn a_command_line_needs_no_shell() {
    let key = format!(r#"{{"access_key_id": "{ID}", "access_key_secret": "{SECRET}"}}"#);
    let source = ExternalProcess::parse(&format!("/bin/echo '{key}'")).unwrap();
    assert_eq!(
        outcome(&source),
        "external process /bin/echo: token none until "
    );
    // A shell would have run both.
    let source = ExternalProcess::parse(&format!("/bin/echo '{key}'; exit 1")).unwrap();
    assert_eq!(
        outcome(&source),
        "configuration: the client can't send this: external process /bin/echo: it prints no JSON \
         (trailing characters at line 1 column 81)"
    );
    for (line, problem) in [
        (" ", "is empty: name a program"),
        ("'a", "has a quote that does not end"),
        ("a\\", "ends with a backslash"),
    ] {
        let error = ExternalProcess::parse(line).unwrap_err();
        assert_eq!(
            error.message(),
            format!("external process: the command {problem}")
        );
    }
}

#[test]
fn programs_that_fail() {
    let key = format!(r#""access_key_id": "{ID}", "access_key_secret": "{SECRET}""#);
    for (script, problem) in [
        (
            format!("echo '{{{key}}}'; exit 3"),
            "it failed (exit status: 3)",
        ),
        (
            format!("echo '{SECRET}' >&2; kill -9 $$"),
            "it failed (signal: 9 (SIGKILL))",
        ),
        ("true".to_owned(), "it prints an empty body"),
        (
            format!("echo '{SECRET}'"),
            "it prints no JSON (expected value at line 1 column 1)",
        ),
        (
            format!("echo '{{{key}'"),
            "it prints JSON that is cut off (EOF while parsing an object at line 1 column 79)",
        ),
        (
            format!("echo '{{\"mode\": \"{SECRET}\", {key}}}'"),
            "it prints a `mode` that is neither `AK` nor `StsToken`",
        ),
        (
            format!("echo '{{\"mode\": \"StsToken\", {key}}}'"),
            "it prints no `sts_token`, although the mode is `StsToken`",
        ),
        (
            format!("echo '{{\"access_key_id\": \"{ID}\"}}'"),
            "it prints no `access_key_secret`",
        ),
        (
            format!("echo '{{{key}, \"sts_token\": [\"{TOKEN}\"]}}'"),
            "it prints a `sts_token` that is a list, not text",
        ),
        ("yes".to_owned(), "it prints more than 65536 bytes"),
    ] {
        assert_eq!(
            outcome(&shell(&script)),
            format!(
                "configuration: the client can't send this: external process /bin/sh: {problem}"
            ),
            "{script}"
        );
    }
    let missing = ExternalProcess::new("/no/such/program").args([SECRET]);
    let line = outcome(&missing);
    let expected = "configuration: the client can't send this: external process /no/such/program: it can't be run: ";
    assert!(line.starts_with(expected), "{line}");
}

#[test]
fn programs_that_do_not_end() {
    for script in ["sleep 2", "exec >&-; sleep 2", "sleep 2 & wait"] {
        let source = shell(script).timeout(Duration::from_millis(100));
        assert_eq!(
            outcome(&source),
            "configuration: the client can't send this: external process /bin/sh: it has not ended after 0.1 s",
            "{script}"
        );
    }
}

#[test]
fn a_program_that_is_not_waited_for_any_more_is_ended() {
    let name = format!("cloud-core-pid-{}", std::process::id());
    let path = std::env::temp_dir().join(name);
    let source = shell(&format!("echo $$ > {}; exec sleep 60", path.display()));
    let surroundings = Surroundings::new(environment(&[]), World::default(), Clock::new());
    let mut load = source.load(&surroundings);
    let mut context = Context::from_waker(Waker::noop());
    assert!(load.as_mut().poll(&mut context).is_pending());
    let pause = Duration::from_millis(5);
    let pid = (0..2_000).find_map(|_| {
        thread::sleep(pause);
        let text = fs::read_to_string(&path).ok()?;
        text.strip_suffix('\n').map(str::to_owned)
    });
    let _ = fs::remove_file(&path);
    let pid = pid.unwrap();
    let is_alive = || {
        let mut kill = Command::new("/bin/sh");
        kill.args(["-c", &format!("kill -0 {pid} 2>/dev/null")]);
        kill.status().unwrap().success()
    };
    assert!(is_alive());
    drop(load);
    let is_gone = (0..2_000).any(|_| {
        thread::sleep(pause);
        !is_alive()
    });
    assert!(is_gone);
}

/// Whoever waits without a runtime is woken too.
#[test]
fn no_runtime_is_needed() {
    let waiting = thread::spawn(|| {
        let surroundings = Surroundings::new(environment(&[]), World::default(), Clock::new());
        let source = shell("sleep 0.05; echo no key");
        pollster::block_on(async { source.load(&surroundings).await.map(drop) })
    });
    let error = waiting.join().unwrap().unwrap_err();
    assert!(
        error
            .message()
            .ends_with("no JSON (expected ident at line 1 column 2)"),
        "{error}"
    );
}
