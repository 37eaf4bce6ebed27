//! A request as a line.

use cloud_emulator::{RecordedRequest, Verdict};
use serde_json::json;
use time::OffsetDateTime;

/// A reason may quote the request. The web page has all of it.
const LONGEST_REASON: usize = 300;

const GREEN: &str = "\x1b[32m";
const RED: &str = "\x1b[31m";
const YELLOW: &str = "\x1b[33m";

/// When, whose, what, and what came of it.
pub(crate) fn plain(request: &RecordedRequest) -> String {
    of(request, false)
}

/// The same for a terminal.
pub(crate) fn in_colour(request: &RecordedRequest) -> String {
    of(request, true)
}

fn of(request: &RecordedRequest, is_coloured: bool) -> String {
    let time = OffsetDateTime::from(request.time);
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    let provider = request.provider.map(|provider| provider.to_string());
    let provider = provider.as_deref().unwrap_or("nobody's");
    let what = match &request.action {
        Some(action) => action.clone(),
        None => format!("{} {}", request.method, request.path)
            .trim_end()
            .to_owned(),
    };
    let what = printable(&what);
    let (colour, verdict, code, reason) = match &request.verdict {
        Verdict::Accepted { reason } => (GREEN, "accepted", "", reason),
        Verdict::Unauthenticated { code, reason } => (RED, "not let in", &**code, reason),
        Verdict::Refused { code, reason } => (RED, "refused", &**code, reason),
        Verdict::Faulted { fault } => (YELLOW, "fault", "", &fault.to_string()),
    };
    let verdict = format!("{verdict:<10}");
    let verdict = if is_coloured {
        format!("{colour}{verdict}\x1b[0m")
    } else {
        verdict
    };
    let gap = if code.is_empty() { "" } else { ": " };
    let reason = shortened(&printable(reason));
    format!(
        "{hour:02}:{minute:02}:{second:02}  {provider:<13}  {what:<30}  {verdict}  {code}{gap}{reason}\n"
    )
}

/// All of it, as JSON.
pub(crate) fn json(request: &RecordedRequest) -> String {
    format!("{}\n", json!(request))
}

/// A caller could otherwise write to the terminal what it likes, and end the line.
fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() {
            printable.extend(character.escape_default());
        } else {
            printable.push(character);
        }
    }
    printable
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_REASON) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text.to_owned(),
    }
}
