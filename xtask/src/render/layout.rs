//! Expressions laid out as rustfmt lays them out: the tables of generated code, which are written as text.
//!
//! They have few shapes, so a few of rustfmt's rules are enough: what fits is one line, and lists, calls and chains are broken
//! earlier than at the end of the line.

/// rustfmt's `max_width`.
pub const MAX_WIDTH: usize = 100;
/// rustfmt's `array_width`, `fn_call_width` and `chain_width`.
pub const LIST_WIDTH: usize = 60;
/// rustfmt's `short_array_element_width_threshold`.
const SHORT_WIDTH: usize = 10;

/// A step of the indentation.
pub const INDENT: usize = 4;

/// An expression.
pub enum Code {
    /// What is never broken.
    Plain(String),
    /// Entries in brackets: a list, a call.
    Group {
        /// What comes before the entries: `&[`, `Waiter::new(`, `.items(&[`.
        open: String,
        /// The entries.
        entries: Vec<Code>,
        /// What comes after them.
        close: &'static str,
    },
    /// A value and the methods that are called on it.
    Chain(Box<Code>, Vec<Code>),
}

impl Code {
    /// What is never broken.
    pub fn plain(code: impl Into<String>) -> Self {
        Self::Plain(code.into())
    }

    /// Entries in brackets.
    pub fn group(
        open: impl Into<String>,
        entries: impl IntoIterator<Item = Code>,
        close: &'static str,
    ) -> Self {
        Self::Group {
            open: open.into(),
            entries: entries.into_iter().collect(),
            close,
        }
    }

    /// Texts in quotes, in brackets.
    pub fn texts<'t>(
        open: impl Into<String>,
        texts: impl IntoIterator<Item = &'t str>,
        close: &'static str,
    ) -> Self {
        let texts = texts.into_iter().map(|text| Self::Plain(quoted(text)));
        Self::group(open, texts, close)
    }

    /// A value and the methods that are called on it.
    pub fn chain(base: Code, calls: Vec<Code>) -> Self {
        if calls.is_empty() {
            base
        } else {
            Self::Chain(Box::new(base), calls)
        }
    }

    /// The expression behind so many columns and in front of so many: on one line if there is room.
    pub fn layout(&self, indent: usize, before: usize, after: usize) -> String {
        match self.one_line() {
            Some(line) if indent + before + width(&line) + after <= MAX_WIDTH => line,
            _ => self.broken(indent),
        }
    }

    /// The expression on one line; `None` if rustfmt breaks it however much room there is.
    fn one_line(&self) -> Option<String> {
        match self {
            Self::Plain(code) => Some(code.clone()),
            Self::Group {
                open,
                entries,
                close,
            } => {
                let content = joined(entries, ", ")?;
                let is_single = open.ends_with('[') && entries.len() == 1;
                (is_single || width(&content) <= LIST_WIDTH)
                    .then(|| format!("{open}{content}{close}"))
            }
            Self::Chain(base, calls) => {
                let chain = base.one_line()? + &joined(calls, "")?;
                (calls.len() == 1 || width(&chain) <= LIST_WIDTH).then_some(chain)
            }
        }
    }

    /// The expression on as many lines as it takes, of which all but the first stand at this indentation or to the right of it.
    fn broken(&self, indent: usize) -> String {
        match self {
            Self::Plain(code) => code.clone(),
            Self::Group {
                open,
                entries,
                close,
            } => group(open, entries, close, indent),
            Self::Chain(base, calls) => chain(base, calls, indent),
        }
    }
}

/// `left = right;` and the like: what is assigned goes to the next line if that makes it one line.
pub fn assignment(indent: usize, left: &str, right: &Code) -> String {
    let next = indent + INDENT;
    let line = right.one_line();
    let code = match &line {
        Some(line) if indent + width(left) + 1 + width(line) < MAX_WIDTH => {
            return format!("{}{left} {line};\n", pad(indent));
        }
        Some(line) if next + width(line) < MAX_WIDTH => line.clone(),
        _ => {
            let broken = right.broken(indent);
            let first = broken.lines().next().unwrap_or_default();
            if indent + width(left) + 1 + width(first) < MAX_WIDTH {
                return format!("{}{left} {broken};\n", pad(indent));
            }
            right.broken(next)
        }
    };
    format!("{}{left}\n{}{code};\n", pad(indent), pad(next))
}

/// An arm of a `match`, whose body stands in braces where there is no room beside the pattern.
pub fn arm(pattern: &str, body: &str) -> String {
    if 3 * INDENT + width(pattern) + " => ,".len() + width(body) <= MAX_WIDTH {
        format!("            {pattern} => {body},\n")
    } else {
        format!("            {pattern} => {{\n                {body}\n            }}\n")
    }
}

/// Entries on as few lines as they need, in front of which so many columns are taken; each ends with its comma.
pub fn packed<'e>(entries: impl ExactSizeIterator<Item = &'e str>, indent: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let last = entries.len().saturating_sub(1);
    for (index, entry) in entries.enumerate() {
        // rustfmt keeps room for a space after every entry, but forgets the comma of the last one if it comes on the first line.
        let space = usize::from(index < last || lines.len() > 1);
        match lines.last_mut() {
            Some(line) if indent + width(line) + 2 + width(entry) + space <= MAX_WIDTH => {
                line.push(' ');
                line.push_str(entry);
                line.push(',');
            }
            _ => lines.push(format!("{entry},")),
        }
    }
    lines
}

/// Text in quotes.
pub fn quoted(text: &str) -> String {
    format!("{text:?}")
}

fn group(open: &str, entries: &[Code], close: &str, indent: usize) -> String {
    if let ([entry @ Code::Chain(..)], Some(b'[')) = (entries, open.as_bytes().last()) {
        return format!("{open}{}{close}", entry.broken(indent));
    }
    let inner = indent + INDENT;
    let mut code = open.to_owned();
    let short = entries.iter().map(short_text).collect::<Option<Vec<_>>>();
    if let Some(entries) = short {
        for line in packed(entries.into_iter(), inner) {
            code.push_str(&format!("\n{}{line}", pad(inner)));
        }
    } else {
        for entry in entries {
            code.push_str(&format!("\n{}{},", pad(inner), entry.layout(inner, 0, 1)));
        }
    }
    code.push_str(&format!("\n{}{close}", pad(indent)));
    code
}

fn chain(base: &Code, calls: &[Code], indent: usize) -> String {
    let Some(start) = base.one_line() else {
        return vertical(base.broken(indent), calls, indent);
    };
    let inner = indent + INDENT;
    if let Some((last, others)) = calls.split_last()
        && last.layout(inner, 0, 1).contains('\n')
        && let Some(others) = joined(others, "")
    {
        // A last call of several lines hangs on the chain if what is before them fits.
        let last = last.broken(indent);
        let first = last.lines().next().unwrap_or_default();
        if calls.len() == 1 || width(&start) + width(&others) + width(first) <= LIST_WIDTH {
            return start + &others + &last;
        }
    }
    vertical(start, calls, inner)
}

/// A chain with one call a line.
fn vertical(mut chain: String, calls: &[Code], indent: usize) -> String {
    for call in calls {
        chain.push_str(&format!("\n{}{}", pad(indent), call.layout(indent, 0, 1)));
    }
    chain
}

/// Entries on one line.
fn joined(entries: &[Code], separator: &str) -> Option<String> {
    let mut line = String::new();
    for (index, entry) in entries.iter().enumerate() {
        if index > 0 {
            line.push_str(separator);
        }
        line.push_str(&entry.one_line()?);
    }
    Some(line)
}

/// Text that rustfmt does not give a line of its own.
fn short_text(entry: &Code) -> Option<&str> {
    match entry {
        Code::Plain(code) if code.starts_with('"') && width(code) <= SHORT_WIDTH => Some(code),
        _ => None,
    }
}

/// So many spaces.
pub fn pad(indent: usize) -> &'static str {
    const SPACES: &str = "                                ";
    &SPACES[..indent.min(SPACES.len())]
}

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().count()
    }
}
