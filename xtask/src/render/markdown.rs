//! Markdown that says what was meant: prose of a spec escaped, wrapped and put into blocks.

/// A Markdown text, block by block, a blank line between them.
pub struct Markdown {
    /// What every line begins with: a comment sign and what comes before it.
    prefix: &'static str,
    /// How wide a line gets behind that.
    width: usize,
    text: String,
}

impl Markdown {
    /// An empty text whose lines begin with this and get this wide all in all.
    pub fn new(prefix: &'static str, width: usize) -> Self {
        Self {
            prefix,
            width: width - prefix.len(),
            text: String::new(),
        }
    }

    /// Adds prose of a spec, in which only code spans mean anything. A blank line of folded text is one line break, and begins a
    /// paragraph.
    pub fn prose(&mut self, text: &str) {
        let mut paragraph = String::new();
        for line in text.split('\n') {
            paragraph.push_str(line);
            // No paragraph ends within code.
            if paragraph.matches('`').count().is_multiple_of(2) {
                self.paragraph(&escape(&paragraph));
                paragraph.clear();
            } else {
                paragraph.push('\n');
            }
        }
        self.paragraph(&escape(&paragraph));
    }

    /// Adds a paragraph that is Markdown already.
    pub fn paragraph(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.separate();
            self.wrap(text, ["", ""]);
        }
    }

    /// Adds a heading.
    pub fn heading(&mut self, level: usize, text: &str) {
        self.separate();
        self.line(&format!("{} {text}", "#".repeat(level)));
    }

    /// Adds a list of items that are Markdown already.
    pub fn list(&mut self, items: impl IntoIterator<Item = String>) {
        self.separate();
        for item in items {
            self.wrap(&item, ["* ", "  "]);
        }
    }

    /// Adds a table whose cells are Markdown already.
    pub fn table<const N: usize>(
        &mut self,
        head: [&str; N],
        rows: impl IntoIterator<Item = [String; N]>,
    ) {
        self.separate();
        self.line(&format!("| {} |", head.join(" | ")));
        self.line(&format!("|{}", "---|".repeat(N)));
        for row in rows {
            let cells = row.map(|cell| cell.replace('|', "\\|"));
            self.line(&format!("| {} |", cells.join(" | ")));
        }
    }

    /// Adds a block of code.
    pub fn code(&mut self, language: &str, code: &str) {
        self.separate();
        self.line(&format!("```{language}"));
        for line in code.lines() {
            self.line(line);
        }
        self.line("```");
    }

    /// The text; it ends with a line break.
    pub fn finish(self) -> String {
        self.text
    }

    fn separate(&mut self) {
        if !self.text.is_empty() {
            self.line("");
        }
    }

    /// Adds a line. Line breaks come from here alone, so that no part of a text gets past its prefix.
    fn line(&mut self, line: &str) {
        self.text.push_str(if line.is_empty() {
            self.prefix.trim_end()
        } else {
            self.prefix
        });
        if line.contains(['\n', '\r']) {
            self.text.push_str(&one_line(line));
        } else {
            self.text.push_str(line);
        }
        self.text.push('\n');
    }

    /// Breaks a paragraph into lines, with what the first and the other lines begin with.
    fn wrap(&mut self, text: &str, [first, other]: [&str; 2]) {
        let mut words = Words { rest: text };
        let mut line = first.to_owned();
        push_at_line_start(words.next().unwrap_or_default(), &mut line);
        let mut used = width(&line);
        for word in words {
            let length = width(word);
            // A word that would mean something else at the start of a line does not get there.
            if used + 1 + length <= self.width || line_start_mark(word).is_some() {
                line.push(' ');
                used += 1 + length;
            } else {
                self.line(&line);
                line.clear();
                line.push_str(other);
                used = other.len() + length;
            }
            line.push_str(word);
        }
        self.line(&line);
    }
}

/// A text of several lines as one line.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Prose as Markdown: code spans stay, addresses become links, and everything else means itself.
pub fn escape(prose: &str) -> String {
    let mut out = String::with_capacity(prose.len() + 8);
    let mut rest = prose;
    while let Some(at) = rest.bytes().position(may_be_markup) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let length = match special.as_bytes()[0] {
            b'`' => push_code(special, &mut out),
            b':' => push_address(prose, prose.len() - special.len(), &mut out),
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

/// Whether a byte may begin something in Markdown, or an address.
fn may_be_markup(byte: u8) -> bool {
    matches!(
        byte,
        b'`' | b':' | b'\\' | b'*' | b'[' | b']' | b'<' | b'~' | b'_' | b'&'
    )
}

/// Whether a character would be markup between these two.
fn is_markup(c: u8, before: Option<char>, after: Option<char>) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        b'_' => !(word(before) && word(after)),
        b'&' => word(after) || after == Some('#'),
        _ => true,
    }
}

/// Copies the code span that starts here, or escapes a backtick that starts none. Returns how much was taken.
fn push_code(text: &str, out: &mut String) -> usize {
    match code_end(text) {
        Ok(end) => {
            out.push_str(&text[..end]);
            end
        }
        Err(fence) => {
            out.push_str(&"\\`".repeat(fence));
            fence
        }
    }
}

/// Where the code span ends that starts here; if none does, how many backticks there are.
fn code_end(text: &str) -> Result<usize, usize> {
    let ticks = |at: usize| text.len() - at - text[at..].trim_start_matches('`').len();
    let fence = ticks(0);
    let mut at = fence;
    while let Some(found) = text[at..].find('`') {
        at += found;
        let length = ticks(at);
        at += length;
        if length == fence {
            return Ok(at);
        }
    }
    Err(fence)
}

/// Makes a link of the address whose colon is here, without the punctuation after it; its scheme is in `out` already. Returns how
/// much was taken from the colon on.
fn push_address(prose: &str, colon: usize, out: &mut String) -> usize {
    let scheme = ["https", "http"]
        .into_iter()
        .find(|scheme| prose[..colon].ends_with(scheme));
    let (Some(scheme), true) = (scheme, prose[colon..].starts_with("://")) else {
        out.push(':');
        return 1;
    };
    let text = &prose[colon - scheme.len()..];
    let end = text
        .find(|c: char| !c.is_ascii_graphic() || "<>`\"|\\".contains(c))
        .unwrap_or(text.len());
    let address = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '*']);
    out.truncate(out.len() - scheme.len());
    if address.ends_with("//") {
        out.push_str(address);
    } else {
        out.push_str(&format!("<{address}>"));
    }
    address.len() - scheme.len()
}

/// Where a backslash has to stand in a word at the start of a line, where it could begin a list, a heading or a quotation.
fn line_start_mark(word: &str) -> Option<usize> {
    match word.as_bytes() {
        [b'-' | b'+' | b'='] | [b'-', b'-', ..] | [b'=', b'=', ..] => Some(0),
        [b'#' | b'>' | b'|', ..] => Some(0),
        [digits @ .., b'.' | b')']
            if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) =>
        {
            Some(digits.len())
        }
        _ => None,
    }
}

/// Adds the word that a line starts with.
fn push_at_line_start(word: &str, out: &mut String) {
    let (before, after) = word.split_at(line_start_mark(word).unwrap_or(word.len()));
    out.push_str(before);
    if !after.is_empty() {
        out.push('\\');
        out.push_str(after);
    }
}

/// How many columns a text takes.
fn width(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().count()
    }
}

/// The words of a paragraph; a code span is part of one word.
struct Words<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let (word, rest) = rest.split_at(word_end(rest));
        self.rest = rest;
        Some(word)
    }
}

fn word_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'`' => at += code_end(&text[at..]).unwrap_or_else(|fence| fence),
            b' ' | b'\n' | b'\t' | b'\r' | b'\x0c' => return at,
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
        let mut doc = Markdown::new("", 20);
        doc.prose("one two `three four five` six\n\n- seven eight nine ten - eleven");
        doc.list(["1. twelve thirteen fourteen".to_owned()]);
        assert_eq!(
            doc.finish().lines().collect::<Vec<_>>(),
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
