//! What has to be done so that the disk holds what the generator wants.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use super::dependents::{self, Dependent};
use super::{Manifest, OutputError, OutputFile, disk, manifest};
use crate::source::Layout;

/// The difference between the disk and what is wanted.
#[derive(Debug, Default)]
pub struct Plan {
    /// How many files are right already.
    pub right: usize,
    /// Files that are not there.
    pub missing: Vec<OutputFile>,
    /// Files that hold something else.
    pub stale: Vec<Stale>,
    /// Files that were generated once and are not any more.
    pub orphans: Vec<String>,
    /// Files in a generated folder that the generator did not make, some of them where it wants to make one.
    pub strays: Vec<String>,
    /// Lines that name a crate which was generated once and is not any more.
    pub dependents: Vec<Dependent>,
    /// The list of owned files, where it is not right yet.
    pub manifest: Option<OutputFile>,
}

/// A file that holds something else than it should.
#[derive(Debug)]
pub struct Stale {
    /// The file as it should be.
    pub wanted: OutputFile,
    /// What it holds.
    pub found: Vec<u8>,
}

impl Plan {
    /// Compares the disk with the files that are wanted. The `constant` files are wanted whatever the specs say, so they are on no list
    /// and never removed.
    pub fn new(
        root: &Path,
        mut files: Vec<OutputFile>,
        constant: Vec<OutputFile>,
    ) -> Result<Self, OutputError> {
        let wanted = Manifest::of(&files);
        let owned = Manifest::load(root)?;
        let mut plan = Self::default();
        let mut folders = HashSet::new();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        report_doubles(&files)?;
        for file in files {
            report_bad_path(root, &file.path, &mut folders)?;
            let is_owned = owned.owns(&file.path);
            plan.compare(root, file, is_owned)?;
        }
        for file in constant {
            plan.compare(root, file, true)?;
        }
        for path in owned.paths().filter(|path| !wanted.owns(path)) {
            report_bad_path(root, path, &mut folders)?;
            if disk::read(root, path)?.is_some() {
                plan.orphans.push(path.to_owned());
            }
        }
        plan.dependents = dependents::of_removed(root, &plan.orphans)?;
        // A crate that no spec makes any more must not be left half there either: Cargo takes every folder in `crates/` for one.
        let generated = wanted.paths().chain(owned.paths());
        let folders: BTreeSet<&str> = generated.filter_map(Layout::generated_folder).collect();
        for folder in folders {
            let mut found = disk::files_below(root, folder)?;
            found.retain(|path| !wanted.owns(path) && !owned.owns(path));
            plan.strays.append(&mut found);
        }
        plan.strays.sort_unstable();
        let list = wanted.to_file();
        if disk::read(root, manifest::PATH)?.as_deref() != Some(list.contents.as_bytes()) {
            plan.manifest = Some(list);
        }
        Ok(plan)
    }

    /// A file that holds something else is only replaced if the generator owns it: it may be somebody's work.
    fn compare(
        &mut self,
        root: &Path,
        file: OutputFile,
        is_owned: bool,
    ) -> Result<(), OutputError> {
        match disk::read(root, &file.path)? {
            None => self.missing.push(file),
            Some(found) if found == file.contents.as_bytes() => self.right += 1,
            Some(_) if !is_owned => self.strays.push(file.path),
            Some(found) => self.stale.push(Stale {
                wanted: file,
                found,
            }),
        }
        Ok(())
    }

    /// Whether the disk holds exactly what is wanted.
    pub fn is_done(&self) -> bool {
        self.missing.is_empty()
            && self.stale.is_empty()
            && self.orphans.is_empty()
            && self.strays.is_empty()
            && self.manifest.is_none()
    }

    /// Whether nothing can be written before somebody has had a look.
    pub fn is_blocked(&self) -> bool {
        !self.strays.is_empty() || !self.dependents.is_empty()
    }

    /// Writes and removes what has to be. The list of owned files comes last: should this end half-way, the next run knows as
    /// much as this one did.
    pub fn carry_out(&self, root: &Path) -> Result<(), OutputError> {
        let stale = self.stale.iter().map(|stale| &stale.wanted);
        let files: Vec<&OutputFile> = self.missing.iter().chain(stale).collect();
        for file in &files {
            report_bad_rust(file)?;
        }
        for file in files {
            disk::write(root, &file.path, &file.contents)?;
        }
        for path in &self.orphans {
            disk::remove(root, path)?;
        }
        match &self.manifest {
            Some(list) => disk::write(root, &list.path, &list.contents),
            None => Ok(()),
        }
    }
}

/// Makes sure that no two of the sorted files have one path: the second would replace the first.
fn report_doubles(files: &[OutputFile]) -> Result<(), OutputError> {
    let mut pairs = files.windows(2);
    match pairs.find_map(|pair| Some(&pair[0].path).filter(|path| **path == pair[1].path)) {
        Some(path) => Err(OutputError(format!(
            "{path} would be generated twice: this is a mistake of the generator"
        ))),
        None => Ok(()),
    }
}

/// Reports a finished file of Rust that does not parse: its items were parsed before their documentation was put in, and what macros
/// are given never was. The first line of the file names its spec.
fn report_bad_rust(file: &OutputFile) -> Result<(), OutputError> {
    if !file.path.ends_with(".rs") {
        return Ok(());
    }
    syn::parse_file(&file.contents).map_err(|error| {
        let header = file.contents.lines().next().unwrap_or_default();
        OutputError(format!(
            "the generator made a mistake, not the specs; nothing was written: {} is not valid Rust: {error} ({header})",
            file.path
        ))
    })?;
    Ok(())
}

/// Makes sure that a path leads into a generated folder, and not out again through a link.
fn report_bad_path(
    root: &Path,
    path: &str,
    folders: &mut HashSet<String>,
) -> Result<(), OutputError> {
    if Layout::generated_folder(path).is_none() {
        return Err(OutputError(format!(
            "{path} is no path in a generated folder: this is a mistake of the generator"
        )));
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    if folders.insert(folder.to_owned())
        && let Some(link) = disk::linked_folder(root, path)
    {
        return Err(OutputError(format!(
            "{link} is a link: what is generated has to stay in the workspace. Remove it."
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_files_of_one_path_are_refused() {
        let file = |path: &str, contents: &str| OutputFile {
            path: path.to_owned(),
            contents: contents.to_owned(),
        };
        let root = tempfile::tempdir().unwrap();
        let (one, other) = (
            "crates/acme-vault/src/lib.rs",
            "crates/acme-vault/README.md",
        );
        let files = vec![file(one, "a"), file(other, ""), file(one, "b")];
        let error = Plan::new(root.path(), files, Vec::new())
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with(&format!("{one} would be generated twice")),
            "{error}"
        );
        let files = vec![file(one, "a"), file(other, "")];
        let plan = Plan::new(root.path(), files, Vec::new()).unwrap();
        assert_eq!(plan.missing.len(), 2);
    }

    #[test]
    fn a_file_that_is_not_valid_rust_is_not_written_and_named_with_its_spec() {
        let root = tempfile::tempdir().unwrap();
        let path = "crates/acme-vault/src/open_vault.rs";
        let plan = |documentation: &str| {
            let contents = format!(
                "// Generated from specs/acme-vault/OpenVault.yaml.\n{documentation}\nstruct Vault;\n"
            );
            let path = path.to_owned();
            let files = vec![OutputFile { path, contents }];
            Plan::new(root.path(), files, Vec::new()).unwrap()
        };
        let bad = plan("/// One line,\nand another.");
        let error = bad.carry_out(root.path()).unwrap_err().to_string();
        let spec = "specs/acme-vault/OpenVault.yaml";
        assert!(error.contains(spec) && error.contains(path), "{error}");
        assert!(!root.path().join(path).exists());
        plan("/// One line.").carry_out(root.path()).unwrap();
        assert!(root.path().join(path).exists());
    }
}
