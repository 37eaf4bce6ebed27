//! How a key was found, or why none was.

use std::fmt;
use std::time::SystemTime;

use super::{Found, Settings};
use crate::error::{Error, ErrorKind};
use crate::time::UnixSeconds;

/// Where a client looks for its key, and what it finds there: see
/// [`Client::explain_credentials`](crate::Client::explain_credentials).
///
/// `Display` has a line for each place. No secret is in it: of a key it has the half that names it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Explanation {
    /// The provider.
    pub provider: &'static str,
    /// The places in the order in which they are looked at.
    pub tried: Vec<Tried>,
    /// What requests of this client go to unless they say otherwise.
    pub settings: Settings,
}

/// A source of keys, and what came of asking it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Tried {
    /// The source's own [name](super::CredentialSource::name).
    pub source: String,
    /// What it has.
    pub outcome: Outcome,
}

/// What came of asking a source for a key.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It has a key, which is the one that is used.
    #[non_exhaustive]
    Chosen {
        /// The half that names the key.
        id: String,
        /// Where exactly it is.
        place: String,
        /// When it stops to work, if that is known.
        expires: Option<SystemTime>,
        /// What is wrong with the place although it has a key.
        warnings: Vec<String>,
    },
    /// It has none, and why. The next source is asked.
    Absent(String),
    /// It is set up, but broken, and why. No other source is asked.
    Broken(String),
    /// One before it has ended the search.
    NotAsked,
}

impl Outcome {
    pub(super) fn found(found: &Found) -> Self {
        Self::Chosen {
            id: found.credentials.id().to_owned(),
            place: found.place.clone(),
            expires: found.credentials.expires(),
            warnings: found.warnings.clone(),
        }
    }

    pub(super) fn broken(error: &Error) -> Self {
        Self::Broken(match error.kind() {
            // What the kind says is for a call that fails with it.
            ErrorKind::Configuration => error.message().to_owned(),
            _ => error.to_string(),
        })
    }
}

impl Tried {
    /// A few words for the error that says that there is no key.
    pub(super) fn in_short(&self) -> String {
        match &self.outcome {
            Outcome::Absent(why) => format!("{} ({why})", self.source),
            _ => self.source.clone(),
        }
    }
}

impl Explanation {
    /// The source whose key is used.
    pub fn chosen(&self) -> Option<&Tried> {
        let is_chosen = |tried: &&Tried| matches!(tried.outcome, Outcome::Chosen { .. });
        self.tried.iter().find(is_chosen)
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = match self.chosen() {
            Some(_) => "a key was found",
            None => "no key was found",
        };
        writeln!(formatter, "{}: {found}", self.provider)?;
        for (number, Tried { source, outcome }) in (1..).zip(&self.tried) {
            match outcome {
                Outcome::Chosen {
                    id,
                    place,
                    expires,
                    warnings,
                } => {
                    let until = match expires {
                        Some(expires) => format!("good until {}", UnixSeconds::from(*expires)),
                        None => "with no end that is known".to_owned(),
                    };
                    writeln!(
                        formatter,
                        "{number}. {source}: chosen: key {id} from {place}, {until}"
                    )?;
                    for warning in warnings {
                        writeln!(formatter, "   warning: {warning}")?;
                    }
                }
                Outcome::Absent(why) => {
                    writeln!(formatter, "{number}. {source}: passed over: {why}")?
                }
                Outcome::Broken(why) => writeln!(
                    formatter,
                    "{number}. {source}: broken, which ends the search: {why}"
                )?,
                Outcome::NotAsked => writeln!(formatter, "{number}. {source}: not asked")?,
            }
        }
        for (name, value) in self.settings.named() {
            let value = value.unwrap_or("not set");
            writeln!(formatter, "{name}: {value}")?;
        }
        Ok(())
    }
}
