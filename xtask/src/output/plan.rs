//! What has to be done so that the disk holds what the generator wants.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

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
    /// Files in a generated folder that the generator did not make.
    pub strays: Vec<String>,
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
        for file in files {
            report_bad_path(root, &file.path, &mut folders)?;
            plan.compare(root, file)?;
        }
        for file in constant {
            plan.compare(root, file)?;
        }
        for path in owned.paths().filter(|path| !wanted.owns(path)) {
            report_bad_path(root, path, &mut folders)?;
            if disk::read(root, path)?.is_some() {
                plan.orphans.push(path.to_owned());
            }
        }
        // A crate that no spec makes any more must not be left half there either: Cargo takes every folder in `crates/` for one.
        let generated = wanted.paths().chain(owned.paths());
        let folders: BTreeSet<&str> = generated.filter_map(Layout::generated_folder).collect();
        for folder in folders {
            let mut found = disk::files_below(root, folder)?;
            found.retain(|path| !wanted.owns(path) && !owned.owns(path));
            plan.strays.append(&mut found);
        }
        let list = wanted.to_file();
        if disk::read(root, manifest::PATH)?.as_deref() != Some(list.contents.as_bytes()) {
            plan.manifest = Some(list);
        }
        Ok(plan)
    }

    fn compare(&mut self, root: &Path, file: OutputFile) -> Result<(), OutputError> {
        match disk::read(root, &file.path)? {
            None => self.missing.push(file),
            Some(found) if found == file.contents.as_bytes() => self.right += 1,
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

    /// Writes and removes what has to be. The list of owned files comes last: should this end half-way, the next run knows as
    /// much as this one did.
    pub fn carry_out(&self, root: &Path) -> Result<(), OutputError> {
        let stale = self.stale.iter().map(|stale| &stale.wanted);
        for file in self.missing.iter().chain(stale) {
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
