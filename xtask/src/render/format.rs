//! From tokens to text that rustfmt leaves as it is.
//!
//! prettyplease breaks lines at 89 columns, rustfmt at 100, and earlier where a list, a struct literal or a method chain gets long.
//! So both are taken out of the decision: [`wide`] makes prettyplease put every entry on a line of its own, and [`fit`] joins the
//! lines that rustfmt would keep together. Code that is written as text is written that way from the start.

use std::borrow::Cow;
use std::ops::Range;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::RenderError;

/// rustfmt's `max_width`.
pub const MAX_WIDTH: usize = 100;
/// rustfmt's `array_width`, `fn_call_width` and `chain_width`.
const LIST_WIDTH: usize = 60;
/// rustfmt's `struct_lit_width`.
const STRUCT_WIDTH: usize = 18;
/// rustfmt's `short_array_element_width_threshold`.
const SHORT_WIDTH: usize = 10;

const INDENT: usize = 4;

/// Longer than any line of prettyplease's, so that whatever it stands in is broken.
const WIDE: &str = concat!(
    "__________________________________________________",
    "__________________________________________________"
);

/// The last entry of a list or a struct literal, or the last call of a method chain (with `()`), that shall have one line per entry
/// unless rustfmt joins them. It vanishes from the text.
pub fn wide() -> Ident {
    Ident::new(WIDE, Span::call_site())
}

/// Texts of documentation. They do not travel as tokens: they are most of a file, and would be quoted and parsed for nothing.
#[derive(Default)]
pub struct Docs(Vec<Vec<String>>);

impl Docs {
    const MARK: &str = "#[doc_";

    /// Keeps a text, and returns the attribute that it replaces in the end.
    pub fn add(&mut self, lines: Vec<String>) -> TokenStream {
        let mark = format_ident!("doc_{}", self.0.len());
        self.0.push(lines);
        quote!(#[#mark])
    }

    fn find(&self, text: &str) -> Option<&[String]> {
        let index: usize = text
            .strip_prefix(Self::MARK)?
            .strip_suffix(']')?
            .parse()
            .ok()?;
        self.0.get(index).map(Vec::as_slice)
    }
}

/// One item as text, without a line break at its end.
pub fn item(tokens: TokenStream, docs: &Docs) -> Result<String, RenderError> {
    let item = syn::parse2(tokens)
        .map_err(|error| RenderError(format!("the generated code is no Rust: {error}")))?;
    let file = syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    };
    let code = prettyplease::unparse(&file);
    let mut lines = Lines::default();
    for line in code.lines().map(Line::new) {
        match docs.find(&line.text) {
            Some(doc) => lines.push_doc(line.indent, doc),
            None => lines.push(line),
        }
    }
    Ok(lines.finish())
}

/// Lays code that has one entry per line out as rustfmt does, and separates the members of an `impl` by blank lines.
pub fn fit(code: &str) -> String {
    let mut lines = Lines::default();
    for line in code.lines().map(Line::new) {
        lines.push(line);
    }
    lines.finish()
}

/// Entries on as few lines as they need, in front of which so many columns are taken; each ends with its comma.
pub fn packed<'e>(entries: impl ExactSizeIterator<Item = &'e str>, indent: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let last = entries.len().saturating_sub(1);
    for (index, entry) in entries.enumerate() {
        // rustfmt keeps room for a space after every entry, but forgets the comma of the last one if it comes on the first line.
        let space = usize::from(index < last || lines.len() > 1);
        match lines.last_mut() {
            Some(line) if indent + width(line) + 1 + width(entry) + space <= MAX_WIDTH => {
                line.push(' ');
                line.push_str(entry);
            }
            _ => lines.push(entry.to_owned()),
        }
    }
    lines
}

/// A line: its indentation, and what stands behind that.
struct Line<'a> {
    indent: usize,
    text: Cow<'a, str>,
}

impl<'a> Line<'a> {
    fn new(line: &'a str) -> Self {
        let text = line.trim_start_matches(' ');
        Self {
            indent: line.len() - text.len(),
            text: Cow::Borrowed(text),
        }
    }

    fn width(&self) -> usize {
        self.indent + width(&self.text)
    }

    /// Whether it is a call of a chain; `..` is something else.
    fn is_call(&self) -> bool {
        self.text.starts_with('.') && !self.text.starts_with("..")
    }

    /// Whether it is a call whose arguments follow.
    fn is_open_call(&self) -> bool {
        self.is_call() && self.text.ends_with(['(', '['])
    }

    /// Whether it ends a bracketed group.
    fn closes(&self) -> bool {
        matches!(
            self.text.as_bytes().first(),
            Some(b')' | b']' | b'}' | b'>')
        )
    }
}

#[derive(Default)]
struct Lines<'a>(Vec<Line<'a>>);

impl<'a> Lines<'a> {
    fn push(&mut self, line: Line<'a>) {
        if line.text.starts_with(WIDE) {
            return;
        }
        if line.is_call() {
            match (end_of_wide_chain(&line.text), self.0.last_mut()) {
                (Some(end), Some(last)) => last.text.to_mut().push_str(end),
                _ => self.0.push(line),
            }
            return;
        }
        // What a call of several lines takes belongs to the chain.
        if !self.0.last().is_some_and(Line::is_open_call) {
            self.join_chain();
        }
        self.separate(&line);
        let closes = line.closes();
        self.0.push(line);
        if closes {
            self.join_group();
        }
    }

    fn push_doc(&mut self, indent: usize, doc: &[String]) {
        for (index, text) in doc.iter().enumerate() {
            let space = if text.is_empty() { "" } else { " " };
            let text = Cow::Owned(format!("///{space}{text}"));
            let line = Line { indent, text };
            if index == 0 {
                self.separate(&line);
            }
            self.0.push(line);
        }
    }

    fn finish(mut self) -> String {
        self.join_chain();
        let mut code = String::new();
        for (index, Line { indent, text }) in self.0.iter().enumerate() {
            if index > 0 {
                code.push('\n');
            }
            code.extend(std::iter::repeat_n(' ', *indent));
            code.push_str(text);
        }
        code
    }

    /// Adds a blank line if a function, with its docs and attributes, begins here after another member.
    fn separate(&mut self, line: &Line<'_>) {
        let Some(last) = self
            .0
            .last()
            .filter(|last| last.indent == INDENT && line.indent == INDENT)
        else {
            return;
        };
        let after_member =
            !last.text.starts_with("//") && (last.text.ends_with(';') || last.text == "}");
        let starts = ["///", "#[", "fn ", "pub fn "];
        if after_member && starts.iter().any(|start| line.text.starts_with(start)) {
            self.0.push(Line::new(""));
        }
    }

    /// Joins the method chain that the text ends in. A chain of one call may be as wide as a line. A last call of several lines hangs
    /// on the chain if what is before them fits.
    fn join_chain(&mut self) {
        let first = self.first_call();
        let Some(last) = self.0[first..].iter().rposition(Line::is_call) else {
            return;
        };
        let (base, last) = (first - 1, first + last);
        if self.0[base].closes() {
            self.dedent_chain(base);
            return;
        }
        let calls = &self.0[base..=last];
        let joined: String = calls.iter().map(|line| &*line.text).collect();
        let chain = assigned(&joined).trim_end_matches([',', ';']);
        let fits = last == first || width(chain) <= LIST_WIDTH;
        let rest = self.0.len() - last - 1;
        if !fits || !calls[1..].iter().all(Line::is_call) || !self.replace(base..last + 1, joined) {
            self.indent_chain(base);
        } else if !self.0[base].text.ends_with('=') {
            self.dedent(self.0.len() - rest);
        }
    }

    /// The first call of the chain that the text ends in; the end, if it ends in none.
    fn first_call(&self) -> usize {
        let mut first = self.0.len();
        while let Some(before) = first.checked_sub(1) {
            let start = if self.0[before].closes() {
                self.start_of_group(before).unwrap_or(before)
            } else {
                before
            };
            if start == 0 || !self.0[start].is_call() {
                break;
            }
            first = start;
        }
        first
    }

    /// Moves a chain that starts with a call of several lines to the left: rustfmt aligns the other calls with the end of the first.
    fn dedent_chain(&mut self, base: usize) {
        match self.start_of_group(base) {
            Some(start) if self.0[start].indent < self.0[base].indent => self.dedent(start + 1),
            _ => self.dedent(base + 1),
        }
    }

    /// Moves a chain that does not begin beside what it is assigned to.
    fn indent_chain(&mut self, base: usize) {
        let Line { indent, text } = &self.0[base];
        let indent = *indent;
        if self.0[base].width() >= MAX_WIDTH
            && let Some((left, right)) = split_assignment(text)
        {
            let lines = [line(indent, left), line(indent + INDENT, right)];
            self.0.splice(base..=base, lines);
            self.indent(base + 2);
        } else if self.0[base + 1].indent == indent {
            self.indent(base + 1);
        }
    }

    /// The line that begins the group which a line ends.
    fn start_of_group(&self, end: usize) -> Option<usize> {
        let outer = self.0[end].indent;
        self.0[..end]
            .iter()
            .rposition(|line| line.indent <= outer && !line.text.is_empty())
    }

    /// Moves the lines from here on a step to the right.
    fn indent(&mut self, start: usize) {
        for line in &mut self.0[start..] {
            line.indent += INDENT;
        }
    }

    /// Moves the lines from here on a step to the left.
    fn dedent(&mut self, start: usize) {
        for line in &mut self.0[start..] {
            line.indent = line.indent.saturating_sub(INDENT);
        }
    }

    /// Joins the bracketed group whose end was pushed last, if rustfmt would.
    fn join_group(&mut self) {
        let end = self.0.len() - 1;
        let Some(start) = self.start_of_group(end) else {
            return;
        };
        let entries = &self.0[start + 1..end];
        if let Some(joined) = joined(&self.0[start], entries, &self.0[end])
            && self.replace(start..end + 1, joined)
        {
            return;
        }
        let entries = &self.0[start + 1..end];
        if let [entry] = entries
            && let Some((key, value)) = pair(&entry.text)
        {
            let inner = entry.indent;
            let lines = [
                line(inner, "Item = ("),
                line(inner + INDENT, &format!("{key},")),
                line(inner + INDENT, &format!("{value},")),
                line(inner, "),"),
            ];
            self.0.splice(start + 1..end, lines);
        } else if entries.iter().all(|entry| is_short_literal(&entry.text)) {
            let indent = self.0[end].indent + INDENT;
            let packed = packed(entries.iter().map(|entry| &*entry.text), indent);
            let lines = packed.into_iter().map(|text| Line {
                indent,
                text: Cow::Owned(text),
            });
            self.0.splice(start + 1..end, lines);
        }
    }

    /// Puts a joined line in the place of lines if there is room for it, or for what it assigns on a line of its own. Says whether
    /// it did.
    fn replace(&mut self, lines: Range<usize>, joined: String) -> bool {
        let indent = self.0[lines.start].indent;
        let limit = if is_parameter(&joined) {
            // rustfmt measures a parameter as if it stood one step further to the left, and a pair without its comma.
            MAX_WIDTH + INDENT + usize::from(joined.ends_with(")>,"))
        } else if indent > 0 && joined.starts_with("#[") {
            // It keeps a column free behind the attribute of a member.
            MAX_WIDTH - 1
        } else {
            MAX_WIDTH
        };
        if indent + width(&joined) <= limit {
            self.0.splice(lines, [line(indent, &joined)]);
            return true;
        }
        if let Some((left, right)) = split_assignment(&joined) {
            let right = line(indent + INDENT, right);
            if right.width() <= MAX_WIDTH {
                self.0.splice(lines, [line(indent, left), right]);
                return true;
            }
        }
        false
    }
}

/// A line of code that was put together from others.
fn line(indent: usize, text: &str) -> Line<'static> {
    Line {
        indent,
        text: Cow::Owned(text.to_owned()),
    }
}

/// A group on one line; `None` if rustfmt breaks it whatever the width of the line, or if it is no group of that kind.
fn joined(start: &Line<'_>, entries: &[Line<'_>], end: &Line<'_>) -> Option<String> {
    let inner = start.indent + INDENT;
    let plain =
        |entry: &Line<'_>| entry.indent == inner && !entry.text.starts_with(['.', '/', '#']);
    if start.indent != end.indent || !entries.iter().all(plain) {
        return None;
    }
    let (start, end) = (&*start.text, &*end.text);
    if let Some(pattern) = start
        .strip_suffix('{')
        .filter(|pattern| pattern.ends_with("=> "))
    {
        // A match arm whose body stands in braces for want of room only.
        return match entries {
            [body] if end == "}" && !body.text.ends_with(';') => {
                Some(format!("{pattern}{},", body.text))
            }
            _ => None,
        };
    }
    let (limit, pad) = match start.chars().last()? {
        '(' if is_function(start) || start.starts_with("#[") => (MAX_WIDTH, ""),
        '<' => (MAX_WIDTH, ""),
        '[' if entries.len() == 1 => (MAX_WIDTH, ""),
        '(' | '[' => (LIST_WIDTH, ""),
        '{' if is_struct_literal(start) => (STRUCT_WIDTH, " "),
        _ => return None,
    };
    let content = entries
        .iter()
        .map(|entry| &*entry.text)
        .collect::<Vec<_>>()
        .join(" ");
    let content = content.trim_end_matches(',');
    (width(content) <= limit).then(|| format!("{start}{pad}{content}{pad}{end}"))
}

/// What follows the mark at the end of a chain, if the line is that mark.
fn end_of_wide_chain(text: &str) -> Option<&str> {
    text.strip_prefix('.')?
        .strip_prefix(WIDE)?
        .strip_prefix("()")
}

/// Splits `left = right` and `pub name: right` before what is assigned.
fn split_assignment(line: &str) -> Option<(&str, &str)> {
    if let Some(at) = line
        .find(" = ")
        .filter(|at| !line[..*at].contains(['(', '<']))
    {
        return Some((&line[..at + 2], &line[at + 3..]));
    }
    let (left, right) = line.split_once(": ")?;
    is_name(left.strip_prefix("pub ")?).then(|| (&line[..=left.len()], right))
}

/// The value of `name: value` or of a constant.
fn assigned(text: &str) -> &str {
    if text.starts_with("const ") {
        return text.split_once(" = ").map_or(text, |(_, value)| value);
    }
    match text.split_once(": ") {
        Some((name, value)) if is_name(name) => value,
        _ => text,
    }
}

fn is_function(line: &str) -> bool {
    line.starts_with("fn ") || line.starts_with("pub fn ")
}

/// Whether `Path {` begins here, and no block.
fn is_struct_literal(line: &str) -> bool {
    let path = line.trim_end_matches(" {");
    path.starts_with(char::is_uppercase)
        && path
            .chars()
            .all(|c| c.is_alphanumeric() || c == '_' || c == ':')
}

/// What an iterator over pairs has as its items, if it is given on one line.
fn pair(entry: &str) -> Option<(&str, &str)> {
    let pair = entry.strip_prefix("Item = (")?.strip_suffix("),")?;
    pair.split_once(", ")
}

/// Whether it is a parameter that takes more than one type.
fn is_parameter(line: &str) -> bool {
    let (name, ty) = line.split_once(": ").unwrap_or_default();
    is_name(name) && ty.starts_with("impl ")
}

/// Whether it is an entry that rustfmt does not give a line of its own.
fn is_short_literal(entry: &str) -> bool {
    let entry = entry.trim_end_matches(',');
    entry.starts_with('"') && entry.ends_with('"') && width(entry) <= SHORT_WIDTH
}

fn is_name(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_alphanumeric() || c == '_' || c == '#')
}

fn width(text: &str) -> usize {
    text.chars().count()
}
