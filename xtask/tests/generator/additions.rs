//! A new operation changes no file that is there, but for the lists of a crate.

use std::path::Path;

use crate::workspace::{Workspace, files_below};

const FIXTURES: &str = "fixtures/specs";

/// Files that list what is there: they grow with each operation.
fn is_list(path: &str) -> bool {
    path.ends_with("/src/lib.rs") || path.ends_with("/README.md") || path == "specs/generated.txt"
}

#[test]
fn every_operation_of_the_fixtures_can_be_added_without_changing_another() {
    let workspace = Workspace::new();
    let specs = files_below(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .join(FIXTURES),
    );
    for (path, contents) in &specs {
        workspace.write(&format!("{FIXTURES}/{path}"), contents);
    }
    let generate = || workspace.xtask(&["gen"]);
    assert_eq!(generate().code, Some(0));
    let all = workspace.files();

    let mut added = Vec::new();
    for (path, contents) in &specs {
        let name = path.rsplit('/').next().unwrap();
        if matches!(name, "service.yaml" | "types.yaml" | "README.md") {
            continue;
        }
        let spec = format!("{FIXTURES}/{path}");
        workspace.remove(&spec);
        // Another operation may need this one to tell when its work is done, or a shared type may be used here alone.
        if generate().code == Some(0) {
            for (path, contents) in workspace.files() {
                if !is_list(&path) {
                    assert!(all.get(&path) == Some(&contents), "{path} without {spec}");
                }
            }
            added.push(name);
        }
        workspace.write(&spec, contents);
        assert_eq!(generate().code, Some(0));
        assert!(workspace.files() == all, "{spec}");
    }
    assert!(added.len() >= 12, "{added:?}");
}
