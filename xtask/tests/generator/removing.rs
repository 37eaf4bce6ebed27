//! A service that is removed or renamed while the workspace still depends on its crate.

use serde_json::Value;

use crate::workspace::Workspace;

const CRATE: &str = "crates/acme-disk/Cargo.toml";

/// A workspace that depends on both crates, without the specs of one.
fn without_disk() -> Workspace {
    let workspace = Workspace::generated();
    let dependencies = "[workspace.dependencies]
acme-vault = { path = \"crates/acme-vault\" }
acme-disk = { path = \"crates/acme-disk\" }
";
    workspace.write("Cargo.toml", dependencies);
    workspace.write(
        "crates/monitor/Cargo.toml",
        "[package]\nname = \"monitor\"\n# It needs acme-disk.\n[dependencies.acme-disk]\nworkspace = true\n",
    );
    workspace.write(
        "crates/other/Cargo.toml",
        "[dependencies]\nacme-disk-2 = \"1\"\n",
    );
    workspace.write(
        "target/package/x/Cargo.toml",
        "[dependencies]\nacme-disk = \"1\"\n",
    );
    std::fs::remove_dir_all(workspace.path("specs/acme-disk")).unwrap();
    workspace
}

#[test]
fn a_crate_that_is_still_named_is_not_removed() {
    let workspace = without_disk();
    let files = workspace.files();
    for arguments in [&["gen"][..], &["gen", "--check"]] {
        let run = workspace.xtask(arguments);
        assert_eq!(run.code, Some(1), "{run:?}");
        let named: Vec<&str> = run
            .err
            .lines()
            .filter(|line| line.starts_with("named "))
            .collect();
        assert_eq!(
            named,
            [
                "named    Cargo.toml:3 (`acme-disk`, which no spec makes any more)",
                "named    crates/monitor/Cargo.toml:4 (`acme-disk`, which no spec makes any more)",
            ]
        );
        assert!(run.err.contains("remove the named dependencies"), "{run:?}");
        assert_eq!(workspace.files(), files);
    }
}

#[test]
fn places_that_name_it_are_findings_with_lines() {
    let run = without_disk().xtask(&["gen", "--message-format=json"]);
    let found: Vec<Value> = run
        .out
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let places: Vec<_> = found
        .iter()
        .map(|finding| (&finding["code"], &finding["file"], &finding["line"]))
        .collect();
    assert_eq!(
        places,
        [
            (&"S092".into(), &"Cargo.toml".into(), &3.into()),
            (
                &"S092".into(),
                &"crates/monitor/Cargo.toml".into(),
                &4.into()
            ),
        ]
    );
}

#[test]
fn a_crate_that_nothing_names_any_more_is_removed() {
    let workspace = without_disk();
    workspace.edit(
        "Cargo.toml",
        "acme-disk = { path = \"crates/acme-disk\" }\n",
        "",
    );
    workspace.edit(
        "crates/monitor/Cargo.toml",
        "[dependencies.acme-disk]\nworkspace = true\n",
        "",
    );
    let run = workspace.xtask(&["gen"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(!workspace.path(CRATE).exists());
    assert!(workspace.path("crates/acme-vault/Cargo.toml").exists());
    assert_eq!(workspace.xtask(&["gen", "--check"]).code, Some(0));
}

/// Only a whole crate is looked for: an operation may go while its crate is used.
#[test]
fn an_operation_is_removed_from_a_crate_that_is_named() {
    let workspace = Workspace::generated();
    workspace.write(
        "Cargo.toml",
        "[workspace.dependencies]\nacme-disk = { path = \"crates/acme-disk\" }\n",
    );
    workspace.remove("specs/acme-disk/ResizeUDisk.yaml");
    let run = workspace.xtask(&["gen"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        !workspace
            .path("crates/acme-disk/src/resize_udisk.rs")
            .exists()
    );
    assert!(workspace.path(CRATE).exists());
}
