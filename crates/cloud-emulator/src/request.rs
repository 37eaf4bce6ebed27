//! A request as it arrived, before anybody has made sense of it.

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::{Map, Value};

pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// As it was sent, without `?`.
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Request {
    /// The value of a header; those of several headers of one name are joined as HTTP allows.
    pub(crate) fn header(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut values = self
            .headers
            .get_all(name)
            .iter()
            .map(|value| String::from_utf8_lossy(value.as_bytes()));
        let first = values.next()?;
        Some(values.fold(first, |joined, value| {
            Cow::Owned(format!("{joined},{value}"))
        }))
    }

    /// The parameters of the query, in their order.
    pub(crate) fn query_pairs(&self) -> Vec<(String, String)> {
        pairs(self.query.as_bytes())
    }

    /// The parameters of a body that is a form; none for another body.
    pub(crate) fn form_pairs(&self) -> Vec<(String, String)> {
        if self.has_content_type("application/x-www-form-urlencoded") {
            pairs(&self.body)
        } else {
            Vec::new()
        }
    }

    /// The members of a body that is JSON, or why there are none; `None` for another body.
    pub(crate) fn json(&self) -> Option<Result<Map<String, Value>, String>> {
        self.has_content_type("application/json")
            .then(|| serde_json::from_slice(&self.body).map_err(|error| error.to_string()))
    }

    fn has_content_type(&self, expected: &str) -> bool {
        self.header("content-type").is_some_and(|value| {
            let essence = value.split(';').next().unwrap_or_default();
            essence.trim().eq_ignore_ascii_case(expected)
        })
    }
}

fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(encoded).into_owned().collect()
}

/// Nested parameters as flat ones: `Tags.0.Key`. Providers differ in where they begin to count.
pub(crate) fn flatten(members: &Map<String, Value>, first: usize) -> Vec<(String, String)> {
    let mut flat = Vec::new();
    for (name, value) in members {
        push(&mut flat, name.clone(), value, first);
    }
    flat
}

fn push(flat: &mut Vec<(String, String)>, name: String, value: &Value, first: usize) {
    match value {
        Value::Null => {}
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                push(flat, format!("{name}.{}", first + index), item, first);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                push(flat, format!("{name}.{key}"), member, first);
            }
        }
        scalar => flat.push((name, scalar_text(scalar))),
    }
}

/// A scalar as query parameters have it: floats without an exponent, and whole ones without a point.
pub(crate) fn scalar_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() => float.to_string(),
            _ => number.to_string(),
        },
        other => other.to_string(),
    }
}
