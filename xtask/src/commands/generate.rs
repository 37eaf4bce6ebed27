//! `cargo xtask gen`: from the specs to the crates, or a look at whether they are what the specs say.

use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

use crate::model::{Service, TypeKind};
use crate::output::{self, OutputError, Plan};
use crate::pipeline;
use crate::render;

/// What `--help` says.
pub const HELP: &str = "\
Usage: cargo xtask gen [--check] [--root DIR]

Makes the client crates from the specs in `specs/`. Everything is made in memory first: if a spec has a mistake, it is shown
and nothing is written. After that only files that differ are written, and files that are not made any more are removed, if
`specs/generated.txt` lists them.

Options:
  --check     write nothing; exit with 1 if a file is not what the specs say, and show how it differs
  --root DIR  the workspace, if it is not the one this program was built in
";

/// How many files are named one by one.
const NAMED_FILES: usize = 20;

/// Generates, or checks.
pub fn run(root: &Path, check: bool) -> ExitCode {
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let outcome = pipeline::run(root, colour);
    eprint!("{}", outcome.findings);
    if outcome.mistakes > 0 {
        let mistakes = count(outcome.mistakes, "mistake");
        eprintln!("error: {mistakes} in the specs; nothing was written");
        return ExitCode::FAILURE;
    }
    let files = match render::render(&outcome.services) {
        Ok(files) => files,
        Err(error) => {
            eprintln!("error: the generator made a mistake, not the specs: {error}");
            return ExitCode::FAILURE;
        }
    };
    println!("read {}", summary(&outcome.services));
    let crates: Vec<&str> = outcome
        .services
        .iter()
        .map(|service| &*service.crate_name)
        .collect();
    let done = Plan::new(root, files, &crates).and_then(|plan| {
        if check {
            Ok(compare(&plan))
        } else {
            write(root, &plan)
        }
    });
    done.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::FAILURE
    })
}

fn compare(plan: &Plan) -> ExitCode {
    if plan.is_done() {
        println!("all {} are what the specs say", count(plan.right, "file"));
        return ExitCode::SUCCESS;
    }
    eprint!("{}", output::describe(plan));
    eprintln!("error: the generated files are not what the specs say");
    if !plan.strays.is_empty() {
        eprintln!("{STRAYS}");
    }
    eprintln!("help: run `cargo xtask gen` and commit what it changes");
    ExitCode::FAILURE
}

const STRAYS: &str = "help: a folder of `specs/` owns the whole crate of its name: move stray files to a crate of their own, or remove them";

fn write(root: &Path, plan: &Plan) -> Result<ExitCode, OutputError> {
    if !plan.strays.is_empty() {
        eprint!("{}", output::strays(plan));
        eprintln!(
            "error: there are files in generated crates that were not generated; nothing was written"
        );
        eprintln!("{STRAYS}");
        return Ok(ExitCode::FAILURE);
    }
    plan.carry_out(root)?;
    let written: Vec<&str> = plan
        .missing
        .iter()
        .chain(plan.stale.iter().map(|stale| &stale.wanted))
        .map(|file| &*file.path)
        .collect();
    let removed: Vec<&str> = plan.orphans.iter().map(String::as_str).collect();
    name("wrote", &written);
    name("removed", &removed);
    println!(
        "wrote {}, removed {}, {} already right",
        count(written.len(), "file"),
        removed.len(),
        plan.right
    );
    Ok(ExitCode::SUCCESS)
}

/// Names files, the first of them if there are many.
fn name(what: &str, paths: &[&str]) {
    for path in paths.iter().take(NAMED_FILES) {
        println!("{what:<7} {path}");
    }
    if let more @ 1.. = paths.len().saturating_sub(NAMED_FILES) {
        println!("{what:<7} {more} more");
    }
}

fn summary(services: &[Service]) -> String {
    let operations = services
        .iter()
        .map(|service| service.operations.len())
        .sum();
    let types = services.iter().flat_map(|service| {
        service.types.iter().chain(
            service
                .operations
                .iter()
                .flat_map(|operation| &operation.types),
        )
    });
    let (records, enums): (Vec<_>, Vec<_>) =
        types.partition(|def| matches!(def.kind, TypeKind::Record { .. }));
    format!(
        "{}: {}, {}, {}",
        count(services.len(), "service"),
        count(operations, "operation"),
        count(records.len(), "record"),
        count(enums.len(), "enum")
    )
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
