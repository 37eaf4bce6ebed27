//! Files of JSON that people may replace, and what is wrong with them.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::{Operation, Service};

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

/// The file of a folder that describes the service; every other file describes an operation.
const SERVICE: &str = "service.json";

/// The service whose tables these texts are, each with the name of its file.
pub(super) fn service<'t>(
    name: &str,
    text: &str,
    operations: impl IntoIterator<Item = (&'t str, &'t str)>,
) -> Result<Service, LoadError> {
    let mut service: Service = table(name, text)?;
    text.clone_into(&mut service.text);
    for (name, text) in operations {
        let mut operation: Operation = table(name, text)?;
        text.clone_into(&mut operation.text);
        service.operations.push(operation);
    }
    Ok(service)
}

/// The service whose tables are in a folder.
pub(super) fn folder(folder: &Path) -> Result<Service, LoadError> {
    let read = |path: &Path| Ok((path.display().to_string(), read_file(path)?));
    let (name, text) = read(&folder.join(SERVICE))?;
    let files = entries(folder)?.into_iter().filter(|file| {
        file.extension()
            .is_some_and(|extension| extension == "json")
            && !file.ends_with(SERVICE)
    });
    let operations: Vec<_> = files.map(|file| read(&file)).collect::<Result<_, _>>()?;
    let operations = operations.iter().map(|(name, text)| (&**name, &**text));
    service(&name, &text, operations)
}

/// The folder itself if it has the tables of a service, or those in it that have.
pub(super) fn service_folders(path: &Path) -> Result<Vec<PathBuf>, LoadError> {
    let is_service = |folder: &Path| folder.join(SERVICE).is_file();
    if is_service(path) {
        return Ok(vec![path.to_owned()]);
    }
    let mut folders = entries(path)?;
    folders.retain(|folder| is_service(folder));
    if folders.is_empty() {
        return Err(LoadError::of_file(
            &path.display().to_string(),
            format!("there is no `{SERVICE}` in this folder, nor in a folder in it"),
        ));
    }
    Ok(folders)
}

fn table<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, LoadError> {
    serde_json::from_str(text).map_err(|error| {
        let LoadError(problem) = LoadError::of_text(name, &error);
        LoadError(format!(
            "{problem}\nhelp: `cargo xtask gen` writes tables; use the file unchanged"
        ))
    })
}

/// What is in a folder, sorted by name.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, LoadError> {
    let failed = |error| {
        LoadError::of_file(
            &folder.display().to_string(),
            format!("cannot be listed: {error}"),
        )
    };
    let entries = fs::read_dir(folder).map_err(failed)?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(failed)?;
    paths.sort_unstable();
    Ok(paths)
}
