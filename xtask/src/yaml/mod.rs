//! YAML text to a tree whose nodes know where they stand.
//!
//! Specs use the plain part of YAML: mappings with text as keys, lists, scalars. Anchors, aliases, tags and directives are refused,
//! so a file can never be larger than it looks.

mod build;
mod characters;
mod parse;
mod suspects;
mod tree;

pub use characters::{is_direction, is_invisible, is_odd};
pub use parse::parse;
pub use suspects::{odd, written};
pub use tree::{Atom, Entry, Kind, Node, Scalar};
