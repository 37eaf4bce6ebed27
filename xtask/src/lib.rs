//! The maintainer's commands: `cargo xtask gen` makes the client crates from the specs, `cargo xtask test` tests everything.
//!
//! From specs to crates it is one road: [`source`] loads the files, [`yaml`] makes trees of them, [`spec`] reads the trees,
//! [`resolve`] makes the checked [`model`], [`render`] makes files of it, [`output`] writes or compares them. No stage reaches back.
//!
//! This is a library so that tests and fuzzers can run the stages without a process for each; what they need is public, and the rest
//! is the program's own.
#![allow(
    unreachable_pub,
    rustdoc::private_intra_doc_links,
    reason = "`pub` says what a module offers to the others; what leaves the library stands in this file"
)]

mod arguments;
mod commands;
mod coverage;
mod diagnostics;
mod model;
mod names;
mod output;
mod parallel;
mod pipeline;
mod prose;
mod render;
mod resolve;
mod schema;
mod skeleton;
mod source;
mod spec;
mod yaml;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use diagnostics::Format;

/// Runs a command line, without the program's name, and says how the program ends.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    commands::run(arguments::read(lexopt::Parser::from_args(arguments)))
}

/// What is found in a folder laid out as `specs/`, in words and without colour.
pub fn findings(specs: &Path) -> String {
    let outcome = pipeline::run_on_folder(specs);
    outcome.diagnostics.render(&outcome.sources, false)
}

/// Takes the specs of one service through every stage, and counts the mistakes in them: `service`, `types`, the names of operations and
/// `providers/<name>`, each with its text. What is found is written out too, and thrown away.
///
/// # Errors
///
/// The generator made a mistake itself: specs without mistakes have to make crates.
pub fn check_text(files: &[(&str, &str)]) -> Result<usize, String> {
    let outcome = pipeline::run_on(files);
    outcome.diagnostics.write(Format::Json, &outcome.sources);
    let mistakes = outcome.diagnostics.errors();
    if mistakes == 0 {
        render::render(&outcome.services).map_err(|error| error.to_string())?;
    }
    Ok(mistakes)
}

/// The schemas of specs: their paths from the workspace root, and their text.
pub fn schemas() -> Vec<(String, String)> {
    let files = schema::files().into_iter();
    files.map(|file| (file.path, file.contents)).collect()
}

/// Every code that a finding can have.
pub fn codes() -> impl Iterator<Item = &'static str> {
    diagnostics::codes::ALL.iter().map(|code| code.id)
}
