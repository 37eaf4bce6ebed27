//! The stages from specs to the model, one after the other. None of them looks back at one before it.

use std::path::Path;

use crate::diagnostics::Diagnostics;
use crate::model::{Provider, Service};
use crate::resolve::resolve;
use crate::source::{Folder, Layout, ProviderFiles, Sources, load, load_providers};
use crate::spec::{self, ProviderTrees, Providers, Trees};

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
    let providers = root.join(Layout::SERVICES.specs);
    let providers = load_providers(&providers, &mut sources, &mut diagnostics);
    let mut folders = Vec::new();
    for layout in Layout::ALL {
        let specs = root.join(layout.specs);
        if layout == Layout::SERVICES || specs.exists() {
            folders.append(&mut load(&specs, layout, &mut sources, &mut diagnostics));
        }
    }
    finish(&providers, &folders, sources, diagnostics)
}

/// Reads the specs in a folder, wherever it is.
pub fn run_on_folder(specs: &Path) -> Outcome {
    let mut diagnostics = Diagnostics::default();
    let mut sources = Sources::default();
    let providers = load_providers(specs, &mut sources, &mut diagnostics);
    let folders = load(specs, Layout::SERVICES, &mut sources, &mut diagnostics);
    finish(&providers, &folders, sources, diagnostics)
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

/// Reads the specs of one service from memory: `service`, `types`, the names of operations and `providers/<name>`, with their texts.
pub fn run_on(files: &[(&str, &str)]) -> Outcome {
    let mut sources = Sources::default();
    let (providers, folder) = Folder::in_memory(files, &mut sources);
    finish(&providers, &[folder], sources, Diagnostics::default())
}

/// Makes the model of files that were read.
fn finish(
    providers: &ProviderFiles,
    folders: &[Folder],
    sources: Sources,
    mut diagnostics: Diagnostics,
) -> Outcome {
    let services = {
        let providers = ProviderTrees::parse(providers, &sources, &mut diagnostics);
        let trees: Vec<Trees<'_>> = folders
            .iter()
            .map(|folder| Trees::parse(folder, &sources, &mut diagnostics))
            .collect();
        let specs: Vec<_> = trees.iter().map(spec::read).collect();
        resolve(&Providers::read(&providers), specs, &mut diagnostics)
    };
    Outcome {
        services,
        diagnostics,
        sources,
    }
}

/// The files of providers that tests use.
#[cfg(test)]
pub const PROVIDERS: [(&str, &str); 3] = [
    (
        "providers/aliyun",
        include_str!("../tests/generator/specs/providers/aliyun.yaml"),
    ),
    (
        "providers/tencent",
        include_str!("../tests/generator/specs/providers/tencent.yaml"),
    ),
    (
        "providers/ucloud",
        include_str!("../tests/generator/specs/providers/ucloud.yaml"),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICE: &str = include_str!("../tests/generator/specs/acme-vault/service.yaml");
    const TYPES: &str = include_str!("../tests/generator/specs/acme-vault/types.yaml");
    const OPERATION: &str = include_str!("../tests/generator/specs/acme-vault/DescribeVaults.yaml");

    #[test]
    fn the_specs_of_the_tests_are_right() {
        let outcome = run_on(&files(SERVICE, OPERATION));
        let found = outcome.diagnostics.render(&outcome.sources, false);
        assert_eq!((outcome.services.len(), &*found), (1, ""));
    }

    /// The files of the invented service.
    fn files<'t>(service: &'t str, operation: &'t str) -> Vec<(&'t str, &'t str)> {
        let own = [
            ("service", service),
            ("types", TYPES),
            ("DescribeVaults", operation),
        ];
        PROVIDERS.into_iter().chain(own).collect()
    }

    /// The invented service, and whether the generator itself is all right.
    fn survives(service: &str, operation: &str) {
        let checked = crate::check_text(&files(service, operation));
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
