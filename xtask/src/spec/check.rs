//! Holds a tree against the grammar and reports what does not fit.

use std::borrow::Cow;

use super::characters;
use super::shape::{Key, Need, Shape, Table};
use super::types::WRAPPED;
use crate::diagnostics::{Diagnostic, Diagnostics, closest, codes};
use crate::prose::{all_of, one_of};
use crate::source::Span;
use crate::yaml::{Atom, Entry, Kind, Node};

/// Reports everything about a file that does not have its shape.
pub fn check(root: &Node<'_>, shape: &Shape, source: &str, diagnostics: &mut Diagnostics) {
    let span = super::place_of(root);
    let keys_of_file = match shape {
        Shape::Table(table) => table.keys,
        _ => &[],
    };
    let mut checker = Checker {
        keys_of_file,
        source,
        diagnostics,
    };
    checker.value(
        root,
        shape,
        &Place {
            name: "the file",
            span,
            in_text: "the file".into(),
        },
    );
}

/// How text begins that was not written yet.
pub const PLACEHOLDER: &str = "TODO";

/// What a value belongs to, for messages.
struct Place<'a> {
    /// The key or name that it is the value of.
    name: &'a str,
    /// Where that stands.
    span: Span,
    /// How a sentence calls it.
    in_text: Cow<'a, str>,
}

impl<'a> Place<'a> {
    fn key(entry: &'a Entry<'_>) -> Self {
        Self {
            name: &entry.key,
            span: entry.key_span,
            in_text: format!("`{}`", entry.key).into(),
        }
    }

    fn item(&self, item: &Node<'_>) -> Self {
        Self {
            name: self.name,
            span: item.span,
            in_text: format!("an entry of {}", self.in_text).into(),
        }
    }
}

struct Checker<'s, 'd> {
    /// The keys that stand at the margin of the file.
    keys_of_file: &'static [Key],
    source: &'s str,
    diagnostics: &'d mut Diagnostics,
}

impl Checker<'_, '_> {
    fn value(&mut self, node: &Node<'_>, shape: &Shape, place: &Place<'_>) {
        match (shape, &node.kind) {
            (
                Shape::List(inner) | Shape::ListOrNone(inner) | Shape::OneOrMore(inner),
                Kind::Sequence(items),
            ) => {
                if items.is_empty() && !matches!(shape, Shape::ListOrNone(_)) {
                    self.empty(node, place);
                }
                for item in items {
                    self.value(item, inner, &place.item(item));
                }
            }
            (Shape::Map(inner), Kind::Mapping(entries)) => self.map(entries, inner, place),
            (Shape::Table(table), Kind::Mapping(entries)) => self.table(entries, table, place),
            (Shape::Either(key, with, without), Kind::Mapping(entries)) => {
                if entries.iter().any(|entry| entry.key == *key) {
                    self.table(entries, with, place);
                } else {
                    self.value(node, without, place);
                }
            }
            (Shape::OrTable(_, table), Kind::Mapping(entries)) => self.table(entries, table, place),
            (Shape::OrTable(scalar, _), Kind::Scalar(of_node)) if scalar.takes(of_node.atom()) => {
                self.value(node, scalar, place);
            }
            (Shape::Anything, Kind::Mapping(_)) => self.anything(node),
            (Shape::OneOrMore(inner), _) => self.value(node, inner, place),
            (Shape::Type, Kind::Sequence(items)) => match items.as_slice() {
                [item] => self.value(item, shape, place),
                _ => self.wrong_kind(
                    node,
                    shape,
                    place,
                    "a list type names one type, as in `[string]`",
                ),
            },
            (Shape::Type, Kind::Mapping(entries)) => {
                if let [_] = entries.as_slice() {
                    self.table(entries, &WRAPPED, place);
                } else {
                    let mend = "write `{ map: a type }`, `{ text: a type }` or `{ json: a type }`";
                    self.wrong_kind(node, shape, place, mend);
                }
            }
            (Shape::Values(inner), Kind::Mapping(entries)) => {
                if entries.is_empty() {
                    self.empty(node, place);
                }
                for entry in entries {
                    self.value(&entry.value, inner, &Place::key(entry));
                }
            }
            (_, Kind::Scalar(scalar)) => match scalar.atom() {
                atom if !shape.takes(atom) => {
                    self.wrong_kind(node, shape, place, mend_for(shape, atom))
                }
                Atom::Text(text) if self.has_odd_character(node, text, shape, place) => {}
                Atom::Text(text) => self.text(node, text, scalar.plain, shape, place),
                _ => {}
            },
            (Shape::Values(_), Kind::Sequence(_)) => {
                let mend =
                    "write each value as a key with what it means, as in `FAST: \"It is fast.\"`";
                self.wrong_kind(node, shape, place, mend);
            }
            (Shape::Prose | Shape::Text | Shape::Form(_), Kind::Mapping(_)) => {
                self.wrong_kind(
                    node,
                    shape,
                    place,
                    "a colon makes a mapping: put it in double quotes if it is meant as text",
                );
            }
            _ => self.wrong_kind(node, shape, place, ""),
        }
    }

    /// Text that is of the right kind: whether it is also what it should be.
    fn text(&mut self, node: &Node<'_>, text: &str, plain: bool, shape: &Shape, place: &Place<'_>) {
        match shape {
            Shape::Prose | Shape::Text | Shape::Form(_) if text.starts_with(PLACEHOLDER) => {
                self.diagnostics.push(
                    Diagnostic::error(
                        codes::PLACEHOLDER,
                        node.span,
                        format!("{} is still a placeholder", place.in_text),
                    )
                    .help("write what it asks for, as the provider's page has it"),
                );
            }
            Shape::Prose if plain => self.diagnostics.push(
                Diagnostic::error(
                    codes::UNQUOTED,
                    node.span,
                    format!("{} is prose without quotes", place.in_text),
                )
                .label("YAML would cut it at ` #` and break it at `: `")
                .help("put it in double quotes, or write it folded below a `>-`"),
            ),
            Shape::Prose | Shape::Text if text.trim().is_empty() => self.empty(node, place),
            Shape::Form(form) if !(form.fits)(text) => self.diagnostics.push(
                Diagnostic::error(
                    codes::MALFORMED,
                    node.span,
                    format!("{} is not {}", place.in_text, form.what),
                )
                .help(format!("write {} such as `{}`", form.what, form.example)),
            ),
            Shape::Word(words) if !words().contains(&text) => {
                let words = words();
                self.diagnostics.push(
                    Diagnostic::error(
                        codes::UNKNOWN_WORD,
                        node.span,
                        format!("{} cannot be `{text}`", place.in_text),
                    )
                    .suggest(closest(text, words.iter().copied()), || {
                        format!("write {}", one_of(&words))
                    }),
                );
            }
            _ => {}
        }
    }

    /// A mapping whose keys the provider chose.
    fn map(&mut self, entries: &[Entry<'_>], inner: &Shape, place: &Place<'_>) {
        let mut rest = entries.iter().peekable();
        while let Some(entry) = rest.next() {
            let Shape::Table(table) = inner else {
                self.value(&entry.value, inner, &Place::key(entry));
                continue;
            };
            let mut has_keys_beside_it = false;
            if let Kind::Null = entry.value.kind {
                while rest.next_if(|next| is_key_of(table, next)).is_some() {
                    has_keys_beside_it = true;
                }
            }
            let is_key_of_file = self.keys_of_file.iter().any(|key| key.name == entry.key)
                && entry.value.entries().is_some_and(|inside| {
                    !inside.iter().any(|entry| table.key(&entry.key).is_some())
                });
            if has_keys_beside_it {
                self.indentation(
                    entry,
                    format!("the keys of `{}` are not indented below it", entry.key),
                    format!("indent them deeper than `{}`", entry.key),
                );
            } else if is_key_of_file {
                self.indentation(
                    entry,
                    format!("`{}` stands inside {}", entry.key, place.in_text),
                    format!(
                        "indent it as deep as {}: it is a key of the file",
                        place.in_text
                    ),
                );
            } else {
                self.value(&entry.value, inner, &Place::key(entry));
            }
        }
    }

    fn indentation(&mut self, entry: &Entry<'_>, message: String, mend: String) {
        let finding = Diagnostic::error(codes::INDENTATION, entry.key_span, message);
        self.diagnostics.push(finding.help(mend));
    }

    fn table(&mut self, entries: &[Entry<'_>], table: &'static Table, place: &Place<'_>) {
        let mut meant = Vec::new();
        for entry in entries {
            match table.key(&entry.key) {
                Some(key) => self.value(&entry.value, &key.shape, &Place::key(entry)),
                None if looks_like(table, entry) => self.indentation(
                    entry,
                    format!("`{}` stands inside {}", entry.key, place.in_text),
                    format!(
                        "indent it as deep as {}, if it is one of its own",
                        place.in_text
                    ),
                ),
                None => meant.extend(self.unknown_key(entry, table)),
            }
        }
        for key in table.keys.iter().filter(|key| key.need != Need::Optional) {
            // A key that is there under a wrong name is one mistake, not two.
            if !meant.contains(&key.name) && !entries.iter().any(|entry| entry.key == key.name) {
                self.missing_key(key, table, place);
            }
        }
    }

    /// Reports a text with a character in it that is not what it looks like. Says whether there is one.
    fn has_odd_character(
        &mut self,
        node: &Node<'_>,
        text: &str,
        shape: &Shape,
        place: &Place<'_>,
    ) -> bool {
        let finding = characters::in_text(node.span, text, shape, &place.in_text, self.source);
        let is_odd = finding.is_some();
        finding
            .into_iter()
            .for_each(|finding| self.diagnostics.push(finding));
        is_odd
    }

    /// Holds parameters, or an answer, against the little that is known about them.
    fn anything(&mut self, node: &Node<'_>) {
        for entry in node.entries().unwrap_or_default() {
            self.anything(&entry.value);
        }
        for item in node.items().unwrap_or_default() {
            self.anything(item);
        }
        if let Some(text) = node.text() {
            let place = Place {
                name: "",
                span: node.span,
                in_text: "an example".into(),
            };
            self.has_odd_character(node, text, &Shape::Anything, &place);
        }
    }

    /// Reports a key that the table does not have, and says which one was probably meant.
    fn unknown_key(&mut self, entry: &Entry<'_>, table: &'static Table) -> Option<&'static str> {
        let names: Vec<&'static str> = table.keys.iter().map(|key| key.name).collect();
        let near = closest(&entry.key, names.iter().copied());
        self.diagnostics.push(
            Diagnostic::error(
                codes::UNKNOWN_KEY,
                entry.key_span,
                format!("{} has no key `{}`", table.what, entry.key),
            )
            .suggest(near, || format!("its keys are {}", all_of(&names))),
        );
        near
    }

    fn missing_key(&mut self, key: &Key, table: &Table, place: &Place<'_>) {
        let finding = match key.need {
            Need::Required => Diagnostic::error(
                codes::MISSING_KEY,
                place.span,
                format!("{} needs the key `{}`", table.what, key.name),
            ),
            Need::Wanted | Need::Optional => Diagnostic::warning(
                codes::UNDOCUMENTED,
                place.span,
                format!("{} should have the key `{}`", table.what, key.name),
            ),
        };
        self.diagnostics.push(
            finding
                .label(format!("{} has none", place.in_text))
                .help(format!(
                    "add `{}:` with {}: {}",
                    key.name,
                    key.shape.expects(),
                    key.doc
                )),
        );
    }

    fn wrong_kind(&mut self, node: &Node<'_>, shape: &Shape, place: &Place<'_>, mend: &str) {
        // An empty value has no width; the key shows where it is missing.
        let span = if node.span.start == node.span.end {
            place.span
        } else {
            node.span
        };
        let message = format!("{} must be {}", place.in_text, shape.expects());
        let finding = Diagnostic::error(codes::WRONG_KIND, span, message)
            .label(format!("this is {}", node.describe()));
        self.diagnostics.push(if mend.is_empty() {
            finding
        } else {
            finding.help(mend)
        });
    }

    fn empty(&mut self, node: &Node<'_>, place: &Place<'_>) {
        self.diagnostics.push(
            Diagnostic::error(
                codes::EMPTY,
                node.span,
                format!("{} is empty", place.in_text),
            )
            .help(format!("write something, or leave `{}` out", place.name)),
        );
    }
}

/// Whether an entry is a key of a table rather than a mapping that the table describes.
fn is_key_of(table: &Table, entry: &Entry<'_>) -> bool {
    table.key(&entry.key).is_some() && entry.value.entries().is_none()
}

/// Whether the value of an entry is a mapping that a table describes, as far as its keys go.
fn looks_like(table: &Table, entry: &Entry<'_>) -> bool {
    let mut entries = entry.value.entries().unwrap_or_default().iter().peekable();
    entries.peek().is_some() && entries.all(|inside| table.key(&inside.key).is_some())
}

/// What to do about a scalar of the wrong kind, where there is an obvious answer.
fn mend_for(shape: &Shape, atom: Atom<'_>) -> &'static str {
    match (shape, atom) {
        (Shape::Prose | Shape::Text | Shape::Form(_) | Shape::OrTable(Shape::Prose, _), _) => {
            "put it in double quotes if it is meant as text"
        }
        (Shape::Flag, Atom::Text(_)) => {
            "write `true` or `false`, in small letters and without quotes"
        }
        (Shape::Map(Shape::OneOrMore(_)), Atom::Text(_)) => {
            "name each field with its value, as in `{ Kind: BOX }`; what that cannot say belongs in `doc`"
        }
        (Shape::Count | Shape::Number, Atom::Text(_)) => {
            "write a number in decimal, without quotes"
        }
        _ => "",
    }
}
