//! The Rust file that has the tables of the services in it.

use crate::model::Service;
use crate::output::OutputFile;
use crate::render::source::start;
use crate::source::Layout;

/// The file, which lies beside the tables.
pub fn render(services: &[Service]) -> OutputFile {
    let folder = Layout::SERVICES.tables;
    let names = services.iter().filter_map(|service| {
        let name = service.table_file.strip_prefix(folder)?;
        name.strip_prefix('/')
    });
    let tables: String = names
        .map(|name| format!("    include_str!({name:?}),\n"))
        .collect();
    OutputFile {
        path: format!("{folder}/list.rs"),
        contents: format!(
            "{}\n\n//! The tables of the services, as text.\n\n/// The table of each service, sorted by crate.\npub(crate) const SERVICES: &[&str] = &[\n{tables}];\n",
            start(Layout::SERVICES.specs)
        ),
    }
}
