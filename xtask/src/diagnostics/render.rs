//! Findings in words, as rustc shows its own: the place, the lines, what is wrong, what to do.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Label, Severity};
use crate::source::{FileId, Sources};

/// Renders findings that are sorted by file.
pub fn render(found: &[Diagnostic], sources: &Sources, colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = String::new();
    for in_file in found.chunk_by(|a, b| a.primary.span.file == b.primary.span.file) {
        let Some(first) = in_file.first() else {
            continue;
        };
        let lines = Lines::of(first.primary.span.file, sources);
        for diagnostic in in_file {
            text.push_str(&renderer.render(&report(diagnostic, &lines, sources)));
            text.push_str("\n\n");
        }
    }
    text
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
        .id(diagnostic.code.0)
        .elements([] as [Origin<'_>; 0]);
    let (here, elsewhere): (Vec<_>, Vec<_>) = diagnostic
        .secondary
        .iter()
        .partition(|label| label.span.file == lines.file);
    if lines.text.is_empty() {
        group = group.element(Origin::path(lines.path));
    } else {
        group = group.element(lines.snippet(Some(&diagnostic.primary), &here));
    }
    for label in elsewhere {
        group = group.element(Lines::of(label.span.file, sources).snippet(None, &[label]));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(&**help));
    }
    vec![group]
}

/// A file, and where its lines begin.
struct Lines<'a> {
    file: FileId,
    path: &'a str,
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(file: FileId, sources: &'a Sources) -> Self {
        let text = sources.text(file);
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self {
            file,
            path: sources.path(file),
            text,
            starts,
        }
    }

    /// The lines that the labels are about; only these are handed over, so that a long file costs no more than a short one.
    fn snippet(
        &self,
        primary: Option<&'a Label>,
        context: &[&'a Label],
    ) -> Snippet<'a, Annotation<'a>> {
        let labels = || primary.into_iter().chain(context.iter().copied());
        let first = self.line_at(
            labels()
                .map(|label| label.span.start)
                .min()
                .unwrap_or_default(),
        );
        let last = self.line_at(
            labels()
                .map(|label| label.span.start)
                .max()
                .unwrap_or_default(),
        );
        let window = self.starts.get(first).copied().unwrap_or_default()..self.end_of(last);
        let mut snippet = Snippet::source(self.text.get(window.clone()).unwrap_or_default())
            .line_start(first + 1)
            .path(self.path)
            .fold(true);
        for label in labels() {
            let kind = match primary {
                Some(primary) if std::ptr::eq(primary, label) => AnnotationKind::Primary,
                _ => AnnotationKind::Context,
            };
            // What runs over several lines is shown by the first of them.
            let start = position(label.span.start);
            let end = position(label.span.end).clamp(
                start,
                self.end_of(self.line_at(label.span.start)).max(start),
            );
            let text = (!label.text.is_empty()).then_some(&*label.text);
            snippet = snippet.annotation(
                kind.span(start - window.start..end - window.start)
                    .label(text),
            );
        }
        snippet
    }

    /// The line, counted from 0, that a byte is on.
    fn line_at(&self, at: u32) -> usize {
        self.starts
            .partition_point(|start| *start <= position(at))
            .saturating_sub(1)
    }

    /// Where a line ends, without its line break.
    fn end_of(&self, line: usize) -> usize {
        let start = self.starts.get(line).copied().unwrap_or_default();
        let rest = self.text.get(start..).unwrap_or_default();
        start + rest.lines().next().unwrap_or_default().len()
    }
}

fn position(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}
