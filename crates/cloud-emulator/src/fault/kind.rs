//! The kinds of faults under their names: what the command line, rules in JSON and the page offer is this list.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{ClosedAt, Fault};

/// A kind of fault. Its name alone stands for the fault that it has here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FaultKind {
    /// As a rule in JSON and the command line name it.
    pub name: &'static str,
    /// What the caller gets, in a few words.
    pub meaning: &'static str,
    /// What the name alone stands for.
    pub fault: Fault,
}

const fn kind(name: &'static str, meaning: &'static str, fault: Fault) -> FaultKind {
    FaultKind {
        name,
        meaning,
        fault,
    }
}

impl Fault {
    /// One fault of each kind, under its name.
    pub const KINDS: &[FaultKind] = &[
        kind(
            "throttled",
            "the provider's answer to too many requests",
            Self::Throttled { retry_after: None },
        ),
        kind(
            "server_error",
            "HTTP 500 with the provider's code",
            Self::ServerError {
                status: 500,
                coded: true,
            },
        ),
        kind(
            "transient",
            "the provider's code for a transient error, with HTTP 200",
            Self::Transient,
        ),
        kind(
            "html",
            "the page of a gateway, HTTP 502",
            Self::Html { status: 502 },
        ),
        kind(
            "wrong_clock",
            "the answer to a stale signature",
            Self::WrongClock,
        ),
        kind(
            "expired_credentials",
            "the answer to an expired key",
            Self::ExpiredCredentials,
        ),
        kind(
            "used_nonce",
            "the answer to a nonce that was used",
            Self::UsedNonce,
        ),
        kind(
            "slow",
            "the answer comes a second late",
            Self::Slow {
                head_millis: 1_000,
                body_millis: 0,
            },
        ),
        kind(
            "closed",
            "the connection ends before the answer",
            Self::Closed {
                at: ClosedAt::BeforeHead,
                reset: false,
            },
        ),
        kind("truncated", "half of a body", Self::Truncated),
        kind("invalid_json", "a body that is not JSON", Self::InvalidJson),
    ];

    /// The fault that a name alone stands for.
    pub fn named(name: &str) -> Option<Self> {
        let kind = Self::KINDS.iter().find(|kind| kind.name == name);
        kind.map(|kind| kind.fault)
    }
}

/// The name of its kind, if that says all of it; else JSON, as in a rule.
impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Self::KINDS.iter().find(|kind| kind.fault == *self) {
            Some(kind) => formatter.write_str(kind.name),
            None => formatter.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?),
        }
    }
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The form that is derived, as in `deserialize` below.
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Fault {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Spelling)
    }
}

struct Spelling;

impl<'de> Visitor<'de> for Spelling {
    type Value = Fault;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a fault, or the name of one")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Fault, E> {
        Fault::named(name).ok_or_else(|| {
            let names: Vec<String> = Fault::KINDS
                .iter()
                .map(|kind| format!("`{}`", kind.name))
                .collect();
            let names = names.join(", ");
            E::custom(format_args!(
                "unknown variant `{name}`, expected one of {names}"
            ))
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Fault, A::Error> {
        Fault::deserialize(MapAccessDeserializer::new(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every kind that a rule in JSON can have is in the list, under the same name.
    #[test]
    fn the_list_is_complete() {
        let error = serde_json::from_str::<Fault>(r#"{"other":{}}"#).unwrap_err();
        let error = error.to_string();
        let (_, expected) = error.split_once("expected one of ").unwrap();
        let expected: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
        let names: Vec<&str> = Fault::KINDS.iter().map(|kind| kind.name).collect();
        assert_eq!(names, expected);
        for kind in Fault::KINDS {
            let full = serde_json::to_value(kind.fault).unwrap();
            let name = full.as_object().and_then(|fault| fault.keys().next());
            let name = name.map_or(full.as_str(), |name| Some(name));
            assert_eq!(name, Some(kind.name));
            for written in [full.clone(), kind.name.into()] {
                assert_eq!(
                    serde_json::from_value::<Fault>(written).unwrap(),
                    kind.fault
                );
            }
            assert_eq!(kind.fault.to_string(), kind.name);
        }
        let slow = Fault::Slow {
            head_millis: 1,
            body_millis: 2,
        };
        assert_eq!(
            slow.to_string(),
            r#"{"slow":{"head_millis":1,"body_millis":2}}"#
        );
    }
}
