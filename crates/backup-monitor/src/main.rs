//! Shows in one table whether backups are there, good and new enough: those of UDB, the chains of USnap, those of Redis, and the
//! clients of HBR, across accounts and regions.
//!
//! ```text
//! arguments ──▶ config ──▶ plan ──▶ checks, all at the same time ──▶ report ──▶ table or JSON, and an exit code
//! ```
//!
//! Each stage is a module with a type of its own, and none reaches back. What an answer comes to is decided in `checks` alone.

mod arguments;
mod checks;
mod clients;
mod config;
mod demo;
mod json;
mod plan;
mod progress;
mod report;
mod row;
mod run;
mod span;
mod table;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use cloud_core::{Environment, Runtime, System};

use crate::arguments::{HELP, Options, Request, Source};
use crate::checks::Context;
use crate::config::Config;
use crate::progress::Progress;
use crate::report::Report;

/// The exit code of a run that asked nothing.
const UNUSABLE: u8 = 2;
/// The exit code of a run whose result could not be written.
const LOST: u8 = 4;
/// The exit code that shells give to a program whose reader closed the pipe: 128 and the number of SIGPIPE.
const CLOSED_PIPE: u8 = 141;

/// Why a run has no result, or could not show it.
enum Failure {
    /// Nothing was asked, for this reason.
    Unusable(String),
    /// The standard output failed.
    Lost(io::Error),
}

impl From<String> for Failure {
    fn from(problem: String) -> Self {
        Self::Unusable(problem)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Lost(error)
    }
}

fn main() -> ExitCode {
    let code = run().unwrap_or_else(|failure| match failure {
        Failure::Unusable(problem) => {
            err(&problem);
            UNUSABLE
        }
        // A program that reads no further knows that it does.
        Failure::Lost(error) if error.kind() == io::ErrorKind::BrokenPipe => CLOSED_PIPE,
        Failure::Lost(error) => {
            err(&format!(
                "error: can't write to the standard output: {error}\n"
            ));
            LOST
        }
    });
    ExitCode::from(code)
}

/// Does what the command line says, and returns the exit code.
fn run() -> Result<u8, Failure> {
    match arguments::read(lexopt::Parser::from_env()) {
        Ok(Request::Run(options)) => watch(&options, Arc::new(System)),
        Ok(Request::Help) => out(HELP).map(|()| 0),
        Ok(Request::Version) => {
            out(concat!("backup-monitor ", env!("CARGO_PKG_VERSION"), "\n")).map(|()| 0)
        }
        Err(error) => Err(format!("error: {error}\n").into()),
    }
}

/// Asks, shows what was found out, and returns the exit code.
fn watch(options: &Options, runtime: Arc<dyn Runtime>) -> Result<u8, Failure> {
    let (config, environment) = configuration(&options.source)?;
    let say = |error: &dyn std::fmt::Display| format!("error: {error}\n");
    let checks = plan::plan(&config, &environment).map_err(|error| say(&error))?;
    // One thread is enough for what mostly waits.
    let executor = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| say(&error))?;
    let progress = if io::stderr().is_terminal() {
        Progress::on(io::stderr(), checks.len())
    } else {
        Progress::none()
    };
    let asked_at = runtime.now().into();
    let context = Context::new(runtime, options.timeout, options.wait, progress);
    let rows = executor.block_on(run::run(checks, Arc::new(context)));
    let report = Report { asked_at, rows };
    let outcome = report.outcome();
    let is_demo = matches!(options.source, Source::Demo(_));
    if options.json {
        out(&json::write(&report).map_err(|error| say(&error))?)?;
    } else {
        out(&table::write(&report, has_colours(&io::stdout())))?;
    }
    if is_demo && options.json {
        err(&demo::farewell(outcome));
    } else if is_demo {
        out(&demo::farewell(outcome))?;
    }
    Ok(outcome.exit_code())
}

/// What to watch, and the environment that the accounts' keys are in.
fn configuration(source: &Source) -> Result<(Config, Environment), String> {
    let colour = has_colours(&io::stderr());
    match source {
        Source::File(path) => {
            let shown = path.display().to_string();
            let text = std::fs::read_to_string(path)
                .map_err(|error| format!("error: can't read {shown}: {error}\n"))?;
            Ok((Config::read(&shown, &text, colour)?, Environment::process()))
        }
        Source::Demo(url) => {
            let url = match url {
                Some(url) => Some(url.clone()),
                None => std::env::var(demo::URL_VARIABLE).ok(),
            };
            let url = url.filter(|url| !url.is_empty()).ok_or_else(|| {
                let variable = demo::URL_VARIABLE;
                format!("error: where is the emulator?\nhelp: `--demo URL` or the variable {variable} says it\n")
            })?;
            if !url.starts_with("http://") {
                return Err(format!(
                    "error: `{url}` is not the URL of an emulator\nhelp: it looks like http://127.0.0.1:4080\n"
                ));
            }
            let config = Config::read("demo.toml", demo::CONFIG, colour)?;
            Ok((config, demo::environment(&url)))
        }
    }
}

fn has_colours(stream: &impl IsTerminal) -> bool {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    stream.is_terminal() && !no_color
}

/// Writes to the standard output, at once.
fn out(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

fn err(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}
