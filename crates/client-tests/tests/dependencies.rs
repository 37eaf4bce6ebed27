//! What a consumer's build contains. A workspace build unifies features and hides what is missing, so `cargo tree` is asked about
//! each crate alone.

#![allow(clippy::unwrap_used, reason = "tests say what is wrong by ending")]

use std::collections::BTreeSet;
use std::process::Command;

/// The names of the crates that a consumer of this crate compiles.
fn tree(package: &str, options: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{p}",
            "--package",
            package,
        ])
        .args(options)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect()
}

fn has(tree: &BTreeSet<String>, names: &[&str]) -> Vec<String> {
    tree.iter()
        .filter(|name| names.contains(&name.as_str()))
        .cloned()
        .collect()
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

const HTTP_STACK: &[&str] = &[
    "hyper",
    "hyper-util",
    "reqwest",
    "rustls",
    "tokio",
    "tower",
    "ring",
    "native-tls",
    "openssl",
    "h2",
];

#[test]
fn ucloud_needs_no_sha2_and_the_others_no_sha1() {
    for options in [&[][..], &["--no-default-features"]] {
        assert_eq!(
            has(&tree("ucloud-udb", options), &["sha1", "sha2", "hmac"]),
            ["sha1"]
        );
        assert_eq!(
            has(&tree("ucloud-usnap", options), &["sha1", "sha2", "hmac"]),
            ["sha1"]
        );
        assert_eq!(
            has(&tree("tencent-redis", options), &["sha1", "sha2", "hmac"]),
            ["hmac", "sha2"]
        );
        assert_eq!(
            has(&tree("aliyun-hbr", options), &["sha1", "sha2", "hmac"]),
            ["hmac", "sha2"]
        );
    }
}

#[test]
fn without_defaults_there_is_no_http_stack() {
    for service in &services() {
        assert_eq!(
            has(&tree(service, &["--no-default-features"]), HTTP_STACK),
            [""; 0],
            "{service}"
        );
        assert!(
            tree(service, &[]).contains("reqwest"),
            "{service} sends with reqwest by default"
        );
    }
}

#[test]
fn no_second_tls_and_no_derive_for_consumers() {
    for service in &services() {
        let unwanted = [
            "aws-lc-rs",
            "aws-lc-sys",
            "native-tls",
            "openssl",
            "serde_derive",
            "h2",
            "syn",
        ];
        assert_eq!(
            has(&tree(service, &["--no-default-features"]), &unwanted),
            [""; 0],
            "{service}"
        );
        assert_eq!(
            has(
                &tree(service, &[]),
                &["aws-lc-rs", "aws-lc-sys", "native-tls", "openssl", "h2"]
            ),
            [""; 0],
            "{service}"
        );
    }
}
