//! Reading values out of TOML whose places are known, so that everything that is wrong can be told at once.

use std::ops::Range;
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mistakes::Mistakes;
use crate::span;

/// A value and where it stands.
pub(crate) type Located<'a> = Spanned<DeValue<'a>>;

/// A table whose keys are known. What is read from it is `None` after a mistake, which has been told then.
pub(crate) struct Section<'a> {
    entries: &'a DeTable<'a>,
    span: Range<usize>,
    /// What it is, for messages: `[[udb]]`.
    name: String,
}

impl<'a> Section<'a> {
    /// A table with these keys. Every other key is a mistake.
    pub(crate) fn open(
        value: &'a Located<'a>,
        name: impl Into<String>,
        keys: &[&str],
        mistakes: &mut Mistakes,
    ) -> Option<Self> {
        let name = name.into();
        let Some(entries) = value.get_ref().as_table() else {
            let found = value.get_ref().type_str();
            let message = format!("`{name}` is a table, and this is of the type {found}");
            let help = format!("write `{name}` with `key = value` lines below it");
            mistakes.push(value.span(), message, help);
            return None;
        };
        let this = Self::of(entries, value.span(), name);
        this.refuse_others(keys, mistakes);
        Some(this)
    }

    /// A table that is read in another way, such as the whole file.
    pub(crate) fn of(
        entries: &'a DeTable<'a>,
        span: Range<usize>,
        name: impl Into<String>,
    ) -> Self {
        Self {
            entries,
            span,
            name: name.into(),
        }
    }

    /// Tells about the keys that are not among these.
    pub(crate) fn refuse_others(&self, keys: &[&str], mistakes: &mut Mistakes) {
        for key in self.entries.keys() {
            let name = &**key.get_ref();
            if keys.contains(&name) {
                continue;
            }
            let looks_like_a_key = ["key", "secret", "token"]
                .iter()
                .any(|word| name.to_lowercase().contains(word));
            let help = if keys.contains(&"keys") && looks_like_a_key {
                "keys are never in this file; `keys = { id = \"…\", secret = \"…\" }` names the variables that hold them"
                    .to_owned()
            } else {
                suggestion(name, keys, "has")
            };
            let message = format!("{} has no `{name}`", self.name);
            mistakes.push(key.span(), message, help);
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&'a Located<'a>> {
        self.entries.get(key)
    }

    /// The value of a key that has to be there.
    pub(crate) fn required<T>(
        &self,
        key: &str,
        read: impl FnOnce(&'a Located<'a>, &mut Mistakes) -> Option<T>,
        mistakes: &mut Mistakes,
    ) -> Option<T> {
        match self.get(key) {
            Some(value) => read(value, mistakes),
            None => {
                let message = format!("{} lacks `{key}`", self.name);
                mistakes.push(self.span.clone(), message, format!("add `{key} = …` to it"));
                None
            }
        }
    }

    /// The value of a key that may be there: `Some(None)` if it is not.
    pub(crate) fn optional<T>(
        &self,
        key: &str,
        read: impl FnOnce(&'a Located<'a>, &mut Mistakes) -> Option<T>,
        mistakes: &mut Mistakes,
    ) -> Option<Option<T>> {
        match self.get(key) {
            Some(value) => read(value, mistakes).map(Some),
            None => Some(None),
        }
    }
}

/// What was meant, or what there is to choose from.
pub(crate) fn suggestion(word: &str, known: &[&str], there_is: &str) -> String {
    match closest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it {there_is} {}", list_of(known)),
    }
}

/// The nearest of the known words, if one is near enough that it was probably meant.
pub(crate) fn closest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    known
        .map(|near| {
            (
                strsim::normalized_damerau_levenshtein(&word, &near.to_lowercase()),
                near,
            )
        })
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, near)| near)
}

fn list_of(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

/// Says that a value is of another type.
fn expected(value: &Located<'_>, what: &str, mistakes: &mut Mistakes) {
    let message = format!("this is of the type {}", value.get_ref().type_str());
    mistakes.push(value.span(), message, format!("write {what}"));
}

/// A text that is not empty.
pub(crate) fn text(value: &Located<'_>, mistakes: &mut Mistakes) -> Option<String> {
    match value.get_ref().as_str() {
        None => {
            expected(value, "a text in quotation marks", mistakes);
            None
        }
        Some(text) if text.trim().is_empty() => {
            let help = "fill it in; what is optional can be left out";
            mistakes.push(value.span(), "this text is empty", help);
            None
        }
        Some(text) => Some(text.to_owned()),
    }
}

/// A number from 1 on.
pub(crate) fn id(value: &Located<'_>, mistakes: &mut Mistakes) -> Option<i64> {
    let Some(integer) = value.get_ref().as_integer() else {
        expected(value, "a number, as in `8880`", mistakes);
        return None;
    };
    match i64::from_str_radix(integer.as_str(), integer.radix()) {
        Ok(id) if id > 0 => Some(id),
        _ => {
            let help = "write the number that the provider gave the backup";
            mistakes.push(value.span(), "this number is no id", help);
            None
        }
    }
}

/// A span of time.
pub(crate) fn time(value: &Located<'_>, mistakes: &mut Mistakes) -> Option<Duration> {
    let Some(text) = value.get_ref().as_str() else {
        expected(
            value,
            "a time in quotation marks, as in `\"26h\"`",
            mistakes,
        );
        return None;
    };
    match span::read(text) {
        Ok(span) => Some(span),
        Err(help) => {
            let message = format!("`{text}` is no time that can be a limit");
            mistakes.push(value.span(), message, help);
            None
        }
    }
}

/// One of these words.
pub(crate) fn one_of(
    value: &Located<'_>,
    words: &[&str],
    mistakes: &mut Mistakes,
) -> Option<String> {
    let word = text(value, mistakes)?;
    if words.contains(&word.as_str()) {
        return Some(word);
    }
    let help = suggestion(&word, words, "is one of");
    mistakes.push(value.span(), format!("`{word}` is not known here"), help);
    None
}

/// A list of things, at least one.
pub(crate) fn list<T>(
    value: &Located<'_>,
    mistakes: &mut Mistakes,
    read: impl Fn(&Located<'_>, &mut Mistakes) -> Option<T>,
) -> Option<Vec<T>> {
    let Some(items) = value.get_ref().as_array() else {
        expected(value, "a list in brackets, even of one", mistakes);
        return None;
    };
    if items.is_empty() {
        let help = "fill it in; what is optional can be left out";
        mistakes.push(value.span(), "this list is empty", help);
        return None;
    }
    // Every item is read, also after one that is wrong.
    let read: Vec<Option<T>> = items.iter().map(|item| read(item, mistakes)).collect();
    read.into_iter().collect()
}
