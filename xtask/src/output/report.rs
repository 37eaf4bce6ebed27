//! The difference between the disk and what is wanted, in words.

use std::fmt::Write as _;

use similar::TextDiff;

use super::dependents::Dependent;
use super::{Plan, Stale};

/// How many lines of one diff are shown.
const LINES_OF_A_DIFF: usize = 40;

/// How many diffs are shown; the files after that are only named.
const DIFFS: usize = 10;

/// Names each file that is not as it should be, with a diff where that says more.
pub fn describe(plan: &Plan) -> String {
    let mut text = String::new();
    for (index, stale) in plan.stale.iter().enumerate() {
        let detail = if index < DIFFS {
            difference(stale)
        } else {
            String::new()
        };
        line(&mut text, "stale", &stale.wanted.path, &detail);
    }
    if plan.stale.len() > DIFFS {
        let _ = writeln!(
            text,
            "         (only the first {DIFFS} differences are shown)"
        );
    }
    for file in &plan.missing {
        line(&mut text, "missing", &file.path, "");
    }
    for path in &plan.orphans {
        line(&mut text, "orphan", path, " (no spec makes it any more)\n");
    }
    if let Some(list) = &plan.manifest {
        line(
            &mut text,
            "stale",
            &list.path,
            " (the list of generated files)\n",
        );
    }
    text.push_str(&describe_obstacles(plan));
    text
}

/// Names what keeps files from being written.
pub fn describe_obstacles(plan: &Plan) -> String {
    let mut text = String::new();
    for path in &plan.strays {
        line(
            &mut text,
            "stray",
            path,
            " (not on the list of generated files)\n",
        );
    }
    for Dependent {
        path,
        line: number,
        names,
        ..
    } in &plan.dependents
    {
        let place = format!("{path}:{number}");
        line(
            &mut text,
            "named",
            &place,
            &format!(" (`{names}`, which no spec makes any more)\n"),
        );
    }
    text
}

fn line(text: &mut String, what: &str, path: &str, detail: &str) {
    let detail = if detail.is_empty() { "\n" } else { detail };
    // Writing to a string cannot fail.
    let _ = write!(text, "{what:<8} {path}{detail}");
}

fn difference(stale: &Stale) -> String {
    let Ok(found) = std::str::from_utf8(&stale.found) else {
        return " (not UTF-8)\n".to_owned();
    };
    if found.replace("\r\n", "\n") == stale.wanted.contents {
        return " (only the line ends differ: CRLF on disk, LF wanted)\n".to_owned();
    }
    let diff = TextDiff::from_lines(found, &stale.wanted.contents);
    let shown = diff
        .unified_diff()
        .header("on disk", "generated")
        .to_string();
    let mut text = "\n".to_owned();
    for line in shown.lines().take(LINES_OF_A_DIFF) {
        let _ = writeln!(text, "    {line}");
    }
    match shown.lines().count().saturating_sub(LINES_OF_A_DIFF) {
        0 => {}
        more => {
            let _ = writeln!(text, "    … and {more} more lines");
        }
    }
    text
}
