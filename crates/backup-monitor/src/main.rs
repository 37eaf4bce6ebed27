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

use std::io::{IsTerminal, Write};
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

fn main() -> ExitCode {
    let options = match arguments::read(lexopt::Parser::from_env()) {
        Ok(Request::Run(options)) => options,
        Ok(Request::Help) => return out(HELP),
        Ok(Request::Version) => {
            return out(concat!("backup-monitor ", env!("CARGO_PKG_VERSION"), "\n"));
        }
        Err(error) => return unusable(&format!("error: {error}\n")),
    };
    match watch(&options, Arc::new(System)) {
        Ok(code) => ExitCode::from(code),
        Err(problem) => unusable(&problem),
    }
}

/// Asks, shows what was found out, and says how the program ends. What keeps it from asking is an error.
fn watch(options: &Options, runtime: Arc<dyn Runtime>) -> Result<u8, String> {
    let (config, environment) = configuration(&options.source)?;
    let say = |error: &dyn std::fmt::Display| format!("error: {error}\n");
    let checks = plan::plan(&config, &environment).map_err(|error| say(&error))?;
    // One thread is enough for what mostly waits.
    let executor = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| say(&error))?;
    let progress = if std::io::stderr().is_terminal() {
        Progress::on(std::io::stderr(), checks.len())
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
        out(&json::write(&report).map_err(|error| say(&error))?);
    } else {
        out(&table::write(&report, has_colours(&std::io::stdout())));
    }
    if is_demo && options.json {
        err(&demo::farewell(outcome));
    } else if is_demo {
        out(&demo::farewell(outcome));
    }
    Ok(outcome.exit_code())
}

/// What to watch, and the environment that the accounts' keys are in.
fn configuration(source: &Source) -> Result<(Config, Environment), String> {
    let colour = has_colours(&std::io::stderr());
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
                    "error: `{url}` is no URL of an emulator\nhelp: it looks like http://127.0.0.1:8080\n"
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

fn unusable(problem: &str) -> ExitCode {
    err(problem);
    ExitCode::from(UNUSABLE)
}

/// Writes to the standard output. Whoever closes it early has read enough.
fn out(text: &str) -> ExitCode {
    let _ = std::io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

fn err(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}
