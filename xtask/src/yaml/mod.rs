//! YAML text to a tree whose nodes know where they stand.
//!
//! Specs use the plain part of YAML: mappings with text as keys, lists, scalars. Anchors, aliases, tags and directives are refused,
//! so a file can never be larger than it looks.

mod build;
mod parse;
mod tree;

pub use parse::parse;
pub use tree::{Atom, Entry, Kind, Node, Scalar};
