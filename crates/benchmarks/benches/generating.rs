//! `cargo xtask gen` on hundreds of operations: the four real specs over and over, under new names.
//!
//! The generator is the binary of the dev profile, as maintainers run it; `XTASK` may name another one. What is measured is the
//! whole process, by the clock on the wall, since it works on all processors: reading the YAML, and writing or comparing every file.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::harness::Mode;

/// What the design asks for.
const TARGET: f64 = 2_500.0;
const RUNS: usize = 5;

pub(crate) fn run(mode: Mode) {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let xtask = env::var_os("XTASK").map_or_else(|| build(&workspace), PathBuf::from);
    let sizes: &[usize] = match mode {
        Mode::Measure => &[100, 1_000],
        Mode::Check => &[8],
    };
    for &count in sizes {
        let root = tempfile::tempdir().unwrap();
        let bytes = multiply(&workspace.join("specs"), &root.path().join("specs"), count);
        let generate = |options: &[&str]| time(&xtask, root.path(), options);
        let first = generate(&[]);
        if mode == Mode::Check {
            generate(&["--check"]);
            continue;
        }
        println!(
            "\ngenerate {count} operations, {} kB of YAML",
            bytes / 1_000
        );
        report(
            "gen, every file written for the first time",
            count,
            first,
            None,
        );
        let runs = (0..RUNS).map(|_| generate(&["--check"]));
        report(
            "gen --check, every file compared",
            count,
            median(runs.collect()),
            Some(TARGET),
        );
    }
}

fn report(what: &str, count: usize, time: Duration, target: Option<f64>) {
    let speed = count as f64 / time.as_secs_f64();
    let verdict = target.map_or(String::new(), |target| {
        let met = if speed >= target { "met" } else { "MISSED" };
        format!("   target ≥ {target:.0}: {met}")
    });
    let milliseconds = time.as_millis();
    println!("  {what:<44} {milliseconds:>8} ms   {speed:.0} operations/s{verdict}");
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn build(workspace: &Path) -> PathBuf {
    let cargo = || {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(workspace);
        cargo
    };
    let status = cargo()
        .args(["build", "--quiet", "--package", "xtask"])
        .status();
    assert!(status.unwrap().success(), "xtask does not build");
    let metadata = cargo()
        .args(["metadata", "--format-version=1", "--no-deps"])
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let target = Path::new(metadata["target_directory"].as_str().unwrap());
    target
        .join("debug")
        .join("xtask")
        .with_extension(env::consts::EXE_EXTENSION)
}

#[expect(clippy::disallowed_methods, reason = "the time of another process")]
fn time(xtask: &Path, root: &Path, options: &[&str]) -> Duration {
    let start = Instant::now();
    let output = Command::new(xtask)
        .arg("gen")
        .args(options)
        .arg("--root")
        .arg(root)
        .output()
        .unwrap();
    let time = start.elapsed();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "gen {options:?} fails: {}",
        complaint.lines().take(8).collect::<Vec<_>>().join("\n")
    );
    time
}

/// Writes so many operations, and says how long they are together. Each service gets its share, as copies of its own operations.
fn multiply(from: &Path, to: &Path, count: usize) -> usize {
    let mut bytes = 0;
    let services: Vec<PathBuf> = entries(from).filter(|path| path.is_dir()).collect();
    for (index, service) in services.iter().enumerate() {
        let folder = to.join(service.file_name().unwrap());
        fs::create_dir_all(&folder).unwrap();
        let operations: Vec<PathBuf> = entries(service)
            .filter(|path| {
                path.extension()
                    .is_some_and(|extension| extension == "yaml")
            })
            .filter(|path| path.file_stem().is_some_and(|stem| stem != "service"))
            .collect();
        fs::copy(service.join("service.yaml"), folder.join("service.yaml")).unwrap();
        let share = (count + index) / services.len();
        for (copy, path) in (0..share).zip(operations.iter().cycle()) {
            let action = path.file_stem().unwrap().to_str().unwrap();
            let text = rename_types(&fs::read_to_string(path).unwrap(), copy);
            bytes += text.len();
            fs::write(folder.join(format!("{action}Nr{copy}.yaml")), text).unwrap();
        }
    }
    bytes
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.into_iter()
}

/// Gives the types that a spec declares new names, since those of a service must differ.
fn rename_types(spec: &str, copy: usize) -> String {
    let mut is_types = false;
    let mut declared = BTreeSet::new();
    let mut lines: Vec<String> = Vec::new();
    for line in spec.lines() {
        if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            is_types = line == "types:";
        }
        let declaration = line
            .strip_prefix("  ")
            .and_then(|rest| rest.strip_suffix(':'));
        match declaration {
            Some(name) if is_types && !name.starts_with(' ') => {
                declared.insert(name);
                lines.push(format!("  {name}Nr{copy}:"));
            }
            _ => lines.push(line.to_owned()),
        }
    }
    for line in &mut lines {
        // `type: Name` or `type: [Name]`
        if let Some((before, used)) = line.split_once("type: ") {
            let name = used.trim_matches(['[', ']']);
            if declared.contains(name) {
                let renamed = used.replace(name, &format!("{name}Nr{copy}"));
                *line = format!("{before}type: {renamed}");
            }
        }
    }
    lines.join("\n") + "\n"
}
