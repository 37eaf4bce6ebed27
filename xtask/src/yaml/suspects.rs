//! What is looked for in the text of a file before the parser, and what it may have stumbled over.

use super::characters::{describe, is_odd, looks_like};
use crate::diagnostics::{Diagnostic, codes};
use crate::source::{FileId, Span};

/// How many lines before the one where the parser gave up are searched: it notices some mistakes only on the next line.
const LINES: usize = 2;

/// What a merge that is not finished leaves in a file.
const MERGE_MARKERS: &[&str] = &["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// Reports a text that is not worth parsing.
pub fn refuse(file: FileId, source: &str) -> Option<Diagnostic> {
    if let Some(mark) = source.chars().next().filter(|c| *c == '\u{feff}') {
        let finding = Diagnostic::error(
            codes::ODD_CHARACTER,
            span(file, 0, mark.len_utf8()),
            format!("the file begins with {}", describe(mark)),
        );
        return Some(finding.help("save it as UTF-8 without a byte order mark"));
    }
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let is_marker = |marker: &&&str| {
            let rest = line.strip_prefix(**marker);
            rest.is_some_and(|rest| rest.trim().is_empty() || rest.starts_with(' '))
        };
        if let Some(marker) = MERGE_MARKERS.iter().find(is_marker) {
            let finding = Diagnostic::error(
                codes::NOT_YAML,
                span(file, start, marker.len()),
                "this is not YAML: a merge was not finished here",
            );
            return Some(finding.label("a merge marker").help(
                "keep what is right of both sides, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
            ));
        }
        start += line.len();
    }
    None
}

/// The character that the parser probably stumbled over: the last one before or on its line that is not what it looks like.
pub fn culprit(file: FileId, source: &str, at: usize) -> Option<Diagnostic> {
    let end = source.get(at..).map_or(source.len(), |rest| {
        at + rest.find('\n').unwrap_or(rest.len())
    });
    let before = source.get(..end)?;
    let start = before
        .rmatch_indices('\n')
        .nth(LINES)
        .map_or(0, |(at, _)| at + 1);
    let mut found = None;
    let mut line_start = start;
    for line in before.get(start..)?.split_inclusive('\n') {
        for (at, c) in outside_quotes(line) {
            if is_odd(c) {
                found = Some((line_start + at, c));
            }
        }
        line_start += line.len();
    }
    found.map(|(at, c)| odd(span(file, at, c.len_utf8()), c, "this is not YAML"))
}

/// The first such character as it is written in a part of a file, and its place.
pub fn written(part: Span, source: &str, is_such: impl Fn(char) -> bool) -> Option<(char, Span)> {
    let start = usize::try_from(part.start).ok()?;
    let text = source.get(start..usize::try_from(part.end).ok()?)?;
    let (at, c) = text.char_indices().find(|(_, c)| is_such(*c))?;
    Some((c, span(part.file, start + at, c.len_utf8())))
}

/// Reports a character that is not what it looks like.
pub fn odd(span: Span, c: char, what: &str) -> Diagnostic {
    match looks_like(c) {
        Some(meant) => Diagnostic::error(
            codes::ODD_CHARACTER,
            span,
            format!("{what}: `{c}` is not `{meant}`"),
        )
        .label("not punctuation of YAML")
        .help(match meant {
            ':' | ',' => format!("write `{meant}` and a space"),
            _ => format!("write `{meant}`"),
        }),
        None => Diagnostic::error(
            codes::ODD_CHARACTER,
            span,
            format!("{what}: there is {}", describe(c)),
        )
        .help("remove it, or write a plain space"),
    }
}

/// The characters of a line with their places, but for those in quotes and in a comment.
fn outside_quotes(line: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quote = None;
    let mut before = ' ';
    let plain = line.char_indices().map_while(move |(at, c)| {
        let is_escaped = before == '\\';
        let opens = quote.is_none() && matches!(c, '"' | '\'') && !before.is_alphanumeric();
        let is_comment = quote.is_none() && c == '#' && before == ' ';
        let was_quoted = quote.is_some();
        if opens {
            quote = Some(c);
        } else if quote == Some(c) && !(c == '"' && is_escaped) {
            quote = None;
        }
        before = c;
        (!is_comment).then_some((at, c, was_quoted))
    });
    plain.filter_map(|(at, c, was_quoted)| (!was_quoted).then_some((at, c)))
}

fn span(file: FileId, start: usize, length: usize) -> Span {
    let position = |byte| u32::try_from(byte).unwrap_or(u32::MAX);
    Span {
        file,
        start: position(start),
        end: position(start + length),
    }
}
