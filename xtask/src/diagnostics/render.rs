//! Findings in words, as rustc shows its own: the place, the lines, what is wrong, what to do.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::lines::{Lines, position};
use super::{Diagnostic, Label, Severity};
use crate::source::Sources;

/// Renders findings that are sorted by file.
pub fn render(found: &[&Diagnostic], sources: &Sources, colour: bool) -> String {
    let mut text = String::new();
    for in_file in found.chunk_by(|a, b| a.primary.span.file == b.primary.span.file) {
        let Some(first) = in_file.first() else {
            continue;
        };
        let lines = Lines::of(first.primary.span.file, sources);
        for diagnostic in in_file {
            text.push_str(&render_one(diagnostic, &lines, sources, colour));
            text.push_str("\n\n");
        }
    }
    text
}

/// Renders one finding in a file.
pub fn render_one(
    diagnostic: &Diagnostic,
    lines: &Lines<'_>,
    sources: &Sources,
    colour: bool,
) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.render(&report(diagnostic, lines, sources))
}

fn report<'a>(
    diagnostic: &'a Diagnostic,
    lines: &Lines<'a>,
    sources: &'a Sources,
) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level
        .primary_title(&*diagnostic.message)
        .id(diagnostic.code.id)
        .elements([] as [Origin<'_>; 0]);
    let (here, elsewhere): (Vec<_>, Vec<_>) = diagnostic
        .secondary
        .iter()
        .partition(|label| label.span.file == lines.file);
    if lines.text.is_empty() {
        group = group.element(Origin::path(lines.path));
    } else {
        group = group.element(snippet(lines, Some(&diagnostic.primary), &here));
    }
    for label in elsewhere {
        let lines = Lines::of(label.span.file, sources);
        group = group.element(snippet(&lines, None, &[label]));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(&**help));
    }
    vec![group]
}

/// The lines that the labels are about; only these are handed over, so that a long file costs no more than a short one.
fn snippet<'a>(
    lines: &Lines<'a>,
    primary: Option<&'a Label>,
    context: &[&'a Label],
) -> Snippet<'a, Annotation<'a>> {
    let labels = || primary.into_iter().chain(context.iter().copied());
    let starts = || labels().map(|label| label.span.start);
    let first = lines.line_at(starts().min().unwrap_or_default());
    let last = lines.line_at(starts().max().unwrap_or_default());
    let window = lines.start_of(first)..lines.end_of(last);
    let mut snippet = Snippet::source(lines.text.get(window.clone()).unwrap_or_default())
        .line_start(first + 1)
        .path(lines.path)
        .fold(true);
    for label in labels() {
        let kind = match primary {
            Some(primary) if std::ptr::eq(primary, label) => AnnotationKind::Primary,
            _ => AnnotationKind::Context,
        };
        // What runs over several lines is shown by the first of them.
        let start = position(label.span.start);
        let line_end = lines.end_of(lines.line_at(label.span.start));
        let end = position(label.span.end).clamp(start, line_end.max(start));
        let text = (!label.text.is_empty()).then_some(&*label.text);
        let annotation = kind.span(start - window.start..end - window.start);
        snippet = snippet.annotation(annotation.label(text));
    }
    snippet
}
