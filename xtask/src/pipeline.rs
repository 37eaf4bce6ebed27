//! The stages from specs to the model, one after the other. None of them looks back at one before it.

use std::path::Path;

use crate::diagnostics::Diagnostics;
use crate::model::{Provider, Service};
use crate::resolve::resolve;
use crate::source::{Folder, Layout, Sources, load};
use crate::spec::{self, Trees};

/// What the specs say, and what is to be said about them.
pub struct Outcome {
    /// The model; only good if there are no mistakes.
    pub services: Vec<Service>,
    /// Mistakes and warnings.
    pub diagnostics: Diagnostics,
    /// The files that they point into.
    pub sources: Sources,
}

/// Reads the specs of a workspace: those of its services, and those of the fixtures if it has them.
pub fn run(root: &Path) -> Outcome {
    let mut diagnostics = Diagnostics::default();
    let mut sources = Sources::default();
    let mut folders = Vec::new();
    for layout in Layout::ALL {
        let specs = root.join(layout.specs);
        if layout == Layout::SERVICES || specs.exists() {
            folders.append(&mut load(&specs, layout, &mut sources, &mut diagnostics));
        }
    }
    finish(&folders, sources, diagnostics)
}

/// Reads the specs in a folder, wherever it is.
pub fn run_on_folder(specs: &Path) -> Outcome {
    let mut diagnostics = Diagnostics::default();
    let mut sources = Sources::default();
    let folders = load(specs, Layout::SERVICES, &mut sources, &mut diagnostics);
    finish(&folders, sources, diagnostics)
}

/// Whose service a folder describes, as far as its `service.yaml` can be read.
pub fn provider(specs: &Path, name: &str) -> Option<Provider> {
    let mut sources = Sources::default();
    let mut ignored = Diagnostics::default();
    let folders = load(specs, Layout::SERVICES, &mut sources, &mut ignored);
    let folder = folders.iter().find(|folder| folder.name == name)?;
    let trees = Trees::parse(folder, &sources, &mut ignored);
    let provider = spec::read(&trees).service?.provider?;
    Some(provider.value)
}

/// Reads the specs of one service from memory.
pub fn run_on(service: &str, operations: &[(&str, &str)]) -> Outcome {
    let mut sources = Sources::default();
    let folder = Folder::in_memory(service, operations, &mut sources);
    finish(&[folder], sources, Diagnostics::default())
}

/// Makes the model of files that were read.
fn finish(folders: &[Folder], sources: Sources, mut diagnostics: Diagnostics) -> Outcome {
    let services = {
        let trees: Vec<Trees<'_>> = folders
            .iter()
            .map(|folder| Trees::parse(folder, &sources, &mut diagnostics))
            .collect();
        let specs: Vec<_> = trees.iter().map(spec::read).collect();
        resolve(&specs, &mut diagnostics)
    };
    Outcome {
        services,
        diagnostics,
        sources,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICE: &str = include_str!("../tests/generator/specs/acme-vault/service.yaml");
    const OPERATION: &str = include_str!("../tests/generator/specs/acme-vault/DescribeVaults.yaml");

    #[test]
    fn the_specs_of_the_tests_are_right() {
        let outcome = run_on(SERVICE, &[("DescribeVaults", OPERATION)]);
        let found = outcome.diagnostics.render(&outcome.sources, false);
        assert_eq!((outcome.services.len(), &*found), (1, ""));
    }

    /// The invented service, and whether the generator itself is all right.
    fn survives(service: &str, operation: &str) {
        let checked = crate::check_text(service, &[("DescribeVaults", operation)]);
        assert!(checked.is_ok(), "{checked:?}");
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
        for (index, (at, _)) in OPERATION.char_indices().step_by(11).enumerate() {
            let piece = pieces[index % pieces.len()];
            let rest = OPERATION[at..].chars().skip(index % 7).collect::<String>();
            let broken = format!("{}{piece}{rest}", &OPERATION[..at]);
            survives(SERVICE, &broken);
        }
        for (index, (at, _)) in SERVICE.char_indices().step_by(11).enumerate() {
            let broken = format!(
                "{}{}{}",
                &SERVICE[..at],
                pieces[index % pieces.len()],
                &SERVICE[at..]
            );
            survives(&broken, OPERATION);
        }
    }
}
