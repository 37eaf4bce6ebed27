//! The specs as they are on disk, and places in them.

mod layout;
mod load;

pub use layout::Layout;
pub use load::{Folder, ProviderFiles, load, load_providers};

/// A file that was read, or a folder that is to be complained about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A range of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The beginning of a file: where to point when there is no better place in it.
    pub fn of_file(file: FileId) -> Self {
        Self {
            file,
            start: 0,
            end: 0,
        }
    }
}

/// A value and the place where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A file with its text.
#[derive(Debug)]
pub struct SourceFile {
    /// Its path from the workspace root, separated by `/`.
    pub path: String,
    /// What it holds; empty for what has no text.
    pub text: String,
}

/// Every file of a run. Whatever refers to a place in one does so by its [`FileId`].
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file. There are fewer than 2³² of them: each has at least a name in memory.
    pub fn add(&mut self, path: String, text: String) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { path, text });
        id
    }

    /// The path of a file.
    pub fn path(&self, file: FileId) -> &str {
        self.get(file).map_or("", |file| &file.path)
    }

    /// The text of a file.
    pub fn text(&self, file: FileId) -> &str {
        self.get(file).map_or("", |file| &file.text)
    }

    fn get(&self, file: FileId) -> Option<&SourceFile> {
        self.files.get(usize::try_from(file.0).ok()?)
    }
}
