//! The parameters of a request, written the way the provider wants them.

mod escape;
mod flat;

use std::borrow::Cow;

use bytes::Bytes;
use serde_json::{Map, Value as Json};

#[cfg(feature = "aliyun")]
pub(crate) use escape::push_query;

use crate::record::{Field, Record, Value, with_secrets};
use crate::secret::Secret;

/// How a provider takes parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// One JSON object as the body.
    Json,
    /// One name and value per leaf, all in the form body; lists count from 0.
    Form,
    /// One name and value per leaf, in the query unless the field says form body; lists count from 1.
    QueryAndForm,
}

/// A parameter by its full name: `Tag.1.Key`.
pub(crate) type Pair = (Cow<'static, str>, String);

/// Takes the parameters of one request from its [`Operation`](crate::Operation).
pub struct Params {
    style: Style,
    pub(crate) query: Vec<Pair>,
    pub(crate) form: Vec<Pair>,
    pub(crate) json: Bytes,
    /// The secrets among them, which may be quoted in the answer.
    pub(crate) secrets: Vec<Secret>,
}

impl Params {
    pub(crate) fn new(style: Style) -> Self {
        Self {
            style,
            query: Vec::new(),
            form: Vec::new(),
            json: Bytes::new(),
            secrets: Vec::new(),
        }
    }

    /// Writes every field of the record that has a value.
    pub fn record(&mut self, record: &dyn Record) {
        collect_secrets(Value::Record(record), &mut self.secrets);
        if self.style == Style::Json {
            self.json = json_text(&with_secrets(&Value::Record(record))).into();
            return;
        }
        for (index, field) in record.fields().iter().enumerate() {
            self.put(field, record.value(index));
        }
    }

    /// Writes parameters without a spec. On Alibaba Cloud they go to the body, which keeps them out of addresses and logs.
    pub(crate) fn object(&mut self, object: &Map<String, Json>) {
        if self.style == Style::Json {
            self.json = json_text(object).into();
            return;
        }
        for (name, value) in object {
            flat::json(name, value, self.first_index(), &mut self.form);
        }
    }

    fn put(&mut self, field: &'static Field, value: Value<'_>) {
        let first_index = self.first_index();
        let to_form = self.style == Style::Form || field.in_form;
        let pairs = if to_form {
            &mut self.form
        } else {
            &mut self.query
        };
        let name = Cow::Borrowed(field.name);
        flat::value(name, field.written(value), first_index, pairs);
    }

    fn first_index(&self) -> usize {
        match self.style {
            Style::Json | Style::Form => 0,
            Style::QueryAndForm => 1,
        }
    }
}

/// A form body with these parameters, in their order.
pub(crate) fn form_body<'a>(parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut body = String::with_capacity(256);
    for (name, value) in parameters {
        if !body.is_empty() {
            body.push('&');
        }
        escape::push_form(&mut body, name);
        body.push('=');
        escape::push_form(&mut body, value);
    }
    body
}

fn collect_secrets(value: Value<'_>, secrets: &mut Vec<Secret>) {
    match value {
        Value::Secret(text) => secrets.push(Secret::from(text)),
        Value::List(list) => {
            (0..list.len()).for_each(|index| collect_secrets(list.get(index), secrets))
        }
        Value::Map(map) => map
            .entries()
            .for_each(|(_, value)| collect_secrets(value, secrets)),
        Value::Record(record) => {
            let values = (0..record.fields().len()).map(|index| record.value(index));
            values.for_each(|value| collect_secrets(value, secrets));
        }
        _ => {}
    }
}

fn json_text(value: &impl serde_core::Serialize) -> Vec<u8> {
    // Writing to memory fails for keys that are not text only, and records have none.
    serde_json::to_vec(value).unwrap_or_default()
}
