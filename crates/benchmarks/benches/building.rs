//! What a service crate costs those who build it: `cargo check` of a consumer that uses one operation, and its release build,
//! beside a consumer of the same dependencies whose service crate has no operations.
//!
//! The dependencies are built first and not counted. What is measured is the CPU time of Cargo and its children, all of them
//! together, once for each, since a build of ten thousand operations takes minutes. The first build after a change of the manifest
//! resolves versions from the lock file of this workspace, so nothing is fetched.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::harness::Mode;
use crate::{synthetic, tools};

/// CPU seconds for each operation, release.
const TARGET: f64 = 0.06;

pub(crate) fn run(mode: Mode) {
    let sizes: &[usize] = match mode {
        Mode::Measure => &[100, 1_000, 10_000],
        // Building for release is no check.
        Mode::Check => return,
    };
    let xtask = tools::xtask();
    let root = tempfile::tempdir().unwrap();
    // The dependencies are the same for all of them, and built with this one.
    measure(&xtask, root.path(), 0);
    let empty = measure(&xtask, root.path(), 0);
    println!("\nbuild a consumer of one operation, without its dependencies; CPU seconds");
    println!(
        "  {:<24} {:>9} {:>9}",
        "operations in the crate", "check", "release"
    );
    let line = |count: usize, [check, release]: [f64; 2], rest: String| {
        println!("  {count:<24} {check:>9.2} {release:>9.2}{rest}");
    };
    line(0, empty, String::new());
    for &count in sizes {
        let costs = measure(&xtask, root.path(), count);
        let [check, release] = [0, 1].map(|index| (costs[index] - empty[index]) / count as f64);
        let met = if release <= TARGET { "met" } else { "MISSED" };
        line(
            count,
            costs,
            format!("   {check:.4} and {release:.4} for each; target ≤ {TARGET}: {met}"),
        );
    }
}

/// The CPU seconds of `cargo check` and of `cargo build --release`.
fn measure(xtask: &Path, root: &Path, operations: usize) -> [f64; 2] {
    let specs = root.join("specs");
    if specs.exists() {
        fs::remove_dir_all(&specs).unwrap();
    }
    synthetic::write(&specs, operations);
    let generated = Command::new(xtask)
        .args(["gen", "--root"])
        .arg(root)
        .output()
        .unwrap();
    assert!(
        generated.status.success(),
        "{}",
        String::from_utf8_lossy(&generated.stderr)
    );
    consumer(root, operations > 0);
    for profile in [&[][..], &["--release"]] {
        for package in ["consumer", synthetic::CRATE] {
            let arguments = [&["clean", "--quiet", "--package", package], profile].concat();
            cargo(root, &arguments);
        }
    }
    [&["check"][..], &["build", "--release"]].map(|command| {
        let before = children();
        cargo(root, command);
        (children() - before).as_secs_f64()
    })
}

/// A workspace of the generated crate and a program that sends one of its operations.
fn consumer(root: &Path, uses_one: bool) {
    let workspace = fs::canonicalize(tools::workspace()).unwrap();
    let manifest = fs::read_to_string(workspace.join("Cargo.toml")).unwrap();
    // The versions and lints that generated crates inherit.
    let inherited = manifest
        .split_once("[workspace.package]")
        .unwrap()
        .1
        .split_once("[profile.")
        .unwrap()
        .0
        .replace(
            "path = \"crates/cloud-core\"",
            &format!("path = {:?}", workspace.join("crates/cloud-core")),
        );
    fs::write(
        root.join("Cargo.toml"),
        format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\", \"consumer\"]\n\n[workspace.package]{inherited}"
        ),
    )
    .unwrap();
    fs::copy(workspace.join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    let folder = root.join("consumer");
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(
        folder.join("Cargo.toml"),
        format!(
            "[package]\nname = \"consumer\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{} = {{ path = \"../crates/{0}\" }}\n\
             tokio = {{ version = \"1\", default-features = false, features = [\"rt\"] }}\n",
            synthetic::CRATE
        ),
    )
    .unwrap();
    let action = synthetic::action(0);
    let call = if uses_one {
        format!(
            "let answer = client.send(tencent_synthetic::{action}::new(\"crs-1\")).await?;\n    println!(\"{{answer:?}}\");"
        )
    } else {
        "println!(\"{client:?}\");".to_owned()
    };
    fs::write(
        folder.join("src/main.rs"),
        format!(
            "async fn run() -> Result<(), tencent_synthetic::Error> {{\n    let client = tencent_synthetic::Client::from_env()?;\n    {call}\n    Ok(())\n}}\n\n\
             fn main() {{\n    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();\n    runtime.block_on(run()).unwrap();\n}}\n"
        ),
    )
    .unwrap();
}

fn cargo(root: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .arg("--offline")
        .current_dir(root)
        .env("CARGO_TARGET_DIR", root.join("target"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "cargo {arguments:?} fails: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// The CPU time of all children so far, as Linux counts it.
fn children() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    // The name of the program may hold anything; the fields after it are numbers.
    let (_, fields) = stat.rsplit_once(')').unwrap();
    let ticks: u64 = fields
        .split_ascii_whitespace()
        .skip(13)
        .take(2)
        .map(|field| field.parse::<u64>().unwrap())
        .sum();
    Duration::from_millis(ticks * 1_000 / rustix::param::clock_ticks_per_second())
}
