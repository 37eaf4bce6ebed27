//! What was found out about one thing: a row of the table.

use std::fmt;
use std::time::Duration;

use cloud_core::{Error, UnixSeconds};

/// The service that a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    Udb,
    Usnap,
    Redis,
    Hbr,
}

impl Service {
    /// Its name for programs, and for the configuration.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Udb => "udb",
            Self::Usnap => "usnap",
            Self::Redis => "redis",
            Self::Hbr => "hbr",
        }
    }

    /// Its name for people.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Udb => "UDB",
            Self::Usnap => "USnap",
            Self::Redis => "Redis",
            Self::Hbr => "HBR",
        }
    }
}

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(crate) service: Service,
    /// The account, as the configuration calls it.
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) zone: Option<String>,
    /// Of a backup, a disk, an instance or a client. Of a list that could not be read, the kind of clients.
    pub(crate) id: String,
}

impl Subject {
    /// The same place with something else in it.
    pub(crate) fn with_id(&self, id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            ..self.clone()
        }
    }

    /// The zone if there is one; its name begins with the region's.
    pub(crate) fn place(&self) -> &str {
        self.zone.as_deref().unwrap_or(&self.region)
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.service.title(), self.id)
    }
}

/// How it is about one thing that is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// There is a good backup, new enough; the client works.
    Ok,
    /// Something is at work, and nothing is wrong so far.
    Running,
    /// There is a good backup, or a sign of life, but it is too old.
    TooOld,
    /// What should be there is not, or is not there any more.
    Missing,
    /// The provider says that it failed.
    Failed,
    /// It could not be asked, or the answer does not tell.
    Unknown,
}

impl Verdict {
    /// All of them.
    pub(crate) const ALL: [Self; 6] = [
        Self::Ok,
        Self::Running,
        Self::TooOld,
        Self::Missing,
        Self::Failed,
        Self::Unknown,
    ];

    /// Its name for programs.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Running => "running",
            Self::TooOld => "too_old",
            Self::Missing => "missing",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    /// Its name for people.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::TooOld => "too old",
            other => other.id(),
        }
    }
}

/// A moment, and how long ago it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) at: UnixSeconds,
    pub(crate) age: Duration,
}

impl Moment {
    /// A moment as seen now. Clocks differ a little, so one that is still to come has no age.
    pub(crate) fn seen(at: UnixSeconds, now: UnixSeconds) -> Self {
        let age = u64::try_from(now.0.saturating_sub(at.0)).unwrap_or(0);
        Self {
            at,
            age: Duration::from_secs(age),
        }
    }
}

/// Why something could not be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The kind of the error as the clients name it: `throttled`, `authentication`, `timeout`.
    pub(crate) kind: &'static str,
    /// The provider's own code.
    pub(crate) code: Option<String>,
    pub(crate) message: String,
    /// What the provider's support asks for.
    pub(crate) request_id: Option<String>,
    /// All of it in one line.
    pub(crate) line: String,
}

impl Problem {
    /// One that no client has met.
    pub(crate) fn new(kind: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            kind,
            code: None,
            line: message.clone(),
            message,
            request_id: None,
        }
    }
}

impl From<&Error> for Problem {
    fn from(error: &Error) -> Self {
        Self {
            kind: error.kind().as_str(),
            code: error.code().map(str::to_owned),
            message: error.message().to_owned(),
            request_id: error.request_id().map(str::to_owned),
            line: error.to_string(),
        }
    }
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) subject: Subject,
    pub(crate) verdict: Verdict,
    /// The provider's own word for it.
    pub(crate) state: Option<String>,
    /// When the newest good backup began or ended, or when a client last showed that it is alive.
    pub(crate) moment: Option<Moment>,
    /// What else there is to say, for people.
    pub(crate) detail: String,
    pub(crate) problem: Option<Problem>,
}

impl Row {
    pub(crate) fn new(subject: Subject, verdict: Verdict, detail: impl Into<String>) -> Self {
        Self {
            subject,
            verdict,
            state: None,
            moment: None,
            detail: detail.into(),
            problem: None,
        }
    }

    #[must_use]
    pub(crate) fn state(mut self, state: Option<impl Into<String>>) -> Self {
        self.state = state.map(Into::into);
        self
    }

    #[must_use]
    pub(crate) fn moment(mut self, moment: Option<Moment>) -> Self {
        self.moment = moment;
        self
    }

    /// What could not be asked. What the provider does not find is missing, and that is an answer.
    pub(crate) fn of_error(subject: Subject, error: &Error) -> Self {
        let verdict = match error.kind() {
            cloud_core::ErrorKind::NotFound => Verdict::Missing,
            _ => Verdict::Unknown,
        };
        Self {
            verdict,
            ..Self::of_problem(subject, error.into())
        }
    }

    /// What could not be asked.
    pub(crate) fn of_problem(subject: Subject, problem: Problem) -> Self {
        Self {
            problem: Some(problem.clone()),
            ..Self::new(subject, Verdict::Unknown, problem.line)
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn subject(service: Service, id: &str) -> Subject {
        Subject {
            service,
            account: "shop".to_owned(),
            region: "cn-bj2".to_owned(),
            zone: None,
            id: id.to_owned(),
        }
    }

    #[test]
    fn a_moment_that_is_still_to_come_has_no_age() {
        let moment = Moment::seen(UnixSeconds(105), UnixSeconds(100));
        assert_eq!(moment.age, Duration::ZERO);
        let moment = Moment::seen(UnixSeconds(40), UnixSeconds(100));
        assert_eq!(moment.age, Duration::from_secs(60));
    }
}
