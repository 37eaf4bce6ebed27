//! `cargo xtask test`: every test of the workspace.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};

use super::console::err;

/// What `--help` says.
pub const HELP: &str = "\
Usage: cargo xtask test [--root DIR] [-- OPTIONS OF CARGO TEST]

Runs every test of the workspace, and goes on after one that fails. That takes two runs of Cargo: `cargo test --workspace` without
`blocking-tests`, then that package alone, since a workspace build would bring an async runtime to programs that have none.

The tests need the toolchain that `rust-toolchain.toml` names and sockets on the loopback interface: no network, no credentials. Tests
that need more are ignored, and say what they need: `chromium` and `chromedriver` for the emulator's web page, the official SDKs in the
folder that OFFICIAL_SDKS names, the source documents in the folder that SOURCE_DOCUMENTS names. `--include-ignored` runs them too.

Options:
  --root DIR  the workspace, if it is not the one this program was built in
  --          what follows goes to `cargo test`; options that choose packages take the place of `--workspace`, in one run

Examples:
  cargo xtask test -- --locked -- --include-ignored
  cargo xtask test -- --package client-tests --test emulator
  cargo xtask test -- --package cloud-core -- --nocapture retries
";

/// What Cargo is told, one run after the other.
const RUNS: [&[&str]; 2] = [
    &["--workspace", "--exclude", "blocking-tests"],
    &["--package", "blocking-tests"],
];

/// Runs the tests.
pub fn run(root: &Path, options: &[OsString]) -> ExitCode {
    // The Cargo that runs this, if one does: another may be first in the search path.
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut end = ExitCode::SUCCESS;
    for arguments in runs(options) {
        let shown: Vec<_> = arguments.iter().map(|one| one.to_string_lossy()).collect();
        err(&format!("running `cargo {}`\n", shown.join(" ")));
        match Command::new(&cargo)
            .args(&arguments)
            .current_dir(root)
            .status()
        {
            Ok(status) if status.success() => {}
            Ok(status) => {
                err(&format!(
                    "error: `cargo {}` failed ({status})\n",
                    shown.join(" ")
                ));
                // Without a code it was ended by a signal.
                let code = status.code().and_then(|code| u8::try_from(code).ok());
                end = ExitCode::from(code.unwrap_or(1));
            }
            Err(error) => {
                err(&format!("error: Cargo cannot be started: {error}\n"));
                return ExitCode::FAILURE;
            }
        }
    }
    end
}

/// The arguments of each run of Cargo.
fn runs(options: &[OsString]) -> Vec<Vec<OsString>> {
    let parts: &[&[&str]] = if options_of_cargo(options).any(chooses_packages) {
        &[&[]]
    } else {
        &RUNS
    };
    let run = |part: &&[&str]| {
        let own = ["test", "--no-fail-fast"].iter().chain(*part);
        own.map(OsString::from)
            .chain(options.iter().cloned())
            .collect()
    };
    parts.iter().map(run).collect()
}

/// The options that are for Cargo, as opposed to the test programs.
fn options_of_cargo(options: &[OsString]) -> impl Iterator<Item = &str> {
    let options = options.iter().take_while(|option| *option != "--");
    options.filter_map(|option| option.to_str())
}

/// Whether an option of Cargo says which packages are tested: `-p a`, `-pa`, `--package a`, `--package=a`.
fn chooses_packages(option: &str) -> bool {
    let long = option.split('=').next();
    matches!(long, Some("--package" | "--workspace" | "--all"))
        || option.starts_with("-p") && !option.starts_with("--")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(options: &[&str]) -> Vec<String> {
        let options: Vec<OsString> = options.iter().map(OsString::from).collect();
        let line = |run: Vec<OsString>| {
            let words: Vec<_> = run.iter().map(|word| word.to_str().unwrap()).collect();
            words.join(" ")
        };
        runs(&options).into_iter().map(line).collect()
    }

    #[test]
    fn all_packages_take_two_runs() {
        let first = "test --no-fail-fast --workspace --exclude blocking-tests";
        let second = "test --no-fail-fast --package blocking-tests";
        assert_eq!(shown(&[]), [first, second]);
        assert_eq!(
            shown(&["--locked", "--", "-p"]),
            [
                format!("{first} --locked -- -p"),
                format!("{second} --locked -- -p")
            ]
        );
    }

    #[test]
    fn chosen_packages_take_one_run() {
        for options in [
            &["-p", "x", "--test", "y"][..],
            &["-px"],
            &["--package=x"],
            &["--test", "y", "--package", "x", "--", "--nocapture"],
            &["--workspace"],
        ] {
            let expected = format!("test --no-fail-fast {}", options.join(" "));
            assert_eq!(shown(options), [expected]);
        }
    }
}
