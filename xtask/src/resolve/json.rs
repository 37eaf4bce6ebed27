//! Parts of a tree as JSON.

use serde_json::{Number, Value};

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::yaml::{Atom, Kind, Node};

/// A tree as JSON.
pub fn json(node: &Node<'_>, diagnostics: &mut Diagnostics) -> Option<Value> {
    Some(match &node.kind {
        Kind::Null => Value::Null,
        Kind::Scalar(scalar) => match scalar.atom() {
            Atom::Bool(value) => Value::Bool(value),
            Atom::Text(text) => Value::String(text.to_owned()),
            Atom::Integer(_) | Atom::Float(_) => match number(scalar.atom()) {
                Some(number) => Value::Number(number),
                None => {
                    diagnostics.push(Diagnostic::error(
                        codes::WRONG_VALUE,
                        node.span,
                        "no number of JSON is this large",
                    ));
                    return None;
                }
            },
        },
        Kind::Sequence(items) => items
            .iter()
            .map(|item| json(item, diagnostics))
            .collect::<Option<_>>()?,
        Kind::Mapping(entries) => Value::Object(
            entries
                .iter()
                .map(|entry| {
                    Some((
                        entry.key.clone().into_owned(),
                        json(&entry.value, diagnostics)?,
                    ))
                })
                .collect::<Option<_>>()?,
        ),
    })
}

/// A number as JSON has it: an integer if it fits one, a float if not.
pub fn number(atom: Atom<'_>) -> Option<Number> {
    match atom {
        Atom::Integer(number) => i64::try_from(number)
            .map(Number::from)
            .or_else(|_| u64::try_from(number).map(Number::from))
            .ok()
            .or_else(|| Number::from_f64(number as f64)),
        Atom::Float(text) => Number::from_f64(text.parse().ok()?),
        Atom::Bool(_) | Atom::Text(_) => None,
    }
}
