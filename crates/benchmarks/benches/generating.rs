//! `cargo xtask gen` and `gen --check` on services of 100, 1,000 and 10,000 operations.
//!
//! The generator is the binary of the dev profile, as maintainers run it; `XTASK` may name another one. What is measured is the
//! whole process, by the clock on the wall, since it works on all processors: reading the YAML, and writing or comparing every file.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::harness::Mode;
use crate::{synthetic, tools};

/// What the design asks for.
const TARGET: f64 = 2_500.0;
const RUNS: usize = 5;

pub(crate) fn run(mode: Mode) {
    let xtask = tools::xtask();
    let sizes: &[usize] = match mode {
        Mode::Measure => &[100, 1_000, 10_000],
        Mode::Check => &[8],
    };
    for &count in sizes {
        let root = tempfile::tempdir().unwrap();
        let bytes = synthetic::write(&root.path().join("specs"), count);
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
