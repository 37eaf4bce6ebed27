//! The difference between the disk and what is wanted, as findings: one for each file.

use super::Plan;
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
    files.strays(plan);
    (files.found, files.sources)
}

/// The files that are in the way.
pub fn findings_of_strays(plan: &Plan) -> (Diagnostics, Sources) {
    let mut files = Files::default();
    files.strays(plan);
    (files.found, files.sources)
}

/// Findings about whole files.
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

    fn strays(&mut self, plan: &Plan) {
        for path in &plan.strays {
            let message = "it was not generated: move it to a crate of its own, or remove it";
            self.add(codes::STRAY, path, message);
        }
    }

    fn add(&mut self, code: Code, path: &str, message: &str) {
        let file = self.sources.add(path.to_owned(), String::new());
        self.found
            .push(Diagnostic::error(code, Span::of_file(file), message));
    }
}
