//! Faults as the command line names them.

use cloud_emulator::{ClosedAt, Fault, Rule};

const NAMED: &[(&str, Fault)] = &[
    ("throttled", Fault::Throttled { retry_after: None }),
    (
        "server_error",
        Fault::ServerError {
            status: 500,
            coded: true,
        },
    ),
    ("transient", Fault::Transient),
    ("html", Fault::Html { status: 502 }),
    ("wrong_clock", Fault::WrongClock),
    ("expired_credentials", Fault::ExpiredCredentials),
    ("used_nonce", Fault::UsedNonce),
    (
        "slow",
        Fault::Slow {
            head_millis: 1_000,
            body_millis: 0,
        },
    ),
    (
        "closed",
        Fault::Closed {
            at: ClosedAt::BeforeHead,
            reset: false,
        },
    ),
    ("truncated", Fault::Truncated),
    ("invalid_json", Fault::InvalidJson),
];

/// A name, or a rule as JSON.
pub(crate) fn read(text: &str) -> Result<Rule, String> {
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text).map_err(|error| error.to_string());
    }
    let fault = NAMED.iter().find(|(name, _)| *name == text);
    fault.map(|(_, fault)| Rule::new(*fault)).ok_or_else(|| {
        let names: Vec<&str> = NAMED.iter().map(|(name, _)| *name).collect();
        format!("a fault is a rule as JSON, or one of {}", names.join(", "))
    })
}
