//! What a spec says, typed, every value with its place. Whether it makes sense is for the next stage to find out.

mod check;
mod common;
mod field;
mod forms;
mod keys;
mod operation;
mod service;
mod shape;
mod types;
mod words;

pub use common::ErrorCode;
pub use field::Field;
pub use keys::{Text, owned};
pub use operation::{Example, Operation};
pub use service::{Endpoint, Service};
pub use shape::{all_of, one_of};
pub use types::{EnumValue, TypeDef, TypeKind, TypeRef};
pub use words::Encoding;

use crate::diagnostics::Diagnostics;
use crate::parallel;
use crate::source::{FileId, Folder, Sources, Span};
use crate::yaml::{self, Node};
use shape::Table;

/// The trees of a folder's files, held against the grammar.
pub struct Trees<'s> {
    folder: &'s Folder,
    service: Option<Node<'s>>,
    operations: Vec<(&'s str, Node<'s>)>,
}

impl<'s> Trees<'s> {
    /// Parses the files of a folder and reports whatever does not fit the grammar.
    pub fn parse(folder: &'s Folder, sources: &'s Sources, diagnostics: &mut Diagnostics) -> Self {
        let service = folder
            .service
            .and_then(|file| tree(sources, file, &service::SERVICE, diagnostics));
        let mut operations = Vec::with_capacity(folder.operations.len());
        let parsed = parallel::map(&folder.operations, |(_, file)| {
            let mut found = Diagnostics::default();
            (
                tree(sources, *file, &operation::OPERATION, &mut found),
                found,
            )
        });
        for ((action, _), (tree, found)) in folder.operations.iter().zip(parsed) {
            diagnostics.append(found);
            operations.extend(tree.map(|tree| (&**action, tree)));
        }
        Self {
            folder,
            service,
            operations,
        }
    }
}

/// The tree of one file, held against its table.
fn tree<'s>(
    sources: &'s Sources,
    file: FileId,
    table: &'static Table,
    diagnostics: &mut Diagnostics,
) -> Option<Node<'s>> {
    let tree = yaml::parse(sources, file, diagnostics)?;
    check::check(&tree, table, diagnostics);
    Some(tree)
}

/// What a folder says.
pub struct Specs<'t> {
    /// The folder's name.
    pub name: &'t str,
    /// Where to point for what concerns the folder as a whole.
    pub place: Span,
    /// Its `service.yaml`; absent if there is none that can be read, which has been reported.
    pub service: Option<Service<'t>>,
    /// Its operations, sorted by name.
    pub operations: Vec<Operation<'t>>,
    /// Whether every file could be read: if not, what seems unused may be used there.
    pub complete: bool,
}

/// Reads the trees of a folder.
pub fn read<'t>(trees: &'t Trees<'t>) -> Specs<'t> {
    let operations: Vec<_> = trees
        .operations
        .iter()
        .map(|(action, tree)| operation::read(action, tree))
        .collect();
    Specs {
        name: &trees.folder.name,
        place: Span::of_file(trees.folder.file),
        service: trees.service.as_ref().map(service::read),
        complete: operations.len() == trees.folder.operations.len(),
        operations,
    }
}

/// The first key of a file stands for the whole of it.
fn place_of(root: &Node<'_>) -> Span {
    root.entries()
        .and_then(|entries| entries.first())
        .map_or(root.span, |entry| entry.key_span)
}
