//! The command line.

use std::num::NonZeroU32;
use std::path::PathBuf;

use cloud_emulator::{Provider, Rule};
use lexopt::Arg::{Long, Short};
use lexopt::{Error, Parser, ValueExt};

use crate::faults;

/// Where the emulator is unless told otherwise, so that an environment that was pasted once stays right.
const PORT: u16 = 4080;

const HELP: &str = "\
Usage: cloud-emulator [OPTIONS]

Serves UCloud, Tencent Cloud and Alibaba Cloud on one port of the loopback interface, until it is ended. A page for browsers is at
the same address.

Options:
  --port PORT               listen on this port; 0 takes one that is free [default: 4080]
  --tables PATH             serve one more service from its folder of tables, or all in a folder; may be given several times
  --data FILE               answer from the backups, chains and clients in this file
  --seed N                  make request ids, temporary keys and random faults the same in each run
  --clock-shift SECONDS     put the clock ahead, or behind (negative)
  --require-metadata-token  refuse Alibaba Cloud's instance metadata to those who bring no token
  --json                    write JSON: a line with address, environment and services, then a line a request
  --print-env               write the environment of an emulator with these options, as a shell reads it, and end without serving
  --exit-with-stdin         end when the standard input does, which is how a parent process ends it without signals
  --help, --version         show this, or the version

Faults:
  --fail FAULT              let calls fail; may be given several times
    --provider PROVIDER     only calls of `ucloud`, `tencent` or `aliyun`
    --action ACTION         only calls of this action
    --path PATH             only requests whose path begins so, which is how to strike instance metadata
    --times N               only so many calls
    --probability P         each call with this probability, from 0 to 1

  The last five narrow the `--fail` before them. A FAULT is a name or a rule as JSON.

{FAULTS}
  A rule says all that a name leaves open:
    --fail '{\"fault\":{\"throttled\":{\"retry_after\":{\"seconds\":3}}},\"action\":\"DescribeInstanceBackups\",\"times\":2}'
";

/// What is to be done.
#[derive(Debug)]
pub(crate) enum Wish {
    /// Show a text.
    Show(String),
    /// Show the environment of an emulator that serves so.
    ShowEnvironment(Options),
    /// Serve.
    Serve(Options),
}

/// How to serve.
#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) port: u16,
    pub(crate) tables: Vec<PathBuf>,
    pub(crate) data: Option<PathBuf>,
    pub(crate) seed: Option<u64>,
    pub(crate) clock_shift: i64,
    pub(crate) rules: Vec<Rule>,
    pub(crate) requires_metadata_token: bool,
    pub(crate) exits_with_stdin: bool,
    pub(crate) output: Output,
}

/// What is written where.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    /// Lines for people.
    #[default]
    Lines,
    /// JSON for programs.
    Json,
}

/// Reads the command line.
pub(crate) fn read(mut parser: Parser) -> Result<Wish, Error> {
    let mut options = Options {
        port: PORT,
        ..Options::default()
    };
    let mut shows_environment = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => {
                return Ok(Wish::Show(HELP.replace("{FAULTS}", &faults::list())));
            }
            Long("version") | Short('V') => {
                let version = env!("CARGO_PKG_VERSION");
                return Ok(Wish::Show(format!("cloud-emulator {version}\n")));
            }
            Long("port") => options.port = parser.value()?.parse_with(port)?,
            Long("tables") => options.tables.push(parser.value()?.into()),
            Long("data") => options.data = Some(parser.value()?.into()),
            Long("seed") => options.seed = Some(parser.value()?.parse()?),
            Long("clock-shift") => options.clock_shift = parser.value()?.parse()?,
            Long("require-metadata-token") => options.requires_metadata_token = true,
            Long("exit-with-stdin") => options.exits_with_stdin = true,
            Long("json") => options.output = Output::Json,
            Long("print-env") => shows_environment = true,
            Long("fail") => options
                .rules
                .push(parser.value()?.parse_with(faults::read)?),
            Long("provider") => {
                let provider = parser.value()?.parse_with(provider)?;
                options.narrow("--provider", |rule| rule.provider(provider))?;
            }
            Long("action") => {
                let action = parser.value()?.string()?;
                options.narrow("--action", |rule| rule.action(action))?;
            }
            Long("path") => {
                let path = parser.value()?.string()?;
                options.narrow("--path", |rule| rule.path(path))?;
            }
            Long("times") => {
                let times: NonZeroU32 = parser.value()?.parse()?;
                options.narrow("--times", |rule| rule.times(times.get()))?;
            }
            Long("probability") => {
                let probability = parser.value()?.parse_with(probability)?;
                options.narrow("--probability", |rule| rule.probability(probability))?;
            }
            other => return Err(other.unexpected()),
        }
    }
    match (shows_environment, options.output, options.port) {
        (false, ..) => Ok(Wish::Serve(options)),
        (true, Output::Json, _) => Err("`--json` and `--print-env` exclude each other".into()),
        (true, _, 0) => {
            Err("`--print-env` needs to know the port: `--json` says which one is free".into())
        }
        (true, ..) => Ok(Wish::ShowEnvironment(options)),
    }
}

impl Options {
    /// Says more about the last fault.
    fn narrow(&mut self, option: &str, narrow: impl FnOnce(Rule) -> Rule) -> Result<(), Error> {
        let rule = self.rules.pop();
        let rule = rule.ok_or_else(|| {
            format!("`{option}` says for which calls a fault is: give it after a `--fail`")
        })?;
        self.rules.push(narrow(rule));
        Ok(())
    }
}

fn port(text: &str) -> Result<u16, &'static str> {
    text.parse()
        .map_err(|_| "a port is a number from 0 to 65535")
}

fn provider(text: &str) -> Result<Provider, &'static str> {
    match text {
        "ucloud" => Ok(Provider::Ucloud),
        "tencent" => Ok(Provider::Tencent),
        "aliyun" => Ok(Provider::Aliyun),
        _ => Err("a provider is `ucloud`, `tencent` or `aliyun`"),
    }
}

fn probability(text: &str) -> Result<f64, &'static str> {
    let number = text.parse().ok();
    number
        .filter(|number| (0.0..=1.0).contains(number))
        .ok_or("a probability is a number from 0 to 1")
}
