//! Whole services, from the specs of this workspace to the files.

use std::path::Path;
use std::process::Command;

use super::render;
use crate::model::Service;
use crate::output::OutputFile;
use crate::pipeline;

fn services() -> Vec<Service> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let outcome = pipeline::run(root);
    let found = outcome.diagnostics.render(&outcome.sources, false);
    assert_eq!(found, "");
    outcome.services
}

fn rendered() -> Vec<OutputFile> {
    render(&services()).unwrap()
}

fn file(path: &str) -> String {
    let file = rendered()
        .into_iter()
        .find(|file| file.path.ends_with(path));
    file.unwrap_or_else(|| panic!("no file {path}")).contents
}

#[track_caller]
fn assert_has(path: &str, parts: &[&str]) {
    let contents = file(path);
    for part in parts {
        assert!(contents.contains(part), "{part}\nis not in\n{contents}");
    }
}

#[test]
fn every_rust_file_parses() {
    for OutputFile { path, contents } in rendered() {
        if path.ends_with(".rs") {
            syn::parse_file(&contents).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
    }
}

#[test]
fn rustfmt_leaves_every_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut roots = Vec::new();
    for OutputFile { path, contents } in rendered() {
        let file = folder.path().join(&path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        // Nothing in it is as rustfmt would have it.
        std::fs::write(&file, contents.replace("pub struct", "pub   struct")).unwrap();
        if path.ends_with("src/lib.rs") {
            roots.push(file);
        }
    }
    assert!(roots.len() >= 7, "{roots:?}");
    let output = Command::new("rustfmt")
        .args(["--edition", "2024", "--check"])
        .args(&roots)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn the_same_specs_give_the_same_bytes() {
    assert_eq!(rendered(), rendered());
}

#[test]
fn another_operation_changes_no_file_of_the_others() {
    let mut services = services();
    let all = render(&services).unwrap();
    let service = services
        .iter_mut()
        .find(|service| service.crate_name == "fixture-tencent")
        .unwrap();
    let removed = service.operations.remove(1);
    service.headline = None;
    let folder = format!("{}/src/", service.crate_dir);
    for file in render(&services).unwrap() {
        let is_list = file.path == format!("{folder}lib.rs");
        if file.path.starts_with(&folder) && !is_list {
            assert!(
                all.contains(&file),
                "{} without {}",
                file.path,
                removed.action
            );
        }
    }
}

#[test]
fn arguments_that_could_be_swapped_have_names() {
    assert_has(
        "fixture-tencent/src/plant_trees.rs",
        &[
            "pub struct PlantTreesArgs {",
            "pub fn new(args: PlantTreesArgs) -> Self {",
        ],
    );
    // An id and bytes cannot be given for one another.
    assert_has(
        "fixture-ucloud/src/set_box_schedule.rs",
        &["pub fn new(box_id: impl Into<String>, manifest: impl Into<Vec<u8>>) -> Self {"],
    );
}

#[test]
fn a_module_exports_the_shared_types_that_it_uses() {
    assert_has(
        "fixture-ucloud/src/describe_boxes.rs",
        &["pub use crate::types::Label;\n"],
    );
}

#[test]
fn a_crate_says_what_packages_need() {
    assert_has(
        "crates/fixture-ucloud/Cargo.toml",
        &[
            "\npublish = false\n",
            "\n[package.metadata.docs.rs]\nall-features = true\n",
        ],
    );
    assert!(!file("crates/tencent-redis/Cargo.toml").contains("publish"));
    assert_has("crates/tencent-redis/LICENSE-MIT", &["MIT License"]);
}

#[test]
fn the_example_of_a_crate_reads() {
    assert_has(
        "crates/tencent-redis/README.md",
        &["    let mut items = client.items(request);\n"],
    );
    // A zone that UCloud requires is set.
    assert_has("crates/ucloud-udb/README.md", &[".zone(\"cn-bj2-"]);
}

#[test]
fn a_name_that_rust_keeps_for_itself_is_an_error_with_its_place() {
    let mut services = services();
    services[0].operations[0].request[0].name = "type".to_owned();
    let place = services[0].operations[0].spec_file.clone();
    let error = render(&services).unwrap_err().to_string();
    assert_eq!(
        error,
        format!(
            "{place}: the generated code is no Rust: expected identifier, found keyword `type`"
        )
    );
}
