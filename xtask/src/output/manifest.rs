//! The list of files that the generator owns. It is committed beside the specs; only what is on it is ever removed.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::{OutputError, OutputFile};
use crate::source::Layout;

/// Where the list is, from the workspace root.
pub const PATH: &str = "specs/generated.txt";

const HEADER: &str = "# What `cargo xtask gen` made, one file a line: it may replace and remove these, and nothing else. Do not edit.";

/// The files on the list.
#[derive(Debug, Default)]
pub struct Manifest {
    paths: BTreeSet<String>,
}

impl Manifest {
    /// The list on disk; empty if there is none yet.
    pub fn load(root: &Path) -> Result<Self, OutputError> {
        let text = match fs::read_to_string(root.join(PATH)) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(OutputError::at(PATH, "read", &error)),
        };
        let mut paths = BTreeSet::new();
        for (index, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        {
            if Layout::generated_folder(line).is_none() {
                let mend = "Restore the file as it was committed.";
                return Err(OutputError(format!(
                    "{PATH}:{}: `{line}` is no path in a generated folder. {mend}",
                    index + 1
                )));
            }
            paths.insert(line.to_owned());
        }
        Ok(Self { paths })
    }

    /// The list of these files.
    pub fn of(files: &[OutputFile]) -> Self {
        Self {
            paths: files.iter().map(|file| file.path.clone()).collect(),
        }
    }

    /// Whether a file is on the list.
    pub fn owns(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// The files on the list, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().map(String::as_str)
    }

    /// The list as a file.
    pub fn to_file(&self) -> OutputFile {
        let mut contents = format!("{HEADER}\n");
        for path in self.paths() {
            contents.push_str(path);
            contents.push('\n');
        }
        OutputFile {
            path: PATH.to_owned(),
            contents,
        }
    }
}
