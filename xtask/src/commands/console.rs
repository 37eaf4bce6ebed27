//! How commands talk: to people, or to programs that read what they write.

use std::io::{IsTerminal, Write};
use std::path::Path;

use crate::diagnostics::Format;
use crate::pipeline::{self, Outcome};

/// Writes to the standard output. Whoever closes it early has read enough.
pub fn out(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Writes to the standard error.
pub fn err(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Says a line that is no finding: on the standard output, unless that is for a program.
pub fn say(format: Format, line: &str) {
    match format {
        Format::Human => out(&format!("{line}\n")),
        Format::Json | Format::Github => err(&format!("{line}\n")),
    }
}

/// Reads the specs of a workspace and tells what is wrong with them. There is nothing to go on with if they have mistakes.
pub fn read_specs(root: &Path, format: Format, consequence: &str) -> Option<Outcome> {
    let outcome = pipeline::run(root);
    tell(&outcome, format);
    let warnings = count(outcome.diagnostics.warnings(), "warning");
    match (outcome.diagnostics.errors(), outcome.diagnostics.warnings()) {
        (0, 0) => return Some(outcome),
        (0, _) => {
            err(&format!("warning: {warnings} in the specs\n"));
            return Some(outcome);
        }
        (errors, 0) => err(&format!(
            "error: {} in the specs; {consequence}\n",
            count(errors, "mistake")
        )),
        (errors, _) => err(&format!(
            "error: {} and {warnings} in the specs; {consequence}\n",
            count(errors, "mistake")
        )),
    }
    hint(&outcome.diagnostics.codes_of_errors());
    None
}

/// Writes the findings. A log of GitHub shows workflow commands as they are told, so people get the words as well.
fn tell(outcome: &Outcome, format: Format) {
    let Outcome {
        diagnostics,
        sources,
        ..
    } = outcome;
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    match format {
        Format::Human => err(&diagnostics.render(sources, colour)),
        Format::Json => out(&diagnostics.write(format, sources)),
        Format::Github => {
            out(&diagnostics.write(format, sources));
            err(&diagnostics.render(sources, false));
        }
    }
}

/// Says where there is more about the codes of a run.
pub fn hint(codes: &[&str]) {
    err(&format!(
        "help: `cargo xtask explain {}` says more\n",
        codes.join(" ")
    ));
}

/// A number of things.
pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
