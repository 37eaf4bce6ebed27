//! A service and its operations.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use super::Field;
use super::types::{TypeDef, Types};
use crate::call::Provider;

/// A service.
#[derive(Debug, Deserialize)]
pub(crate) struct Service {
    /// The crate of its client, which is its name here.
    #[serde(rename = "crate")]
    pub name: String,
    /// Whose it is.
    pub provider: Provider,
    /// What it is called on the wire.
    pub product: String,
    /// The version of its API; UCloud has none.
    pub version: Option<String>,
    /// What people call it.
    pub title: String,
    /// The codes that its operations may answer.
    #[serde(default)]
    pub errors: Vec<ErrorCode>,
    /// Types that several operations share.
    #[serde(default)]
    pub types: HashMap<String, TypeDef>,
    /// Its operations, each from a table of its own.
    #[serde(skip)]
    pub operations: Vec<Operation>,
    /// The table itself, without the operations.
    #[serde(skip)]
    pub text: String,
}

impl Service {
    /// The operation of this name.
    pub(crate) fn operation(&self, action: &str) -> Option<&Operation> {
        let mut operations = self.operations.iter();
        operations.find(|operation| operation.action == action)
    }

    /// The tables of the service as one JSON object, with the operations as a member.
    pub(crate) fn json(&self) -> String {
        let operations: Vec<&str> = self
            .operations
            .iter()
            .map(|operation| &*operation.text)
            .collect();
        let service = self.text.trim_end().trim_end_matches('}').trim_end();
        format!("{service},\"operations\":[{}]}}", operations.join(","))
    }

    /// The types that an operation of this service can use.
    pub(crate) fn types<'t>(&'t self, operation: &'t Operation) -> Types<'t> {
        Types {
            own: &operation.types,
            shared: &self.types,
        }
    }
}

/// An operation.
#[derive(Debug, Deserialize)]
pub(crate) struct Operation {
    /// Its name.
    pub action: String,
    /// Parameters that say where, or for whom.
    #[serde(default)]
    pub scope: Vec<ScopeField>,
    /// The other parameters.
    #[serde(default)]
    pub request: Vec<Field>,
    /// What it answers.
    #[serde(default)]
    pub response: Vec<Field>,
    /// The members of the provider's envelope that its answers have, where they do not have all of them.
    pub envelope: Option<Vec<String>>,
    /// How its answer comes in pages.
    pub pages: Option<Paging>,
    /// The ends that it can be polled for; the first is the default.
    #[serde(default)]
    pub waiters: Vec<Waiter>,
    /// Types of its own.
    #[serde(default)]
    types: HashMap<String, TypeDef>,
    /// The page's examples.
    #[serde(default)]
    pub examples: Vec<Example>,
    /// The table itself.
    #[serde(skip)]
    pub text: String,
}

impl Operation {
    /// A parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<&Field> {
        self.request.iter().find(|field| field.name == name)
    }
}

/// A parameter that says where, or for whom.
#[derive(Debug, Deserialize)]
pub(crate) struct ScopeField {
    /// Its name.
    pub name: String,
    /// What it says.
    #[serde(rename = "scope")]
    pub key: ScopeKey,
    /// Whether it has to be there.
    #[serde(default)]
    pub required: bool,
}

/// What a scope parameter says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ScopeKey {
    /// The region.
    Region,
    /// The zone.
    Zone,
    /// The project.
    Project,
}

/// A code that is answered instead of a result.
#[derive(Debug, Deserialize)]
pub(crate) struct ErrorCode {
    /// The code.
    pub code: String,
    /// What it means.
    pub doc: String,
}

/// How an answer comes in pages. Paths are names with dots between them.
#[derive(Debug, Deserialize)]
pub(crate) struct Paging {
    /// What tells a page from the next.
    pub by: PagedBy,
    /// The parameter that says which page.
    pub position: String,
    /// The parameter that says how many items a page has at most.
    pub limit: Option<String>,
    /// The number of the first page.
    pub first: Option<u64>,
    /// Where the answer has the token of the next page.
    pub next: Option<String>,
    /// The lists that come in pages.
    pub items: Vec<String>,
    /// The number of items on all pages.
    pub total: Option<String>,
}

/// What tells a page from the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PagedBy {
    /// How many items come before it.
    Offset,
    /// Its number.
    Page,
    /// A token that the page before it holds.
    Token,
}

/// An end that an operation can be polled for.
#[derive(Debug, Deserialize)]
pub(crate) struct Waiter {
    /// What it looks at.
    pub path: String,
    /// Values that mean that it ended well.
    #[serde(default)]
    pub success: Vec<String>,
}

/// An example of the page.
#[derive(Debug, Deserialize)]
pub(crate) struct Example {
    /// The request as the page has it.
    #[cfg(test)]
    pub request: Option<serde_json::Map<String, Value>>,
    /// The answer, without the provider's wrapping, under canonical names and in canonical spellings.
    pub response: Option<Value>,
}
