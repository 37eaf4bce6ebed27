//! Whole services, from the model to the files.

mod sample;

use std::io::Write;
use std::process::{Command, Stdio};

use super::render;
use crate::model::Service;
use crate::output::OutputFile;

fn rendered(services: &[Service]) -> Vec<OutputFile> {
    render(services).unwrap()
}

fn file(path: &str) -> String {
    let files = rendered(&[sample::service()]);
    let file = files.into_iter().find(|file| file.path.ends_with(path));
    file.unwrap_or_else(|| panic!("no file {path}")).contents
}

/// What rustfmt makes of a file, with the settings of the workspace.
fn rustfmt(code: &str) -> String {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(code.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "rustfmt refuses:\n{code}");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn assert_formatted(services: &[Service]) {
    let mut differences = String::new();
    for OutputFile { path, contents } in rendered(services) {
        if path.ends_with(".rs") {
            let expected = rustfmt(&contents);
            let difference = similar::TextDiff::from_lines(&contents, &expected);
            differences.push_str(
                &difference
                    .unified_diff()
                    .header(&path, "rustfmt")
                    .to_string(),
            );
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn a_rich_service_is_a_fixed_point_of_rustfmt() {
    assert_formatted(&[sample::service()]);
}

#[test]
fn names_of_any_length_give_a_fixed_point_of_rustfmt() {
    assert_formatted(&[sample::sweep()]);
}

#[test]
fn a_finished_file_that_is_not_valid_rust_is_refused_with_its_spec() {
    let file = |path: &str, contents: &str| OutputFile {
        path: path.to_owned(),
        contents: contents.to_owned(),
    };
    let spec = "specs/acme-vault/OpenVault.yaml";
    let bad = file(
        "crates/acme-vault/src/open_vault.rs",
        "/// One line,\nand another.\nstruct Vault;\n",
    );
    let error = super::report_bad_rust(spec, &bad).unwrap_err().to_string();
    assert!(error.contains(spec) && error.contains(&bad.path), "{error}");
    for (path, contents) in [
        (
            "crates/acme-vault/src/open_vault.rs",
            "/// One line.\nstruct Vault;\n",
        ),
        ("crates/acme-vault/README.md", "# Not Rust\n"),
    ] {
        assert!(super::report_bad_rust(spec, &file(path, contents)).is_ok());
    }
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    let services = [sample::service(), sample::sweep()];
    assert_eq!(rendered(&services), rendered(&services));
}

#[test]
fn an_example_is_written_with_the_arguments_and_setters_of_its_request() {
    let module = file("src/create_backup.rs");
    let code = [
        "use aliyun_sample::{Client, CreateBackup, CreateBackupArgs, State, Tag};",
        "",
        "# async fn example() -> Result<(), aliyun_sample::Error> {",
        "let client = Client::from_env()?;",
        "let request = CreateBackup::new(CreateBackupArgs {",
        "    name: \"a \\\"name\\\"\".into(),",
        "    state: State::Done,",
        "    password: \"secret\".into(),",
        "    main_tag: Tag::new(\"k\").value(\"v\"),",
        "    ids: vec![\"a\".into(), \"b\".into()],",
        "})",
        ".size(-5)",
        ".tags([Tag::new(\"k\").value(\"v\")])",
        ".region(\"cn-wuhan\");",
    ];
    let code: String = code
        .iter()
        .map(|line| format!("/// {line}").trim_end().to_owned() + "\n")
        .collect();
    assert!(module.contains(&code), "{module}");
}

#[test]
fn required_parameters_are_arguments_and_what_answers_hold_is_optional() {
    let module = file("src/create_backup.rs");
    for code in [
        "pub struct CreateBackupArgs {",
        "    pub password: Secret,\n",
        "    pub fn new(args: CreateBackupArgs) -> Self {\n",
        "    pub fn new(id: i64, names: impl IntoIterator<Item = impl Into<String>>) -> Self {\n",
        "            id: Some(id),\n            names: names.into_iter().map(Into::into).collect(),\n",
        "    pub backups: Vec<Backup>,\n    ",
        "            3 => AsValue::value(&self.main_tag),\n",
        "            Field::new(\"Backups\").aliases(&[\"BackupInfo\", \"Backup\"]),\n",
    ] {
        assert!(module.contains(code), "{code}\nis not in\n{module}");
    }
}

#[test]
fn a_name_that_rust_keeps_for_itself_is_an_error_with_its_place() {
    let mut service = sample::service();
    service.operations[1].request[0].name = "type".to_owned();
    let error = render(&[service]).unwrap_err().to_string();
    assert_eq!(
        error,
        "specs/aliyun-sample/CreateBackup.yaml: the generated code is no Rust: expected identifier, found keyword `type`"
    );
}
