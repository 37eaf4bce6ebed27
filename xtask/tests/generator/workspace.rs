//! A workspace in a temporary folder, with the specs of the invented services.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A workspace that is removed when the test ends.
pub(crate) struct Workspace {
    folder: TempDir,
}

/// What a run of `xtask` said and how it ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Workspace {
    /// The specs, and nothing generated yet.
    pub(crate) fn new() -> Self {
        let workspace = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/generator/specs");
        for (path, contents) in files_below(&specs) {
            workspace.write(&format!("specs/{path}"), contents);
        }
        workspace
    }

    /// The specs and what is generated from them.
    pub(crate) fn generated() -> Self {
        let workspace = Self::new();
        let run = workspace.xtask(&["gen"]);
        assert_eq!(run.code, Some(0), "{run:?}");
        workspace
    }

    /// Runs `xtask` on the workspace.
    pub(crate) fn xtask(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .arg("--root")
            .arg(self.folder.path())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, contents: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// Replaces a text that stands once in a file.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "`{from}` in {path}");
        self.write(path, text.replace(from, to));
    }

    /// Every file and its bytes.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        files_below(self.folder.path())
    }
}

pub(crate) fn files_below(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}
