//! `cargo xtask test`: every test of the workspace.

use std::path::Path;
use std::process::{Command, ExitCode};

use super::console::err;

/// What `--help` says.
pub const HELP: &str = "\
Usage: cargo xtask test [--root DIR]

Runs every test of the workspace with `cargo test --workspace` and ends as that does. The tests need the toolchain that
`rust-toolchain.toml` names and sockets on the loopback interface: no network, no credentials, no other program.

Options:
  --root DIR  the workspace, if it is not the one this program was built in
";

/// Runs the tests.
pub fn run(root: &Path) -> ExitCode {
    // The Cargo that runs this, if one does: another may be first in the search path.
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    err(
        "running `cargo test --workspace`; it needs the toolchain of rust-toolchain.toml and loopback sockets, nothing else\n",
    );
    match Command::new(cargo)
        .args(["test", "--workspace"])
        .current_dir(root)
        .status()
    {
        Ok(status) => match status.code() {
            Some(0) => ExitCode::SUCCESS,
            Some(code) => ExitCode::from(u8::try_from(code).unwrap_or(1)),
            // Ended by a signal.
            None => ExitCode::FAILURE,
        },
        Err(error) => {
            err(&format!("error: Cargo cannot be started: {error}\n"));
            ExitCode::FAILURE
        }
    }
}
