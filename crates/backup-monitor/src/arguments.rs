//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use lexopt::Arg::{Long, Short, Value};
use lexopt::ValueExt;

use crate::config::closest;
use crate::span;

/// What `--help` says.
pub(crate) const HELP: &str = "\
Shows whether the backups on UCloud, Tencent Cloud and Alibaba Cloud are there, good and new enough.

Usage: backup-monitor --config FILE [options]
       backup-monitor --demo [URL] [options]

What to watch:
  --config FILE   what a TOML file names; backup-monitor.example.toml shows all that it can say
  --demo [URL]    what the project's emulator has, at this URL or at the one in CLOUD_EMULATOR_URL

Options:
  --json          JSON instead of a table
  --wait          wait for UDB backups that are still running, as long as the time allows
  --timeout TIME  how long the whole run may take, such as 90s or 10m; 60s if it is not said
  --help          this text
  --version       the version

Exit codes:
  0    everything is ok or still running
  1    something is missing, failed or too old
  2    the command line or the configuration can't be used; no provider was asked
  3    something is unknown, and nothing else is wrong
  4    the result could not be written
  141  the reader of a pipe closed it before it had the result

Keys come from the environment: from the variables of the provider's own tools, or from those that the configuration names.
";

/// How long a run may take unless it is said.
const TIMEOUT: Duration = Duration::from_secs(60);

const OPTIONS: [&str; 7] = [
    "config", "demo", "json", "wait", "timeout", "help", "version",
];

/// What is to be done.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Request {
    Help,
    Version,
    Run(Options),
}

/// How to run.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) source: Source,
    pub(crate) json: bool,
    pub(crate) wait: bool,
    pub(crate) timeout: Duration,
}

/// Where it stands what to watch.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Source {
    File(PathBuf),
    /// In the emulator, at this URL if there is one.
    Demo(Option<String>),
}

/// Reads the command line.
pub(crate) fn read(mut parser: lexopt::Parser) -> Result<Request, lexopt::Error> {
    let (mut file, mut demo) = (None, None);
    let (mut json, mut wait, mut timeout) = (false, false, TIMEOUT);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(Request::Help),
            Long("version") | Short('V') => return Ok(Request::Version),
            Long("config") => file = Some(PathBuf::from(parser.value()?)),
            Long("demo") => {
                let url = parser.optional_value();
                demo = Some(url.map(|url| url.string()).transpose()?);
            }
            // `--demo URL`: nothing else takes a word.
            Value(word) if demo == Some(None) => demo = Some(Some(word.string()?)),
            Long("json") => json = true,
            Long("wait") => wait = true,
            Long("timeout") => {
                let time = parser.value()?.string()?;
                timeout = span::read(&time)
                    .map_err(|help| format!("`{time}` is not a valid duration\nhelp: {help}"))?;
            }
            Long(unknown) => return Err(no_such_option(unknown).into()),
            other => return Err(other.unexpected()),
        }
    }
    let source = match (file, demo) {
        (Some(file), None) => Source::File(file),
        (None, Some(url)) => Source::Demo(url),
        (Some(_), Some(_)) => return Err("either `--config` or `--demo`, not both".into()),
        (None, None) => {
            return Err(
                "what is to be watched?\nhelp: `--config FILE` names it; `--help` says more".into(),
            );
        }
    };
    let options = Options {
        source,
        json,
        wait,
        timeout,
    };
    Ok(Request::Run(options))
}

fn no_such_option(unknown: &str) -> String {
    let help = match closest(unknown, OPTIONS.into_iter()) {
        Some(near) => format!("did you mean `--{near}`?"),
        None => "`--help` lists the options".to_owned(),
    };
    format!("there is no option `--{unknown}`\nhelp: {help}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(arguments: &[&str]) -> Result<Request, String> {
        read(lexopt::Parser::from_args(arguments)).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_watched_and_how() {
        let options = |source| Options {
            source,
            json: false,
            wait: false,
            timeout: TIMEOUT,
        };
        let file = options(Source::File("watch.toml".into()));
        assert_eq!(
            read_all(&["--config", "watch.toml"]),
            Ok(Request::Run(file))
        );
        assert_eq!(
            read_all(&[
                "--config=watch.toml",
                "--json",
                "--wait",
                "--timeout",
                "10m"
            ]),
            Ok(Request::Run(Options {
                json: true,
                wait: true,
                timeout: Duration::from_secs(600),
                ..options(Source::File("watch.toml".into()))
            }))
        );
        let demo =
            |url: Option<&str>| Ok(Request::Run(options(Source::Demo(url.map(str::to_owned)))));
        assert_eq!(read_all(&["--demo"]), demo(None));
        let url = Some("http://127.0.0.1:4080");
        assert_eq!(read_all(&["--demo", "http://127.0.0.1:4080"]), demo(url));
        assert_eq!(read_all(&["--demo=http://127.0.0.1:4080"]), demo(url));
    }

    #[test]
    fn every_option_is_explained() {
        for option in OPTIONS {
            assert!(HELP.contains(&format!("\n  --{option} ")), "{option}");
        }
        assert_eq!(read_all(&["--json", "--help"]), Ok(Request::Help));
        assert_eq!(read_all(&["-V"]), Ok(Request::Version));
    }
}
