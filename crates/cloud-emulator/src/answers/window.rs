//! The page that a request asks for.

use std::ops::Range;

use serde_json::Value;

use crate::call::Refusal;
use crate::parameters::Parameters;
use crate::tables::{Operation, PagedBy, Paging, Scalar, Type};

/// How many items a page has where neither the request nor the table says so.
const LIMIT: u64 = 10;

/// What every token begins with.
const TOKEN: &str = "t";

/// A page: where it begins, and how many items it has at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    offset: usize,
    limit: usize,
}

impl Window {
    /// The page that a request asks for, if the operation has pages.
    pub(crate) fn of(
        operation: &Operation,
        parameters: &Parameters,
    ) -> Result<Option<Self>, Refusal> {
        let Some(paging) = &operation.pages else {
            return Ok(None);
        };
        let number = |name: &str| number(name, operation, parameters);
        let limit = match &paging.limit {
            Some(name) => number(name)?.unwrap_or(LIMIT),
            None => LIMIT,
        };
        let offset = match paging.by {
            PagedBy::Offset => number(&paging.position)?.unwrap_or(0),
            PagedBy::Page => {
                let first = paging.first.unwrap_or(1);
                let page = number(&paging.position)?.unwrap_or(first);
                page.saturating_sub(first).saturating_mul(limit)
            }
            PagedBy::Token => token(&paging.position, parameters)?,
        };
        // By token, a page without items would lead to itself.
        let least = u64::from(paging.by == PagedBy::Token);
        let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        Ok(Some(Self {
            offset: size(offset),
            limit: size(limit.max(least)),
        }))
    }

    /// The indices of its items, of so many in all.
    pub(crate) fn range(self, total: usize) -> Range<usize> {
        let start = self.offset.min(total);
        start..start.saturating_add(self.limit).min(total)
    }

    /// Its items, of all.
    pub(crate) fn cut<T>(self, items: Vec<T>) -> Vec<T> {
        let range = self.range(items.len());
        items
            .into_iter()
            .skip(range.start)
            .take(range.len())
            .collect()
    }

    /// The token of the page after it, as the type says; empty text on the last page.
    pub(super) fn next(self, total: usize, ty: &Type) -> Value {
        let end = self.range(total).end;
        match ty {
            Type::Scalar(Scalar::String) if end < total => Value::from(format!("{TOKEN}{end}")),
            Type::Scalar(Scalar::String) => Value::from(""),
            _ if end < total => Value::from(end),
            _ => Value::from(0),
        }
    }
}

/// The value of a paging parameter, or what the provider takes instead.
fn number(
    name: &str,
    operation: &Operation,
    parameters: &Parameters,
) -> Result<Option<u64>, Refusal> {
    match parameters.get(name) {
        Some(value) => value
            .as_u64()
            .map(Some)
            .ok_or_else(|| invalid(name, "must not be negative")),
        None => {
            let default = operation
                .parameter(name)
                .and_then(|field| field.default.as_deref());
            Ok(default.and_then(|default| default.parse().ok()))
        }
    }
}

/// Where the page of a token begins.
fn token(name: &str, parameters: &Parameters) -> Result<u64, Refusal> {
    let offset = match parameters.get(name) {
        None => Some(0),
        Some(Value::String(text)) => text
            .strip_prefix(TOKEN)
            .and_then(|offset| offset.parse().ok()),
        Some(value) => value.as_u64(),
    };
    offset.ok_or_else(|| invalid(name, "must be a token that the page before it answered"))
}

fn invalid(parameter: &str, problem: &str) -> Refusal {
    Refusal::Invalid {
        parameter: parameter.to_owned(),
        problem: problem.to_owned(),
    }
}

impl Paging {
    /// The parameters that say which page.
    pub(super) fn is_parameter(&self, name: &str) -> bool {
        self.position == name || self.limit.as_deref() == Some(name)
    }
}
