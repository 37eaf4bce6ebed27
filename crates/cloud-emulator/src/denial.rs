//! Why a request gets no answer, in words of no provider: each provider's envelope knows its own code for it.

use std::fmt;

use crate::call::Refusal;

/// The provider may have the action: the emulator knows those that have a spec.
pub(crate) const NO_SPEC: &str = "the emulator has no spec of this action";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Denial {
    UnsupportedMethod {
        method: String,
    },
    TooLarge {
        limit: usize,
    },
    /// The body is not what its content type says.
    MalformedBody {
        problem: String,
    },

    /// A header or a parameter that every signed request has.
    MissingField {
        field: &'static str,
    },
    /// The header `Authorization` is not of the provider's form, or leaves out what must be signed.
    MalformedAuthorization {
        problem: String,
    },
    UnknownKey {
        id: String,
    },
    WrongSignature {
        string_to_sign: String,
        /// The same without the values of secrets, to be recorded.
        shown: String,
    },
    MalformedTimestamp {
        text: String,
    },
    StaleTimestamp {
        behind_seconds: i64,
    },
    UsedNonce,
    MissingToken,
    WrongToken,
    ExpiredToken,

    Throttled,
    Internal,
    Unavailable,

    /// The signature was right, the call was not.
    Refused(Refusal),
}

impl Denial {
    /// Whether the caller failed to show who it is.
    pub(crate) fn is_about_authentication(&self) -> bool {
        !matches!(
            self,
            Self::UnsupportedMethod { .. }
                | Self::TooLarge { .. }
                | Self::MalformedBody { .. }
                | Self::Throttled
                | Self::Internal
                | Self::Unavailable
                | Self::Refused(_)
        )
    }
}

impl From<Refusal> for Denial {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// The reason as records of requests give it, to people who look for their mistake.
impl fmt::Display for Denial {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnsupportedMethod { method } => {
                write!(formatter, "the method {method} is not supported")
            }
            Self::TooLarge { limit } => write!(formatter, "the body has more than {limit} bytes"),
            Self::MalformedBody { problem } => {
                write!(formatter, "the body can't be read: {problem}")
            }
            Self::MissingField { field } => write!(formatter, "{field} is missing"),
            Self::MalformedAuthorization { problem } => write!(
                formatter,
                "the signature is not of the right form: {problem}"
            ),
            Self::UnknownKey { id } => write!(formatter, "no account has the key {id}"),
            Self::WrongSignature { shown, .. } => {
                write!(
                    formatter,
                    "the signature is wrong; the string to sign is {shown:?}"
                )
            }
            Self::MalformedTimestamp { text } => write!(formatter, "{text:?} is not a timestamp"),
            Self::StaleTimestamp { behind_seconds } if *behind_seconds < 0 => {
                write!(
                    formatter,
                    "the timestamp is {} seconds ahead",
                    behind_seconds.unsigned_abs()
                )
            }
            Self::StaleTimestamp { behind_seconds } => {
                write!(formatter, "the timestamp is {behind_seconds} seconds old")
            }
            Self::UsedNonce => formatter.write_str("the nonce was used before"),
            Self::MissingToken => {
                formatter.write_str("the key is temporary, and its token is missing")
            }
            Self::WrongToken => formatter.write_str("the token is not that of the key"),
            Self::ExpiredToken => formatter.write_str("the key has expired"),
            Self::Throttled => formatter.write_str("too many requests"),
            Self::Internal => formatter.write_str("internal error"),
            Self::Unavailable => formatter.write_str("the service is unavailable"),
            Self::Refused(refusal) => match refusal {
                Refusal::UnknownAction => formatter.write_str(NO_SPEC),
                Refusal::UnknownVersion { expected } => {
                    write!(formatter, "the version is {expected}")
                }
                Refusal::Missing { parameter } => {
                    write!(formatter, "the parameter {parameter} is missing")
                }
                Refusal::Invalid { parameter, problem } => {
                    write!(formatter, "the parameter {parameter} is wrong: {problem}")
                }
                Refusal::Unknown { parameter } => {
                    write!(formatter, "there is no parameter {parameter}")
                }
                Refusal::Service { message, .. } => formatter.write_str(message),
            },
        }
    }
}
