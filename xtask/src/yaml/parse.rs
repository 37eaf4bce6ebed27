//! Parsing, and what is said about text that is not YAML.

use granit_parser::{ErrorKind, Parser, ScanError};

use super::build::Builder;
use super::suspects;
use super::{Kind, Node};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::source::{FileId, Sources, Span};

/// How deep lists and mappings may be nested; the grammar and the answers of examples need about ten.
const MAX_DEPTH: usize = 64;

/// Parses a file. `None` says that it has no tree, and why stands in `diagnostics`.
pub fn parse<'s>(
    sources: &'s Sources,
    file: FileId,
    diagnostics: &mut Diagnostics,
) -> Option<Node<'s>> {
    let source = sources.text(file);
    if let Some(finding) = suspects::refuse(file, source) {
        diagnostics.push(finding);
        return None;
    }
    let options = granit_parser::options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut builder = Builder::new(file, source, diagnostics);
    for event in Parser::new_from_str_with_options(source, options) {
        match event {
            Ok((event, span)) => builder.event(event, span),
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or_default();
                let span = builder.span(at..next_char(source, at));
                match suspects::culprit(file, source, at) {
                    // It may be innocent, so what the parser says is told as well.
                    Some(culprit) => diagnostics.push_once(
                        culprit.also(span, format!("the parser got this far: {}", error.info())),
                    ),
                    None => diagnostics.push(not_yaml(&error, span)),
                }
                return None;
            }
        }
    }
    let root = builder
        .finish()
        .ok()?
        .filter(|root| root.kind != Kind::Null);
    if root.is_none() {
        diagnostics.push(
            Diagnostic::error(
                codes::EMPTY_FILE,
                Span::of_file(file),
                "the file holds nothing",
            )
            .help("write the spec, or remove the file"),
        );
    }
    root
}

/// Where the character that begins at a byte ends.
fn next_char(source: &str, at: usize) -> usize {
    at + source
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .filter(|c| *c != '\n')
        .map_or(0, char::len_utf8)
}

fn not_yaml(error: &ScanError, span: Span) -> Diagnostic {
    let help = match error.kind() {
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => {
            "a colon begins a value here: put text that contains `: ` in double quotes, and close every bracket before it"
        }
        ErrorKind::UnexpectedCharacter { .. } => "put text that begins so in double quotes",
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar => "indent with spaces",
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar
        | ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::UnknownQuotedScalarEscape => {
            "check the quotes: within double quotes a quote is `\\\"` and a backslash is `\\\\`"
        }
        ErrorKind::RecursionLimitExceeded => "lists and mappings may be nested 64 deep",
        ErrorKind::DirectiveDisallowed => "remove the line: specs do without directives",
        _ => "check the lines before this one too: indentation, brackets, quotes",
    };
    Diagnostic::error(
        codes::NOT_YAML,
        span,
        format!("this is not YAML: {}", error.info()),
    )
    .label("the parser got this far")
    .help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::Entry;

    fn parsed(text: &str) -> (Option<String>, String) {
        let mut sources = Sources::default();
        let file = sources.add("specs/x/y.yaml".to_owned(), text.to_owned());
        let mut diagnostics = Diagnostics::default();
        let tree = parse(&sources, file, &mut diagnostics).map(|tree| show(&tree, text));
        (tree, diagnostics.render(&sources, false))
    }

    /// A tree in one line, each node as the text of its span.
    fn show(node: &Node<'_>, text: &str) -> String {
        let source = &text[node.span.start as usize..node.span.end as usize];
        match &node.kind {
            Kind::Null => "null".to_owned(),
            Kind::Scalar(_) => source.to_owned(),
            Kind::Sequence(items) => {
                format!(
                    "[{}]",
                    items
                        .iter()
                        .map(|item| show(item, text))
                        .collect::<Vec<_>>()
                        .join(", ")
                )
            }
            Kind::Mapping(entries) => {
                let show =
                    |entry: &Entry<'_>| format!("{}: {}", entry.key, show(&entry.value, text));
                format!(
                    "{{{}}}",
                    entries.iter().map(show).collect::<Vec<_>>().join(", ")
                )
            }
        }
    }

    #[test]
    fn nodes_know_where_they_stand() {
        let text = "a: \"测试\"\nb: [1, {c: ~}]\nd:\n- e: >-\n    f\n  g:\nh: 'x'\n";
        let (tree, problems) = parsed(text);
        assert_eq!(
            tree.as_deref(),
            Some("{a: \"测试\", b: [1, {c: null}], d: [{e: f, g: null}], h: 'x'}")
        );
        assert_eq!(problems, "");
    }

    #[test]
    fn a_block_ends_where_its_last_value_does() {
        let mut sources = Sources::default();
        let file = sources.add(String::new(), "a:\n  - b: 1\n\n\nc: 2\n".to_owned());
        let tree = parse(&sources, file, &mut Diagnostics::default()).unwrap();
        let list = &tree.entries().unwrap()[0].value;
        assert_eq!((list.span.start, list.span.end), (5, 11));
    }

    #[test]
    fn a_key_that_stands_twice_is_reported_with_both_places_and_the_first_stays() {
        let (tree, problems) = parsed("a: 1\nb: 2\na: 3\n");
        assert_eq!(tree.as_deref(), Some("{a: 1, b: 2}"));
        assert!(
            problems
                .starts_with("error[S011]: the key `a` stands twice\n --> specs/x/y.yaml:3:1\n"),
            "{problems}"
        );
        assert!(problems.contains("here first"), "{problems}");
    }

    #[test]
    fn what_specs_do_without_is_refused_all_at_once() {
        let (tree, problems) = parsed("a: &x !t 1\nb: *x\nc: *y\n[d]: 1\n---\ne: 1\n");
        assert_eq!(tree, None);
        for what in [
            "an anchor",
            "a tag",
            "an alias",
            "a list as a key",
            "a second document",
        ] {
            assert!(problems.contains(what), "{what}: {problems}");
        }
        assert_eq!(problems.matches("an alias").count(), 2);
    }

    #[test]
    fn nesting_ends_at_a_limit() {
        let (tree, problems) = parsed(&"[".repeat(100_000));
        assert_eq!(tree, None);
        assert!(problems.contains("nested 64 deep"), "{problems}");
    }

    #[test]
    fn nothing_is_no_spec() {
        for text in ["", "\n\n", "# a comment\n", "~\n", "---\n"] {
            let (tree, problems) = parsed(text);
            assert_eq!(tree, None);
            assert!(problems.starts_with("error[S003]"), "{text:?}: {problems}");
        }
    }
}
