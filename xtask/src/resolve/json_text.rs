//! JSON in text: the value that a request gives, or the text as it is sent.

use serde_json::Value;

use super::json::json;
use super::literal::{self, Lookup, wrong};
use crate::diagnostics::Diagnostics;
use crate::model::{Literal, Type};
use crate::yaml::{Atom, Node};

/// Reads a value of `{ json: of }`. What Rust would have to say in many words is the text.
pub fn literal(
    node: &Node<'_>,
    of: &Type,
    what: &str,
    types: &Lookup<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Literal> {
    if let Some(Atom::Text(_)) = node.atom() {
        return text(node, of, what, types, diagnostics).map(Literal::Text);
    }
    let value = literal::literal(node, of, what, types, diagnostics)?;
    if is_short(&value, of) {
        return Some(value);
    }
    text_of(node).map(Literal::Text)
}

/// The text of such a value.
pub fn text(
    node: &Node<'_>,
    of: &Type,
    what: &str,
    types: &Lookup<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let Some(Atom::Text(text)) = node.atom() else {
        literal::literal(node, of, what, types, diagnostics)?;
        return text_of(node);
    };
    let fits = serde_json::from_str(text).is_ok_and(|value| fits(&value, of));
    if !fits {
        let finding = wrong(node, what, expects(of));
        diagnostics.push(finding.help("correct the value, or the type of the field"));
    }
    fits.then(|| text.to_owned())
}

/// A value as JSON. What is not JSON in it has been reported with the value.
fn text_of(node: &Node<'_>) -> Option<String> {
    Some(json(node, &mut Diagnostics::default())?.to_string())
}

/// What such text is, with its article.
pub fn expects(of: &Type) -> &'static str {
    match of {
        Type::List(_) => "a list, or text that holds a JSON list",
        Type::Map(_) | Type::Named(_) => "a mapping, or text that holds a JSON object",
        _ => "JSON, or text that holds JSON",
    }
}

fn fits(value: &Value, of: &Type) -> bool {
    match of {
        Type::List(_) => value.is_array(),
        Type::Map(_) | Type::Named(_) => value.is_object(),
        _ => true,
    }
}

/// Whether Rust makes the text of the value itself, without words about its types.
fn is_short(value: &Literal, of: &Type) -> bool {
    let is_plain = |value: &Literal, of: &Type| match value {
        Literal::Integer(digits) => *of != Type::U64 && digits.parse::<i32>().is_ok(),
        Literal::Text(_) => *of == Type::String,
        Literal::Bool(_) => *of == Type::Bool,
        Literal::Float(_) | Literal::Json(_) | Literal::Record { .. } => true,
        Literal::Variant { .. } => true,
        Literal::Bytes(_) | Literal::List(_) | Literal::Map(_) => false,
    };
    match (value, of) {
        (Literal::List(items), Type::List(of)) => {
            !items.is_empty() && items.iter().all(|item| is_plain(item, of))
        }
        (Literal::Map(entries), Type::Map(of)) => {
            !entries.is_empty() && entries.iter().all(|(_, value)| is_plain(value, of))
        }
        (value, _) => matches!(value, Literal::Record { .. } | Literal::Json(_)),
    }
}
