//! Failures on demand: what goes wrong.

mod kind;
mod rule;

use std::time::{Duration, SystemTime};

use http::StatusCode;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::call::Provider;
use crate::denial::Denial;
use crate::reply::{Cut, Delivery, Reply};

pub use kind::FaultKind;
pub(crate) use rule::Faults;
pub use rule::Rule;

/// What goes wrong.
///
/// The first group comes instead of the answer, and the call is not carried out. The second spoils the answer to a call that was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// The provider's answer to too many requests.
    Throttled {
        /// How long it asks to be left alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<RetryAfter>,
    },
    /// A server's failure with its own HTTP status.
    ServerError {
        /// 500, 502, 503 and the like. One that cannot end a request stands for 500.
        #[serde(deserialize_with = "read_status")]
        status: u16,
        /// Whether the body has the provider's own code for it. Without it there is no body.
        #[serde(default)]
        coded: bool,
    },
    /// The provider's own code for a transient error, in an answer with HTTP 200.
    Transient,
    /// The page of a gateway that is not the provider.
    Html {
        /// Its HTTP status. One that cannot end a request stands for 500.
        #[serde(deserialize_with = "read_status")]
        status: u16,
    },
    /// What the provider answers to a stale signature. UCloud has no such answer.
    WrongClock,
    /// What the provider answers to a key that has expired.
    ExpiredCredentials,
    /// What Alibaba Cloud answers to a nonce that was used. The others have no such answer.
    UsedNonce,

    /// The answer comes late.
    Slow {
        /// Milliseconds before the head.
        #[serde(default)]
        head_millis: u64,
        /// Milliseconds between the first half of the body and the second.
        #[serde(default)]
        body_millis: u64,
    },
    /// The connection ends before the answer does. Its head has the length of the whole body.
    Closed {
        /// Where it ends.
        at: ClosedAt,
        /// With a reset (RST) instead of a regular end (FIN).
        #[serde(default)]
        reset: bool,
    },
    /// The body ends in its middle, and the head agrees with that.
    Truncated,
    /// The body is as long as it should be, and not JSON.
    InvalidJson,
}

/// How a throttled caller is told when to come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetryAfter {
    /// `Retry-After: 3`
    Seconds(u64),
    /// `Retry-After: Tue, 14 Nov 2023 22:13:20 GMT`, so many seconds from now.
    Date(u64),
    /// Alibaba Cloud's `x-acs-retry-after: 1500`
    Millis(u64),
}

/// Where a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedAt {
    /// Nothing of the answer arrives.
    BeforeHead,
    /// The head arrives, and nothing of the body.
    AfterHead,
    /// Half of the body arrives.
    InBody,
    /// The whole answer arrives; the connection that it seemed to leave open is gone.
    AfterBody,
}

impl Fault {
    /// What the provider says, if the fault is that it refuses.
    pub(crate) fn denial(self) -> Option<Denial> {
        Some(match self {
            Self::Throttled { .. } => Denial::Throttled,
            Self::ServerError {
                status: 503,
                coded: true,
            }
            | Self::Transient => Denial::Unavailable,
            Self::ServerError { coded: true, .. } => Denial::Internal,
            Self::WrongClock => Denial::StaleTimestamp {
                behind_seconds: 3_600,
            },
            Self::ExpiredCredentials => Denial::ExpiredToken,
            Self::UsedNonce => Denial::UsedNonce,
            _ => return None,
        })
    }

    /// The HTTP status of the answer, if the fault has one of its own.
    pub(crate) fn status(self) -> Option<StatusCode> {
        match self {
            Self::ServerError { status, .. } | Self::Html { status } => {
                Some(final_status(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
            }
            Self::Transient => Some(StatusCode::OK),
            _ => None,
        }
    }

    /// The answer, if the fault comes instead of the provider's.
    pub(crate) fn instead(self) -> Option<Reply> {
        let status = self.status()?;
        match self {
            Self::ServerError { coded: false, .. } => Some(Reply::text(status, "")),
            Self::Html { .. } => Some(Reply::new(
                status,
                "text/html; charset=utf-8",
                format!(
                    "<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>\n"
                ),
            )),
            _ => None,
        }
    }

    /// The same where no provider's wrapping is: instance metadata have bare statuses.
    pub(crate) fn instead_of_metadata(self) -> Option<Reply> {
        self.instead().or_else(|| {
            let status = match self.denial()? {
                Denial::Throttled => StatusCode::TOO_MANY_REQUESTS,
                _ => self.status().unwrap_or(StatusCode::SERVICE_UNAVAILABLE),
            };
            Some(Reply::text(status, ""))
        })
    }

    /// Adds to the reply, whosever it is, what the fault does to it.
    pub(crate) fn spoil(self, mut reply: Reply, now: SystemTime) -> Reply {
        match self {
            Self::Throttled {
                retry_after: Some(hint),
            } => return hint.add(reply, now),
            Self::Slow {
                head_millis,
                body_millis,
            } => {
                reply.delivery = Delivery {
                    before_head: Duration::from_millis(head_millis),
                    in_body: Duration::from_millis(body_millis),
                    ..Delivery::default()
                };
            }
            Self::Closed { at, reset } => {
                reply.delivery = Delivery {
                    cut: Some(match at {
                        ClosedAt::BeforeHead => Cut::BeforeHead,
                        ClosedAt::AfterHead => Cut::AfterHead,
                        ClosedAt::InBody => Cut::InBody,
                        ClosedAt::AfterBody => Cut::AfterBody,
                    }),
                    is_reset: reset,
                    ..Delivery::default()
                };
            }
            Self::Truncated => reply.body.truncate(reply.body.len() / 2),
            Self::InvalidJson => {
                let mut body = reply.body.to_vec();
                body.pop();
                body.push(b']');
                reply.body = body.into();
            }
            _ => {}
        }
        reply
    }

    /// Whether a provider has such an answer.
    fn is_known_to(self, provider: Provider) -> bool {
        match self {
            Self::WrongClock => provider != Provider::Ucloud,
            Self::UsedNonce => provider == Provider::Aliyun,
            _ => true,
        }
    }
}

/// A status that an answer with a body can have.
fn final_status(status: u16) -> Option<StatusCode> {
    let status = StatusCode::from_u16(status).ok()?;
    let has_body = !status.is_informational() && ![204, 205, 304].contains(&status.as_u16());
    (has_body && status.as_u16() < 600).then_some(status)
}

fn read_status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let status = u16::deserialize(deserializer)?;
    final_status(status).map(|_| status).ok_or_else(|| {
        D::Error::custom(format_args!(
            "{status} is not a status from 200 to 599 of an answer with a body"
        ))
    })
}

impl RetryAfter {
    fn add(self, reply: Reply, now: SystemTime) -> Reply {
        match self {
            Self::Seconds(seconds) => reply.header("retry-after", &seconds.to_string()),
            Self::Date(seconds) => {
                // Further away than a day is of no use to anybody, and dates end with the year 9999.
                let then = now + Duration::from_secs(seconds.min(86_400));
                reply.header("retry-after", &httpdate::fmt_http_date(then))
            }
            Self::Millis(millis) => reply.header("x-acs-retry-after", &millis.to_string()),
        }
    }
}
