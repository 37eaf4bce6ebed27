//! Markdown that says what was meant: prose of a spec escaped, wrapped and put into blocks.

use std::borrow::Cow;

/// A Markdown text, block by block, a blank line between them.
pub struct Markdown {
    width: usize,
    lines: Vec<String>,
}

impl Markdown {
    /// An empty text whose lines get this wide.
    pub fn new(width: usize) -> Self {
        Self {
            width,
            lines: Vec::new(),
        }
    }

    /// Adds prose of a spec: paragraphs that a blank line separates, in which only code spans mean anything.
    pub fn prose(&mut self, text: &str) {
        for paragraph in text.split("\n\n") {
            self.paragraph(&escape(paragraph));
        }
    }

    /// Adds a paragraph that is Markdown already.
    pub fn paragraph(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.separate();
            wrap(text, self.width, ["", ""], &mut self.lines);
        }
    }

    /// Adds a heading.
    pub fn heading(&mut self, level: usize, text: &str) {
        self.block([format!("{} {text}", "#".repeat(level))]);
    }

    /// Adds a list of items that are Markdown already.
    pub fn list(&mut self, items: impl IntoIterator<Item = String>) {
        self.separate();
        for item in items {
            wrap(&item, self.width, ["* ", "  "], &mut self.lines);
        }
    }

    /// Adds a table whose cells are Markdown already.
    pub fn table<const N: usize>(
        &mut self,
        head: [&str; N],
        rows: impl IntoIterator<Item = [String; N]>,
    ) {
        let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
        let head = line(&head.map(str::to_owned));
        let rule = format!("|{}", "---|".repeat(N));
        let rows = rows
            .into_iter()
            .map(|cells| line(&cells.map(|cell| cell.replace('|', "\\|"))));
        self.block([head, rule].into_iter().chain(rows));
    }

    /// Adds a block of code.
    pub fn code(&mut self, language: &str, code: &str) {
        let fence = [format!("```{language}")].into_iter();
        self.block(
            fence
                .chain(code.lines().map(str::to_owned))
                .chain(["```".to_owned()]),
        );
    }

    /// The lines.
    pub fn into_lines(self) -> Vec<String> {
        self.lines
    }

    fn block(&mut self, lines: impl IntoIterator<Item = String>) {
        self.separate();
        self.lines.extend(lines);
    }

    fn separate(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }
}

/// Prose as Markdown: code spans stay, addresses become links, and everything else means itself.
pub fn escape(prose: &str) -> String {
    let mut out = String::with_capacity(prose.len() + 8);
    let mut rest = prose;
    while let Some(at) = rest.find(['`', 'h', '\\', '*', '[', ']', '<', '~', '_', '&']) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let length = match special.as_bytes()[0] {
            b'`' => push_code(special, &mut out),
            b'h' if special.starts_with("https://") || special.starts_with("http://") => {
                push_address(special, &mut out)
            }
            byte => {
                if is_markup(byte, out.chars().next_back(), special[1..].chars().next()) {
                    out.push('\\');
                }
                out.push(char::from(byte));
                1
            }
        };
        rest = &special[length..];
    }
    out.push_str(rest);
    out
}

/// A value as a code span, whatever backticks it holds.
pub fn code(text: &str) -> String {
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A link to an address.
pub fn link(text: &str, address: &str) -> String {
    if address.contains(['(', ')', ' ']) {
        format!("[{text}](<{address}>)")
    } else {
        format!("[{text}]({address})")
    }
}

/// Whether a character would be markup between these two.
fn is_markup(c: u8, before: Option<char>, after: Option<char>) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        b'_' => !(word(before) && word(after)),
        b'&' => word(after) || after == Some('#'),
        b'h' => false,
        _ => true,
    }
}

/// Copies the code span that starts here, or escapes a backtick that starts none. Returns how much was taken.
fn push_code(text: &str, out: &mut String) -> usize {
    let fence = text.len() - text.trim_start_matches('`').len();
    let mut at = fence;
    while let Some(found) = text[at..].find('`') {
        let start = at + found;
        let ticks = text[start..].len() - text[start..].trim_start_matches('`').len();
        at = start + ticks;
        if ticks == fence {
            out.push_str(&text[..at]);
            return at;
        }
    }
    out.push_str(&"\\`".repeat(fence));
    fence
}

/// Copies an address as a link, without the punctuation after it. Returns how much was taken.
fn push_address(text: &str, out: &mut String) -> usize {
    let end = text
        .find(|c: char| !c.is_ascii_graphic() || "<>`\"|\\".contains(c))
        .unwrap_or(text.len());
    let address = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '*']);
    if address.ends_with("//") {
        out.push_str(address);
    } else {
        out.push_str(&format!("<{address}>"));
    }
    address.len()
}

/// Breaks a paragraph into lines, with what the first and the other lines begin with.
fn wrap(text: &str, width: usize, [first, other]: [&str; 2], lines: &mut Vec<String>) {
    let mut words = words(text);
    let mut line = first.to_owned();
    line.push_str(&at_line_start(words.next().unwrap_or_default()));
    let mut used = line.chars().count();
    for word in words {
        let length = word.chars().count();
        // A word that would mean something else at the start of a line does not get there.
        if used + 1 + length <= width || at_line_start(word) != word {
            line.push(' ');
            line.push_str(word);
            used += 1 + length;
        } else {
            lines.push(std::mem::replace(&mut line, format!("{other}{word}")));
            used = other.len() + length;
        }
    }
    lines.push(line);
}

/// The word as it may stand at the start of a line, where it could begin a list, a heading or a quotation.
fn at_line_start(word: &str) -> Cow<'_, str> {
    let after_digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    if after_digits.len() < word.len() {
        return match after_digits {
            "." | ")" => Cow::Owned(format!("{}\\{after_digits}", &word[..word.len() - 1])),
            _ => Cow::Borrowed(word),
        };
    }
    let marks = matches!(word, "-" | "+" | "=")
        || ["#", ">", "|", "--", "=="]
            .iter()
            .any(|mark| word.starts_with(mark));
    if marks {
        Cow::Owned(format!("\\{word}"))
    } else {
        Cow::Borrowed(word)
    }
}

/// The words of a paragraph; a code span is part of one word.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim_start();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (word, tail) = rest.split_at(word_end(rest));
        rest = tail.trim_start();
        Some(word)
    })
}

fn word_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'`' => {
                let mut span = String::new();
                at += push_code(&text[at..], &mut span);
            }
            byte if byte.is_ascii_whitespace() => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_means_itself() {
        for (prose, markdown) in [
            (
                "a *b* [c] <d> ~e~ \\f",
                "a \\*b\\* \\[c\\] \\<d> \\~e\\~ \\\\f",
            ),
            (
                "A_B and _c_ and &amp; and R&D",
                "A_B and \\_c\\_ and \\&amp; and R\\&D",
            ),
            (
                "`[a] *b* <c>` and ``d`e`` stay",
                "`[a] *b* <c>` and ``d`e`` stay",
            ),
            ("a ` alone", "a \\` alone"),
            (
                "see https://a.b/c_d (or http://e.f), or http://",
                "see <https://a.b/c_d> (or <http://e.f>), or http://",
            ),
            ("测试 stays", "测试 stays"),
        ] {
            assert_eq!(escape(prose), markdown);
        }
    }

    #[test]
    fn a_value_is_code_whatever_it_holds() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`a"), "`` `a ``");
    }

    #[test]
    fn lines_are_wrapped_between_words_and_start_no_other_block() {
        let mut doc = Markdown::new(20);
        doc.prose("one two `three four five` six\n\n- seven eight nine ten - eleven");
        doc.list(["1. twelve thirteen fourteen".to_owned()]);
        assert_eq!(
            doc.into_lines(),
            [
                "one two",
                "`three four five`",
                "six",
                "",
                "\\- seven eight nine",
                "ten - eleven",
                "",
                "* 1\\. twelve",
                "  thirteen fourteen",
            ]
        );
    }
}
