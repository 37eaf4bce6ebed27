//! Finding the specs: `specs/<crate>/service.yaml` and one file beside it for each operation.

use std::fs;
use std::io;
use std::path::Path;
use std::string::FromUtf8Error;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, codes};
use crate::source::{FileId, Layout, Sources, Span};

/// The largest file that is read. Specs have some ten kilobytes; a megabyte is something else by mistake.
const MAX_BYTES: u64 = 1 << 20;

/// The specs of one service.
#[derive(Debug)]
pub struct Folder {
    /// The folder's name, which is the crate's.
    pub name: String,
    /// Where it is, and where its crate goes.
    pub layout: Layout,
    /// The folder itself, to complain about.
    pub file: FileId,
    /// Its `service.yaml`.
    pub service: Option<FileId>,
    /// Its operations, by the names of their files without `.yaml`, sorted.
    pub operations: Vec<(String, FileId)>,
}

impl Folder {
    /// A service whose files are not on disk.
    pub fn in_memory(service: &str, operations: &[(&str, &str)], sources: &mut Sources) -> Self {
        let name = "in-memory";
        let layout = Layout::SERVICES;
        let mut add = |file: &str, text: &str| {
            let path = format!("{}/{name}/{file}.yaml", layout.specs);
            sources.add(path, text.to_owned())
        };
        Self {
            name: name.to_owned(),
            layout,
            service: Some(add("service", service)),
            operations: operations
                .iter()
                .map(|(action, text)| ((*action).to_owned(), add(action, text)))
                .collect(),
            file: sources.add(format!("{}/{name}", layout.specs), String::new()),
        }
    }
}

/// Reads a folder of specs, sorted by name, whose files are shown as those of a layout. Hidden files, links and a `README.md` are
/// passed over, and beside the services' folders whatever is no YAML.
pub fn load(
    specs: &Path,
    layout: Layout,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Folder> {
    let mut loader = Loader {
        specs,
        layout,
        sources,
        diagnostics,
    };
    loader.folders()
}

struct Loader<'l> {
    specs: &'l Path,
    layout: Layout,
    sources: &'l mut Sources,
    diagnostics: &'l mut Diagnostics,
}

struct DirEntry {
    name: String,
    is_folder: bool,
}

impl Loader<'_> {
    fn folders(&mut self) -> Vec<Folder> {
        let mut folders = Vec::new();
        for DirEntry { name, is_folder } in self.entries("") {
            if is_folder {
                folders.push(self.folder(name));
            } else if name.ends_with(".yaml") {
                self.report(codes::MISPLACED, &name, "a spec outside a service's folder", |finding| {
                    finding.help("move it to `specs/<crate>/`, where <crate> is the name of the crate to generate")
                });
            }
        }
        folders
    }

    fn folder(&mut self, name: String) -> Folder {
        let mut folder = Folder {
            file: self.sources.add(self.shown(&name), String::new()),
            service: None,
            operations: Vec::new(),
            layout: self.layout,
            name,
        };
        let mut has_service = false;
        for entry in self.entries(&folder.name) {
            let path = format!("{}/{}", folder.name, entry.name);
            match entry.name.strip_suffix(".yaml") {
                Some(stem) if !entry.is_folder => {
                    has_service |= stem == "service";
                    let Some(file) = self.file(&path) else {
                        continue;
                    };
                    match stem {
                        "service" => folder.service = Some(file),
                        _ => folder.operations.push((stem.to_owned(), file)),
                    }
                }
                _ => self.report(codes::MISPLACED, &path, "this is not a spec", |finding| {
                    finding.help("a service's folder holds `service.yaml`, one `<Action>.yaml` for each operation and a README.md; move or remove it")
                }),
            }
        }
        if !has_service {
            self.diagnostics.push(
                Diagnostic::error(
                    codes::NO_SERVICE,
                    Span::of_file(folder.file),
                    "the folder has no `service.yaml`",
                )
                .help("add one: it says whose service this is and where it answers"),
            );
        }
        folder
    }

    /// What a folder holds, sorted by name.
    fn entries(&mut self, path: &str) -> Vec<DirEntry> {
        let mut found = Vec::new();
        let listing = fs::read_dir(self.specs.join(path)).and_then(|listing| {
            for entry in listing {
                let entry = entry?;
                let kind = entry.file_type()?;
                // A name that is not UTF-8 is shown as well as it can be; no spec has one.
                let name = entry.file_name().to_string_lossy().into_owned();
                if !kind.is_symlink() && !name.starts_with('.') && name != "README.md" {
                    found.push(DirEntry {
                        name,
                        is_folder: kind.is_dir(),
                    });
                }
            }
            Ok(())
        });
        if let Err(error) = listing {
            self.unreadable(path, &error);
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        found
    }

    fn file(&mut self, path: &str) -> Option<FileId> {
        let on_disk = self.specs.join(path);
        let bytes = fs::metadata(&on_disk).and_then(|metadata| match metadata.len() {
            0..=MAX_BYTES => fs::read(&on_disk),
            size => Err(io::Error::other(format!(
                "it has {size} bytes, and a spec may have {MAX_BYTES}"
            ))),
        });
        match bytes.map(String::from_utf8) {
            Ok(Ok(text)) => return Some(self.sources.add(self.shown(path), text)),
            Ok(Err(error)) => self.not_utf8(path, &error),
            Err(error) => self.unreadable(path, &error),
        }
        None
    }

    /// How a path below the folder of specs is shown: from the workspace root.
    fn shown(&self, path: &str) -> String {
        let slash = if path.is_empty() { "" } else { "/" };
        format!("{}{slash}{path}", self.layout.specs)
    }

    fn unreadable(&mut self, path: &str, error: &io::Error) {
        let message = format!("this cannot be read: {error}");
        self.report(codes::UNREADABLE, path, &message, |finding| finding);
    }

    /// Reports something about a file or folder as a whole.
    fn report(
        &mut self,
        code: Code,
        path: &str,
        message: &str,
        more: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let file = self.sources.add(self.shown(path), String::new());
        let finding = Diagnostic::error(code, Span::of_file(file), message);
        self.diagnostics.push(more(finding));
    }

    /// The good part of the file is kept, so that the message can show the line where it ends.
    fn not_utf8(&mut self, path: &str, error: &FromUtf8Error) {
        let good = error.utf8_error().valid_up_to();
        let text =
            String::from_utf8_lossy(error.as_bytes().get(..good).unwrap_or_default()).into_owned();
        let file = self.sources.add(self.shown(path), text);
        let end = u32::try_from(good).unwrap_or(u32::MAX);
        let span = Span {
            file,
            start: end,
            end,
        };
        self.diagnostics.push(
            Diagnostic::error(codes::NOT_UTF8, span, "the file is not UTF-8")
                .label("the bytes after this are not")
                .help("save it as UTF-8"),
        );
    }
}
