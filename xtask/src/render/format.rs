//! From tokens to text that rustfmt leaves as it is.
//!
//! prettyplease breaks lines at 89 columns, rustfmt at 100, and earlier where a list, a struct literal or a method chain gets long.
//! So both are taken out of the decision: [`wide`] makes prettyplease put every entry on a line of its own, and the lines that
//! rustfmt would keep together are joined.

use std::borrow::Cow;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::RenderError;
use super::layout::{INDENT, LIST_WIDTH, MAX_WIDTH, pad, width};

/// rustfmt's `struct_lit_width`.
const STRUCT_WIDTH: usize = 18;

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

/// Texts of documentation, with their comment signs. They do not travel as tokens: they are most of a file, and would be quoted and
/// parsed for nothing.
#[derive(Default)]
pub struct Docs(Vec<String>);

impl Docs {
    const MARK: &str = "#[doc_";

    /// Keeps a text, and returns the attribute that it replaces in the end.
    pub fn add(&mut self, text: String) -> TokenStream {
        let mark = format_ident!("doc_{}", self.0.len());
        self.0.push(text);
        quote!(#[#mark])
    }

    fn find(&self, line: &str) -> Option<&str> {
        let index: usize = line
            .strip_prefix(Self::MARK)?
            .strip_suffix(']')?
            .parse()
            .ok()?;
        self.0.get(index).map(|text| text.trim_end())
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
        // A text of several lines is as good as a line: nothing is ever joined with it.
        lines.push(docs.find(&line.text).map_or(line, Line::new));
    }
    Ok(lines.finish())
}

/// A line: its indentation, and what stands behind that.
struct Line<'a> {
    indent: usize,
    text: Cow<'a, str>,
}

impl<'a> Line<'a> {
    fn new(line: &'a str) -> Self {
        let indent = line.bytes().take_while(|byte| *byte == b' ').count();
        let text = &line[indent..];
        Self {
            indent,
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
        self.join_chain();
        self.separate(&line);
        let closes = line.closes();
        self.0.push(line);
        if closes {
            self.join_group();
        }
    }

    fn finish(mut self) -> String {
        self.join_chain();
        let mut code = String::new();
        for (index, Line { indent, text }) in self.0.iter().enumerate() {
            if index > 0 {
                code.push('\n');
            }
            code.push_str(pad(*indent));
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

    /// Joins the method chain that the text ends in. A chain of one call may be as wide as a line.
    fn join_chain(&mut self) {
        let lines = self.0.iter().rev();
        let calls = lines.take_while(|line| line.is_call()).count();
        let Some(base) = self.0.len().checked_sub(calls + 1).filter(|_| calls > 0) else {
            return;
        };
        if self.0[base].closes() {
            self.dedent_chain(base);
            return;
        }
        let joined: String = self.0[base..].iter().map(|line| &*line.text).collect();
        let chain = without_field_name(&joined).trim_end_matches([',', ';']);
        if calls == 1 || width(chain) <= LIST_WIDTH {
            self.replace(base, joined);
        }
    }

    /// Moves a chain that starts with a call of several lines to the left: rustfmt aligns the other calls with the end of the first.
    fn dedent_chain(&mut self, base: usize) {
        let start = self.start_of_group(base);
        for line in &mut self.0[start.map_or(0, |start| start + 1)..] {
            line.indent = line.indent.saturating_sub(INDENT);
        }
    }

    /// The line that begins the group which a line ends.
    fn start_of_group(&self, end: usize) -> Option<usize> {
        let outer = self.0[end].indent;
        let mut lines = self.0[..end].iter();
        lines.rposition(|line| line.indent <= outer && !line.text.is_empty())
    }

    /// Joins the bracketed group whose end was pushed last, if rustfmt would.
    fn join_group(&mut self) {
        let end = self.0.len() - 1;
        let Some(start) = self.start_of_group(end) else {
            return;
        };
        let entries = &self.0[start + 1..end];
        if let Some(joined) = joined(&self.0[start], entries, &self.0[end])
            && self.replace(start, joined)
        {
            return;
        }
        // rustfmt breaks the pairs that an iterator has, too.
        if let [entry] = &self.0[start + 1..end]
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
        }
    }

    /// Puts a joined line in the place of the last lines if there is room for it, or for what it assigns on a line of its own. Says
    /// whether it did.
    fn replace(&mut self, start: usize, joined: String) -> bool {
        let indent = self.0[start].indent;
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
            self.0.truncate(start);
            self.0.push(line(indent, &joined));
            return true;
        }
        if let Some((left, right)) = split_assignment(&joined) {
            let right = line(indent + INDENT, right);
            if right.width() <= MAX_WIDTH {
                self.0.truncate(start);
                self.0.extend([line(indent, left), right]);
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
    let (limit, pad) = match start.chars().last()? {
        '(' if is_function(start) || start.starts_with("#[") => (MAX_WIDTH, ""),
        '<' => (MAX_WIDTH, ""),
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

/// The value of `name: value`.
fn without_field_name(text: &str) -> &str {
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

fn is_name(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_alphanumeric() || c == '_' || c == '#')
}
