//! A program that prints a key.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::process::Command;
use std::time::Duration;

use super::process::{self, Limits};
use crate::credentials::temporary::{Names, Object};
use crate::credentials::{CredentialSource, Credentials, Found, Lookup, Surroundings};
use crate::error::Error;
use crate::transport::BoxFuture;

/// How long the program may run unless told otherwise: people may have to confirm something.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A key has some hundred bytes, and a token a few thousand.
const LONGEST: usize = 64 << 10;

const NAMES: Names = Names {
    id: "access_key_id",
    secret: "access_key_secret",
    token: "sts_token",
    expires: "expiration",
};

/// The key that a program prints. The Alibaba Cloud CLI calls it the mode `External`.
///
/// It prints one object of JSON, and nothing else, to its standard output:
///
/// ```json
/// { "mode": "StsToken", "access_key_id": "…", "access_key_secret": "…", "sts_token": "…", "expiration": "2023-11-14T22:13:20Z" }
/// ```
///
/// The mode is `AK` for a permanent key, without the last two. A token without an end is asked for once, and again when the provider
/// says that it has expired.
///
/// No shell is involved. A program that runs for more than a minute, or prints more than 64 KiB, is ended. Errors and `Debug` show the
/// name of the program, but none of its arguments and nothing that it prints.
///
/// ```
/// use cloud_core::aliyun::credentials::ExternalProcess;
///
/// let source = ExternalProcess::new("/usr/local/bin/key-helper").args(["--account", "backup"]);
/// let source = ExternalProcess::parse("'/opt/key helper/run' --account backup")?;
/// # Ok::<(), cloud_core::Error>(())
/// ```
#[derive(Clone)]
pub struct ExternalProcess {
    program: OsString,
    arguments: Vec<OsString>,
    timeout: Duration,
}

impl ExternalProcess {
    /// This program, without arguments.
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        Self {
            program: program.as_ref().to_owned(),
            arguments: Vec::new(),
            timeout: TIMEOUT,
        }
    }

    /// The program and the arguments in a line, as `process_command` of the Alibaba Cloud CLI has them: parted by white space, with
    /// quotes around what holds some. A backslash takes the meaning from what follows it, except on Windows, where it parts folders.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) if the line is empty or a quote does not end.
    pub fn parse(command: &str) -> Result<Self, Error> {
        let mut words = words(command)
            .map_err(|problem| {
                Error::configuration(format!("external process: the command {problem}"))
            })?
            .into_iter();
        let program = words.next().ok_or_else(|| {
            Error::configuration("external process: the command is empty: name a program")
        })?;
        Ok(Self::new(program).args(words))
    }

    /// Adds arguments.
    #[must_use]
    pub fn args(mut self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        let arguments = arguments.into_iter();
        self.arguments
            .extend(arguments.map(|argument| argument.as_ref().to_owned()));
        self
    }

    /// How long the program may run: a minute unless set.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    async fn run(&self) -> Result<Lookup, Error> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        let limits = Limits {
            time: self.timeout,
            bytes: LONGEST,
        };
        let what = self.name().into_owned();
        let printed = process::output(command, limits).await;
        printed
            .and_then(|printed| key(&printed).map_err(|problem| format!("it prints {problem}")))
            .map(|key| Lookup::Found(Found::new(key, what.clone())))
            .map_err(|problem| Error::configuration(format!("{what}: {problem}")))
    }
}

/// The key in what a program prints.
fn key(printed: &[u8]) -> Result<Credentials, String> {
    let mut object = Object::parse(printed)?;
    let is_temporary = match object.text("mode")?.as_deref() {
        Some("StsToken") => true,
        Some("AK") | None => false,
        Some(_) => return Err("a `mode` that is neither `AK` nor `StsToken`".to_owned()),
    };
    let key = object.any_key(&NAMES)?;
    if is_temporary && key.token().is_none() {
        return Err(format!(
            "no `{}`, although the mode is `StsToken`",
            NAMES.token
        ));
    }
    Ok(key)
}

/// The words of a command line. The error is what is wrong with it.
fn words(line: &str) -> Result<Vec<String>, &'static str> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        let escapes = character == '\\'
            && match (quote, characters.peek()) {
                (Some('\''), _) => false,
                (Some(_), next) if cfg!(windows) => next == Some(&'"'),
                (Some(_), next) => next.is_some_and(|next| "\"\\$`".contains(*next)),
                (None, _) => !cfg!(windows),
            };
        if escapes {
            let next = characters.next().ok_or("ends with a backslash")?;
            word.get_or_insert_default().push(next);
        } else if quote == Some(character) {
            quote = None;
        } else if quote.is_none() && matches!(character, '"' | '\'') {
            quote = Some(character);
            word.get_or_insert_default();
        } else if quote.is_none() && character.is_whitespace() {
            words.extend(word.take());
        } else {
            word.get_or_insert_default().push(character);
        }
    }
    if quote.is_some() {
        return Err("has a quote that does not end");
    }
    words.extend(word);
    Ok(words)
}

impl fmt::Debug for ExternalProcess {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ExternalProcess")
            .field("program", &self.program)
            .finish_non_exhaustive()
    }
}

impl CredentialSource for ExternalProcess {
    fn name(&self) -> Cow<'_, str> {
        format!("external process {}", self.program.display()).into()
    }

    fn load<'a>(&'a self, _: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
        Box::pin(self.run())
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn command_lines() {
        for (line, expected) in [
            ("", Ok(&[][..])),
            (
                " helper  --to\tbackup ",
                Ok(&["helper", "--to", "backup"][..]),
            ),
            (
                r#""/opt/key helper/run" 'a "b"'"#,
                Ok(&["/opt/key helper/run", "a \"b\""]),
            ),
            (
                r#"run a\ b "c\"d" "e\f" 'g\h' '' """#,
                Ok(&["run", "a b", "c\"d", "e\\f", "g\\h", "", ""]),
            ),
            (r#"x"y z"w"#, Ok(&["xy zw"])),
            ("$HOME; ls | cat", Ok(&["$HOME;", "ls", "|", "cat"])),
            ("run 'a", Err("has a quote that does not end")),
            ("run a\\", Err("ends with a backslash")),
        ] {
            let found = words(line);
            let found = found
                .as_deref()
                .map(|words| words.to_vec())
                .map_err(|error| *error);
            let expected =
                expected.map(|words| words.iter().map(|word| (*word).to_owned()).collect());
            assert_eq!(found, expected, "{line}");
        }
    }
}
