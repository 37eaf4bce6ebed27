//! Files of JSON that people may replace, and what is wrong with them.

use std::fmt;
use std::fs;
use std::path::Path;

use super::Service;

/// Why a file cannot be used: which one, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LoadError(String);

impl LoadError {
    /// Something is wrong with a file as a whole.
    pub(crate) fn of_file(name: &str, problem: impl fmt::Display) -> Self {
        Self(format!("{name}: {problem}"))
    }

    /// Something is wrong at a place in a text. The reader says which, and ends its message with it.
    pub(crate) fn of_text(name: &str, error: &serde_json::Error) -> Self {
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = error.to_string();
        let problem = message.strip_suffix(&place).unwrap_or(&message);
        Self(format!(
            "{name}:{}:{}: {problem}",
            error.line(),
            error.column()
        ))
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for LoadError {}

/// The text of a file.
pub(crate) fn read_file(path: &Path) -> Result<String, LoadError> {
    let name = path.display().to_string();
    fs::read_to_string(path)
        .map_err(|error| LoadError::of_file(&name, format!("cannot be read: {error}")))
}

/// The table in a text.
pub(super) fn table(name: &str, text: &str) -> Result<Service, LoadError> {
    let mut service: Service = serde_json::from_str(text).map_err(|error| {
        let LoadError(problem) = LoadError::of_text(name, &error);
        LoadError(format!(
            "{problem}\nhelp: `cargo xtask gen` writes tables; take the file as it left it"
        ))
    })?;
    text.clone_into(&mut service.text);
    Ok(service)
}

/// The text of a file, or of every `*.json` in a folder, sorted by name.
pub(super) fn texts(path: &Path) -> Result<Vec<(String, String)>, LoadError> {
    let name = path.display().to_string();
    if !path.is_dir() {
        return Ok(vec![(name, read_file(path)?)]);
    }
    let failed = |error| LoadError::of_file(&name, format!("cannot be listed: {error}"));
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        if file
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            files.push(file);
        }
    }
    files.sort_unstable();
    if files.is_empty() {
        return Err(LoadError::of_file(
            &name,
            "there is no table (`*.json`) in this folder",
        ));
    }
    let texts = files
        .iter()
        .map(|file| Ok((file.display().to_string(), read_file(file)?)));
    texts.collect()
}
