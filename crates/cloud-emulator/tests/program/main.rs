//! The program as its users start it: what it says, how it ends.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests say what is wrong by ending"
)]

#[path = "../common/mod.rs"]
mod common;

use std::net::{SocketAddr, TcpListener};
use std::process::{Command, Output, Stdio};

use cloud_emulator::Fault;
use cloud_emulator::Provider::{Tencent, Ucloud};
use serde_json::Value;

use crate::common::http::{Connection, Request, send};
use crate::common::running::{PROGRAM, Running};
use crate::common::sign::Caller;

fn address(url: &str) -> SocketAddr {
    url.strip_prefix("http://").unwrap().parse().unwrap()
}

/// What the emulator's own API says of the time.
fn now(address: SocketAddr) -> u64 {
    let clock = send(address, &Request::own("GET", "clock", address)).json();
    let format = &time::format_description::well_known::Rfc3339;
    let now = time::OffsetDateTime::parse(clock["now"].as_str().unwrap(), format).unwrap();
    now.unix_timestamp().try_into().unwrap()
}

/// A call, and its code.
fn call(address: SocketAddr, action: &str) -> String {
    let parameters = [
        ("Action", action),
        ("Region", "cn-bj2"),
        ("Zone", "cn-bj2-02"),
        ("BackupId", "8880"),
    ];
    let caller = Caller::new(Ucloud, now(address));
    send(address, &caller.ucloud(&parameters)).code()
}

#[test]
fn what_people_see() {
    let mut program = Running::start(&[]);
    let start = program.until("Requests");
    let url = start[1].rsplit(' ').next().unwrap();
    let has = |wanted: &str| start.iter().any(|line| line == wanted);
    assert!(
        has(&format!("export UCLOUD_API_BASE_URL={url}")),
        "{start:#?}"
    );
    assert!(has(&format!("export TENCENTCLOUD_ENDPOINT={url}")));
    assert!(has(&format!("export ALIBABA_CLOUD_ENDPOINT={url}")));
    assert!(has("export TENCENTCLOUD_SECRET_ID=AKIDemulator"));
    let shows = |wanted: &str| start.iter().any(|line| line.contains(wanted));
    assert!(shows("Tencent Cloud Redis") && shows("ucloud-usnap"));
    assert!(shows("LTAIemulator"));

    let address = address(url);
    assert_eq!(call(address, "DescribeUDBInstanceBackupState"), "");
    let line = program.line();
    assert_eq!(line.split("  ").nth(1), Some("UCloud"), "{line}");
    assert!(
        line.contains("DescribeUDBInstanceBackupState  accepted    the SHA-1 signature of"),
        "{line}"
    );
    assert!(!line.contains('\x1b'), "colours are for terminals: {line}");

    // A caller can neither colour the line nor end it.
    assert_eq!(call(address, "\x1b[31mNo\nSuch"), "161");
    let line = program.line();
    assert!(
        line.contains(r"\u{1b}[31mNo\nSuch")
            && line.contains("refused     161: the emulator has no spec of this action"),
        "{line}"
    );

    // The code stands once.
    let parameters = [
        ("Action", "DescribeUDBInstanceBackupState"),
        ("Region", "cn-bj2"),
        ("Zone", "cn-bj2-02"),
        ("BackupId", "1"),
    ];
    let request = Caller::new(Ucloud, now(address)).ucloud(&parameters);
    let code = send(address, &request).code();
    let line = program.line();
    assert_eq!(line.matches(&code).count(), 1, "{line}");

    let mut connection = Connection::open(address);
    connection.write(b"\x16\x03\x01\x02\x00\x01").unwrap();
    let _ = connection.rest();
    let line = program.line();
    assert!(
        line.contains("nobody's       TLS ") && line.contains("does not speak TLS"),
        "{line}"
    );

    let rule = r#"{"fault":{"throttled":{"retry_after":{"seconds":3}}},"times":1}"#;
    let rule = Request::own("POST", "faults", address).json(rule);
    assert_eq!(send(address, &rule).status, 200);
    assert_eq!(call(address, "DescribeUDBInstanceBackupState"), "153");
    let line = program.line();
    assert!(
        line.ends_with(r#"fault       {"throttled":{"retry_after":{"seconds":3}}}"#),
        "{line}"
    );

    send(address, &Request::new("GET", "/robots.txt"));
    let line = program.line();
    assert!(
        line.contains("nobody's") && line.contains("GET /robots.txt"),
        "{line}"
    );
    assert_eq!(program.end(), (Some(0), String::new()));
}

const README: &str = include_str!("../../README.md");

#[test]
fn the_lines_in_the_readme_are_those_of_the_program() {
    let (_, block) = README.split_once("```text\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    // All but the time.
    let expected: Vec<&str> = block.lines().map(|line| &line[8..]).collect();

    let mut program = Running::start(&[]);
    let start = program.until("Requests");
    let address = address(start[1].rsplit(' ').next().unwrap());
    call(address, "DescribeUDBInstanceBackupState");
    let operation = ("redis", "2018-04-12", "DescribeInstanceBackups");
    let body = r#"{"InstanceId":"crs-5a4py64p","Limit":1000}"#;
    let request = Caller::new(Tencent, now(address)).tencent(operation, body);
    send(address, &request.header("x-tc-region", "ap-guangzhou"));
    let lines = [program.line(), program.line()];
    assert_eq!(lines.each_ref().map(|line| &line[8..]).to_vec(), expected);
}

#[test]
fn the_commands_in_the_readme_start() {
    let lines = README.lines();
    let commands: Vec<&str> = lines
        .filter_map(|line| line.strip_prefix("$ cargo run -p cloud-emulator"))
        .collect();
    assert_eq!(commands.len(), 3, "{commands:?}");
    for command in commands {
        let options = command.strip_prefix(" -- ").unwrap_or_default();
        // A part between quotes is one word.
        let parts = options.split('\'').enumerate();
        let words: Vec<&str> = parts
            .flat_map(|(index, part)| match index % 2 {
                0 => part.split_whitespace().collect(),
                _ => vec![part],
            })
            .collect();
        let mut program = Running::start(&words);
        program.until("Requests");
        assert_eq!(program.end().0, Some(0), "{command}");
    }
}

#[test]
fn what_programs_read() {
    let fault = r#"{"fault":{"server_error":{"status":500,"coded":true}},"times":1}"#;
    let options = [
        "--json",
        "--clock-shift",
        "-7200",
        "--seed",
        "7",
        "--fail",
        fault,
        "--require-metadata-token",
    ];
    let mut program = Running::start(&options);
    let start: Value = serde_json::from_str(&program.line()).unwrap();
    let address = address(start["url"].as_str().unwrap());
    assert_eq!(start["port"], address.port());
    assert_eq!(start["environment"]["ALIBABA_CLOUD_ENDPOINT"], start["url"]);
    assert_eq!(
        start["environment"]["ALIBABA_CLOUD_CREDENTIALS_URI"],
        Value::Null
    );
    let services = start["services"].as_array().unwrap();
    let usnap = services
        .iter()
        .find(|service| service["name"] == "ucloud-usnap");
    let actions = usnap.unwrap()["actions"].as_array().unwrap();
    assert!(
        actions
            .iter()
            .any(|action| action == "DescribeUSnapBackupRange")
    );

    let clock = send(address, &Request::own("GET", "clock", address)).json();
    assert_eq!(clock["shift_seconds"], -7_200);
    for (code, verdict) in [("130", "faulted"), ("", "accepted")] {
        assert_eq!(call(address, "DescribeUDBInstanceBackupState"), code);
        let request: Value = serde_json::from_str(&program.line()).unwrap();
        assert_eq!(request["action"], "DescribeUDBInstanceBackupState");
        assert_eq!(request["verdict"]["verdict"], verdict);
    }
    assert_eq!(program.end(), (Some(0), String::new()));
}

/// `eval "$(cloud-emulator --print-env)"` is for a shell beside the one that the emulator runs in.
#[test]
fn what_shells_read() {
    let output = run(&["--print-env", "--port", "4081"]);
    assert_eq!(output.status.code(), Some(0));
    let environment = String::from_utf8(output.stdout).unwrap();
    for line in environment.lines() {
        let is_export = line.starts_with("export ") && line.contains('=');
        assert!(is_export || line.starts_with("unset "), "{line}");
    }
    assert!(environment.starts_with("export CLOUD_EMULATOR_URL=http://127.0.0.1:4081\n"));
    for token in [
        "UCLOUD_SECURITY_TOKEN",
        "TENCENTCLOUD_TOKEN",
        "ALIBABA_CLOUD_SECURITY_TOKEN",
    ] {
        assert!(
            environment.contains(&format!("unset {token}\n")),
            "{environment}"
        );
    }
    let endpoint = "export TENCENTCLOUD_ENDPOINT=http://127.0.0.1:4081\n";
    assert!(environment.contains(endpoint), "{environment}");
    assert!(environment.contains("CREDENTIALS_URI"));

    // It is what an emulator with these options shows itself.
    let mut program = Running::start(&[]);
    let shown = program.until("Requests");
    let url = shown[1].rsplit(' ').next().unwrap();
    let environment = environment.replace("http://127.0.0.1:4081", url);
    let exports: Vec<&str> = shown
        .iter()
        .map(|line| line.as_str())
        .filter(|line| line.starts_with("export ") || line.starts_with("unset "))
        .collect();
    assert_eq!(exports, environment.lines().collect::<Vec<_>>());

    let hardened = run(&["--print-env", "--require-metadata-token"]).stdout;
    let hardened = String::from_utf8(hardened).unwrap();
    assert!(!hardened.contains("CREDENTIALS_URI"), "{hardened}");
}

/// Each fault that has a name, narrowed so that it strikes once.
#[test]
fn faults_by_name() {
    let names: Vec<&str> = Fault::KINDS.iter().map(|kind| kind.name).collect();
    let narrowed = [
        "--provider",
        "tencent",
        "--action",
        "A",
        "--path",
        "/",
        "--times",
        "3",
        "--probability",
        "0.5",
    ];
    let options: Vec<&str> = names
        .iter()
        .flat_map(|name| ["--fail", name].into_iter().chain(narrowed))
        .collect();
    let mut program = Running::start(&[&["--json"], &*options].concat());
    let start: Value = serde_json::from_str(&program.line()).unwrap();
    let address = address(start["url"].as_str().unwrap());
    let rules = send(address, &Request::own("GET", "faults", address)).json();
    let rules = rules.as_array().unwrap();
    assert_eq!(rules.len(), names.len());
    for (name, entry) in names.iter().zip(rules) {
        let rule = &entry["rule"];
        let fault = rule["fault"]
            .as_object()
            .and_then(|fault| fault.keys().next());
        assert_eq!(
            fault.map_or(rule["fault"].as_str(), |fault| Some(fault)),
            Some(*name)
        );
        let narrowed = [
            &rule["provider"],
            &rule["action"],
            &rule["path"],
            &rule["times"],
            &rule["probability"],
        ];
        assert_eq!(
            format!("{narrowed:?}"),
            r#"[String("tencent"), String("A"), String("/"), Number(3), Number(0.5)]"#
        );
    }
}

/// A parent process may read the first line and nothing more.
#[test]
fn nobody_has_to_read_the_lines() {
    let mut program = Running::start(&["--json"]);
    let start: Value = serde_json::from_str(&program.line()).unwrap();
    let mut connection = Connection::open(address(start["url"].as_str().unwrap()));
    // More than fit into the pipe and wait behind it.
    for _ in 0..2_000 {
        let answer = connection.send(&Request::new("GET", "/nobody")).unwrap();
        assert_eq!(answer.status, 404);
    }
    assert_eq!(program.end(), (Some(0), String::new()));
}

fn run(options: &[&str]) -> Output {
    Command::new(PROGRAM)
        .args(options)
        // One that serves ends at once.
        .arg("--exit-with-stdin")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[test]
fn what_it_cannot_do_it_says_before_it_serves() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let folder = env!("CARGO_MANIFEST_DIR");
    let not_data = format!("{folder}/Cargo.toml");
    let no_tables = format!("{folder}/src");
    for (options, said) in [
        (&["--port", &*port][..], "is taken\nhelp: `--port 0`"),
        (&["--port", "70000"], "a port is a number from 0 to 65535"),
        (
            &["--data", "/no/such/file"],
            "/no/such/file: cannot be read",
        ),
        (&["--port", "0", "--data", &not_data], "Cargo.toml:1:"),
        (
            &["--port", "0", "--tables", &no_tables],
            "there is no `service.json` in this folder",
        ),
        (&["--prot", "1"], "--prot"),
        (&["emulate"], "emulate"),
        (&["--seed", "x"], "\"x\""),
        (&["--fail", "lunch"], "one of throttled, server_error"),
        (
            &["--fail", r#"{"fault":"lunch"}"#],
            "unknown variant `lunch`",
        ),
        (&["--times", "2"], "give it after a `--fail`"),
        (&["--fail", "slow", "--probability", "2"], "from 0 to 1"),
        (
            &["--fail", "slow", "--provider", "ours"],
            "`ucloud`, `tencent` or `aliyun`",
        ),
        (&["--json", "--print-env"], "exclude each other"),
        (&["--print-env", "--port", "0"], "needs to know the port"),
        (&["--fail", "slow", "--times", "0"], "\"0\""),
        (
            &["--fail", r#"{"fault":"slow","times":0}"#],
            "expected a nonzero",
        ),
    ] {
        let output = run(options);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{options:?}: {errors}");
        assert!(
            errors.starts_with("error: ") && errors.contains(said),
            "{options:?}: {errors}"
        );
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn help_and_version() {
    let help = String::from_utf8(run(&["--help"]).stdout).unwrap();
    for option in [
        "--port",
        "--tables",
        "--data",
        "--seed",
        "--clock-shift",
        "--fail",
        "--require-metadata-token",
        "--json",
        "--print-env",
        "--exit-with-stdin",
    ] {
        assert!(help.contains(&format!("\n  {option}")), "{option}");
    }
    for kind in Fault::KINDS {
        assert!(help.contains(kind.meaning), "{}", kind.name);
    }
    let version = run(&["--version"]);
    assert_eq!(version.status.code(), Some(0));
    assert_eq!(
        version.stdout,
        concat!("cloud-emulator ", env!("CARGO_PKG_VERSION"), "\n").as_bytes()
    );
}
