//! The commands, one module each.

mod console;
pub mod demo;
pub mod explain;
pub mod generate;
pub mod list;
pub mod new;
mod table;
pub mod test;

use std::process::ExitCode;

use crate::arguments::{Command, Request};

/// The exit code of a command line that means nothing.
const USAGE: u8 = 2;

/// Does what a command line says.
pub fn run(request: Result<Request, lexopt::Error>) -> ExitCode {
    let (command, root) = match request {
        Ok(Request::Run { command, root }) => (command, root),
        Ok(Request::Help(text)) => {
            console::out(text);
            return ExitCode::SUCCESS;
        }
        Err(error) => return usage(&error.to_string()),
    };
    match command {
        Command::Generate {
            check,
            deny_warnings,
            format,
        } => generate::run(&root, check, deny_warnings, format),
        Command::New(wanted) => new::run(&root, &wanted),
        Command::List { service, json } => list::run(&root, service.as_deref(), json),
        Command::Explain { codes } => explain::run(&codes),
        Command::Demo => demo::run(&root),
        Command::Test { options } => test::run(&root, &options),
    }
}

/// Says that a command line means nothing.
fn usage(what: &str) -> ExitCode {
    console::err(&format!("error: {what}\n"));
    ExitCode::from(USAGE)
}
