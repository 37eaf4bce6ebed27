//! The answer of an example: as it is sent, and as it is once it was decoded and written again.
//!
//! This follows the decoder of the runtime (`cloud_core::record`) in everything: which text is also a number, what counts as absent,
//! when an alias is taken. The generated tests hold the two against each other.

mod canonical;
mod scalar;
#[cfg(test)]
mod tests;

use serde_json::Value;

use super::json::json;
use super::literal::Lookup;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::model::{Answer, Field};
use crate::yaml::{Entry, Node};

use canonical::Reader;

/// What is around and beside the data of an answer.
#[derive(Clone, Copy)]
pub struct Surrounding<'e> {
    /// The member that everything else is inside.
    pub wraps: Option<&'e str>,
    /// The members beside the data.
    pub beside: &'e [Field],
}

/// Reads the answer of an example.
pub fn answer(
    node: &Node<'_>,
    fields: &[Field],
    envelope: Surrounding<'_>,
    types: Lookup<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Answer> {
    let body = json(node, diagnostics)?;
    let content = match envelope.wraps {
        Some(name) => unwrapped(node, name, diagnostics)?,
        None => node,
    };
    let mut reader = Reader { types, diagnostics };
    let canonical = reader.record(content.entries()?, fields, "the response", envelope.beside);
    Some(Answer {
        body,
        canonical: Value::Object(canonical),
    })
}

/// The object in the member that the provider puts around everything.
fn unwrapped<'n>(
    node: &'n Node<'n>,
    name: &str,
    diagnostics: &mut Diagnostics,
) -> Option<&'n Node<'n>> {
    match node.entries() {
        Some([Entry { key, value, .. }]) if key == name && value.entries().is_some() => Some(value),
        _ => {
            diagnostics.push(
                Diagnostic::error(
                    codes::NO_WRAPPER,
                    node.span,
                    format!("the provider sends every answer inside `{name}`"),
                )
                .label("this has other members")
                .help(format!(
                    "write the body as it is sent: `response: {{ {name}: {{ … }} }}`"
                )),
            );
            None
        }
    }
}
