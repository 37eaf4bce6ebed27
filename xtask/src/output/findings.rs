//! The difference between the disk and what is wanted, as findings: one for each file.

use super::Plan;
use super::dependents::Dependent;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, codes};
use crate::source::{Sources, Span};

/// Every file that is not as it should be.
pub fn findings(plan: &Plan) -> (Diagnostics, Sources) {
    let mut files = Files::default();
    for stale in &plan.stale {
        files.stale(&stale.wanted.path, "it is not what the specs say");
    }
    for file in &plan.missing {
        files.stale(&file.path, "it is not there");
    }
    for path in &plan.orphans {
        files.stale(path, "no spec makes it any more");
    }
    if let Some(list) = &plan.manifest {
        files.stale(&list.path, "it does not list the generated files");
    }
    files.obstacles(plan);
    (files.found, files.sources)
}

/// What keeps files from being written.
pub fn obstacles(plan: &Plan) -> (Diagnostics, Sources) {
    let mut files = Files::default();
    files.obstacles(plan);
    (files.found, files.sources)
}

/// Findings about whole files, and about lines of a `Cargo.toml`.
#[derive(Default)]
struct Files {
    found: Diagnostics,
    sources: Sources,
}

impl Files {
    fn stale(&mut self, path: &str, what: &str) {
        let message = format!("{what}: run `cargo xtask gen` and commit what it changes");
        self.add(codes::STALE, path, &message);
    }

    fn obstacles(&mut self, plan: &Plan) {
        for path in &plan.strays {
            let message = "it is not on the list of generated files: move it to a crate of its own, or remove it";
            self.add(codes::STRAY, path, message);
        }
        for dependent in &plan.dependents {
            let message = format!(
                "this names `{}`, which no spec makes any more: remove it, then run `cargo xtask gen`",
                dependent.names
            );
            let span = self.line_of(dependent);
            self.found
                .push(Diagnostic::error(codes::STILL_NAMED, span, message));
        }
    }

    fn line_of(&mut self, dependent: &Dependent) -> Span {
        let Dependent {
            path, text, line, ..
        } = dependent;
        let file = self.sources.add(path.clone(), text.clone());
        let before: usize = text
            .split_inclusive('\n')
            .take(line - 1)
            .map(str::len)
            .sum();
        let width = text.lines().nth(line - 1).map_or(0, str::len);
        let position = |byte| u32::try_from(byte).unwrap_or(u32::MAX);
        Span {
            file,
            start: position(before),
            end: position(before + width),
        }
    }

    fn add(&mut self, code: Code, path: &str, message: &str) {
        let file = self.sources.add(path.to_owned(), String::new());
        self.found
            .push(Diagnostic::error(code, Span::of_file(file), message));
    }
}
