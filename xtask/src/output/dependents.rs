//! Crates that are still named by a `Cargo.toml`. Cargo loads no workspace in which one of them is missing, and the generator is run
//! by Cargo.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::{OutputError, disk};

/// Folders that hold no `Cargo.toml` of the workspace.
const SKIPPED: &[&str] = &["node_modules", "target"];

/// A line that names a crate.
#[derive(Debug, PartialEq, Eq)]
pub struct Dependent {
    /// The `Cargo.toml`, from the workspace root.
    pub path: String,
    /// Its text.
    pub text: String,
    /// The line, from 1.
    pub line: usize,
    /// The crate that it names.
    pub names: String,
}

/// Every line of a `Cargo.toml` that names a crate whose own `Cargo.toml` is to be removed.
pub fn of_removed(root: &Path, removed: &[String]) -> Result<Vec<Dependent>, OutputError> {
    let folders = removed
        .iter()
        .filter_map(|path| path.strip_suffix("/Cargo.toml"));
    let crates: BTreeSet<&str> = folders
        .filter_map(|folder| folder.rsplit('/').next())
        .collect();
    let mut dependents = Vec::new();
    if crates.is_empty() {
        return Ok(dependents);
    }
    for path in manifests(root)? {
        if removed.contains(&path) {
            continue;
        }
        let Some(bytes) = disk::read(root, &path)? else {
            continue;
        };
        let text = String::from_utf8_lossy(&bytes);
        for (line, number) in text.lines().zip(1..) {
            let code = line.split('#').next().unwrap_or_default();
            let named = crates.iter().find(|name| has_word(code, name));
            dependents.extend(named.map(|name| Dependent {
                path: path.clone(),
                text: text.clone().into_owned(),
                line: number,
                names: (*name).to_owned(),
            }));
        }
    }
    Ok(dependents)
}

/// Every `Cargo.toml` of the workspace, sorted. Hidden folders and links are passed over.
fn manifests(root: &Path) -> Result<Vec<String>, OutputError> {
    let mut found = Vec::new();
    let mut open = vec![String::new()];
    while let Some(folder) = open.pop() {
        let failed = |error| OutputError::at(&folder, "listed", &error);
        for entry in fs::read_dir(root.join(&folder)).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{folder}{name}");
            if kind.is_dir() && !name.starts_with('.') && !SKIPPED.contains(&&*name) {
                open.push(path + "/");
            } else if kind.is_file() && name == "Cargo.toml" {
                found.push(path);
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Whether the name of a crate stands in a text, and not as a part of another name.
fn has_word(text: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    text.match_indices(name).any(|(at, _)| {
        let after = text.get(at + name.len()..).unwrap_or_default();
        let before = text.get(..at).unwrap_or_default();
        !before.ends_with(is_part) && !after.starts_with(is_part)
    })
}

#[cfg(test)]
mod tests {
    use super::has_word;

    #[test]
    fn a_crate_is_named_by_its_whole_name() {
        for (line, is_named) in [
            ("acme-disk = { path = \"x\" }", true),
            ("acme-disk.workspace = true", true),
            ("[dependencies.acme-disk]", true),
            ("disk = { package = \"acme-disk\" }", true),
            ("testing = [\"acme-disk/testing\"]", true),
            ("acme-disk2 = \"1\"", false),
            ("my-acme-disk = \"1\"", false),
            ("acme-disk-tests = \"1\"", false),
        ] {
            assert_eq!(has_word(line, "acme-disk"), is_named, "{line}");
        }
    }
}
