//! From the parser's events to the tree.

use std::ops::Range;

use granit_parser::{Event, ScalarStyle};

use super::characters::{is_invisible, is_odd};
use super::suspects::{odd, written};
use super::{Entry, Kind, Node, Scalar};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::source::{FileId, Span};

/// What YAML takes for blank.
const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// A list or mapping whose end has not come yet.
enum Open<'s> {
    Sequence {
        start: usize,
        items: Vec<Node<'s>>,
    },
    Mapping {
        start: usize,
        entries: Vec<Entry<'s>>,
        key: Option<Node<'s>>,
    },
}

/// A tree that grows event by event.
pub struct Builder<'s, 'd> {
    file: FileId,
    source: &'s str,
    diagnostics: &'d mut Diagnostics,
    open: Vec<Open<'s>>,
    root: Option<Node<'s>>,
    documents: usize,
    refused: bool,
}

impl<'s, 'd> Builder<'s, 'd> {
    /// A tree of nothing yet.
    pub fn new(file: FileId, source: &'s str, diagnostics: &'d mut Diagnostics) -> Self {
        Self {
            file,
            source,
            diagnostics,
            open: Vec::new(),
            root: None,
            documents: 0,
            refused: false,
        }
    }

    /// The tree, once all events were there. `Err` says that it would not mean what the file says: there is something in it that
    /// specs do without, which has been reported.
    pub fn finish(self) -> Result<Option<Node<'s>>, ()> {
        if self.refused { Err(()) } else { Ok(self.root) }
    }

    /// Takes the next event.
    pub fn event(&mut self, event: Event<'s>, span: granit_parser::Span) {
        if let Some(tag) = span.tag_span().and_then(|tag| tag.byte_range()) {
            self.refuse(tag, "a tag", "write the value without it");
        }
        let at = span.byte_range().unwrap_or_default();
        match event {
            Event::Scalar(text, style, ..) => {
                let plain = style == ScalarStyle::Plain;
                let kind = match &*text {
                    "" | "~" | "null" if plain => Kind::Null,
                    _ => Kind::Scalar(Scalar { text, plain }),
                };
                // A block ends where the next token begins, for the parser; for people it ends with its last line.
                let end = at.start
                    + self
                        .source
                        .get(at.clone())
                        .map_or(0, |text| text.trim_end_matches(BLANKS).len());
                self.add(kind, at.start..end);
            }
            Event::SequenceStart(..) => self.open.push(Open::Sequence {
                start: at.start,
                items: Vec::new(),
            }),
            Event::MappingStart(..) => {
                self.open.push(Open::Mapping {
                    start: at.start,
                    entries: Vec::new(),
                    key: None,
                });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(&at),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.refuse(at.clone(), "an alias", "write the value out");
                self.add(Kind::Null, at);
            }
            Event::Anchor(..) => {
                self.refuse(at, "an anchor", "remove it: aliases are not used either")
            }
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents == 2 {
                    self.refuse(at, "a second document", "give it a file of its own");
                }
            }
            // Where the text and its documents begin and end.
            _ => {}
        }
    }

    /// Ends a list or mapping. In block style its end is the end of what it holds, not where the parser noticed.
    fn close(&mut self, at: &Range<usize>) {
        let end_of = |last: Option<&Node<'_>>| match last {
            Some(last) if at.is_empty() => usize::try_from(last.span.end).unwrap_or(at.end),
            _ => at.end,
        };
        match self.open.pop() {
            Some(Open::Sequence { start, items }) => {
                let end = end_of(items.last());
                self.add(Kind::Sequence(items), start..end);
            }
            Some(Open::Mapping {
                start, mut entries, ..
            }) => {
                let end = end_of(entries.last().map(|entry| &entry.value));
                self.drop_duplicates(&mut entries);
                self.add(Kind::Mapping(entries), start..end);
            }
            None => {}
        }
    }

    /// Puts a finished node where it belongs.
    fn add(&mut self, kind: Kind<'s>, at: Range<usize>) {
        let node = Node {
            kind,
            span: self.span(at),
        };
        if let Some(Open::Mapping { key: None, .. }) = self.open.last() {
            self.refuse_odd_key(&node);
        }
        match self.open.last_mut() {
            None => self.root = self.root.take().or(Some(node)),
            Some(Open::Sequence { items, .. }) => items.push(node),
            Some(Open::Mapping { entries, key, .. }) => match key.take() {
                None => *key = Some(node),
                Some(Node {
                    kind: Kind::Scalar(Scalar { text, .. }),
                    span,
                }) => {
                    entries.push(Entry {
                        key: text,
                        key_span: span,
                        value: node,
                    });
                }
                Some(other) => {
                    self.refused = true;
                    self.diagnostics.push(
                        Diagnostic::error(
                            codes::UNUSED_YAML,
                            other.span,
                            format!("{} as a key", other.describe()),
                        )
                        .help("every key is text; put `null` in quotes if it is meant as text"),
                    );
                }
            },
        }
    }

    /// Reports a key that is not what it looks like: it would be unknown, or go to the provider so.
    fn refuse_odd_key(&mut self, key: &Node<'_>) {
        let Kind::Scalar(Scalar { text, plain }) = &key.kind else {
            return;
        };
        let is_such = if *plain { is_odd } else { is_invisible };
        if let Some((c, span)) = written(key.span, self.source, is_such) {
            self.refused = true;
            let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
            let what = format!("in the key `{visible}`");
            self.diagnostics.push(odd(span, c, &what));
        }
    }

    /// Reports keys that stand twice; the first of them stays.
    fn drop_duplicates(&mut self, entries: &mut Vec<Entry<'s>>) {
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by(|a, b| entries[*a].key.cmp(&entries[*b].key));
        let mut twice = Vec::new();
        for same in order.chunk_by(|a, b| entries[*a].key == entries[*b].key) {
            let [first, others @ ..] = same else { continue };
            for other in others {
                let (first, other_entry) = (&entries[*first], &entries[*other]);
                self.diagnostics.push(
                    Diagnostic::error(
                        codes::DUPLICATE_KEY,
                        other_entry.key_span,
                        format!("the key `{}` stands twice", first.key),
                    )
                    .label("here again")
                    .also(first.key_span, "here first")
                    .help("remove one, or rename it"),
                );
                twice.push(*other);
            }
        }
        twice.sort_unstable();
        let mut index = 0;
        entries.retain(|_| {
            index += 1;
            twice.binary_search(&(index - 1)).is_err()
        });
    }

    fn refuse(&mut self, at: Range<usize>, what: &str, mend: &str) {
        self.refused = true;
        let finding = Diagnostic::error(
            codes::UNUSED_YAML,
            self.span(at),
            format!("{what} in a spec"),
        );
        self.diagnostics.push(
            finding
                .label("specs do without this part of YAML")
                .help(mend),
        );
    }

    /// A place in the file.
    pub fn span(&self, at: Range<usize>) -> Span {
        // Files are read up to a size that is far below this limit.
        let position = |byte| u32::try_from(byte).unwrap_or(u32::MAX);
        Span {
            file: self.file,
            start: position(at.start),
            end: position(at.end),
        }
    }
}
