//! Finding the specs: `specs/providers/<provider>.yaml`, and for each service a folder with `service.yaml`, `types.yaml` and a file for
//! each operation.

use std::fs;
use std::io;
use std::path::Path;
use std::string::FromUtf8Error;

use crate::diagnostics::{Code, Diagnostic, Diagnostics, codes};
use crate::source::{FileId, Layout, Sources, Span};

/// The largest file that is read. Specs have some ten kilobytes; a megabyte is something else by mistake.
const MAX_BYTES: u64 = 1 << 20;

/// The folder with the files of providers.
const PROVIDERS: &str = "providers";

/// The files of providers by their names without `.yaml`, sorted.
pub type ProviderFiles = [(String, FileId)];

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
    /// Its `types.yaml`.
    pub types: Option<FileId>,
    /// Its operations, by the names of their files without `.yaml`, sorted.
    pub operations: Vec<(String, FileId)>,
}

impl Folder {
    /// The files of providers and a service that are not on disk: `providers/<name>`, `service`, `types` and operations.
    pub fn in_memory(
        files: &[(&str, &str)],
        sources: &mut Sources,
    ) -> (Vec<(String, FileId)>, Self) {
        let name = "in-memory";
        let specs = Layout::SERVICES.specs;
        let mut providers = Vec::new();
        let mut folder = Self {
            name: name.to_owned(),
            layout: Layout::SERVICES,
            file: sources.add(format!("{specs}/{name}"), String::new()),
            service: None,
            types: None,
            operations: Vec::new(),
        };
        for (file, text) in files {
            let provider = file.split_once('/').map(|(_, provider)| provider);
            let path = match provider {
                Some(_) => format!("{specs}/{file}.yaml"),
                None => format!("{specs}/{name}/{file}.yaml"),
            };
            let id = sources.add(path, (*text).to_owned());
            match provider {
                Some(provider) => providers.push((provider.to_owned(), id)),
                None => folder.add(file, id),
            }
        }
        (providers, folder)
    }

    /// Adds a file by its name without `.yaml`.
    fn add(&mut self, stem: &str, file: FileId) {
        match stem {
            "service" => self.service = Some(file),
            "types" => self.types = Some(file),
            action => self.operations.push((action.to_owned(), file)),
        }
    }
}

/// Reads the files of providers in a folder of specs. Without any there are none.
pub fn load_providers(
    specs: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, FileId)> {
    if !specs.join(PROVIDERS).exists() {
        return Vec::new();
    }
    let mut loader = Loader {
        specs,
        layout: Layout::SERVICES,
        sources,
        diagnostics,
    };
    loader.providers()
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
            if is_folder && name == PROVIDERS && self.layout == Layout::SERVICES {
                // It is no service's; what is in it is read apart.
            } else if is_folder {
                folders.push(self.folder(name));
            } else if name.ends_with(".yaml") {
                self.report(codes::MISPLACED, &name, "a spec outside a service's folder", |finding| {
                    finding.help("move it to `specs/<crate>/`, where <crate> is the name of the crate to generate")
                });
            }
        }
        folders
    }

    fn providers(&mut self) -> Vec<(String, FileId)> {
        let mut files = Vec::new();
        for entry in self.entries(PROVIDERS) {
            let path = format!("{PROVIDERS}/{}", entry.name);
            match entry.name.strip_suffix(".yaml") {
                Some(stem) if !entry.is_folder => {
                    files.extend(self.file(&path).map(|file| (stem.to_owned(), file)));
                }
                _ => self.report(codes::MISPLACED, &path, "this is not a spec", |finding| {
                    finding.help("`providers` holds one `<provider>.yaml` for each provider; move or remove it")
                }),
            }
        }
        files
    }

    fn folder(&mut self, name: String) -> Folder {
        let mut folder = Folder {
            file: self.sources.add(self.shown(&name), String::new()),
            service: None,
            types: None,
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
                    folder.add(stem, file);
                }
                _ => self.report(codes::MISPLACED, &path, "this is not a spec", |finding| {
                    finding.help("a service's folder holds `service.yaml`, `types.yaml`, one `<Action>.yaml` for each operation and a README.md; move or remove it")
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
