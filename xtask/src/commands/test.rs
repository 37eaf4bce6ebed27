//! `cargo xtask test`: every test of the workspace.

use std::path::Path;
use std::process::{Command, ExitCode};

use super::console::err;

/// What `--help` says.
pub const HELP: &str = "\
Usage: cargo xtask test [--root DIR]

Runs every test of the workspace: `cargo test --workspace` but for `blocking-tests`, then that alone, since a workspace build would
bring an async runtime to programs that have none. The tests need the toolchain that `rust-toolchain.toml` names and sockets on the
loopback interface: no network, no credentials. The test of the emulator's web page also needs `chromium` and `chromedriver`, and is skipped
where they are not installed.

Options:
  --root DIR  the workspace, if it is not the one this program was built in
";

/// What Cargo is told, one run after the other.
const RUNS: [&[&str]; 2] = [
    &["test", "--workspace", "--exclude", "blocking-tests"],
    &["test", "--package", "blocking-tests"],
];

/// Runs the tests.
pub fn run(root: &Path) -> ExitCode {
    // The Cargo that runs this, if one does: another may be first in the search path.
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    for arguments in RUNS {
        err(&format!("running `cargo {}`\n", arguments.join(" ")));
        match Command::new(&cargo)
            .args(arguments)
            .current_dir(root)
            .status()
        {
            Ok(status) if status.success() => {}
            Ok(status) => {
                // Without a code it was ended by a signal.
                let code = status.code().and_then(|code| u8::try_from(code).ok());
                return ExitCode::from(code.unwrap_or(1));
            }
            Err(error) => {
                err(&format!("error: Cargo cannot be started: {error}\n"));
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
