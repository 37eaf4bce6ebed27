//! What arrived and what came of it, to assert on and to look at. Secrets are left out.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::call::{Arguments, Provider};
use crate::clock::date_time;
use crate::fault::Fault;
use crate::request::{Request, scalar_text, walk};

/// So many requests are kept.
const KEPT: usize = 1_000;
/// So many bytes, as JSON, of the parameters and headers of a request are kept, so that big requests don't fill the memory.
const KEPT_BYTES: usize = 64 * 1_024;
/// So many characters of a reason are kept.
const KEPT_REASON: usize = 2_000;
/// So many bytes, as JSON, of all of them are kept.
const KEPT_BYTES_IN_ALL: usize = 4 * 1_024 * 1_024;
/// What a pair takes beside its text.
const PAIR: usize = 64;
const HIDDEN: &str = "***";

/// A request that the emulator has received.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// Counts from 1, and goes on when old requests are forgotten.
    pub number: u64,
    /// When it arrived, by the emulator's clock.
    #[serde(serialize_with = "as_date_time")]
    pub time: SystemTime,
    /// Whose request it is; `None` if that can't be told.
    pub provider: Option<Provider>,
    /// `POST`; `TLS` for a connection whose caller speaks that, which brings no request.
    pub method: String,
    /// `/`, without the query.
    pub path: String,
    /// The action that was called; `None` if the request names none.
    pub action: Option<String>,
    /// The parameters in the order sent, nested ones in flat form (`Tags.0.Key`). Values of secrets are `***`.
    pub parameters: Vec<(String, String)>,
    /// The headers. Signatures and tokens are `***`.
    pub headers: Vec<(String, String)>,
    /// What came of it.
    pub verdict: Verdict,
}

impl RecordedRequest {
    /// The value of a parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        find(&self.parameters, name)
    }

    /// The value of a header; names are in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// About how many bytes it takes as JSON; in memory it takes hardly more.
    fn size(&self) -> usize {
        let pairs = self.parameters.iter().chain(&self.headers);
        let pairs: usize = pairs
            .map(|(name, value)| PAIR + json_length(name) + json_length(value))
            .sum();
        let reason = match &self.verdict {
            Verdict::Accepted { reason }
            | Verdict::Unauthenticated { reason, .. }
            | Verdict::Refused { reason, .. } => json_length(reason),
            Verdict::Faulted { .. } => 0,
        };
        size_of::<Self>() + json_length(&self.path) + reason + pairs
    }
}

fn find<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

fn as_date_time<S: Serializer>(time: &SystemTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&date_time(*time))
}

/// What came of a request, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// It was let in, and answered.
    Accepted {
        /// Which signature was right, or that none was needed.
        reason: String,
    },
    /// The caller did not show who it is: an unknown key, a wrong signature, a stale timestamp.
    Unauthenticated {
        /// The provider's code.
        code: String,
        /// What is wrong.
        reason: String,
    },
    /// The caller is known, but the request is wrong: no such action, a missing parameter.
    Refused {
        /// The provider's code; empty if no provider answered.
        code: String,
        /// What is wrong.
        reason: String,
    },
    /// It met a fault that was asked for.
    Faulted {
        /// Which one.
        fault: Fault,
    },
}

impl Verdict {
    /// Keeps reasons to a length that people read: they quote requests.
    fn cut(mut self) -> Self {
        if let Self::Accepted { reason }
        | Self::Unauthenticated { reason, .. }
        | Self::Refused { reason, .. } = &mut self
            && let Some((end, _)) = reason.char_indices().nth(KEPT_REASON)
        {
            reason.truncate(end);
            reason.push('…');
        }
        self
    }
}

/// The last requests.
#[derive(Default)]
pub(crate) struct Records {
    kept: Mutex<Kept>,
    observer: Option<Observer>,
}

/// Sees each request.
pub(crate) type Observer = Box<dyn Fn(&RecordedRequest) + Send + Sync>;

#[derive(Default)]
struct Kept {
    last_number: u64,
    /// Of all that are kept.
    bytes: usize,
    requests: VecDeque<RecordedRequest>,
}

impl Records {
    pub(crate) fn new(observer: Option<Observer>) -> Self {
        Self {
            observer,
            kept: Mutex::default(),
        }
    }

    pub(crate) fn add(
        &self,
        request: &Request,
        time: SystemTime,
        call: Option<(Provider, &str, &Arguments)>,
        verdict: Verdict,
    ) {
        let mut budget = Budget(KEPT_BYTES);
        let mut parameters = Vec::new();
        match call {
            Some((_, _, Arguments::Flat(pairs))) => {
                let pairs = pairs.iter();
                parameters.extend(pairs.map_while(|(name, value)| budget.parameter(name, value)));
            }
            Some((_, _, Arguments::Json(members))) => {
                let _ = walk(members, 0, &mut |name, value| {
                    let pair = match value {
                        Value::String(text) => budget.parameter(name, text),
                        scalar => budget.parameter(name, &scalar_text(scalar)),
                    };
                    match pair {
                        Some(pair) => parameters.push(pair),
                        None => return ControlFlow::Break(()),
                    }
                    ControlFlow::Continue(())
                });
            }
            None => {
                let pairs = request.query_pairs().into_iter();
                parameters.extend(pairs.map_while(|(name, value)| budget.parameter(&name, &value)));
            }
        }
        let headers = headers(request).into_iter();
        self.keep(RecordedRequest {
            number: 0,
            time,
            provider: call.map(|(provider, ..)| provider),
            method: request.method.as_str().chars().take(32).collect(),
            path: request.path.chars().take(1_024).collect(),
            action: call
                .map(|(_, action, _)| action.to_owned())
                .filter(|action| !action.is_empty()),
            parameters,
            headers: headers
                .map_while(|(name, value)| budget.pair(name, value))
                .collect(),
            verdict: verdict.cut(),
        });
    }

    /// A connection whose caller speaks TLS: there is no request to be kept.
    pub(crate) fn add_tls(&self, time: SystemTime) {
        self.keep(RecordedRequest {
            number: 0,
            time,
            provider: None,
            method: "TLS".to_owned(),
            path: String::new(),
            action: None,
            parameters: Vec::new(),
            headers: Vec::new(),
            verdict: Verdict::Refused {
                code: String::new(),
                reason: "the emulator does not speak TLS: give the client an endpoint that begins with http://"
                    .to_owned(),
            },
        });
    }

    fn keep(&self, mut request: RecordedRequest) {
        let mut kept = self.kept();
        kept.last_number += 1;
        request.number = kept.last_number;
        kept.bytes += request.size();
        let shown = self.observer.as_ref().map(|show| (show, request.clone()));
        kept.requests.push_back(request);
        while kept.requests.len() > KEPT || kept.bytes > KEPT_BYTES_IN_ALL {
            let forgotten = kept.requests.pop_front();
            kept.bytes -= forgotten.map_or(0, |request| request.size());
        }
        // Whoever looks on may ask for the requests.
        drop(kept);
        if let Some((show, request)) = shown {
            show(&request);
        }
    }

    /// The last requests, so many at most, the oldest first.
    pub(crate) fn last(&self, number: usize) -> Vec<RecordedRequest> {
        let kept = self.kept();
        let skipped = kept.requests.len().saturating_sub(number);
        kept.requests.iter().skip(skipped).cloned().collect()
    }

    pub(crate) fn clear(&self) {
        let mut kept = self.kept();
        kept.requests.clear();
        kept.bytes = 0;
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many bytes a text has in JSON, as which all of the requests may be asked for.
fn json_length(text: &str) -> usize {
    let length = |byte| match byte {
        ..b' ' => 6,
        b'"' | b'\\' => 2,
        _ => 1,
    };
    text.bytes().map(length).sum()
}

/// What is left for a request's pairs. The first that does not fit ends a list.
struct Budget(usize);

impl Budget {
    fn take(&mut self, name: &str, value: &str) -> Option<()> {
        let left = self
            .0
            .checked_sub(PAIR + json_length(name) + json_length(value));
        self.0 = left.unwrap_or(0);
        left.map(|_| ())
    }

    fn pair(&mut self, name: String, value: String) -> Option<(String, String)> {
        self.take(&name, &value).map(|()| (name, value))
    }

    fn parameter(&mut self, name: &str, value: &str) -> Option<(String, String)> {
        let value = if is_secret(name) { HIDDEN } else { value };
        self.take(name, value)?;
        Some((name.to_owned(), value.to_owned()))
    }
}

/// The same parameters, with `***` for the values of those that are secret by their names.
pub(crate) fn hide_secrets(parameters: Vec<(String, String)>) -> Vec<(String, String)> {
    let hide = |(name, value): (String, String)| {
        let value = if is_secret(&name) {
            HIDDEN.to_owned()
        } else {
            value
        };
        (name, value)
    };
    parameters.into_iter().map(hide).collect()
}

fn is_secret(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase();
    ["password", "secret", "signature", "privatekey"]
        .iter()
        .any(|word| last.contains(word))
        || ["securitytoken", "token", "oidctoken", "webidentitytoken"].contains(&&*last)
}

fn headers(request: &Request) -> Vec<(String, String)> {
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    request
        .headers
        .iter()
        .map(|(name, value)| {
            let value = match name.as_str() {
                "authorization" => hide_signature(&text(value)),
                "x-tc-token"
                | "x-acs-security-token"
                | "x-acs-bearer-token"
                | "cookie"
                | "x-aliyun-ecs-metadata-token" => HIDDEN.to_owned(),
                _ => text(value),
            };
            (name.to_string(), value)
        })
        .collect()
}

/// Keeps what is no secret in it: the algorithm, the key id, the names of the signed headers.
fn hide_signature(authorization: &str) -> String {
    match authorization.split_once("Signature=") {
        Some((before, _)) => format!("{before}Signature={HIDDEN}"),
        None if authorization == "SKIP" => authorization.to_owned(),
        None => HIDDEN.to_owned(),
    }
}
