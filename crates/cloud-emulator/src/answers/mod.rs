//! Answers of operations that nobody has written a model for: from their response types and their page's example.
//!
//! The same request has the same answer. A list that comes in pages has [`TOTAL`] items, each of them on one page.

mod generic;
mod leaf;
mod place;
mod seed;
#[cfg(test)]
mod tests;
mod window;

pub(crate) use generic::answer;
pub(crate) use leaf::{local, written};
pub(crate) use window::Window;

use serde_json::Value;

use crate::call::Provider;

/// How many items there are on all pages of a list.
pub(crate) const TOTAL: usize = 23;

/// What the provider itself says in an answer, and what it says there.
enum Wrapping {
    /// The server writes it.
    Left,
    /// The answer has it, with this value.
    Says(Value),
}

/// Whether a member of an answer is the provider's own, and no data.
pub(crate) fn is_wrapping(provider: Provider, name: &str) -> bool {
    wrapping(provider, name).is_some()
}

/// What a member of an answer is that is the provider's own.
fn wrapping(provider: Provider, name: &str) -> Option<Wrapping> {
    match (provider, name) {
        (_, "RequestId") => Some(Wrapping::Left),
        (Provider::Ucloud, "RetCode" | "Action" | "Message") => Some(Wrapping::Left),
        (Provider::Aliyun, "Success") => Some(Wrapping::Says(true.into())),
        (Provider::Aliyun, "Code") => Some(Wrapping::Says("200".into())),
        (Provider::Aliyun, "Message") => Some(Wrapping::Says("successful".into())),
        _ => None,
    }
}
