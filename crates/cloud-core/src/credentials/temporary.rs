//! Temporary keys as those write them who give them out: an object with two halves, a token and an end.
//!
//! What is wrong with one is said without quoting it: a key may stand where something else was expected.

use std::time::SystemTime;

use serde_json::{Map, Value as Json};
use zeroize::Zeroizing;

use super::Credentials;
use super::document::overwrite;
use crate::time::{LocalDateTime, UnixSeconds};

/// The names of the members of a temporary key.
pub(crate) struct Names {
    pub(crate) id: &'static str,
    pub(crate) secret: &'static str,
    pub(crate) token: &'static str,
    pub(crate) expires: &'static str,
}

/// The names in UCloud's and Alibaba Cloud's answers.
pub(crate) const ACCESS_KEY: Names = Names {
    id: "AccessKeyId",
    secret: "AccessKeySecret",
    token: "SecurityToken",
    expires: "Expiration",
};

/// An object whose members are taken out. What is left of it is overwritten when it is dropped.
pub(crate) struct Object(Map<String, Json>);

impl Object {
    /// An answer that is to be an object.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(body).map_err(|_| "no text in UTF-8".to_owned())?;
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            return Err("an empty body".to_owned());
        }
        if text.starts_with('<') {
            return Err("HTML or XML, as proxies and login pages send it".to_owned());
        }
        match serde_json::from_str(text) {
            Ok(value) => Self::of(value),
            Err(error) if error.is_eof() => Err(format!("JSON that is cut off ({error})")),
            Err(error) => Err(format!("no JSON ({error})")),
        }
    }

    /// A value that is to be an object.
    pub(crate) fn of(mut value: Json) -> Result<Self, String> {
        if let Json::Object(object) = value {
            return Ok(Self(object));
        }
        overwrite(&mut value);
        Err(format!("{}, not an object", kind(&value)))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Json> {
        self.0.get(name)
    }

    /// Takes a member that is an object.
    pub(crate) fn object(&mut self, name: &str) -> Result<Self, String> {
        match self.take(name) {
            Some(Json::Object(inner)) => Ok(Self(inner)),
            None => Err(missing(name)),
            Some(other) => Err(wrong(name, "an object", other)),
        }
    }

    /// Takes a text; empty ones and `null` count as not there.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        match self.take(name) {
            Some(Json::String(text)) => Ok(Some(text).filter(|text| !text.is_empty())),
            None => Ok(None),
            Some(other) => Err(wrong(name, "text", other)),
        }
    }

    /// Takes the code that some answers have, and looks whether it says yes. It is quoted only if it can be nothing else.
    pub(crate) fn succeeded(&mut self) -> Result<(), String> {
        let is_code = |code: &str| {
            let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.';
            code.len() <= 40 && code.bytes().all(is_part)
        };
        match self.text("Code")?.as_deref() {
            None | Some("Success") => Ok(()),
            Some(code) if is_code(code) => Err(format!("the code `{code}`")),
            Some(_) => Err("another code than `Success`".to_owned()),
        }
    }

    /// Takes the key, with all that a temporary key has.
    pub(crate) fn key(&mut self, names: &Names) -> Result<Credentials, String> {
        let key = self.any_key(names)?;
        match (key.token(), key.expires()) {
            (None, _) => Err(missing(names.token)),
            (_, None) => Err(missing(names.expires)),
            _ => Ok(key),
        }
    }

    /// The same where a key need not be a temporary one.
    pub(crate) fn any_key(&mut self, names: &Names) -> Result<Credentials, String> {
        let id = self.text(names.id)?.ok_or_else(|| missing(names.id))?;
        let secret = self.text(names.secret)?;
        let mut key = Credentials::new(id, secret.ok_or_else(|| missing(names.secret))?);
        if let Some(token) = self.text(names.token)? {
            key = key.with_token(token);
        }
        Ok(match self.end(names.expires)? {
            Some(time) => key.expires_at(time),
            None => key,
        })
    }

    /// Takes the end of a key. Whether it has come is not looked at: the key was just given out, so the clock is more likely wrong.
    fn end(&mut self, name: &str) -> Result<Option<SystemTime>, String> {
        let time = match self.take(name) {
            None => return Ok(None),
            Some(Json::Number(number)) => number.as_i64().and_then(of_1970),
            Some(Json::String(text)) if text.is_empty() => return Ok(None),
            Some(Json::String(text)) => moment(&Zeroizing::new(text)),
            Some(other) => return Err(wrong(name, "a time", other)),
        };
        match time {
            Some(time) => Ok(Some(time)),
            None => Err(format!(
                "a `{name}` that is no time: neither seconds since 1970 nor text such as 2023-11-14T22:13:20Z"
            )),
        }
    }

    /// Puts a member where another object has it.
    pub(crate) fn move_from(&mut self, other: &mut Self, name: &str) {
        if let Some(value) = other.take(name) {
            self.0.insert(name.to_owned(), value);
        }
    }

    fn take(&mut self, name: &str) -> Option<Json> {
        self.0.remove(name).filter(|value| !value.is_null())
    }
}

impl Drop for Object {
    fn drop(&mut self) {
        self.0.values_mut().for_each(overwrite);
    }
}

/// `2023-11-14T22:13:20Z`, `2023-11-15T06:13:20.5+08:00`, or seconds since 1970.
fn moment(text: &str) -> Option<SystemTime> {
    if let Ok(seconds) = text.parse() {
        return of_1970(seconds);
    }
    let (clock, offset) = match text.strip_suffix('Z') {
        Some(clock) => (clock, 0),
        None => {
            let (clock, zone) = text.split_at_checked(text.len().checked_sub("+08:00".len())?)?;
            (clock, offset(zone)?)
        }
    };
    let clock = clock
        .split_once('.')
        .map_or(clock, |(to_the_second, _)| to_the_second);
    let clock: LocalDateTime = clock.parse().ok()?;
    clock.at_offset(offset).to_system_time()
}

fn offset(zone: &str) -> Option<i32> {
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = match (digits(hours) && digits(minutes))
        .then(|| (hours.parse::<i32>(), minutes.parse::<i32>()))?
    {
        (Ok(hours), Ok(minutes)) => hours * 3_600 + minutes * 60,
        _ => return None,
    };
    match zone.get(..1)? {
        "+" => Some(seconds),
        "-" => Some(-seconds),
        _ => None,
    }
}

/// A moment that is counted in seconds. One so far away that years have five digits was counted in something else.
pub(super) fn of_1970(seconds: i64) -> Option<SystemTime> {
    (0..253_402_300_800)
        .contains(&seconds)
        .then(|| UnixSeconds(seconds).to_system_time())
        .flatten()
}

fn missing(name: &str) -> String {
    format!("no `{name}`")
}

fn wrong(name: &str, expected: &str, mut found: Json) -> String {
    overwrite(&mut found);
    format!("a `{name}` that is {}, not {expected}", kind(&found))
}

fn kind(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        for (text, seconds) in [
            ("2023-11-14T22:13:20Z", Some(1_700_000_000)),
            ("2023-11-15T06:13:20+08:00", Some(1_700_000_000)),
            ("2023-11-14T17:43:20.999-04:30", Some(1_700_000_000)),
            ("1700000000", Some(1_700_000_000)),
            ("1700000000000", None),
            ("-1", None),
            ("2023-11-14T22:13:20", None),
            ("2023-11-14T22:13:20+0800", None),
            ("2023-11-14T22:13:20+ 8:00", None),
            ("2023-11-14T22:13:20*08:00", None),
            ("2023-02-30T22:13:20Z", None),
            ("soon", None),
            ("时间时间时间", None),
            ("", None),
        ] {
            let found = moment(text).map(|time| UnixSeconds::from(time).0);
            assert_eq!(found, seconds, "{text}");
        }
    }
}
