//! What is wrong with a configuration: all of it at once, as rustc shows it, with the line and what to do.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

/// What is on lines that are not shown, since somebody may have written a key or a password there after all.
const SECRETIVE: &[&str] = &["key", "secret", "token", "password", "credential", "@"];

/// One thing that is wrong.
#[derive(Debug)]
struct Mistake {
    span: Range<usize>,
    message: String,
    help: String,
}

/// Everything that is wrong.
#[derive(Debug, Default)]
pub(crate) struct Mistakes(Vec<Mistake>);

impl Mistakes {
    /// Adds one: where it is, what is wrong, what to do.
    pub(crate) fn push(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.0.push(Mistake {
            span,
            message: message.into(),
            help: help.into(),
        });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them in words, in the order of the file.
    pub(crate) fn render(mut self, path: &str, text: &str, colour: bool) -> String {
        self.0.sort_by_key(|mistake| mistake.span.start);
        let renderer = if colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let mut rendered = String::new();
        for mistake in &self.0 {
            let group = Level::ERROR
                .primary_title(&*mistake.message)
                .element(place(mistake, path, text))
                .element(Level::HELP.message(&*mistake.help));
            rendered.push_str(&renderer.render(&[group]));
            rendered.push_str("\n\n");
        }
        let number = match self.0.len() {
            1 => "1 mistake".to_owned(),
            number => format!("{number} mistakes"),
        };
        rendered.push_str(&format!("error: {number} in {path}; nothing was asked\n"));
        rendered
    }
}

/// The line with the mistake in it, or its number alone.
fn place<'a>(mistake: &Mistake, path: &'a str, text: &'a str) -> Element<'a> {
    let at = floor(text, mistake.span.start);
    let before = &text[..at];
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let line = before.matches('\n').count() + 1;
    let shown = text[start..end].trim_end_matches('\r');
    let lowercase = shown.to_lowercase();
    if SECRETIVE.iter().any(|word| lowercase.contains(word)) {
        return Origin::path(path).line(line).into();
    }
    // What runs over several lines is shown by the first of them.
    let to = floor(text, mistake.span.end).clamp(at, start + shown.len().max(at - start));
    let annotation = AnnotationKind::Primary.span(at - start..to - start);
    Snippet::source(shown)
        .line_start(line)
        .path(path)
        .annotation(annotation)
        .into()
}

/// The nearest place that is no part of a character, at or before this one.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}
