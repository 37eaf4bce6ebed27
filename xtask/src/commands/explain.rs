//! `cargo xtask explain`: more about a kind of finding than fits beside the line.

use std::fmt::Write as _;
use std::process::ExitCode;

use super::{console, usage};
use crate::diagnostics::codes;

/// What `--help` says.
pub const HELP: &str = "\
Usage: cargo xtask explain [<code>...]

Says what a finding such as S012 means, why it is one, and shows a spec that has it and one that is right. Without a code, names
all of them.
";

/// Explains codes, or lists them.
pub fn run(wanted: &[String]) -> ExitCode {
    let mut text = String::new();
    if wanted.is_empty() {
        for code in codes::ALL {
            let _ = writeln!(text, "{code}  {}", code.title);
        }
    }
    for (index, id) in wanted.iter().enumerate() {
        let code = match codes::find(id) {
            Ok(code) => code,
            Err(near) => {
                let help = near.map_or_else(
                    || "`cargo xtask explain` lists them".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                return usage(&format!("there is no code `{id}`\nhelp: {help}"));
            }
        };
        let between = if index > 0 { "\n\n" } else { "" };
        let _ = write!(
            text,
            "{between}{code}: {}\n\n{}",
            code.title, code.explanation
        );
    }
    console::out(&text);
    ExitCode::SUCCESS
}
