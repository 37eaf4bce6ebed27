//! What all rows come to, and the exit code.

use cloud_core::UnixSeconds;

use crate::row::{Row, Verdict};

/// What all rows come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything is as it should be.
    Well,
    /// Something is missing, failed or too old.
    Wrong,
    /// Nothing is known to be wrong, but not everything is known.
    Unknown,
}

impl Outcome {
    /// Its name for programs.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Well => "well",
            Self::Wrong => "wrong",
            Self::Unknown => "unknown",
        }
    }

    /// How the program ends. 2 is for command lines and configurations that can't be used.
    pub(crate) const fn exit_code(self) -> u8 {
        match self {
            Self::Well => 0,
            Self::Wrong => 1,
            Self::Unknown => 3,
        }
    }
}

/// Everything that was found out.
#[derive(Debug)]
pub(crate) struct Report {
    /// When asking began.
    pub(crate) asked_at: UnixSeconds,
    /// In the order of the configuration.
    pub(crate) rows: Vec<Row>,
}

impl Report {
    /// How many rows have this verdict.
    pub(crate) fn count(&self, verdict: Verdict) -> usize {
        let rows = self.rows.iter();
        rows.filter(|row| row.verdict == verdict).count()
    }

    /// What it comes to. What is known to be wrong outweighs what is not known.
    pub(crate) fn outcome(&self) -> Outcome {
        let has = |verdict| self.count(verdict) > 0;
        if has(Verdict::TooOld) || has(Verdict::Missing) || has(Verdict::Failed) {
            Outcome::Wrong
        } else if has(Verdict::Unknown) {
            Outcome::Unknown
        } else {
            Outcome::Well
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::row::Service;
    use crate::row::tests::subject;

    pub(crate) fn report(verdicts: &[Verdict]) -> Report {
        let row = |verdict: &Verdict| Row::new(subject(Service::Udb, "1"), *verdict, "");
        Report {
            asked_at: UnixSeconds(1_700_000_000),
            rows: verdicts.iter().map(row).collect(),
        }
    }

    #[test]
    fn what_is_wrong_outweighs_what_is_not_known() {
        use Verdict::{Failed, Missing, Ok, Running, TooOld, Unknown};
        for (verdicts, code) in [
            (&[Ok, Running][..], 0),
            (&[Ok, TooOld], 1),
            (&[Ok, Missing], 1),
            (&[Failed, Running], 1),
            (&[Ok, Unknown], 3),
            (&[Unknown, Failed], 1),
        ] {
            let outcome = report(verdicts).outcome();
            assert_eq!(outcome.exit_code(), code, "{verdicts:?}");
        }
    }
}
