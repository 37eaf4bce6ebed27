//! What is said about mistakes in specs. In every case nothing is written.
//!
//! Each file of `mistakes/` is one case: a spec's path, what is changed in it (`-` before, `+` after), and after an empty line what
//! is said then. `UPDATE_EXPECTED=1 cargo test -p xtask` writes the last part anew; look at the difference before you commit it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::workspace::{Run, Workspace};

/// Runs `gen` after a change and makes sure that it wrote nothing.
fn run_after(change: impl FnOnce(&Workspace)) -> Run {
    let workspace = Workspace::new();
    change(&workspace);
    let files = workspace.files();
    let run = workspace.xtask(&["gen"]);
    assert_eq!((run.code, &*run.out), (Some(1), ""), "{run:?}");
    assert_eq!(workspace.files(), files);
    run
}

#[test]
fn each_mistake_is_told_with_its_place_and_what_to_do() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let text = fs::read_to_string(&case).unwrap();
        let (changes, expected) = text.split_once("\n\n").unwrap_or((text.trim_end(), ""));
        let (path, changes) = changes.split_once('\n').unwrap();
        let said = run_after(|workspace| {
            let lines: Vec<&str> = changes.lines().collect();
            for change in lines.chunks(2) {
                let [from, to] = [change[0].strip_prefix("- "), change[1].strip_prefix('+')];
                workspace.edit(path, from.unwrap(), to.unwrap().trim_start_matches(' '));
            }
        })
        .err;
        if said != expected {
            if update {
                fs::write(&case, format!("{path}\n{changes}\n\n{said}")).unwrap();
            }
            wrong.push(format!(
                "{}\n--- expected\n{expected}\n--- said\n{said}",
                case.display()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/generator/mistakes");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    cases
}

#[test]
fn all_mistakes_of_all_files_are_told_at_once_in_their_order() {
    let run = run_after(|workspace| {
        workspace.edit(
            "specs/acme-disk/ResizeUDisk.yaml",
            "effect: write",
            "effect: wirte",
        );
        workspace.edit("specs/acme-disk/ResizeUDisk.yaml", "type: i32", "type: i33");
        workspace.edit(
            "specs/acme-vault/DescribeVaults.yaml",
            "default: 20",
            "default: twenty",
        );
        workspace.edit(
            "specs/acme-vault/DescribeVaults.yaml",
            "multiple_of: Limit",
            "multiple_of: Limits",
        );
        workspace.edit(
            "specs/acme-vault/service.yaml",
            "kind: throttled",
            "kind: throtled",
        );
    });
    let places: Vec<&str> = run
        .err
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("--> specs/acme-"))
        .collect();
    assert_eq!(
        places,
        [
            "disk/ResizeUDisk.yaml:3:9",
            "disk/ResizeUDisk.yaml:7:17",
            "vault/DescribeVaults.yaml:8:32",
            "vault/DescribeVaults.yaml:9:37",
            "vault/service.yaml:14:23",
        ]
    );
    assert!(
        run.err
            .ends_with("\nerror: 5 mistakes in the specs; nothing was written\n"),
        "{run:?}"
    );
}

#[test]
fn the_type_of_another_operation() {
    let run = run_after(|workspace| {
        workspace.write(
            "specs/acme-vault/OpenVault.yaml",
            "summary: \"Open.\"\nreference: https://acme.example\neffect: write\nresponse: { State: { type: VaultState, doc: \"x\" } }\n",
        );
    });
    let said = "\
error[S030]: there is no type `VaultState`
  --> specs/acme-vault/OpenVault.yaml:4:28
   |
 4 | response: { State: { type: VaultState, doc: \"x\" } }
   |                            ^^^^^^^^^^
   |
  ::: specs/acme-vault/DescribeVaults.yaml:24:3
   |
24 |   VaultState:
   |   ---------- only `DescribeVaults` has it
   |
   = help: move the type to `types` of `service.yaml`: every operation can use it there
";
    assert!(run.err.starts_with(said), "{}", run.err);
}

#[test]
fn files_that_are_no_specs() {
    for (path, contents, said) in [
        (
            "specs/acme-disk/ResizeUDisk.yaml",
            &b"summary: \"\xff\""[..],
            "error[S002]: the file is not UTF-8\n --> specs/acme-disk/ResizeUDisk.yaml:1:11\n",
        ),
        (
            "specs/acme-disk/ResizeUDisk.yaml",
            b"",
            "error[S003]: the file holds nothing\n--> specs/acme-disk/ResizeUDisk.yaml\n",
        ),
        (
            "specs/acme-disk/ResizeUDisk.yaml",
            b"- a\n- b\n",
            "error[S022]: the file must be a mapping\n --> specs/acme-disk/ResizeUDisk.yaml:1:1\n",
        ),
        (
            "specs/acme-moon/Land.yaml",
            b"effect: read\n",
            "error[S004]: the folder has no `service.yaml`\n--> specs/acme-moon\n",
        ),
        (
            "specs/Land.yaml",
            b"effect: read\n",
            "error[S005]: a spec outside a service's folder\n--> specs/Land.yaml\n",
        ),
        (
            "specs/acme-disk/notes.txt",
            b"",
            "error[S005]: this is not a spec\n--> specs/acme-disk/notes.txt\n",
        ),
    ] {
        let run = run_after(|workspace| workspace.write(path, contents));
        assert!(run.err.contains(said), "{run:?}");
    }
}

#[test]
fn names_of_files_and_folders() {
    let run = run_after(|workspace| {
        fs::rename(
            workspace.path("specs/acme-disk"),
            workspace.path("specs/Acme_Disk"),
        )
        .unwrap();
        fs::rename(
            workspace.path("specs/acme-vault/DescribeVaults.yaml"),
            workspace.path("specs/acme-vault/describe-vaults.yaml"),
        )
        .unwrap();
    });
    assert!(
        run.err.contains(
            "error[S006]: `Acme_Disk` cannot be the name of a crate\n--> specs/Acme_Disk\n"
        ),
        "{run:?}"
    );
    assert!(
        run.err
            .contains("error[S006]: `describe-vaults` cannot be the name of an action\n"),
        "{run:?}"
    );
}

#[test]
fn a_folder_without_specs() {
    let run = run_after(|workspace| fs::remove_dir_all(workspace.path("specs")).unwrap());
    assert!(
        run.err.starts_with("error[S001]: this cannot be read: "),
        "{run:?}"
    );
}
