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

/// How many items there are on all pages of a list.
pub(crate) const TOTAL: usize = 23;

/// The member of an answer that is no data: the server writes it, as it does what the provider puts around an answer.
pub(crate) const REQUEST_ID: &str = "RequestId";
