//! The command line.

use std::path::{Path, PathBuf};

use lexopt::Arg::{Long, Short, Value};
use lexopt::ValueExt;

use crate::commands::{generate, test};
use crate::diagnostics::closest;

const HELP: &str = "\
Usage: cargo xtask <command>

Commands:
  gen [--check]  make the client crates from the specs, or check that they are what the specs say
  test           run every test of the workspace

`cargo xtask <command> --help` says more about each.
";

/// The commands, by name, and what `--help` says about each.
const COMMANDS: &[(&str, &str)] = &[("gen", generate::HELP), ("test", test::HELP)];

/// What is to be done.
#[derive(Debug, PartialEq, Eq)]
pub enum Request {
    /// Show a text.
    Help(&'static str),
    /// Run a command.
    Run {
        /// The command.
        command: Command,
        /// The workspace.
        root: PathBuf,
    },
}

/// A command and its options.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// `gen`.
    Generate {
        /// Only compare.
        check: bool,
    },
    /// `test`.
    Test,
}

/// Reads the command line.
pub fn read(mut parser: lexopt::Parser) -> Result<Request, lexopt::Error> {
    let mut command: Option<(&str, &'static str)> = None;
    let mut check = false;
    let mut root = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => {
                return Ok(Request::Help(command.map_or(HELP, |(_, help)| help)));
            }
            Long("check") if command.is_some_and(|(name, _)| name == "gen") => check = true,
            Long("root") if command.is_some() => root = Some(PathBuf::from(parser.value()?)),
            Value(name) if command.is_none() => {
                let name = name.string()?;
                match COMMANDS.iter().find(|(known, _)| *known == name) {
                    Some(known) => command = Some(*known),
                    None if name == "help" => return Ok(Request::Help(HELP)),
                    None => return Err(unknown(&name).into()),
                }
            }
            other => return Err(other.unexpected()),
        }
    }
    let command = match command {
        None => return Err(format!("no command\n\n{HELP}").into()),
        Some(("gen", _)) => Command::Generate { check },
        Some(_) => Command::Test,
    };
    // The workspace that this was built in; `cargo xtask` builds it before each run.
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = root.unwrap_or_else(|| built_in.parent().unwrap_or(built_in).to_owned());
    Ok(Request::Run { command, root })
}

fn unknown(name: &str) -> String {
    let names = COMMANDS.iter().map(|(name, _)| *name);
    let help = match closest(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`cargo xtask --help` lists the commands".to_owned(),
    };
    format!("there is no command `{name}`\nhelp: {help}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(arguments: &[&str]) -> Result<Request, String> {
        read(lexopt::Parser::from_args(arguments)).map_err(|error| error.to_string())
    }

    #[test]
    fn commands_and_their_options() {
        let Ok(Request::Run { command, root }) = read_all(&["gen", "--check", "--root", "/x"])
        else {
            panic!()
        };
        assert_eq!(
            (command, root),
            (Command::Generate { check: true }, PathBuf::from("/x"))
        );
        let Ok(Request::Run { command, root }) = read_all(&["test"]) else {
            panic!()
        };
        assert_eq!(command, Command::Test);
        assert!(root.join("xtask").is_dir());
    }

    #[test]
    fn help_is_there_for_everything() {
        for (arguments, shown) in [
            (&["--help"][..], HELP),
            (&["help"], HELP),
            (&["gen", "--help"], generate::HELP),
            (&["test", "-h"], test::HELP),
        ] {
            assert_eq!(read_all(arguments), Ok(Request::Help(shown)));
        }
    }

    #[test]
    fn what_means_nothing_says_what_would() {
        assert!(read_all(&[]).is_err_and(|error| error.contains("Usage")));
        assert!(read_all(&["gne"]).is_err_and(|error| error.contains("did you mean `gen`?")));
        assert!(read_all(&["publish"]).is_err_and(|error| error.contains("--help")));
        assert!(read_all(&["gen", "--chekc"]).is_err_and(|error| error.contains("--chekc")));
        assert!(read_all(&["test", "--check"]).is_err_and(|error| error.contains("--check")));
    }
}
