//! What went wrong, and why it was not tried once more.

/// What went wrong, in the terms of what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The provider asks for fewer requests. Wait, then send again.
    Throttled,
    /// The key is unknown, wrong or expired, or the signature was refused. Check the credentials and the clock.
    Authentication,
    /// The key is right but may not do this. Ask for the permission that the operation's documentation names.
    PermissionDenied,
    /// Something that the request names does not exist.
    NotFound,
    /// The provider refuses a parameter, or the action itself.
    InvalidParameter,
    /// A quota or a balance is used up.
    QuotaExceeded,
    /// Something is in a state that does not allow this.
    Conflict,
    /// The provider is out of order for a while. Send again later.
    Unavailable,
    /// The provider failed. Sending again may help; its support wants the request id.
    Internal,
    /// The provider refused for a reason that none of the other kinds covers.
    Other,
    /// No answer came in time.
    Timeout,
    /// The connection failed.
    Transport,
    /// The answer is not one of the provider's, or a field of it has the wrong type.
    Decode,
    /// The pages of a list don't fit together: one came twice, or items are missing. Those that came before are right.
    Paging,
    /// What was waited for won't come any more; [`Error::answer`](crate::Error::answer) has the answer that says so.
    Failed,
    /// The client lacks something: credentials, a region, a usable endpoint. Nothing was sent.
    Configuration,
}

impl ErrorKind {
    /// Whether the same request may succeed when it is sent again later.
    ///
    /// It says nothing about whether sending it again is safe: see [`Error::may_have_arrived`](crate::Error::may_have_arrived).
    pub const fn is_retryable(self) -> bool {
        matches!(
            self,
            Self::Throttled | Self::Unavailable | Self::Internal | Self::Timeout | Self::Transport
        )
    }

    /// Its name for metrics and logs: `throttled`, `invalid_parameter`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Throttled => "throttled",
            Self::Authentication => "authentication",
            Self::PermissionDenied => "permission_denied",
            Self::NotFound => "not_found",
            Self::InvalidParameter => "invalid_parameter",
            Self::QuotaExceeded => "quota_exceeded",
            Self::Conflict => "conflict",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
            Self::Other => "other",
            Self::Timeout => "timeout",
            Self::Transport => "transport",
            Self::Decode => "decode",
            Self::Paging => "paging",
            Self::Failed => "failed",
            Self::Configuration => "configuration",
        }
    }

    pub(super) const fn describe(self) -> &'static str {
        match self {
            Self::Throttled => "throttled",
            Self::Authentication => "authentication failed",
            Self::PermissionDenied => "permission denied",
            Self::NotFound => "not found",
            Self::InvalidParameter => "invalid parameter",
            Self::QuotaExceeded => "quota exceeded",
            Self::Conflict => "conflict",
            Self::Unavailable => "service unavailable",
            Self::Internal => "the provider failed",
            Self::Other => "refused",
            Self::Timeout => "timed out",
            Self::Transport => "the connection failed",
            Self::Decode => "the answer can't be read",
            Self::Paging => "the pages don't fit together",
            Self::Failed => "waited in vain",
            Self::Configuration => "the client can't send this",
        }
    }
}

/// Why a request was not sent once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stopped {
    /// The same request would fail the same way.
    NotRetryable,
    /// It is a write that may have been carried out: sending it again could do it twice. Look before you do.
    MayHaveArrived,
    /// The [`Policy`](crate::Policy) allows no more attempts.
    AttemptsUsed,
    /// The deadline has come, or would have before the next attempt.
    Deadline,
    /// The [`Budget`](crate::Budget) of retries is used up: too much has failed lately.
    Budget,
}

impl Stopped {
    /// What one would not guess from the rest of the error.
    pub(super) const fn describe(self) -> Option<&'static str> {
        match self {
            Self::NotRetryable | Self::AttemptsUsed => None,
            Self::MayHaveArrived => Some("it may have been carried out"),
            Self::Deadline => Some("no time left to try again"),
            Self::Budget => Some("no retries left in the budget"),
        }
    }
}
