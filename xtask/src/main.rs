//! The maintainer's commands: `cargo xtask gen` makes the client crates from the specs, `cargo xtask test` tests everything.
//!
//! From specs to crates it is one road: [`source`] loads the files, [`yaml`] makes trees of them, [`spec`] reads the trees,
//! [`resolve`] makes the checked [`model`], [`render`] makes files of it, [`output`] writes or compares them. No stage reaches back.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool talks on its streams"
)]
#![allow(
    unreachable_pub,
    reason = "nothing leaves a binary: `pub` says what a module offers to the others"
)]

mod arguments;
mod commands;
mod diagnostics;
mod model;
mod names;
mod output;
mod parallel;
mod pipeline;
mod render;
mod resolve;
mod source;
mod spec;
mod yaml;

use std::process::ExitCode;

use arguments::{Command, Request};
use commands::{generate, test};

/// The exit code of a command line that means nothing.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    match arguments::read(lexopt::Parser::from_env()) {
        Ok(Request::Help(text)) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Ok(Request::Run { command, root }) => match command {
            Command::Generate { check } => generate::run(&root, check),
            Command::Test => test::run(&root),
        },
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(USAGE)
        }
    }
}
