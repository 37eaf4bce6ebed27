//! What the two halves of the emulator say to each other: calls that were let in, and what came of them.

use std::fmt;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::tables::Service;

/// One of the three clouds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// UCloud.
    Ucloud,
    /// Tencent Cloud.
    Tencent,
    /// Alibaba Cloud.
    Aliyun,
}

impl Provider {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Ucloud, Self::Tencent, Self::Aliyun];
}

impl fmt::Display for Provider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Ucloud => "UCloud",
            Self::Tencent => "Tencent Cloud",
            Self::Aliyun => "Alibaba Cloud",
        })
    }
}

/// A request whose signature was found right, before anybody has looked at its parameters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Call {
    pub(crate) provider: Provider,
    /// Tencent Cloud: the service of the credential scope, such as `redis`.
    pub(crate) product: Option<String>,
    /// Empty if the request names none.
    pub(crate) action: String,
    pub(crate) version: Option<String>,
    /// UCloud's is among the arguments as well: there it is an ordinary parameter.
    pub(crate) region: Option<String>,
    pub(crate) arguments: Arguments,
}

/// The parameters of a call, without those that sign it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Arguments {
    /// Tencent Cloud's body.
    Json(Map<String, Value>),
    /// UCloud's and Alibaba Cloud's, and Tencent Cloud's over GET, in the order sent: the query first, then the body.
    Flat(Vec<(String, String)>),
}

impl Arguments {
    /// A parameter that is one scalar, as text.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        match self {
            Self::Json(members) => match members.get(name)? {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            },
            Self::Flat(pairs) => pairs
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.clone()),
        }
    }
}

/// Why a call is refused after its signature was right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    UnknownAction,
    UnknownVersion { expected: String },
    Missing { parameter: String },
    Invalid { parameter: String, problem: String },
    Unknown { parameter: String },
    Service { code: String, message: String },
}

/// The answering half of the emulator: what calls get that were let in.
pub(crate) trait Answers: Send + Sync {
    /// The payload of the answer, without the provider's wrapping and without the request id.
    fn answer(&self, call: &Call, now: SystemTime) -> Result<Map<String, Value>, Refusal>;

    /// The members of the provider's envelope that the answer of an operation has, where it does not have all of them.
    fn envelope(&self, call: &Call) -> Option<&[String]>;

    /// The services that it answers for.
    fn services(&self) -> &[Service];

    /// What it answers from, as it is at that time, in the form of a data file.
    fn data(&self, now: SystemTime) -> Value;
}
