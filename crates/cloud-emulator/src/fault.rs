//! Failures on demand: what goes wrong, for which requests, how often.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::call::Provider;
use crate::denial::Denial;
use crate::random::Random;
use crate::reply::{Cut, Delivery, Reply};

/// What goes wrong.
///
/// The first group comes instead of the answer, and the call is not carried out. The second spoils the answer to a call that was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// The provider's answer to too many requests.
    Throttled {
        /// How long it asks to be left alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<RetryAfter>,
    },
    /// A server's failure with its own HTTP status.
    ServerError {
        /// 500, 502, 503 and the like.
        status: u16,
        /// Whether the body has the provider's own code for it. Without it there is no body.
        #[serde(default)]
        coded: bool,
    },
    /// The provider's own code for a passing fault, in an answer with HTTP 200.
    Transient,
    /// The page of a gateway that is not the provider.
    Html {
        /// Its HTTP status.
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
    /// The body is as long as it should be, and no JSON.
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
                Some(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
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

    fn is_known_to(self, provider: Provider) -> bool {
        match self {
            Self::WrongClock => provider != Provider::Ucloud,
            Self::UsedNonce => provider == Provider::Aliyun,
            _ => true,
        }
    }
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

/// A fault, and the requests that it strikes. One that says nothing more strikes every call until it is cleared.
///
/// Only calls whose signature is right are struck: a refusal keeps its own reason, and uses no fault up.
///
/// ```
/// use cloud_emulator::{Fault, Provider, Rule};
///
/// let rule = Rule::new(Fault::Throttled { retry_after: None })
///     .provider(Provider::Tencent)
///     .action("DescribeInstanceBackups")
///     .times(2);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    fault: Fault,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    provider: Option<Provider>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    action: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    #[serde(default = "always")]
    probability: f64,
}

fn always() -> f64 {
    1.0
}

impl From<Fault> for Rule {
    fn from(fault: Fault) -> Self {
        Self::new(fault)
    }
}

impl Rule {
    /// Strikes every call.
    pub fn new(fault: Fault) -> Self {
        Self {
            fault,
            provider: None,
            action: None,
            path: None,
            times: None,
            probability: always(),
        }
    }

    /// Only calls of this provider.
    #[must_use]
    pub fn provider(mut self, provider: Provider) -> Self {
        self.provider = Some(provider);
        self
    }

    /// Only calls of this action.
    #[must_use]
    pub fn action(mut self, action: impl Into<String>) -> Self {
        self.action = Some(action.into());
        self
    }

    /// Only requests whose path begins so. This is how to strike instance metadata, which has no actions.
    #[must_use]
    pub fn path(mut self, prefix: impl Into<String>) -> Self {
        self.path = Some(prefix.into());
        self
    }

    /// Only so many requests; then the rule is gone.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Each request with this probability, from 0 to 1. The emulator's seed decides which.
    #[must_use]
    pub fn probability(mut self, probability: f64) -> Self {
        self.probability = probability;
        self
    }

    fn is_for(&self, provider: Provider, action: Option<&str>, path: &str) -> bool {
        self.fault.is_known_to(provider)
            && self.provider.is_none_or(|only| only == provider)
            && self
                .action
                .as_deref()
                .is_none_or(|only| action == Some(only))
            && match &self.path {
                Some(prefix) => path.starts_with(prefix.as_str()),
                None => action.is_some(),
            }
    }
}

/// The rules in force.
#[derive(Default)]
pub(crate) struct Faults(Mutex<InForce>);

#[derive(Default)]
struct InForce {
    last_id: u64,
    rules: Vec<(u64, Rule)>,
}

impl Faults {
    pub(crate) fn add(&self, rule: Rule) -> u64 {
        self.with(|faults| {
            faults.last_id += 1;
            faults.rules.push((faults.last_id, rule));
            faults.last_id
        })
    }

    /// `false` if there is no such rule.
    pub(crate) fn remove(&self, id: u64) -> bool {
        self.with(|faults| {
            let before = faults.rules.len();
            faults.rules.retain(|(known, _)| *known != id);
            faults.rules.len() < before
        })
    }

    pub(crate) fn clear(&self) {
        self.with(|faults| faults.rules.clear());
    }

    pub(crate) fn rules(&self) -> Vec<(u64, Rule)> {
        self.with(|faults| faults.rules.clone())
    }

    /// The fault that strikes a request: that of the oldest rule for it. `action` is `None` for instance metadata.
    pub(crate) fn strike(
        &self,
        provider: Provider,
        action: Option<&str>,
        path: &str,
        random: &Random,
    ) -> Option<Fault> {
        self.with(|faults| {
            let index = faults.rules.iter().position(|(_, rule)| {
                rule.times != Some(0)
                    && rule.is_for(provider, action, path)
                    && random.strikes(rule.probability)
            })?;
            let rule = &mut faults.rules[index].1;
            let fault = rule.fault;
            rule.times = rule.times.map(|times| times - 1);
            if rule.times == Some(0) {
                faults.rules.remove(index);
            }
            Some(fault)
        })
    }

    fn with<T>(&self, act: impl FnOnce(&mut InForce) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
