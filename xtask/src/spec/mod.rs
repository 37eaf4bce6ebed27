//! What a spec says, typed, every value with its place. Whether it makes sense is for the next stage to find out.

mod characters;
mod check;
mod common;
mod field;
mod forms;
mod keys;
mod operation;
mod paging;
mod provider;
mod schema_line;
mod service;
mod shape;
mod types;
mod waiting;
mod words;

pub use common::{ErrorCode, Remark};
pub use field::{Condition, Field};
pub use forms::{is_date, is_field_name, is_path, rate};
pub use keys::{Text, owned, text};
pub use operation::{Example, OPERATION, Operation, Scope};
pub use paging::Pages;
pub use provider::{EnvelopeMember, PROVIDER, ProviderFile, ScopeParameter};
pub use schema_line::SchemaOf;
pub use service::{Endpoint, SERVICE, Service};
pub use shape::{Key, Need, Shape, Table};
pub use types::{EnumValue, TYPES, TypeDef, TypeKind, TypeRef, WRAPPED, Wrapping};
pub use waiting::{Completion, Waiter};
pub use words::{Presence, Role, Word, words};

use crate::diagnostics::Diagnostics;
use crate::parallel;
use crate::source::{FileId, Folder, Layout, Sources, Span};
use crate::yaml::{self, Node};

/// The trees of the files of `providers/`, held against the grammar.
pub struct ProviderTrees<'s> {
    files: &'s [(String, FileId)],
    trees: Vec<(&'s str, Node<'s>)>,
}

impl<'s> ProviderTrees<'s> {
    /// Parses the files, which are named after their providers, and reports whatever does not fit the grammar.
    pub fn parse(
        files: &'s [(String, FileId)],
        sources: &'s Sources,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let tree = |(name, file): &'s (String, FileId)| {
            let tree = tree(sources, *file, SchemaOf::Provider, diagnostics)?;
            Some((&**name, tree))
        };
        Self {
            files,
            trees: files.iter().filter_map(tree).collect(),
        }
    }
}

/// What the files of `providers/` say.
pub struct Providers<'t> {
    /// Those that could be read.
    pub files: Vec<ProviderFile<'t>>,
    /// The names of those that are there.
    names: Vec<&'t str>,
}

impl<'t> Providers<'t> {
    /// Reads the trees.
    pub fn read(trees: &'t ProviderTrees<'t>) -> Self {
        let files = trees.trees.iter();
        Self {
            files: files
                .map(|(name, tree)| provider::read(name, tree))
                .collect(),
            names: trees.files.iter().map(|(name, _)| &**name).collect(),
        }
    }

    /// The file of this name, if it could be read.
    pub fn find(&self, name: &str) -> Option<&ProviderFile<'t>> {
        self.files.iter().find(|file| file.name == name)
    }

    /// Whether there is a file of this name; one that cannot be read has been reported.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains(&name)
    }
}

/// The trees of a folder's files, held against the grammar.
pub struct Trees<'s> {
    folder: &'s Folder,
    service: Option<Node<'s>>,
    types: Option<Node<'s>>,
    operations: Vec<(&'s str, Node<'s>)>,
}

impl<'s> Trees<'s> {
    /// Parses the files of a folder and reports whatever does not fit the grammar.
    pub fn parse(folder: &'s Folder, sources: &'s Sources, diagnostics: &mut Diagnostics) -> Self {
        let service = folder
            .service
            .and_then(|file| tree(sources, file, SchemaOf::Service, diagnostics));
        let types = folder
            .types
            .and_then(|file| tree(sources, file, SchemaOf::Types, diagnostics));
        let mut operations = Vec::with_capacity(folder.operations.len());
        let parsed = parallel::map(&folder.operations, |(_, file)| {
            let mut found = Diagnostics::default();
            (tree(sources, *file, SchemaOf::Operation, &mut found), found)
        });
        for ((action, _), (tree, found)) in folder.operations.iter().zip(parsed) {
            diagnostics.append(found);
            operations.extend(tree.map(|tree| (&**action, tree)));
        }
        Self {
            folder,
            service,
            types,
            operations,
        }
    }
}

/// The tree of one file, held against the grammar.
fn tree<'s>(
    sources: &'s Sources,
    file: FileId,
    of: SchemaOf,
    diagnostics: &mut Diagnostics,
) -> Option<Node<'s>> {
    let tree = yaml::parse(sources, file, diagnostics)?;
    schema_line::check(file, sources, of, diagnostics);
    check::check(&tree, of.shape(), sources.text(file), diagnostics);
    Some(tree)
}

/// What a folder says.
pub struct Specs<'t> {
    /// The folder's name.
    pub name: &'t str,
    /// Where it is, and where its crate goes.
    pub layout: Layout,
    /// Where to point for what concerns the folder as a whole.
    pub place: Span,
    /// Its `service.yaml`; absent if there is none that can be read, which has been reported.
    pub service: Option<Service<'t>>,
    /// The types that its operations share.
    pub types: Vec<TypeDef<'t>>,
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
    let types = trees.types.as_ref().and_then(Node::entries);
    Specs {
        name: &trees.folder.name,
        layout: trees.folder.layout,
        place: Span::of_file(trees.folder.file),
        service: trees.service.as_ref().map(service::read),
        types: types.map(types::read).unwrap_or_default(),
        complete: operations.len() == trees.folder.operations.len()
            && trees.types.is_some() == trees.folder.types.is_some(),
        operations,
    }
}

/// The first key of a file stands for the whole of it.
fn place_of(root: &Node<'_>) -> Span {
    root.entries()
        .and_then(|entries| entries.first())
        .map_or(root.span, |entry| entry.key_span)
}
