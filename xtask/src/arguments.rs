//! The command line.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use lexopt::Arg::{Long, Short, Value};
use lexopt::ValueExt;

use crate::commands::{demo, explain, generate, list, new, test};
use crate::diagnostics::{Format, closest};

const HELP: &str = "\
Usage: cargo xtask <command>

Commands:
  gen [--check]           make the client crates from the specs, or check that they are what the specs say
  new <crate> [<Action>]  write the skeleton of a spec
  list [<crate>]          show what the specs cover
  explain [<code>]        say more about a finding, such as S012
  test                    run every test of the workspace
  demo                    show clients, emulator and backup monitor at work, without an account

`cargo xtask <command> --help` says more about each.
";

/// A command as the command line knows it.
struct Known {
    name: &'static str,
    /// Its options; `--root` and `--help` are everybody's.
    options: &'static [&'static str],
    /// How many words may follow it.
    words: usize,
    help: &'static str,
}

const COMMANDS: &[Known] = &[
    Known {
        name: "gen",
        options: &["check", "deny-warnings", "message-format"],
        words: 0,
        help: generate::HELP,
    },
    Known {
        name: "new",
        options: &["provider", "title"],
        words: 2,
        help: new::HELP,
    },
    Known {
        name: "list",
        options: &["json"],
        words: 1,
        help: list::HELP,
    },
    Known {
        name: "explain",
        options: &[],
        words: usize::MAX,
        help: explain::HELP,
    },
    Known {
        name: "test",
        options: &[],
        words: 0,
        help: test::HELP,
    },
    Known {
        name: "demo",
        options: &[],
        words: 0,
        help: demo::HELP,
    },
];

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
        /// Take warnings for mistakes.
        deny_warnings: bool,
        /// How findings are written.
        format: Format,
    },
    /// `new`.
    New(new::Wanted),
    /// `list`.
    List {
        /// The crate; all of them if there is none.
        service: Option<String>,
        /// As JSON.
        json: bool,
    },
    /// `explain`.
    Explain {
        /// The codes; all of them if there are none.
        codes: Vec<String>,
    },
    /// `test`.
    Test {
        /// What goes to `cargo test`.
        options: Vec<OsString>,
    },
    /// `demo`.
    Demo,
}

/// What was read before it is known to make sense.
#[derive(Default)]
struct Given {
    words: Vec<String>,
    check: bool,
    deny_warnings: bool,
    json: bool,
    format: Format,
    provider: Option<String>,
    title: Option<String>,
    root: Option<PathBuf>,
    after_dashes: Vec<OsString>,
}

/// Reads the command line.
pub fn read(mut parser: lexopt::Parser) -> Result<Request, lexopt::Error> {
    let mut command: Option<&Known> = None;
    let mut given = Given::default();
    loop {
        let is_test = command.is_some_and(|known| known.name == "test");
        if is_test
            && parser
                .try_raw_args()
                .is_some_and(|mut raw| raw.next_if(|word| word == "--").is_some())
        {
            given.after_dashes = parser.raw_args()?.collect();
        }
        let Some(argument) = parser.next()? else {
            break;
        };
        let takes = |option| command.is_some_and(|known| known.options.contains(&option));
        match argument {
            Long("help") | Short('h') => {
                return Ok(Request::Help(command.map_or(HELP, |known| known.help)));
            }
            Long("check") if takes("check") => given.check = true,
            Long("deny-warnings") if takes("deny-warnings") => given.deny_warnings = true,
            Long("json") if takes("json") => given.json = true,
            Long("message-format") if takes("message-format") => {
                given.format = parser.value()?.parse()?;
            }
            Long("provider") if takes("provider") => {
                given.provider = Some(parser.value()?.string()?);
            }
            Long("title") if takes("title") => given.title = Some(parser.value()?.string()?),
            Long("root") if command.is_some() => given.root = Some(parser.value()?.into()),
            Value(word) => match command {
                Some(known) if given.words.len() < known.words => given.words.push(word.string()?),
                Some(_) => return Err(Value(word).unexpected()),
                None => {
                    let name = word.string()?;
                    if name == "help" {
                        return Ok(Request::Help(HELP));
                    }
                    command = Some(find(&name)?);
                }
            },
            other => return Err(other.unexpected()),
        }
    }
    let known = command.ok_or_else(|| format!("no command\n\n{HELP}"))?;
    // The workspace that this was built in; `cargo xtask` builds it before each run.
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR"));
    let here = || built_in.parent().unwrap_or(built_in).to_owned();
    let root = given.root.take().unwrap_or_else(here);
    Ok(Request::Run {
        command: given.command(known.name)?,
        root,
    })
}

impl Given {
    fn command(self, name: &str) -> Result<Command, String> {
        let mut words = self.words.into_iter();
        Ok(match name {
            "gen" => Command::Generate {
                check: self.check,
                deny_warnings: self.deny_warnings,
                format: self.format,
            },
            "new" => Command::New(new::Wanted::read(
                words.next(),
                words.next(),
                self.provider.as_deref(),
                self.title,
            )?),
            "list" => Command::List {
                service: words.next(),
                json: self.json,
            },
            "explain" => Command::Explain {
                codes: words.collect(),
            },
            "test" => Command::Test {
                options: self.after_dashes,
            },
            "demo" => Command::Demo,
            other => return Err(format!("there is no command `{other}`")),
        })
    }
}

fn find(name: &str) -> Result<&'static Known, String> {
    COMMANDS
        .iter()
        .find(|known| known.name == name)
        .ok_or_else(|| {
            let help = match closest(name, COMMANDS.iter().map(|known| known.name)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`cargo xtask --help` lists the commands".to_owned(),
            };
            format!("there is no command `{name}`\nhelp: {help}")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(arguments: &[&str]) -> Result<Request, String> {
        read(lexopt::Parser::from_args(arguments)).map_err(|error| error.to_string())
    }

    #[test]
    fn commands_and_their_options() {
        let run = |arguments: &[&str]| match read_all(arguments) {
            Ok(Request::Run { command, root }) => (command, root),
            other => panic!("{other:?}"),
        };
        let command = Command::Generate {
            check: true,
            deny_warnings: true,
            format: Format::Json,
        };
        assert_eq!(
            run(&[
                "gen",
                "--check",
                "--deny-warnings",
                "--root",
                "/x",
                "--message-format=json"
            ]),
            (command, PathBuf::from("/x"))
        );
        let (command, root) = run(&["test"]);
        assert_eq!(command, Command::Test { options: vec![] });
        assert!(root.join("xtask").is_dir());
        let command = Command::List {
            service: Some("ucloud-udb".to_owned()),
            json: true,
        };
        assert_eq!(run(&["list", "--json", "ucloud-udb"]).0, command);
        let codes = vec!["S001".to_owned(), "S002".to_owned()];
        assert_eq!(
            run(&["explain", "S001", "S002"]).0,
            Command::Explain { codes }
        );
    }

    #[test]
    fn what_follows_two_dashes_goes_to_cargo() {
        let arguments = [
            "test", "--root", "/x", "--", "-p", "a", "--", "--check", "b",
        ];
        let options = ["-p", "a", "--", "--check", "b"].map(OsString::from);
        let run = Request::Run {
            command: Command::Test {
                options: options.into(),
            },
            root: "/x".into(),
        };
        assert_eq!(read_all(&arguments), Ok(run));
    }

    #[test]
    fn each_known_command_is_its_own() {
        for known in COMMANDS {
            let command = Given {
                words: vec!["ucloud-udb".to_owned()],
                ..Given::default()
            }
            .command(known.name);
            let is_test = matches!(command, Ok(Command::Test { .. }));
            assert!(command.is_ok(), "{}: {command:?}", known.name);
            assert_eq!(is_test, known.name == "test");
        }
        assert!(Given::default().command("release").is_err());
    }

    #[test]
    fn help_is_there_for_everything() {
        assert_eq!(read_all(&["--help"]), Ok(Request::Help(HELP)));
        assert_eq!(read_all(&["help"]), Ok(Request::Help(HELP)));
        for known in COMMANDS {
            assert_eq!(
                read_all(&[known.name, "--help"]),
                Ok(Request::Help(known.help))
            );
            assert!(HELP.contains(&format!("\n  {} ", known.name)));
            for option in known.options {
                assert!(
                    known.help.contains(&format!("--{option}")),
                    "{}",
                    known.name
                );
            }
        }
    }

    #[test]
    fn a_name_that_is_no_command_runs_nothing() {
        for known in COMMANDS {
            let words = vec!["tencent-moon".to_owned()];
            let given = Given {
                words,
                ..Given::default()
            };
            assert!(given.command(known.name).is_ok(), "{}", known.name);
        }
        assert!(Given::default().command("publish").is_err());
    }

    #[test]
    fn what_means_nothing_says_what_would() {
        for (arguments, said) in [
            (&[][..], "Usage"),
            (&["gne"], "did you mean `gen`?"),
            (&["publish"], "--help"),
            (&["gen", "--chekc"], "--chekc"),
            (&["gen", "ucloud-udb"], "ucloud-udb"),
            (&["test", "--check"], "--check"),
            (&["test", "x"], "\"x\""),
            (&["demo", "--", "--locked"], "--locked"),
            (&["list", "a", "b"], "\"b\""),
            (
                &["gen", "--message-format", "xml"],
                "`human`, `json` or `github`",
            ),
            (&["new"], "which crate?"),
        ] {
            assert!(
                read_all(arguments).is_err_and(|error| error.contains(said)),
                "{arguments:?}"
            );
        }
    }
}
