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
use crate::model::{Answer, Field, Provider};
use crate::yaml::{Entry, Node};

use canonical::Reader;

/// Members of the provider's own that an answer may have although the operation's page does not list them.
fn of_the_provider(provider: Provider) -> &'static [&'static str] {
    match provider {
        Provider::Ucloud => &["RetCode", "Action", "Message"],
        Provider::Tencent => &["RequestId"],
        Provider::Aliyun => &["RequestId", "Success", "Code", "Message"],
    }
}

/// Reads the answer of an example.
pub fn answer(
    node: &Node<'_>,
    fields: &[Field],
    provider: Provider,
    types: &Lookup<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Answer> {
    let body = json(node, diagnostics)?;
    let content = match provider {
        Provider::Tencent => unwrapped(node, diagnostics)?,
        Provider::Ucloud | Provider::Aliyun => node,
    };
    let mut reader = Reader { types, diagnostics };
    let canonical = reader.record(
        content.entries()?,
        fields,
        "the response",
        of_the_provider(provider),
    );
    Some(Answer {
        body,
        canonical: Value::Object(canonical),
    })
}

/// The object in Tencent Cloud's `Response`.
fn unwrapped<'n>(node: &'n Node<'n>, diagnostics: &mut Diagnostics) -> Option<&'n Node<'n>> {
    match node.entries() {
        Some([Entry { key, value, .. }]) if key == "Response" && value.entries().is_some() => {
            Some(value)
        }
        _ => {
            diagnostics.push(
                Diagnostic::error(
                    codes::NO_WRAPPER,
                    node.span,
                    "Tencent Cloud sends every answer inside `Response`",
                )
                .label("this has other members")
                .help("write the body as it is sent: `response: { Response: { … } }`"),
            );
            None
        }
    }
}
