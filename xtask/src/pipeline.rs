//! The stages from `specs/` to the model, one after the other. None of them looks back at one before it.

use std::path::Path;

use crate::diagnostics::Diagnostics;
use crate::model::Service;
use crate::resolve::resolve;
use crate::source::{Folder, Sources, load};
use crate::spec::{self, Trees};

/// What the specs say, and what is to be said about them.
pub struct Outcome {
    /// The model; only good if there are no mistakes.
    pub services: Vec<Service>,
    /// How many mistakes there are.
    pub mistakes: usize,
    /// Mistakes and warnings in words.
    pub findings: String,
}

/// Reads the specs of a workspace.
pub fn run(root: &Path, colour: bool) -> Outcome {
    let mut diagnostics = Diagnostics::default();
    let mut sources = Sources::default();
    let folders = load(root, &mut sources, &mut diagnostics);
    let services = model(&folders, &sources, &mut diagnostics);
    Outcome {
        services,
        mistakes: diagnostics.errors(),
        findings: diagnostics.render(&sources, colour),
    }
}

/// Makes the model of files that were read.
fn model(folders: &[Folder], sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<Service> {
    let trees: Vec<Trees<'_>> = folders
        .iter()
        .map(|folder| Trees::parse(folder, sources, diagnostics))
        .collect();
    let specs: Vec<_> = trees.iter().map(spec::read).collect();
    resolve(&specs, diagnostics)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICE: &str = include_str!("../tests/generator/specs/acme-vault/service.yaml");
    const OPERATION: &str = include_str!("../tests/generator/specs/acme-vault/DescribeVaults.yaml");

    /// Whole files of the invented service through all stages; the findings in words.
    fn findings(service: &str, operation: &str) -> (usize, String) {
        let mut sources = Sources::default();
        let folder = Folder {
            name: "acme-vault".to_owned(),
            file: sources.add("specs/acme-vault".to_owned(), String::new()),
            service: Some(sources.add(
                "specs/acme-vault/service.yaml".to_owned(),
                service.to_owned(),
            )),
            operations: vec![(
                "DescribeVaults".to_owned(),
                sources.add(
                    "specs/acme-vault/DescribeVaults.yaml".to_owned(),
                    operation.to_owned(),
                ),
            )],
        };
        let mut diagnostics = Diagnostics::default();
        model(&[folder], &sources, &mut diagnostics);
        (diagnostics.errors(), diagnostics.render(&sources, false))
    }

    #[test]
    fn the_specs_of_the_tests_are_right() {
        assert_eq!(findings(SERVICE, OPERATION), (0, String::new()));
    }

    /// Text cut, doubled and mixed up in many places: whatever is said about it, nothing panics.
    #[test]
    fn broken_specs_are_survived() {
        let pieces = [
            "",
            ":",
            "- ",
            "\n",
            "  ",
            "\"",
            "[",
            "}",
            "#",
            "~",
            "测",
            "\u{feff}",
            "\t",
            "&a",
            "99999999999999999999",
            "type",
        ];
        for (index, (at, _)) in OPERATION.char_indices().step_by(5).enumerate() {
            let piece = pieces[index % pieces.len()];
            let rest = OPERATION[at..].chars().skip(index % 7).collect::<String>();
            let broken = format!("{}{piece}{rest}", &OPERATION[..at]);
            findings(SERVICE, &broken);
        }
        for (index, (at, _)) in SERVICE.char_indices().step_by(5).enumerate() {
            let broken = format!(
                "{}{}{}",
                &SERVICE[..at],
                pieces[index % pieces.len()],
                &SERVICE[at..]
            );
            findings(&broken, OPERATION);
        }
    }
}
