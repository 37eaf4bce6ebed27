//! `cargo xtask list`: what the specs cover.

use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::table::table;
use super::{console, usage};
use crate::coverage::{Coverage, HEADS};
use crate::diagnostics::{Format, closest};
use crate::model::Service;
use crate::source::Layout;

/// What `--help` says.
pub const HELP: &str = "\
Usage: cargo xtask list [<crate>] [--json] [--root DIR]

Shows what the specs cover: for each service, or for each operation of one crate, a line of numbers.

  operations       how many there are
  request          parameters, and how many of them have documentation: 11/12
  response         members of answers, likewise
  records          members of records, likewise
  requests shown   operations with an example of a request
  answers shown    operations with an example of an answer
  paging           operations whose pages the client can turn
  waiters          ends that operations can be polled for
  quirks, notes    what is odd, and what else a caller should know
  deprecated       operations, fields and values that the provider does not want to be used any more

Options:
  --json      the same for programs
  --root DIR  the workspace, if it is not the one this program was built in
";

/// Lists services, or the operations of one.
pub fn run(root: &Path, wanted: Option<&str>, json: bool) -> ExitCode {
    let format = if json { Format::Json } else { Format::Human };
    let Some(outcome) = console::read_specs(root, format, "nothing can be listed") else {
        return ExitCode::FAILURE;
    };
    let (head, rows, total) = match wanted {
        None => services(&outcome.services),
        Some(name) => {
            let mut services = outcome.services.iter();
            match services.find(|service| service.crate_name == name) {
                Some(service) => operations(service),
                None => return unknown(name, &outcome.services),
            }
        }
    };
    console::out(&if json {
        as_json(head, &rows, total)
    } else {
        as_table(head, &rows, total)
    });
    ExitCode::SUCCESS
}

/// What the rows are, the rows, and their sum.
type Listing<'a> = (&'static str, Vec<(&'a str, Coverage)>, Coverage);

/// The services that the workspace is for. Fixtures cover what they are made to cover; by their names they are shown too.
fn services(services: &[Service]) -> Listing<'_> {
    let prefix = format!("{}/", Layout::SERVICES.crates);
    let rows: Vec<_> = services
        .iter()
        .filter(|service| service.crate_dir.starts_with(&prefix))
        .map(|service| (&*service.crate_name, Coverage::of_service(service)))
        .collect();
    let total = rows.iter().map(|(_, coverage)| *coverage).sum();
    ("crate", rows, total)
}

/// The sum is the service's, which has shared types and quirks of its own.
fn operations(service: &Service) -> Listing<'_> {
    let operations = service.operations.iter();
    let rows = operations
        .map(|operation| (&*operation.action, Coverage::of_operation(operation)))
        .collect();
    ("action", rows, Coverage::of_service(service))
}

fn as_table(head: &str, rows: &[(&str, Coverage)], total: Coverage) -> String {
    let heads: Vec<&str> = [head].into_iter().chain(HEADS.iter().copied()).collect();
    let rows: Vec<Vec<String>> = rows
        .iter()
        .copied()
        .chain([("total", total)])
        .map(|(name, coverage)| {
            [name.to_owned()]
                .into_iter()
                .chain(coverage.cells())
                .collect()
        })
        .collect();
    table(&heads, &rows)
}

fn as_json(head: &str, rows: &[(&str, Coverage)], total: Coverage) -> String {
    let rows: Vec<Value> = rows
        .iter()
        .map(|(name, coverage)| {
            let mut row = json!({ head: name });
            if let (Value::Object(row), Value::Object(mut numbers)) = (&mut row, coverage.to_json())
            {
                row.append(&mut numbers);
            }
            row
        })
        .collect();
    format!("{:#}\n", json!({ "rows": rows, "total": total.to_json() }))
}

fn unknown(name: &str, services: &[Service]) -> ExitCode {
    let names = services.iter().map(|service| &*service.crate_name);
    let help = match closest(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`cargo xtask list` names them".to_owned(),
    };
    usage(&format!("no spec makes a crate `{name}`\nhelp: {help}"))
}
