//! What is said about mistakes in specs.
//!
//! Each folder of `tests/mistakes` is one case: specs as small as they can be with that one mistake, and `expected.txt` with what is
//! said about them. What a case is not about is added: the files of `tests/generator/specs/providers`, and `tests/defaults/service.yaml`
//! for a service without one. `UPDATE_EXPECTED=1 cargo test -p xtask` writes `expected.txt` anew; look at the difference before you
//! commit it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::workspace::files_below;

/// Codes that no spec in a folder can have: they are about the disk and about generated files.
const NOT_OF_SPECS: &[&str] = &["S001", "S090", "S091", "S092"];

/// Cases to which nothing is added, since they are about what is not there.
const AS_THEY_ARE: &[&str] = &["a_folder_without_a_service", "a_provider_without_a_file"];

/// A case, and what is found in its specs.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    pub(crate) found: String,
}

impl Case {
    /// The codes of what is found, in its order.
    pub(crate) fn codes(&self) -> Vec<&str> {
        let titles = self.found.lines().filter_map(|line| {
            line.strip_prefix("error[")
                .or_else(|| line.strip_prefix("warning["))
        });
        titles.filter_map(|title| title.split(']').next()).collect()
    }

    fn expected_path(&self) -> PathBuf {
        self.folder.join("expected.txt")
    }
}

/// Every case, sorted by name, after a run of the stages on it.
pub(crate) fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes");
    let mut cases: Vec<Case> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let folder = entry.unwrap().path();
            Case {
                name: folder.file_name().unwrap().to_str().unwrap().to_owned(),
                found: findings(&folder),
                folder,
            }
        })
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// What is found in the specs of a case, with what is added to them.
fn findings(folder: &Path) -> String {
    let name = folder.file_name().unwrap().to_str().unwrap();
    if AS_THEY_ARE.contains(&name) {
        return xtask::findings(folder);
    }
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let whole = tempfile::tempdir().unwrap();
    let providers = files_below(&tests.join("generator/specs/providers"));
    for (path, contents) in providers {
        write(&whole.path().join("providers").join(path), &contents);
    }
    let service = fs::read(tests.join("defaults/service.yaml")).unwrap();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() && entry.file_name() != "providers" {
            write(
                &whole.path().join(entry.file_name()).join("service.yaml"),
                &service,
            );
        }
    }
    for (path, contents) in files_below(folder) {
        write(&whole.path().join(path), &contents);
    }
    xtask::findings(whole.path())
}

fn write(path: &Path, contents: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, contents).unwrap();
}

#[test]
fn each_mistake_is_told_with_its_place_and_what_to_do() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let expected = fs::read_to_string(case.expected_path()).unwrap_or_default();
        if case.found.is_empty() {
            wrong.push(format!("{}: nothing is found", case.name));
        } else if case.found != expected {
            if update {
                fs::write(case.expected_path(), &case.found).unwrap();
            }
            wrong.push(format!(
                "{}\n--- expected\n{expected}\n--- found\n{}",
                case.name, case.found
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n{} cases differ",
        wrong.join("\n"),
        wrong.len()
    );
}

#[test]
fn each_code_has_a_case() {
    let cases = cases();
    let seen: BTreeSet<&str> = cases.iter().flat_map(Case::codes).collect();
    let missing: Vec<&str> = xtask::codes()
        .filter(|code| !NOT_OF_SPECS.contains(code) && !seen.contains(code))
        .collect();
    assert!(
        missing.is_empty(),
        "no folder of tests/mistakes has {missing:?}"
    );
}

#[test]
fn twenty_mistakes_in_three_files_are_twenty_findings_in_the_order_of_the_files() {
    let cases = cases();
    let case = cases
        .iter()
        .find(|case| case.name == "twenty_mistakes_in_three_files")
        .unwrap();
    assert_eq!(case.found.matches("error[").count(), 20, "{}", case.found);
    let places: Vec<(&str, u32)> = case
        .found
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("--> "))
        .filter_map(|place| {
            let mut parts = place.split(':');
            Some((parts.next()?, parts.next()?.parse().ok()?))
        })
        .collect();
    assert_eq!(places.len(), 20);
    assert!(places.is_sorted(), "{places:?}");
    let files: BTreeSet<&str> = places.iter().map(|(file, _)| *file).collect();
    assert_eq!(files.len(), 3, "{files:?}");
}

/// Two files whose names differ in capitals alone cannot lie in one folder everywhere.
#[test]
fn two_actions_that_differ_in_capitals() {
    let service = include_str!("specs/acme-disk/service.yaml");
    let operation = include_str!("specs/acme-disk/ResizeUDisk.yaml");
    let check = |actions: [&str; 2]| {
        let provider = include_str!("specs/providers/ucloud.yaml");
        let [first, second] = actions.map(|action| (action, operation));
        let files = [
            ("providers/ucloud", provider),
            ("service", service),
            first,
            second,
        ];
        xtask::check_text(&files)
    };
    assert_eq!(check(["ResizeUDisk", "ShrinkUDisk"]), Ok(0));
    assert!(check(["ResizeUDisk", "ResizeUdisk"]).is_ok_and(|mistakes| mistakes > 0));
}
