//! The INI files that the SDKs of Tencent Cloud and Alibaba Cloud share.

use super::document::both;
use super::{Credentials, File};
use crate::error::Error;

/// A section of an INI file, with the lines that its values are in.
///
/// Read as the SDKs read it: names of values in any case, `=` or `:`, quotes around a value taken off, and comments after `#` or `;`
/// at the beginning of a line or after a blank.
pub(crate) struct Section<'a> {
    values: Vec<(String, &'a str)>,
    place: String,
}

impl<'a> Section<'a> {
    /// The section of this name, if the file has it. Where one says something twice, the last word counts.
    pub(crate) fn find(file: &'a File, wanted: &str) -> Result<Option<Self>, Error> {
        let mut values = Vec::new();
        let (mut inside, mut found) = (false, false);
        let text = file.text.expose().trim_start_matches('\u{feff}');
        for (number, line) in (1..).zip(text.lines()) {
            let wrong = |what: &str| {
                Error::configuration(format!("{}, line {number}: {what}", file.place()))
            };
            let line = without_comment(line);
            if line.is_empty() {
                continue;
            }
            if let Some(rest) = line.strip_prefix('[') {
                let name = rest
                    .strip_suffix(']')
                    .ok_or_else(|| wrong("a section that has no `]`"))?;
                inside = name.trim() == wanted;
                found |= inside;
            } else {
                // What is wrong is not shown: it may be a key that has lost its name.
                let (name, value) = line
                    .split_once(['=', ':'])
                    .ok_or_else(|| wrong("neither a `[section]` nor `name = value`"))?;
                if inside {
                    values.push((name.trim().to_ascii_lowercase(), unquoted(value.trim())));
                }
            }
        }
        let place = format!("{}, section [{wanted}]", file.place());
        Ok(found.then_some(Self { values, place }))
    }

    /// Where it is, for messages.
    pub(crate) fn place(&self) -> &str {
        &self.place
    }

    /// A value that is not empty.
    pub(crate) fn text(&self, name: &str) -> Option<&'a str> {
        let mut values = self.values.iter().rev();
        let value = values.find(|(own, _)| own == name).map(|(_, value)| *value);
        value.filter(|value| !value.is_empty())
    }

    /// A value that has to be there.
    pub(crate) fn required(&self, name: &str) -> Result<&'a str, Error> {
        self.text(name)
            .ok_or_else(|| Error::configuration(format!("{}: `{name}` is missing", self.place)))
    }

    /// The key in these two values, which have to be there.
    pub(crate) fn key(&self, id: &str, secret: &str) -> Result<Credentials, Error> {
        let key = both(self.text(id), self.text(secret), id, secret, &self.place)?;
        key.ok_or_else(|| {
            let place = &self.place;
            Error::configuration(format!(
                "{place}: it has no key: `{id}` and `{secret}` are missing"
            ))
        })
    }
}

fn without_comment(line: &str) -> &str {
    let mut blank_before = true;
    for (index, character) in line.char_indices() {
        if blank_before && matches!(character, '#' | ';') {
            return line[..index].trim();
        }
        blank_before = character.is_whitespace();
    }
    line.trim()
}

fn unquoted(value: &str) -> &str {
    ['"', '\'']
        .into_iter()
        .find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(value)
}
