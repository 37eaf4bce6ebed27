//! What these tests are built from. It is what a program with a blocking client is built from.

#![allow(clippy::unwrap_used, reason = "tests say what is wrong by ending")]

use std::process::Command;

/// Whatever polls futures or needs something that does.
const ASYNC: [&str; 10] = [
    "async-io",
    "async-std",
    "futures-executor",
    "futures-util",
    "hyper",
    "hyper-util",
    "mio",
    "reqwest",
    "smol",
    "tokio",
];

fn tree(package: &str, options: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--prefix", "none", "--format", "{p}"])
        .args(["--package", package])
        .args(options)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    String::from_utf8(output.stdout).unwrap()
}

/// The crates of the services: the folders of specs.
fn services() -> Vec<String> {
    let specs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../specs");
    let folders = std::fs::read_dir(specs).unwrap().map(Result::unwrap);
    let services = folders.filter(|folder| folder.path().join("service.yaml").is_file());
    let mut names: Vec<String> = services
        .map(|folder| folder.file_name().into_string().unwrap())
        .collect();
    names.sort_unstable();
    assert!(!names.is_empty());
    names
}

#[test]
fn there_is_no_async_runtime_in_the_tree() {
    let blocking = ["--no-default-features", "--features", "blocking"];
    let mut trees = vec![tree("blocking-tests", &["--edges", "all"])];
    for service in &services() {
        trees.push(tree(
            service,
            &[
                "--edges",
                "normal,build",
                blocking[0],
                blocking[1],
                blocking[2],
            ],
        ));
    }
    for tree in trees {
        let names: Vec<_> = tree
            .lines()
            .filter_map(|line| line.split(' ').next())
            .collect();
        assert!(names.contains(&"ureq"), "{tree}");
        let found: Vec<_> = names.iter().filter(|name| ASYNC.contains(name)).collect();
        assert!(found.is_empty(), "{found:?} in\n{tree}");
    }
}
