//! What is wrong with the specs: collected over a whole run, told at its end.

pub mod codes;
mod format;
mod lines;
mod machine;
mod render;
mod suggest;

pub use codes::Code;
pub use format::Format;
pub use suggest::closest;

use std::collections::BTreeSet;

use crate::source::{Sources, Span};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// It can be generated, and should be better.
    Warning,
}

/// A place and what is to be said there.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The words; may be empty.
    pub text: String,
}

/// One finding: what is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub primary: Label,
    /// Other places that matter, such as the first of two.
    pub secondary: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A mistake.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message.into())
    }

    /// Something that should be better.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span, message.into())
    }

    fn new(severity: Severity, code: Code, span: Span, message: String) -> Self {
        let primary = Label {
            span,
            text: String::new(),
        };
        Self {
            code,
            severity,
            message,
            primary,
            secondary: Vec::new(),
            help: None,
        }
    }

    /// Says something at the place itself.
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Shows another place.
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Says what to do.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Says which known word was probably meant, or what else there is to do.
    pub fn suggest(self, near: Option<&str>, otherwise: impl FnOnce() -> String) -> Self {
        let help = near.map_or_else(otherwise, |near| format!("did you mean `{near}`?"));
        self.help(help)
    }
}

/// Everything that was found in a run.
#[derive(Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    errors: usize,
}

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if diagnostic.severity == Severity::Error {
            self.errors += 1;
        }
        self.found.push(diagnostic);
    }

    /// Adds the findings of an iterator.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        diagnostics
            .into_iter()
            .for_each(|diagnostic| self.push(diagnostic));
    }

    /// Adds a finding, unless another one of its kind is about the same place.
    pub fn push_once(&mut self, diagnostic: Diagnostic) {
        let is_there = self.found.iter().any(|found| {
            found.code == diagnostic.code && found.primary.span == diagnostic.primary.span
        });
        if !is_there {
            self.push(diagnostic);
        }
    }

    /// Adds what another part of the run found.
    pub fn append(&mut self, mut others: Self) {
        self.found.append(&mut others.found);
        self.errors += others.errors;
    }

    /// How many mistakes there are; none means that the specs can be generated from.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// How many findings are no mistakes.
    pub fn warnings(&self) -> usize {
        self.found.len() - self.errors
    }

    /// The codes of the mistakes, sorted, each once.
    pub fn codes_of_errors(&self) -> Vec<&'static str> {
        let errors = |found: &&Diagnostic| found.severity == Severity::Error;
        sorted_codes(self.found.iter().filter(errors))
    }

    /// The codes of everything that was found, sorted, each once.
    pub fn codes(&self) -> Vec<&'static str> {
        sorted_codes(self.found.iter())
    }

    /// Everything in words, sorted by place, in colour or not.
    pub fn render(&self, sources: &Sources, colour: bool) -> String {
        render::render(&self.sorted(), sources, colour)
    }

    /// Everything as a program reads it, or in words without colour.
    pub fn write(&self, format: Format, sources: &Sources) -> String {
        match format {
            Format::Human => self.render(sources, false),
            Format::Json => machine::json(&self.sorted(), sources),
            Format::Github => machine::github(&self.sorted(), sources),
        }
    }

    /// Two findings at one place stay in the order of the stages that made them. What is found twice, since a record includes another
    /// one with a mistake, is told once.
    fn sorted(&self) -> Vec<&Diagnostic> {
        let mut found: Vec<&Diagnostic> = self.found.iter().collect();
        found.sort_by_key(|found| found.primary.span);
        found.dedup();
        found
    }
}

fn sorted_codes<'d>(found: impl Iterator<Item = &'d Diagnostic>) -> Vec<&'static str> {
    let codes: BTreeSet<&str> = found.map(|found| found.code.id).collect();
    codes.into_iter().collect()
}
