//! What `gen` writes and removes, and what `gen --check` refuses.

use crate::workspace::Workspace;

const LIB: &str = "crates/acme-vault/src/lib.rs";
const LIST: &str = "specs/generated.txt";
const CATALOGUE: &str = "crates/README.md";

#[test]
fn a_second_run_writes_nothing_and_says_the_same_as_a_third() {
    let workspace = Workspace::new();
    let first = workspace.xtask(&["gen"]);
    assert_eq!(first.code, Some(0), "{first:?}");
    assert!(
        first
            .out
            .starts_with("read 2 services: 2 operations, 2 records, 2 enums\nwrote   crates/"),
        "{first:?}"
    );
    assert_eq!(first.err, "");
    let files = workspace.files();
    assert!(files.contains_key(LIB) && files.contains_key(LIST));

    let second = workspace.xtask(&["gen"]);
    assert_eq!(second.code, Some(0));
    assert!(
        second.out.contains("wrote 0 files, removed 0, "),
        "{second:?}"
    );
    assert_eq!(workspace.files(), files);
    assert_eq!(workspace.xtask(&["gen"]).out, second.out);
}

#[test]
fn the_list_names_every_generated_file() {
    let workspace = Workspace::generated();
    let list = workspace.read(LIST);
    let (comments, listed): (Vec<&str>, Vec<&str>) =
        list.lines().partition(|line| line.starts_with('#'));
    assert_eq!(comments.len(), 1);
    let files = workspace.files();
    let generated: Vec<&str> = files
        .keys()
        .map(String::as_str)
        // The list of the crates is there whatever the specs say.
        .filter(|path| path.starts_with("crates/") && *path != CATALOGUE)
        .collect();
    assert_eq!(listed, generated);
}

#[test]
fn check_is_content_with_what_gen_wrote() {
    let workspace = Workspace::generated();
    let files = workspace.files();
    let run = workspace.xtask(&["gen", "--check"]);
    assert_eq!((run.code, &*run.err), (Some(0), ""), "{run:?}");
    assert_eq!(workspace.files(), files);
}

#[test]
fn check_names_every_file_that_is_not_right_and_writes_nothing() {
    let workspace = Workspace::generated();
    workspace.write(LIB, "// Touched.\n".to_owned() + &workspace.read(LIB));
    workspace.remove("crates/acme-vault/README.md");
    workspace.write("crates/acme-disk/src/extra.rs", "");
    workspace.write(
        "crates/acme-vault/Cargo.toml",
        workspace
            .read("crates/acme-vault/Cargo.toml")
            .replace('\n', "\r\n"),
    );
    let files = workspace.files();

    let run = workspace.xtask(&["gen", "--check"]);
    assert_eq!(run.code, Some(1));
    for line in [
        "stale    crates/acme-vault/Cargo.toml (only the line ends differ: CRLF on disk, LF wanted)\n",
        "stale    crates/acme-vault/src/lib.rs\n    --- on disk\n    +++ generated\n    @@ -1,4 +1,3 @@\n    -// Touched.\n",
        "missing  crates/acme-vault/README.md\n",
        "stray    crates/acme-disk/src/extra.rs (not on the list of generated files)\n",
        "move stray files to a crate of their own, or remove them\n",
        "help: run `cargo xtask gen`",
    ] {
        assert!(run.err.contains(line), "{line}\n{}", run.err);
    }
    assert_eq!(workspace.files(), files);

    // `gen` mends all but the stray file, which may be somebody's work.
    let run = workspace.xtask(&["gen"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.err.contains("crates/acme-disk/src/extra.rs")
            && run.err.contains("nothing was written"),
        "{run:?}"
    );
    assert_eq!(workspace.files(), files);
    workspace.remove("crates/acme-disk/src/extra.rs");
    let run = workspace.xtask(&["gen"]);
    assert!(run.out.contains("wrote 3 files, removed 0, "), "{run:?}");
    assert_eq!(workspace.xtask(&["gen", "--check"]).code, Some(0));
}

#[test]
fn long_diffs_are_cut() {
    let workspace = Workspace::generated();
    workspace.write(LIB, "// Something else altogether.\n".repeat(1000));
    let run = workspace.xtask(&["gen", "--check"]);
    assert!(run.err.contains("more lines\n"), "{run:?}");
    assert!(run.err.lines().count() < 60, "{run:?}");
}

#[test]
fn what_no_spec_makes_any_more_is_removed_with_its_folders() {
    let workspace = Workspace::generated();
    let before = workspace.files();
    std::fs::remove_dir_all(workspace.path("specs/acme-disk")).unwrap();
    let run = workspace.xtask(&["gen", "--check"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.err
            .contains("orphan   crates/acme-disk/src/lib.rs (no spec makes it any more)\n"),
        "{run:?}"
    );

    let run = workspace.xtask(&["gen"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.out.contains("removed crates/acme-disk/src/lib.rs\n"),
        "{run:?}"
    );
    assert!(!workspace.path("crates/acme-disk").exists());
    let kept = |path: &str| ![LIST, CATALOGUE].contains(&path) && !path.contains("acme-disk");
    let before: Vec<_> = before.into_iter().filter(|(path, _)| kept(path)).collect();
    let after: Vec<_> = workspace
        .files()
        .into_iter()
        .filter(|(path, _)| kept(path))
        .collect();
    assert_eq!(after, before);
    assert_eq!(workspace.xtask(&["gen", "--check"]).code, Some(0));
}

#[test]
fn a_file_that_is_not_on_the_list_is_never_removed() {
    let workspace = Workspace::generated();
    std::fs::remove_dir_all(workspace.path("specs/acme-disk")).unwrap();
    workspace.write("crates/acme-disk/src/mine.rs", "// Hours of work.");
    let run = workspace.xtask(&["gen"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.err.starts_with(
            "stray    crates/acme-disk/src/mine.rs (not on the list of generated files)\n"
        ),
        "{run:?}"
    );
    assert_eq!(
        workspace.read("crates/acme-disk/src/mine.rs"),
        "// Hours of work."
    );
    assert!(workspace.path("crates/acme-disk/src/lib.rs").exists());
}

#[test]
fn a_file_written_by_hand_where_one_is_wanted_is_never_overwritten() {
    let workspace = Workspace::new();
    let mine = [
        LIB,
        "crates/acme-vault/Cargo.toml",
        "crates/acme-vault/README.md",
        "crates/cloud-emulator/tables/acme-vault/service.json",
    ];
    for path in mine {
        workspace.write(path, "// Hours of work.\n");
    }
    let files = workspace.files();
    for arguments in [&["gen"][..], &["gen", "--check"]] {
        let run = workspace.xtask(arguments);
        assert_eq!(run.code, Some(1), "{run:?}");
        for path in mine {
            let line = format!("stray    {path} (not on the list of generated files)\n");
            assert!(run.err.contains(&line), "{run:?}");
        }
        assert_eq!(workspace.files(), files);
    }

    // What is there and as it is wanted is no obstacle: the list may have been lost.
    for path in mine {
        workspace.remove(path);
    }
    assert_eq!(workspace.xtask(&["gen"]).code, Some(0));
    workspace.remove(LIST);
    assert_eq!(workspace.xtask(&["gen"]).code, Some(0));
    assert_eq!(workspace.xtask(&["gen", "--check"]).code, Some(0));
}

#[test]
fn a_list_that_leads_out_of_the_crates_is_refused() {
    for path in [
        "Cargo.toml",
        "crates/../Cargo.toml",
        "/etc/hosts",
        "specs/acme-disk/service.yaml",
        "crates/cloud-emulator/src/lib.rs",
    ] {
        let workspace = Workspace::generated();
        workspace.write("Cargo.toml", "[workspace]");
        workspace.write(LIST, workspace.read(LIST) + path + "\n");
        let files = workspace.files();
        let run = workspace.xtask(&["gen"]);
        assert_eq!(run.code, Some(1), "{path}");
        assert!(
            run.err
                .contains(&format!("`{path}` is no path in a generated folder")),
            "{run:?}"
        );
        assert_eq!(workspace.files(), files);
    }
}

#[test]
#[cfg(unix)]
fn links_are_not_followed() {
    let elsewhere = tempfile::tempdir().unwrap();
    let workspace = Workspace::new();
    std::fs::create_dir_all(workspace.path("crates")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), workspace.path("crates/acme-vault")).unwrap();
    let run = workspace.xtask(&["gen"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("crates/acme-vault is a link"), "{run:?}");
    assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    assert!(!workspace.path(LIST).exists());
}

#[test]
fn hidden_files_and_readmes_beside_specs_are_passed_over() {
    let workspace = Workspace::generated();
    workspace.write("specs/README.md", "# Specs");
    workspace.write("specs/acme-disk/README.md", "# Disk");
    workspace.write("specs/acme-disk/.ResizeUDisk.yaml.swp", "\u{0}");
    workspace.write("specs/.idea/x.yaml", "a: b");
    let run = workspace.xtask(&["gen", "--check"]);
    assert_eq!((run.code, &*run.err), (Some(0), ""));
}

#[test]
fn a_warning_stops_nothing() {
    let workspace = Workspace::new();
    workspace.edit(
        "specs/acme-disk/ResizeUDisk.yaml",
        ", doc: \"Its new size.\"",
        "",
    );
    let run = workspace.xtask(&["gen"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.err.starts_with("warning[S080]: a request field should have the key `doc`\n --> specs/acme-disk/ResizeUDisk.yaml:8:3\n"),
        "{run:?}"
    );
    assert!(
        run.err.ends_with("\n\nwarning: 1 warning in the specs\n"),
        "{run:?}"
    );
}

#[test]
fn warnings_can_be_denied() {
    let workspace = Workspace::generated();
    let run = workspace.xtask(&["gen", "--check", "--deny-warnings"]);
    assert_eq!((run.code, &*run.err), (Some(0), ""), "{run:?}");
    workspace.edit(
        "specs/acme-vault/DescribeVaults.yaml",
        "Password: { type: string, sensitive: true,",
        "Password: { type: string,",
    );
    let files = workspace.files();
    for arguments in [
        &["gen", "--deny-warnings"][..],
        &["gen", "--check", "--deny-warnings"],
    ] {
        let run = workspace.xtask(arguments);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(
            run.err.starts_with("warning[S088]: `Password` seems to be a secret\n")
                && run.err.ends_with(
                    "error: warnings are denied; nothing was written\nhelp: `cargo xtask explain S088` says more\n"
                ),
            "{run:?}"
        );
        assert_eq!(workspace.files(), files);
    }
    assert_eq!(workspace.xtask(&["gen"]).code, Some(0));

    let vault = "specs/acme-vault/DescribeVaults.yaml";
    workspace.edit(
        vault,
        "Password: { type: string,",
        "Password: { type: string, sensitive: false,",
    );
    let run = workspace.xtask(&["gen", "--check", "--deny-warnings"]);
    assert_eq!((run.code, &*run.err), (Some(0), ""), "{run:?}");
}

#[test]
fn a_command_that_is_not_there_is_answered_with_one_that_is() {
    let workspace = Workspace::new();
    let run = workspace.xtask(&["gne"]);
    assert_eq!(run.code, Some(2));
    assert_eq!(
        run.err,
        "error: there is no command `gne`\nhelp: did you mean `gen`?\n"
    );
}
