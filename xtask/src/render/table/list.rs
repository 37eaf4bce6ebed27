//! The Rust file that has the tables of the services in it.

use crate::model::Service;
use crate::output::OutputFile;
use crate::render::layout::{Code, assignment};
use crate::render::source::header;
use crate::source::Layout;

/// The file, which lies beside the tables.
pub fn render(services: &[Service]) -> OutputFile {
    let folder = Layout::SERVICES.tables;
    let names = services.iter().filter_map(|service| {
        let name = service.table_file.strip_prefix(folder)?;
        name.strip_prefix('/')
    });
    let tables = names.map(|name| Code::plain(format!("include_str!({name:?})")));
    let tables = Code::group("&[", tables, "]");
    let list = assignment(0, "pub(crate) const SERVICES: &[&str] =", &tables);
    OutputFile {
        path: format!("{folder}/list.rs"),
        contents: format!(
            "{}\n\n//! The tables of the services, as text.\n\n/// The table of each service, sorted by crate.\n{list}",
            header(Layout::SERVICES.specs)
        ),
    }
}
