//! The set of output files, and how it is written to disk or compared with it.

mod dependents;
mod disk;
mod findings;
mod manifest;
mod plan;
mod report;

pub use findings::{findings, obstacles};
use manifest::Manifest;
pub use plan::{Plan, Stale};
pub use report::{describe, describe_obstacles};

/// A file that the generator wants to exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Where it goes: relative to the workspace root, separated by `/`.
    pub path: String,
    /// What it holds.
    pub contents: String,
}

/// Why the files could not be compared or written: something about the disk, or a manifest that somebody changed.
#[derive(Debug)]
pub struct OutputError(pub String);

impl std::fmt::Display for OutputError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl OutputError {
    /// An error of the disk at a path.
    fn at(path: &str, what: &str, error: &std::io::Error) -> Self {
        Self(format!("{path} cannot be {what}: {error}"))
    }
}
