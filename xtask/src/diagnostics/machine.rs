//! Findings for programs: a line of JSON for each, or a workflow command of GitHub for each.

use serde_json::{Map, Value, json};

use super::lines::Lines;
use super::render::render_one;
use super::{Diagnostic, Label, Severity};
use crate::source::Sources;

/// One JSON object a line.
pub fn json(found: &[&Diagnostic], sources: &Sources) -> String {
    lines_of(found, sources, |diagnostic, lines| {
        let mut object = Map::new();
        object.insert("code".to_owned(), diagnostic.code.id.into());
        object.insert("severity".to_owned(), severity(diagnostic).into());
        object.insert("message".to_owned(), (*diagnostic.message).into());
        object.append(&mut place(&diagnostic.primary, lines));
        object.insert("help".to_owned(), json!(diagnostic.help));
        let also = |label: &Label| place(label, &Lines::of(label.span.file, sources)).into();
        let also: Vec<Value> = diagnostic.secondary.iter().map(also).collect();
        object.insert("also".to_owned(), also.into());
        let rendered = render_one(diagnostic, lines, sources, false);
        object.insert("rendered".to_owned(), rendered.into());
        Value::Object(object).to_string()
    })
}

/// A place and its label. What concerns a file as a whole has no lines.
fn place(label: &Label, lines: &Lines<'_>) -> Map<String, Value> {
    let range = lines.range(label.span);
    let (start, end) = range.as_ref().map(|(start, end)| (start, end)).unzip();
    let span = range.as_ref().map(|_| label.span);
    [
        ("file", json!(lines.path)),
        ("line", json!(start.map(|start| start.line))),
        ("column", json!(start.map(|start| start.column))),
        ("end_line", json!(end.map(|end| end.line))),
        ("end_column", json!(end.map(|end| end.column))),
        ("byte_start", json!(span.map(|span| span.start))),
        ("byte_end", json!(span.map(|span| span.end))),
        (
            "label",
            json!((!label.text.is_empty()).then_some(&label.text)),
        ),
    ]
    .map(|(key, value)| (key.to_owned(), value))
    .into_iter()
    .collect()
}

/// One workflow command a line: GitHub shows it beside the line of the file that it is about.
pub fn github(found: &[&Diagnostic], sources: &Sources) -> String {
    lines_of(found, sources, |diagnostic, lines| {
        let title = format!("{}: {}", diagnostic.code, diagnostic.code.title);
        let mut properties = vec![("file", lines.path.to_owned())];
        if let Some((start, end)) = lines.range(diagnostic.primary.span) {
            properties.push(("line", start.line.to_string()));
            // Columns are for places within a line; GitHub takes them for nothing else.
            if start.line == end.line {
                properties.push(("col", start.column.to_string()));
                properties.push(("endLine", end.line.to_string()));
                properties.push(("endColumn", end.column.to_string()));
            } else {
                properties.push(("endLine", end.line.to_string()));
            }
        }
        properties.push(("title", title));
        let properties: Vec<String> = properties
            .iter()
            .map(|(name, value)| format!("{name}={}", escaped(value, true)))
            .collect();
        let mut message = diagnostic.message.clone();
        if !diagnostic.primary.text.is_empty() {
            message = format!("{message} ({})", diagnostic.primary.text);
        }
        if let Some(help) = &diagnostic.help {
            message = format!("{message}\nhelp: {help}");
        }
        let (kind, message) = (severity(diagnostic), escaped(&message, false));
        format!("::{kind} {}::{message}", properties.join(","))
    })
}

/// Text as workflow commands take it; their properties end at some more characters than their messages.
fn escaped(text: &str, is_property: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '%' => escaped.push_str("%25"),
            '\r' => escaped.push_str("%0D"),
            '\n' => escaped.push_str("%0A"),
            ':' if is_property => escaped.push_str("%3A"),
            ',' if is_property => escaped.push_str("%2C"),
            other => escaped.push(other),
        }
    }
    escaped
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A line for each finding.
fn lines_of(
    found: &[&Diagnostic],
    sources: &Sources,
    line: impl Fn(&Diagnostic, &Lines<'_>) -> String,
) -> String {
    let mut text = String::new();
    for diagnostic in found {
        let lines = Lines::of(diagnostic.primary.span.file, sources);
        text.push_str(&line(diagnostic, &lines));
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Diagnostics, Format, codes};
    use crate::source::Span;

    /// A finding in a line, over two lines, and about a file.
    fn written(format: Format) -> String {
        let mut sources = Sources::default();
        let file = sources.add("specs/a,b/c.yaml".to_owned(), "测: 1\nb: 2\n".to_owned());
        let folder = sources.add("specs/a".to_owned(), String::new());
        let span = |start, end| Span { file, start, end };
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(
            Diagnostic::error(codes::WRONG_KIND, span(5, 6), "100% wrong: this,\nand that")
                .label("here")
                .also(span(7, 8), "and here")
                .help("mend it"),
        );
        diagnostics.push(Diagnostic::warning(
            codes::UNDOCUMENTED,
            span(5, 8),
            "no words",
        ));
        diagnostics.push(Diagnostic::error(
            codes::NO_SERVICE,
            Span::of_file(folder),
            "none",
        ));
        diagnostics.write(format, &sources)
    }

    #[test]
    fn a_finding_as_json() {
        let written = written(Format::Json);
        let lines: Vec<Value> = written
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let rendered = lines[0]["rendered"].as_str().unwrap();
        assert!(
            rendered.starts_with("error[S022]: 100% wrong"),
            "{rendered}"
        );
        let mut first = lines[0].clone();
        first["rendered"] = Value::Null;
        assert_eq!(
            first,
            json!({
                "code": "S022", "severity": "error", "message": "100% wrong: this,\nand that",
                "file": "specs/a,b/c.yaml", "line": 1, "column": 4, "end_line": 1, "end_column": 5,
                "byte_start": 5, "byte_end": 6, "label": "here", "help": "mend it",
                "also": [{
                    "file": "specs/a,b/c.yaml", "line": 2, "column": 1, "end_line": 2, "end_column": 2,
                    "byte_start": 7, "byte_end": 8, "label": "and here",
                }],
                "rendered": null,
            })
        );
        assert_eq!(lines[2]["line"], Value::Null);
    }

    #[test]
    fn a_finding_as_a_workflow_command() {
        assert_eq!(
            written(Format::Github),
            "\
::error file=specs/a%2Cb/c.yaml,line=1,col=4,endLine=1,endColumn=5,title=S022%3A a value of the wrong kind%2C such as text for a \
number::100%25 wrong: this,%0Aand that (here)%0Ahelp: mend it
::warning file=specs/a%2Cb/c.yaml,line=1,endLine=2,title=S080%3A something has no documentation::no words
::error file=specs/a,title=S004%3A a folder has no `service.yaml`::none
"
        );
    }
}
