//! Who sent a request, found out from its bytes alone, as each provider does it.
//!
//! Nothing here is shared with a client's signers: that both agree is the proof.

mod aliyun;
mod aliyun_v1;
mod hash;
mod tencent;
mod ucloud;

use std::time::SystemTime;

use crate::account::{Account, Accounts};
use crate::call::{Call, Provider};
use crate::clock::unix_seconds;
use crate::denial::Denial;
use crate::nonce::Nonces;
use crate::request::Request;

/// No action has a name with nearly so many characters.
const LONGEST_ACTION: usize = 256;

/// What a request says, signed or not.
pub(crate) struct Reading {
    pub(crate) call: Call,
    /// Why the body can't be read, if it can't: that matters only once the signature was looked at.
    pub(crate) malformed: Option<String>,
}

/// What signatures are checked against.
pub(crate) struct Authority<'a> {
    pub(crate) accounts: &'a Accounts,
    pub(crate) nonces: &'a Nonces,
    pub(crate) now: SystemTime,
}

/// Reads what a request of this provider says.
pub(crate) fn read(provider: Provider, request: &Request) -> Reading {
    let mut reading = match provider {
        Provider::Ucloud => ucloud::read(request),
        Provider::Tencent => tencent::read(request),
        Provider::Aliyun => aliyun::read(request),
    };
    // Refusals repeat it.
    if let Some((end, _)) = reading.call.action.char_indices().nth(LONGEST_ACTION) {
        reading.call.action.truncate(end);
    }
    reading
}

/// Checks the signature, and says in words why the request is let in.
pub(crate) fn check(
    request: &Request,
    reading: &Reading,
    authority: &Authority<'_>,
) -> Result<String, Denial> {
    match reading.call.provider {
        Provider::Ucloud => ucloud::check(request, reading, authority),
        Provider::Tencent => tencent::check(request, reading, authority),
        Provider::Aliyun => aliyun::check(request, reading, authority),
    }
}

impl Authority<'_> {
    fn account(&self, provider: Provider, id: &str) -> Result<Account, Denial> {
        self.accounts
            .find(provider, id)
            .ok_or_else(|| Denial::UnknownKey { id: id.to_owned() })
    }

    /// Whether the token that came with a request is the one of its key, and in time.
    fn check_token(&self, account: &Account, token: Option<&str>) -> Result<(), Denial> {
        match (account.token(), token) {
            (None, None) => Ok(()),
            (Some(_), None) => Err(Denial::MissingToken),
            (expected, found) if expected != found => Err(Denial::WrongToken),
            _ if account.expires().is_some_and(|time| time <= self.now) => {
                Err(Denial::ExpiredToken)
            }
            _ => Ok(()),
        }
    }

    /// Whether a timestamp is at most so many seconds away from now.
    fn check_timestamp(&self, timestamp: i64, tolerance: i64) -> Result<(), Denial> {
        let behind_seconds = unix_seconds(self.now).saturating_sub(timestamp);
        if behind_seconds.saturating_abs() > tolerance {
            return Err(Denial::StaleTimestamp { behind_seconds });
        }
        Ok(())
    }
}

fn malformed(problem: impl Into<String>) -> Denial {
    Denial::MalformedAuthorization {
        problem: problem.into(),
    }
}

/// The fields of a header `Authorization` of the form `ALGORITHM Name=value,Name=value`.
fn authorization_field<'a>(fields: &'a str, name: &str) -> Result<&'a str, Denial> {
    fields
        .split(',')
        .filter_map(|field| field.trim().split_once('='))
        .find(|(key, value)| *key == name && !value.is_empty())
        .map(|(_, value)| value)
        .ok_or_else(|| malformed(format!("{name} is missing")))
}

/// The names of signed headers, in the order of the canonical form.
fn signed_names<'a>(fields: &'a str, request: &Request) -> Result<Vec<&'a str>, Denial> {
    let mut names: Vec<&str> = authorization_field(fields, "SignedHeaders")?
        .split(';')
        .collect();
    names.sort_unstable();
    let mut pairs = names.iter().zip(names.iter().skip(1));
    if let Some((twice, _)) = pairs.find(|(a, b)| a == b) {
        return Err(malformed(format!("{twice} is signed twice")));
    }
    if let Some(absent) = names.iter().find(|name| request.header(name).is_none()) {
        return Err(malformed(format!("{absent} is signed, but not there")));
    }
    Ok(names)
}

/// Compares in a time that does not depend on where the difference is, as a provider would.
fn is_same(expected: &str, found: &str) -> bool {
    let differences = expected
        .bytes()
        .zip(found.bytes())
        .fold(0, |all, (expected, found)| all | (expected ^ found));
    expected.len() == found.len() && differences == 0
}
