//! A request as it arrived, before anybody has made sense of it.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::ControlFlow::{self, Break, Continue};

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::{Map, Value};

use crate::call::Provider;
use crate::control;
use crate::denial::Denial;

/// What Tencent Cloud takes, the most of the three.
pub(crate) const BODY_LIMIT: usize = 10 * 1_024 * 1_024;
/// A form, or what stands for one, is copied several times while its signature is checked, so that it may have fewer bytes.
pub(crate) const FORM_LIMIT: usize = 1_024 * 1_024;
/// So many parameters, or values of JSON, may a request have. No operation takes nearly as many, and each costs memory.
const VALUES: usize = 20_000;

/// Parameters of so many bytes are read in no time.
const SHORT: usize = 4 * 1_024;

pub(crate) struct Request {
    /// The port that it came to.
    pub(crate) port: u16,
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
        if self.is_form() {
            pairs(&self.body)
        } else {
            Vec::new()
        }
    }

    /// The members of a body that is JSON, or why there are none; `None` for another body.
    pub(crate) fn json(&self) -> Option<Result<Map<String, Value>, String>> {
        self.is_json().then(|| {
            if has_more_values(&self.body) {
                return Err(format!("it has more than {VALUES} values"));
            }
            serde_json::from_slice(&self.body).map_err(|error| error.to_string())
        })
    }

    /// Why a request to this provider is too large to be looked into.
    pub(crate) fn excess(&self, provider: Provider) -> Option<Denial> {
        if provider != Provider::Tencent && self.body.len() > FORM_LIMIT {
            return Some(Denial::TooLarge { limit: FORM_LIMIT });
        }
        let has_too_many =
            |form: &[u8]| form.iter().filter(|byte| **byte == b'&').count() >= VALUES;
        let form = if self.is_form() { &*self.body } else { b"" };
        (has_too_many(form) || has_too_many(self.query.as_bytes())).then(|| {
            let problem = format!("it has more than {VALUES} parameters");
            Denial::MalformedBody { problem }
        })
    }

    /// Whether the answer may take long: the parameters are many, or all that is recorded is asked for.
    pub(crate) fn takes_long(&self) -> bool {
        self.body.len() + self.query.len() > SHORT || self.path.starts_with(control::PATH)
    }

    pub(crate) fn is_json(&self) -> bool {
        self.has_content_type("application/json")
    }

    fn is_form(&self) -> bool {
        self.has_content_type("application/x-www-form-urlencoded")
    }

    fn has_content_type(&self, expected: &str) -> bool {
        self.header("content-type").is_some_and(|value| {
            let essence = value.split(';').next().unwrap_or_default();
            essence.trim().eq_ignore_ascii_case(expected)
        })
    }
}

/// Those past the limit are left out; [`Request::excess`] refuses such a request.
fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(encoded)
        .into_owned()
        .take(VALUES)
        .collect()
}

/// Whether JSON has too many values to be read: each comes after a bracket or a comma.
fn has_more_values(json: &[u8]) -> bool {
    let (mut values, mut is_text, mut is_escaped) = (0, false, false);
    for byte in json {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_text,
            b'"' => is_text = !is_text,
            b',' | b'[' | b'{' if !is_text => values += 1,
            _ => {}
        }
    }
    values > VALUES
}

/// Nested parameters as flat ones: `Tags.0.Key`. Providers differ in where they begin to count.
pub(crate) fn flatten(
    members: &Map<String, Value>,
    first: usize,
) -> Result<Vec<(String, String)>, String> {
    let (mut flat, mut bytes) = (Vec::new(), 0);
    let end = walk(members, first, &mut |name, value| {
        let text = scalar_text(value);
        // A name is written once more for each of its values.
        bytes += name.len() + text.len();
        if bytes > FORM_LIMIT {
            return Break(());
        }
        flat.push((name.to_owned(), text));
        Continue(())
    });
    match end {
        Continue(()) => Ok(flat),
        Break(()) => Err(format!("its parameters have more than {FORM_LIMIT} bytes")),
    }
}

/// What sees the flat parameters, one after another, until it has seen enough.
type Visit<'v> = dyn FnMut(&str, &Value) -> ControlFlow<()> + 'v;

/// Shows nested parameters with their flat names.
pub(crate) fn walk(
    members: &Map<String, Value>,
    first: usize,
    visit: &mut Visit<'_>,
) -> ControlFlow<()> {
    let mut path = String::new();
    members.iter().try_for_each(|(name, value)| {
        path.clear();
        path.push_str(name);
        walk_value(&mut path, value, first, visit)
    })
}

fn walk_value(
    path: &mut String,
    value: &Value,
    first: usize,
    visit: &mut Visit<'_>,
) -> ControlFlow<()> {
    let length = path.len();
    match value {
        Value::Null => Continue(()),
        Value::Array(items) => items.iter().enumerate().try_for_each(|(index, item)| {
            path.truncate(length);
            // Writing into a `String` can't fail.
            let _ = write!(path, ".{}", first + index);
            walk_value(path, item, first, visit)
        }),
        Value::Object(members) => members.iter().try_for_each(|(name, member)| {
            path.truncate(length);
            path.push('.');
            path.push_str(name);
            walk_value(path, member, first, visit)
        }),
        scalar => visit(path, scalar),
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
