//! The JSON files of the providers' command lines.

use std::time::SystemTime;

use serde_json::{Map, Value};
use zeroize::Zeroize as _;

use super::temporary::of_1970;
use super::{Credentials, File};
use crate::error::Error;

/// A JSON file, whose text is overwritten when it is dropped.
pub(crate) struct Document {
    root: Value,
    place: String,
}

impl Document {
    pub(crate) fn parse(file: &File) -> Result<Self, Error> {
        let place = file.place().to_owned();
        // What the parser says has a line and a column, and nothing of the text.
        let text = file.text.expose().trim_start_matches('\u{feff}');
        match serde_json::from_str(text) {
            Ok(root) => Ok(Self { root, place }),
            Err(error) => Err(Error::configuration(format!("{place} is no JSON: {error}"))),
        }
    }

    /// Where it is, for messages.
    pub(crate) fn place(&self) -> &str {
        &self.place
    }

    /// The file as one object.
    pub(crate) fn object(&self) -> Result<Entry<'_>, Error> {
        entry(&self.root, self.place.clone())
    }

    /// The file as a list of objects.
    pub(crate) fn objects(&self) -> Result<Vec<Entry<'_>>, Error> {
        objects(&self.root, &self.place)
    }
}

impl Drop for Document {
    fn drop(&mut self) {
        overwrite(&mut self.root);
    }
}

/// Overwrites the texts in a value that is about to be dropped.
pub(super) fn overwrite(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(overwrite),
        Value::Object(object) => object.values_mut().for_each(overwrite),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// An object of a file.
#[derive(Clone)]
pub(crate) struct Entry<'a> {
    object: &'a Map<String, Value>,
    place: String,
}

impl<'a> Entry<'a> {
    /// The same, known by this name: a profile is easier to find than `the second item of profiles`.
    pub(crate) fn named(mut self, name: &str, file: &str) -> Self {
        self.place = format!("{file}, profile {name}");
        self
    }

    /// Where it is, for messages.
    pub(crate) fn place(&self) -> &str {
        &self.place
    }

    /// A text that is not empty.
    pub(crate) fn text(&self, key: &str) -> Result<Option<&'a str>, Error> {
        match self.object.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(self.wrong_type(key, other, "text")),
        }
    }

    /// A text that has to be there.
    pub(crate) fn required(&self, key: &str) -> Result<&'a str, Error> {
        self.text(key)?
            .ok_or_else(|| Error::configuration(format!("{}: `{key}` is missing", self.place)))
    }

    pub(crate) fn flag(&self, key: &str) -> Result<bool, Error> {
        match self.object.get(key) {
            None | Some(Value::Null) => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(other) => Err(self.wrong_type(key, other, "true or false")),
        }
    }

    /// A number of seconds; zero is none.
    pub(crate) fn number(&self, key: &str) -> Result<Option<u64>, Error> {
        match self.object.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Number(number)) => match number.as_u64() {
                Some(seconds) => Ok(Some(seconds).filter(|seconds| *seconds > 0)),
                None => Err(Error::configuration(format!(
                    "{}: `{key}` is not a whole number of seconds",
                    self.place
                ))),
            },
            Some(other) => Err(self.wrong_type(key, other, "a number of seconds")),
        }
    }

    /// A moment in seconds since 1970; zero is none.
    pub(crate) fn time(&self, key: &str) -> Result<Option<SystemTime>, Error> {
        let Some(seconds) = self.number(key)? else {
            return Ok(None);
        };
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        of_1970(seconds).map(Some).ok_or_else(|| {
            Error::configuration(format!(
                "{}: `{key}` is not a time in seconds since 1970",
                self.place
            ))
        })
    }

    /// An object inside of it.
    pub(crate) fn entry(&self, key: &str) -> Result<Option<Entry<'a>>, Error> {
        match self.object.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => entry(value, format!("{}, `{key}`", self.place)).map(Some),
        }
    }

    /// A list of objects inside of it.
    pub(crate) fn entries(&self, key: &str) -> Result<Vec<Entry<'a>>, Error> {
        match self.object.get(key) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(value) => objects(value, &format!("{}, `{key}`", self.place)),
        }
    }

    /// The key in these two fields; `None` if both are empty.
    pub(crate) fn key(&self, id: &str, secret: &str) -> Result<Option<Credentials>, Error> {
        both(self.text(id)?, self.text(secret)?, id, secret, &self.place)
    }

    fn wrong_type(&self, key: &str, value: &Value, wanted: &str) -> Error {
        let found = kind(value);
        Error::configuration(format!("{}: `{key}` is {found}, not {wanted}", self.place))
    }
}

/// The key whose halves these are; `None` if there is neither.
pub(super) fn both(
    id: Option<&str>,
    secret: Option<&str>,
    id_name: &str,
    secret_name: &str,
    place: &str,
) -> Result<Option<Credentials>, Error> {
    let half = |present: &str, missing: &str| {
        Error::configuration(format!(
            "{place}: half a key: `{present}` is there, but `{missing}` is not"
        ))
    };
    match (id, secret) {
        (Some(id), Some(secret)) => Ok(Some(Credentials::new(id, secret))),
        (None, None) => Ok(None),
        (Some(_), None) => Err(half(id_name, secret_name)),
        (None, Some(_)) => Err(half(secret_name, id_name)),
    }
}

fn entry(value: &Value, place: String) -> Result<Entry<'_>, Error> {
    match value {
        Value::Object(object) => Ok(Entry { object, place }),
        other => Err(Error::configuration(format!(
            "{place} is {}, not an object",
            kind(other)
        ))),
    }
}

fn objects<'a>(value: &'a Value, place: &str) -> Result<Vec<Entry<'a>>, Error> {
    match value {
        Value::Array(items) => {
            let items = (1..).zip(items);
            items
                .map(|(number, item)| entry(item, format!("{place}, item {number}")))
                .collect()
        }
        other => Err(Error::configuration(format!(
            "{place} is {}, not a list",
            kind(other)
        ))),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
