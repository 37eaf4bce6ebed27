//! A run on specs with mistakes: how it ends, what it leaves alone, and how it tells what it found.

use std::fs;

use serde_json::Value;

use crate::workspace::{Run, Workspace};

/// Runs `gen` after a change and makes sure that it wrote nothing.
fn run_after(change: impl FnOnce(&Workspace), arguments: &[&str]) -> Run {
    let workspace = Workspace::new();
    change(&workspace);
    let files = workspace.files();
    let run = workspace.xtask(arguments);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert_eq!(workspace.files(), files);
    run
}

/// Two mistakes in two files, and a warning.
fn two_mistakes(workspace: &Workspace) {
    let disk = "specs/acme-disk/ResizeUDisk.yaml";
    workspace.edit(disk, "effect: write", "effect: wirte");
    workspace.edit(
        "specs/acme-vault/DescribeVaults.yaml",
        "default: 20",
        "defualt: 20",
    );
    workspace.edit(
        disk,
        "required: true, doc: \"What it is.\"",
        "required: true",
    );
}

#[test]
fn everything_is_told_at_once_and_nothing_written() {
    let run = run_after(two_mistakes, &["gen"]);
    assert_eq!(run.out, "");
    assert!(
        run.err
            .starts_with("error[S023]: `effect` cannot be `wirte`\n"),
        "{run:?}"
    );
    assert!(
        run.err.ends_with(
            "\nerror: 2 mistakes and 1 warning in the specs; nothing was written\nhelp: `cargo xtask explain S020 S023` says more\n"
        ),
        "{run:?}"
    );
}

#[test]
fn findings_for_programs_are_a_line_of_json_each() {
    let run = run_after(two_mistakes, &["gen", "--message-format", "json"]);
    let lines: Vec<Value> = run
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let codes: Vec<&str> = lines
        .iter()
        .map(|line| line["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["S023", "S080", "S020"]);
    assert_eq!(lines[0]["file"], "specs/acme-disk/ResizeUDisk.yaml");
    assert_eq!(lines[0]["severity"], "error");
    assert_eq!(lines[1]["severity"], "warning");
    assert_eq!(
        (&lines[0]["line"], &lines[0]["column"]),
        (&4.into(), &9.into())
    );
    assert!(run.err.starts_with("error: 2 mistakes"), "{run:?}");
}

#[test]
fn findings_for_github_are_workflow_commands() {
    let run = run_after(two_mistakes, &["gen", "--check", "--message-format=github"]);
    let first = run.out.lines().next().unwrap();
    assert_eq!(
        first,
        "::error file=specs/acme-disk/ResizeUDisk.yaml,line=4,col=9,endLine=4,endColumn=14,title=S023%3A a word that is none of those \
         allowed::`effect` cannot be `wirte`%0Ahelp: did you mean `write`?"
    );
    assert_eq!(run.out.lines().count(), 3);
    assert!(run.err.starts_with("error[S023]"), "{run:?}");
}

#[test]
fn stale_files_are_findings_too() {
    let workspace = Workspace::generated();
    workspace.edit(
        "specs/acme-vault/service.yaml",
        "An invented service that keeps things.",
        "It keeps things.",
    );
    workspace.remove("crates/acme-disk/src/lib.rs");
    workspace.write("crates/acme-disk/src/extra.rs", "");
    workspace.write("specs/service.schema.json", "{}");
    let run = workspace.xtask(&["gen", "--check", "--message-format=json"]);
    assert_eq!(run.code, Some(1));
    let found: Vec<Value> = run
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let code_of = |path: &str| {
        let finding = found.iter().find(|finding| finding["file"] == path);
        finding.map(|finding| finding["code"].as_str().unwrap())
    };
    assert_eq!(code_of("crates/acme-vault/src/lib.rs"), Some("S090"));
    assert_eq!(code_of("crates/acme-disk/src/lib.rs"), Some("S090"));
    assert_eq!(code_of("crates/acme-disk/src/extra.rs"), Some("S091"));
    assert_eq!(code_of("specs/service.schema.json"), Some("S090"));
    assert_eq!(code_of("specs/acme-vault/service.yaml"), None);
    for finding in &found {
        assert_eq!(finding["line"], Value::Null);
        let message = finding["message"].as_str().unwrap();
        assert!(
            message.contains("run `cargo xtask gen`") || message.contains("move it"),
            "{finding}"
        );
    }

    let run = workspace.xtask(&["gen", "--message-format=github"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(
        run.out,
        "::error file=crates/acme-disk/src/extra.rs,title=S091%3A a file in a generated crate that was not generated::it is not \
         on the list of generated files: move it to a crate of its own, or remove it\n"
    );
}

#[test]
fn what_the_disk_does_not_give() {
    let run = run_after(
        |workspace| fs::remove_dir_all(workspace.path("specs")).unwrap(),
        &["gen"],
    );
    assert!(
        run.err.starts_with("error[S001]: this cannot be read: "),
        "{run:?}"
    );
    let run = run_after(
        |workspace| workspace.write("specs/acme-disk/Large.yaml", "#".repeat((1 << 20) + 1)),
        &["gen"],
    );
    assert!(
        run.err
            .contains("it has 1048577 bytes, and a spec may have 1048576"),
        "{run:?}"
    );
}
