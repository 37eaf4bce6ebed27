//! Faults as the command line names them.

use cloud_emulator::{Fault, Rule};

/// A name, or a rule as JSON.
pub(crate) fn read(text: &str) -> Result<Rule, String> {
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text).map_err(|error| error.to_string());
    }
    Fault::named(text).map(Rule::new).ok_or_else(|| {
        let names: Vec<&str> = Fault::KINDS.iter().map(|kind| kind.name).collect();
        format!("a fault is a rule as JSON, or one of {}", names.join(", "))
    })
}

/// The names and their meanings, one a line.
pub(crate) fn list() -> String {
    let kinds = Fault::KINDS.iter();
    kinds
        .map(|kind| format!("  {:<20} {}\n", kind.name, kind.meaning))
        .collect()
}
