//! The program `xtask`, which `cargo xtask` runs. Everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::run(std::env::args_os().skip(1))
}
