//! The configuration: which accounts there are, and what to watch in them.
//!
//! Keys are never part of it. Such a file is copied, committed and mailed, and it is read by whoever debugs a cron job. So it
//! names the environment variables that hold them; those of the provider's own tools are meant if it names none.

mod accounts;
mod mistakes;
mod reader;
mod watches;

use std::collections::BTreeMap;

use toml::de::DeTable;

pub(crate) use self::accounts::{Account, Variables};
use self::mistakes::Mistakes;
use self::reader::Section;
pub(crate) use self::reader::closest;
pub(crate) use self::watches::{HbrWatch, Place, RedisWatch, UdbWatch, UsnapWatch};

/// What to watch, and whose it is.
#[derive(Debug)]
pub(crate) struct Config {
    /// The accounts by the names that the configuration gives them.
    pub(crate) accounts: BTreeMap<String, Account>,
    pub(crate) udb: Vec<UdbWatch>,
    pub(crate) usnap: Vec<UsnapWatch>,
    pub(crate) redis: Vec<RedisWatch>,
    pub(crate) hbr: Vec<HbrWatch>,
}

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in words.
    pub(crate) fn read(path: &str, text: &str, colour: bool) -> Result<Self, String> {
        let mut mistakes = Mistakes::default();
        match read(text, &mut mistakes) {
            Some(config) if mistakes.is_empty() => Ok(config),
            _ => Err(mistakes.render(path, text, colour)),
        }
    }
}

fn read(text: &str, mistakes: &mut Mistakes) -> Option<Config> {
    let (document, faults) = DeTable::parse_recoverable(text);
    for fault in &faults {
        let help = "this is TOML; https://toml.io shows how it is written";
        mistakes.push(fault.span().unwrap_or(0..0), fault.message(), help);
    }
    if !faults.is_empty() {
        // What was made of it is guesswork, and so would be what is wrong with that.
        return None;
    }
    let file = Section::of(document.get_ref(), 0..0, "the configuration");
    file.refuse_others(&["accounts", "udb", "usnap", "redis", "hbr"], mistakes);
    let accounts = accounts::read(&file, mistakes);
    let config = Config {
        udb: watches::read(&file, "udb", &accounts, UdbWatch::read, mistakes),
        usnap: watches::read(&file, "usnap", &accounts, UsnapWatch::read, mistakes),
        redis: watches::read(&file, "redis", &accounts, RedisWatch::read, mistakes),
        hbr: watches::read(&file, "hbr", &accounts, HbrWatch::read, mistakes),
        accounts: accounts.into_known(),
    };
    let is_empty = config.udb.is_empty()
        && config.usnap.is_empty()
        && config.redis.is_empty()
        && config.hbr.is_empty();
    if is_empty && mistakes.is_empty() {
        let help = "add `[[udb]]`, `[[usnap]]`, `[[redis]]` or `[[hbr]]`";
        mistakes.push(0..0, "nothing is watched", help);
    }
    Some(config)
}

#[cfg(test)]
mod tests;
