//! The lines of a file: where each begins, and which line and column a byte is at.

use crate::source::{FileId, Sources, Span};

/// A file, and where its lines begin.
pub struct Lines<'a> {
    /// The file.
    pub file: FileId,
    /// Its path.
    pub path: &'a str,
    /// Its text; empty for a folder, or a file that is not text.
    pub text: &'a str,
    starts: Vec<usize>,
}

/// Where something stands, counted from 1 as editors do, columns in characters.
#[derive(Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl<'a> Lines<'a> {
    /// Finds the lines of a file.
    pub fn of(file: FileId, sources: &'a Sources) -> Self {
        let text = sources.text(file);
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self {
            file,
            path: sources.path(file),
            text,
            starts,
        }
    }

    /// The line, counted from 0, that a byte is on.
    pub fn line_at(&self, at: u32) -> usize {
        self.starts
            .partition_point(|start| *start <= position(at))
            .saturating_sub(1)
    }

    /// Where a line begins.
    pub fn start_of(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or_default()
    }

    /// Where a line ends, without its line break.
    pub fn end_of(&self, line: usize) -> usize {
        let start = self.start_of(line);
        let rest = self.text.get(start..).unwrap_or_default();
        start + rest.lines().next().unwrap_or_default().len()
    }

    /// Where a place begins and where it ends. A file without text has no places in it.
    pub fn range(&self, span: Span) -> Option<(Position, Position)> {
        (!self.text.is_empty()).then(|| (self.position(span.start), self.position(span.end)))
    }

    fn position(&self, at: u32) -> Position {
        let line = self.line_at(at);
        let before = self.text.get(self.start_of(line)..position(at));
        Position {
            line: line + 1,
            column: before.unwrap_or_default().chars().count() + 1,
        }
    }
}

/// A byte of a span as a byte of a text.
pub fn position(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let mut sources = Sources::default();
        let file = sources.add(String::new(), "a\r\n测试: b\n".to_owned());
        let lines = Lines::of(file, &sources);
        let at = |start, end| {
            lines
                .range(Span { file, start, end })
                .map(|(from, to)| (from.line, from.column, to.line, to.column))
        };
        assert_eq!(at(0, 1), Some((1, 1, 1, 2)));
        assert_eq!(at(3, 9), Some((2, 1, 2, 3)));
        assert_eq!(at(11, 12), Some((2, 5, 2, 6)));
        assert_eq!(at(0, 13), Some((1, 1, 3, 1)));
        let folder = sources.add("specs".to_owned(), String::new());
        assert_eq!(
            Lines::of(folder, &sources).range(Span::of_file(folder)),
            None
        );
    }
}
