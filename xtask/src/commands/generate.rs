//! `cargo xtask gen`: from the specs to the crates, or a look at whether they are what the specs say.

use std::path::Path;
use std::process::ExitCode;

use super::console::{self, count, err, say};
use crate::diagnostics::{Diagnostics, Format};
use crate::model::{Service, TypeKind};
use crate::output::{self, OutputError, Plan};
use crate::source::Sources;
use crate::{render, schema};

/// What `--help` says.
pub const HELP: &str = "\
Usage: cargo xtask gen [--check] [--deny-warnings] [--message-format FORMAT] [--root DIR]

Makes the client crates from the specs in `specs/`, those of `fixtures/specs/` too, the tables that the emulator serves them from, the
list of the crates in `crates/README.md`, and the schemas with which editors read specs. Everything is made in memory first: if a spec has a mistake, it is shown and nothing is
written. After that only files that differ are written, and files that are not made any more are removed, if `specs/generated.txt`
lists them.

Options:
  --check                  write nothing; exit with 1 if a file is not what the specs say, and show how it differs
  --deny-warnings          exit with 1 if the specs have warnings, and write nothing then
  --message-format FORMAT  how findings are written:
                             human   in words, to the standard error (as if left out)
                             json    one object a line, to the standard output
                             github  workflow commands to the standard output, words to the standard error
  --root DIR               the workspace, if it is not the one this program was built in

Exits with 0 if all is well, with 1 if something is wrong with the specs or the files, with 2 if the command line is.
";

/// How many files are named one by one.
const NAMED_FILES: usize = 20;

/// Generates, or checks.
pub fn run(root: &Path, check: bool, deny_warnings: bool, format: Format) -> ExitCode {
    let Some(outcome) = console::read_specs(root, format, "nothing was written") else {
        return ExitCode::FAILURE;
    };
    if deny_warnings && outcome.diagnostics.warnings() > 0 {
        err("error: warnings are denied; nothing was written\n");
        console::hint(&outcome.diagnostics.codes());
        return ExitCode::FAILURE;
    }
    let files = match render::render(&outcome.services) {
        Ok(files) => files,
        Err(error) => {
            err(&format!(
                "error: the generator made a mistake, not the specs: {error}\n"
            ));
            return ExitCode::FAILURE;
        }
    };
    say(format, &format!("read {}", summary(&outcome.services)));
    let mut constant = schema::files();
    constant.push(render::catalogue(&outcome.services));
    let done = Plan::new(root, files, constant).and_then(|plan| {
        if check {
            Ok(compare(&plan, format))
        } else {
            write(root, &plan, format)
        }
    });
    done.unwrap_or_else(|error| {
        err(&format!("error: {error}\n"));
        ExitCode::FAILURE
    })
}

fn compare(plan: &Plan, format: Format) -> ExitCode {
    if plan.is_done() {
        let files = count(plan.right, "file");
        say(format, &format!("all {files} are what the specs say"));
        return ExitCode::SUCCESS;
    }
    let codes = tell(output::findings(plan), format);
    err(&output::describe(plan));
    err("error: the generated files are not what the specs say\n");
    help(plan);
    err("help: run `cargo xtask gen` and commit what it changes\n");
    console::hint(&codes);
    ExitCode::FAILURE
}

const STRAYS: &str = "help: a folder of `specs/` owns the whole crate of its name: move stray files to a crate of their own, or remove them\n";

const DEPENDENTS: &str = "help: Cargo loads no workspace that names a missing crate: remove the named dependencies and what uses them, then run `cargo xtask gen`\n";

/// Says what to do about what keeps files from being written.
fn help(plan: &Plan) {
    if !plan.strays.is_empty() {
        err(STRAYS);
    }
    if !plan.dependents.is_empty() {
        err(DEPENDENTS);
    }
}

/// Writes findings about files for the programs that want them, and tells their codes.
fn tell((found, sources): (Diagnostics, Sources), format: Format) -> Vec<&'static str> {
    if format != Format::Human {
        console::out(&found.write(format, &sources));
    }
    found.codes_of_errors()
}

fn write(root: &Path, plan: &Plan, format: Format) -> Result<ExitCode, OutputError> {
    if plan.is_blocked() {
        let codes = tell(output::obstacles(plan), format);
        err(&output::describe_obstacles(plan));
        if !plan.strays.is_empty() {
            err(
                "error: there are files in generated crates that were not generated; nothing was written\n",
            );
        }
        if !plan.dependents.is_empty() {
            err("error: a crate that no spec makes any more is still named; nothing was written\n");
        }
        help(plan);
        console::hint(&codes);
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
    name("wrote", &written, format);
    name("removed", &removed, format);
    let line = format!(
        "wrote {}, removed {}, {} already right",
        count(written.len(), "file"),
        removed.len(),
        plan.right
    );
    say(format, &line);
    Ok(ExitCode::SUCCESS)
}

/// Names files, the first of them if there are many.
fn name(what: &str, paths: &[&str], format: Format) {
    for path in paths.iter().take(NAMED_FILES) {
        say(format, &format!("{what:<7} {path}"));
    }
    if let more @ 1.. = paths.len().saturating_sub(NAMED_FILES) {
        say(format, &format!("{what:<7} {more} more"));
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
