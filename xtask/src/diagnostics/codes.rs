//! The kinds of findings. A code is never reused for something else, so that one can look it up.
//!
//! To add one: a line in the table, and a file `explanations/<code>.md` that tells what the finding means and shows it wrong and right
//! (a test holds every explanation to that form; any file there is an example). Take the next free number of the group.

use std::fmt;

use super::closest;

/// A kind of finding.
#[derive(Clone, Copy)]
pub struct Code {
    /// What it is called: `S012`.
    pub id: &'static str,
    /// What it means, in a few words.
    pub title: &'static str,
    /// What it means at length, as Markdown.
    pub explanation: &'static str,
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id)
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Code {}

/// Makes the constants and the list of them all, so that there is no code without a title and an explanation.
macro_rules! codes {
    ($($name:ident = $id:literal: $title:literal;)+) => {
        $(
            #[doc = $title]
            pub const $name: Code = Code {
                id: $id,
                title: $title,
                explanation: include_str!(concat!("explanations/", $id, ".md")),
            };
        )+

        /// Every code, sorted.
        pub const ALL: &[Code] = &[$($name),+];
    };
}

codes! {
    // Files: S001 to S009.
    UNREADABLE = "S001": "a file or folder cannot be read";
    NOT_UTF8 = "S002": "a spec is not UTF-8";
    EMPTY_FILE = "S003": "a spec is empty";
    NO_SERVICE = "S004": "a folder has no `service.yaml`";
    MISPLACED = "S005": "something in `specs/` does not belong there";
    BAD_FILE_NAME = "S006": "a folder's name cannot be a crate's, or a file's cannot be an action's";
    NO_PROVIDER = "S007": "a service whose provider has no file";

    // YAML: S010 to S019.
    NOT_YAML = "S010": "a spec is not YAML";
    DUPLICATE_KEY = "S011": "a key stands twice in one mapping";
    UNUSED_YAML = "S012": "YAML that specs do without: anchors, tags, several documents, keys that are no text";
    ODD_CHARACTER = "S013": "a character that cannot be seen, or that only looks like punctuation";

    // Shapes: S020 to S029.
    UNKNOWN_KEY = "S020": "a key that the grammar does not have there";
    MISSING_KEY = "S021": "a key is missing";
    WRONG_KIND = "S022": "a value of the wrong kind, such as text for a number";
    UNKNOWN_WORD = "S023": "a word that is none of those allowed";
    UNQUOTED = "S024": "prose without quotes";
    EMPTY = "S025": "empty text, or an empty list";
    MALFORMED = "S026": "text that has a form to keep, such as a date, and does not keep it";
    PLACEHOLDER = "S027": "a placeholder that is still to be replaced";
    INDENTATION = "S028": "something that is indented too deep, or not deep enough";

    // Names and types: S030 to S039.
    UNKNOWN_TYPE = "S030": "a type that nothing defines";
    UNUSED_TYPE = "S031": "a type that nothing uses";
    COLLISION = "S032": "two things would have the same name in Rust";
    RESERVED_NAME = "S033": "a name that generated code, Rust or Cargo uses itself";
    NO_NAME = "S034": "something that no Rust name can be made from";
    ENDLESS_TYPE = "S035": "a record that contains itself other than in a list";
    SAME_SPELLING = "S036": "two values of an enum share a spelling";
    TOO_DEEP = "S037": "too many lists and maps in one another";
    INPUT = "S038": "a record in a request without `input: true`, or with a required member in an answer";
    WRONG_INCLUDE = "S039": "a record that includes what is no record, or leaves out what is no member of it";

    // Fields: S040 to S049.
    DOES_NOT_APPLY = "S040": "a key that means nothing at a field of this type, or in this place";
    WRONG_VALUE = "S041": "a value that does not fit the type of its field";
    EMPTY_RANGE = "S042": "limits that contradict each other";
    UNKNOWN_FIELD = "S043": "a field that is not there";
    SAME_SCOPE = "S044": "two parameters for the same scope";
    NOT_INSIDE = "S045": "a type that cannot be inside another";
    BAD_PATTERN = "S046": "a pattern that is no regular expression";
    UNEXPLAINED = "S047": "a quirk without a reason";
    CONTRADICTION = "S048": "keys of a field that contradict each other";
    ENVELOPE_MEMBER = "S049": "a member of an answer that every answer of the provider has";

    // The service: S050 to S059.
    ENDPOINTS = "S050": "rules for endpoints that leave a region without one, or can never apply";
    UNKNOWN_ERROR = "S052": "an error code that `service.yaml` does not have";
    UNKNOWN_SOURCE = "S053": "a source that `service.yaml` does not have";

    // Examples: S060 to S069.
    UNKNOWN_MEMBER = "S060": "a parameter or member that the operation does not have";
    MISSING_ARGUMENT = "S061": "an example of a request without a parameter that is required";
    NO_WRAPPER = "S062": "an example of an answer without the provider's wrapper around it";

    // Paging, waiting, completion: S070 to S079.
    UNKNOWN_STEP = "S070": "a parameter or member, named by `pages`, `waiters` or `completion`, that is not there";
    WRONG_STEP = "S071": "a parameter, or the way to a member, of the wrong type";
    PAGED_BY = "S072": "pages that nothing or too much tells apart";
    NO_PRESET = "S073": "a required parameter that turns pages and has no default";
    SAME_OUTCOME = "S074": "a value that stands twice in one waiter";
    WAITING_WRITES = "S075": "a waiter of an operation that changes something";
    COMPLETION = "S076": "a completion by an operation that cannot tell it";

    // Warnings: S080 to S089.
    UNDOCUMENTED = "S080": "something has no documentation";
    NO_SCHEMA_LINE = "S081": "a spec does not name its schema";
    NO_PAGES = "S083": "an answer that seems to come in pages has no `pages`";
    NO_OUTCOME = "S084": "a waiter does not say what a value means";
    NO_EXAMPLE = "S085": "an operation has no example of a request or of an answer";
    OTHER_DEFAULT = "S086": "prose states another default";
    DOUBTFUL_EFFECT = "S087": "an operation that reads is called as if it wrote";
    UNMARKED_SECRET = "S088": "a name that seems to be a secret's, and nothing said about it";
    REPEATED_NAME = "S089": "documentation that only repeats a name";

    // Generated files: S090 to S099.
    STALE = "S090": "a generated file is not what the specs say";
    STRAY = "S091": "a file in a generated crate that was not generated";
    STILL_NAMED = "S092": "a `Cargo.toml` names a generated crate that no spec makes any more";
}

/// The code of this name, in capitals or not; if there is none, the one that was probably meant.
pub fn find(id: &str) -> Result<Code, Option<&'static str>> {
    ALL.iter()
        .find(|code| code.id.eq_ignore_ascii_case(id))
        .copied()
        .ok_or_else(|| closest(id, ALL.iter().map(|code| code.id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_none_stands_twice() {
        assert!(ALL.is_sorted_by(|a, b| a.id < b.id));
    }

    #[test]
    fn each_explanation_says_why_and_shows_it_wrong_and_right() {
        for code in ALL {
            let text = code.explanation;
            let (wrong, right) = (text.find("\nWrong:\n\n```"), text.find("\nRight:\n\n```"));
            assert!(
                wrong.is_some_and(|at| at > 40) && right > wrong,
                "{code}: what it means, then `Wrong:` and a code block, then `Right:` and a code block"
            );
            assert_eq!(text.matches("```").count() % 2, 0, "{code}: an open block");
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{code}");
            for line in text.lines() {
                assert!(line.chars().count() <= 120, "{code}: a long line: {line}");
            }
        }
    }

    #[test]
    fn a_code_is_found_by_its_name_and_a_near_one_suggested() {
        assert_eq!(find("s012"), Ok(UNUSED_YAML));
        assert_eq!(find("X012"), Err(Some("S012")));
        assert_eq!(find("nothing"), Err(None));
    }
}
