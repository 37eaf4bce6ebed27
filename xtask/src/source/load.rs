//! Finding the specs: `specs/<crate>/service.yaml` and one file beside it for each operation.

use std::fs;
use std::path::Path;

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::source::{FileId, Sources, Span};

/// The largest file that is read. Specs have some ten kilobytes; a megabyte is something else by mistake.
const MAX_BYTES: u64 = 1 << 20;

/// The specs of one service.
#[derive(Debug)]
pub struct Folder {
    /// The folder's name, which is the crate's.
    pub name: String,
    /// The folder itself, to complain about.
    pub file: FileId,
    /// Its `service.yaml`.
    pub service: Option<FileId>,
    /// Its operations, by the names of their files without `.yaml`, sorted.
    pub operations: Vec<(String, FileId)>,
}

/// Reads the folders of `specs/`, sorted by name. Hidden files, links and a `README.md` are passed over.
pub fn load(root: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Vec<Folder> {
    let mut folders = Vec::new();
    for entry in entries(root, "specs", sources, diagnostics) {
        let path = format!("specs/{}", entry.name);
        if entry.is_folder {
            folders.push(load_folder(root, entry.name, &path, sources, diagnostics));
        } else if entry.name.ends_with(".yaml") {
            let file = sources.add(path, String::new());
            diagnostics.push(
                Diagnostic::error(codes::MISPLACED, Span::of_file(file), "a spec outside a service's folder")
                    .help("move it to `specs/<crate>/`, where <crate> is the name of the crate to generate"),
            );
        }
    }
    folders
}

fn load_folder(
    root: &Path,
    name: String,
    path: &str,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Folder {
    let mut folder = Folder {
        name,
        file: sources.add(path.to_owned(), String::new()),
        service: None,
        operations: Vec::new(),
    };
    let mut has_service = false;
    for entry in entries(root, path, sources, diagnostics) {
        let path = format!("{path}/{}", entry.name);
        match entry.name.strip_suffix(".yaml") {
            Some(stem) if !entry.is_folder => {
                has_service |= stem == "service";
                let Some(file) = read(root, path, sources, diagnostics) else {
                    continue;
                };
                match stem {
                    "service" => folder.service = Some(file),
                    _ => folder.operations.push((stem.to_owned(), file)),
                }
            }
            _ => {
                let file = sources.add(path, String::new());
                diagnostics.push(
                    Diagnostic::error(codes::MISPLACED, Span::of_file(file), "this is not a spec")
                        .help("a service's folder holds `service.yaml`, one `<Action>.yaml` for each operation and a README.md; move or remove it"),
                );
            }
        }
    }
    if !has_service {
        diagnostics.push(
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

struct DirEntry {
    name: String,
    is_folder: bool,
}

/// What a folder holds, sorted by name.
fn entries(
    root: &Path,
    path: &str,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<DirEntry> {
    let mut found = Vec::new();
    let listing = fs::read_dir(root.join(path)).and_then(|listing| {
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
        unreadable(path.to_owned(), &error.to_string(), sources, diagnostics);
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

fn read(
    root: &Path,
    path: String,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<FileId> {
    let on_disk = root.join(&path);
    let bytes = fs::metadata(&on_disk).and_then(|metadata| match metadata.len() {
        0..=MAX_BYTES => fs::read(&on_disk),
        size => Err(std::io::Error::other(format!(
            "it has {size} bytes, and a spec may have {MAX_BYTES}"
        ))),
    });
    match bytes {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Some(sources.add(path, text)),
            Err(error) => {
                not_utf8(path, &error, sources, diagnostics);
                None
            }
        },
        Err(error) => {
            unreadable(path, &error.to_string(), sources, diagnostics);
            None
        }
    }
}

fn unreadable(path: String, why: &str, sources: &mut Sources, diagnostics: &mut Diagnostics) {
    let file = sources.add(path, String::new());
    diagnostics.push(Diagnostic::error(
        codes::UNREADABLE,
        Span::of_file(file),
        format!("this cannot be read: {why}"),
    ));
}

/// The good part of the file is kept, so that the message can show the line where it ends.
fn not_utf8(
    path: String,
    error: &std::string::FromUtf8Error,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) {
    let good = error.utf8_error().valid_up_to();
    let text =
        String::from_utf8_lossy(error.as_bytes().get(..good).unwrap_or_default()).into_owned();
    let file = sources.add(path, text);
    let end = u32::try_from(good).unwrap_or(u32::MAX);
    diagnostics.push(
        Diagnostic::error(
            codes::NOT_UTF8,
            Span {
                file,
                start: end,
                end,
            },
            "the file is not UTF-8",
        )
        .label("the bytes after this are not")
        .help("save it as UTF-8"),
    );
}
