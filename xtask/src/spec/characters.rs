//! Characters in texts that are not what they look like: in a name they would go to the provider.

use super::shape::Shape;
use crate::diagnostics::Diagnostic;
use crate::source::Span;
use crate::yaml::{is_direction, is_invisible, is_odd, odd, written};

/// Reports such a character in a text. Names have none, unless it is written as an escape and so meant; other languages have their
/// punctuation and their spaces in prose, but the compiler takes no marks of direction there.
pub fn in_text(
    node: Span,
    text: &str,
    shape: &Shape,
    what: &str,
    source: &str,
) -> Option<Diagnostic> {
    let (c, span) = match shape {
        Shape::Prose | Shape::Anything => {
            let c = text.chars().find(|c| is_direction(*c))?;
            written(node, source, is_direction).unwrap_or((c, node))
        }
        Shape::Word(_) | Shape::Type => written(node, source, is_odd)?,
        _ => written(node, source, is_invisible)?,
    };
    Some(odd(span, c, &format!("in {what}")))
}
