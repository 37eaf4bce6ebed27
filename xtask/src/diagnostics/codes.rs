//! The kinds of findings. A code is never reused for something else, so that one can look it up.

use std::fmt;

/// A kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code(pub &'static str);

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

// Files: S001 to S009.

/// A file or folder cannot be read.
pub const UNREADABLE: Code = Code("S001");
/// A spec is not UTF-8.
pub const NOT_UTF8: Code = Code("S002");
/// A spec is empty.
pub const EMPTY_FILE: Code = Code("S003");
/// A folder has no `service.yaml`.
pub const NO_SERVICE: Code = Code("S004");
/// Something in `specs/` does not belong there.
pub const MISPLACED: Code = Code("S005");
/// A folder's name cannot be a crate's, or a file's cannot be an action's.
pub const BAD_FILE_NAME: Code = Code("S006");

// YAML: S010 to S019.

/// A spec is not YAML.
pub const NOT_YAML: Code = Code("S010");
/// A key stands twice in one mapping.
pub const DUPLICATE_KEY: Code = Code("S011");
/// YAML that specs do without: anchors, tags, several documents, keys that are no text.
pub const UNUSED_YAML: Code = Code("S012");

// Shapes: S020 to S029.

/// A key that the grammar does not have there.
pub const UNKNOWN_KEY: Code = Code("S020");
/// A key is missing.
pub const MISSING_KEY: Code = Code("S021");
/// A value of the wrong kind, such as text for a number.
pub const WRONG_KIND: Code = Code("S022");
/// A word that is none of those allowed.
pub const UNKNOWN_WORD: Code = Code("S023");
/// Prose without quotes.
pub const UNQUOTED: Code = Code("S024");
/// Empty text, or an empty list.
pub const EMPTY: Code = Code("S025");
/// Text that has a form to keep, such as a date, and does not keep it.
pub const MALFORMED: Code = Code("S026");

// Names and types: S030 to S039.

/// A type that nothing defines.
pub const UNKNOWN_TYPE: Code = Code("S030");
/// A type that nothing uses.
pub const UNUSED_TYPE: Code = Code("S031");
/// Two things would have the same name in Rust.
pub const COLLISION: Code = Code("S032");
/// A name that generated code uses itself.
pub const RESERVED_NAME: Code = Code("S033");
/// Something that no Rust name can be made from.
pub const NO_NAME: Code = Code("S034");
/// A record that contains itself other than in a list.
pub const ENDLESS_TYPE: Code = Code("S035");
/// Two values of an enum share a spelling.
pub const SAME_SPELLING: Code = Code("S036");

// Fields: S040 to S049.

/// A key that means nothing at a field of this type, or in this place.
pub const DOES_NOT_APPLY: Code = Code("S040");
/// A value that does not fit the type of its field.
pub const WRONG_VALUE: Code = Code("S041");
/// Limits that contradict each other.
pub const EMPTY_RANGE: Code = Code("S042");
/// A field that is not there.
pub const UNKNOWN_FIELD: Code = Code("S043");
/// Two parameters for the same scope.
pub const SAME_SCOPE: Code = Code("S044");

// The service: S050 to S059.

/// Rules for endpoints that leave a region without one, or can never apply.
pub const ENDPOINTS: Code = Code("S050");
/// One error code with two kinds.
pub const CONTRADICTING_KIND: Code = Code("S051");

// Examples: S060 to S069.

/// A parameter or member that the operation does not have.
pub const UNKNOWN_MEMBER: Code = Code("S060");
/// An example of a request without a parameter that is required.
pub const MISSING_ARGUMENT: Code = Code("S061");
/// An example of an answer without the provider's wrapper around it.
pub const NO_WRAPPER: Code = Code("S062");

// Warnings: S080 to S099.

/// Something has no documentation.
pub const UNDOCUMENTED: Code = Code("S080");
