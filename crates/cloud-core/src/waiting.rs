//! When to stop asking for something that takes its time, as data.

use std::time::Duration;

use crate::operation::Operation;
use crate::record::{Record, Value};
use crate::service::Service;
use crate::walk::{Step, spelled, walk};

/// An operation whose answer tells how far something has come.
pub trait Waitable<S: Service>: Operation<S, Response: Record + Sync> {
    /// What can be waited for; the first is meant if nothing else is said.
    fn waiters() -> &'static [Waiter];
}

/// What an answer says about what is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// It is not there yet.
    Pending,
    /// It is there.
    Success,
    /// It won't come any more.
    Failure,
}

/// What is waited for, and how an answer tells: data of its crate.
///
/// ```
/// # use cloud_core::{Outcome, Step, Waiter};
/// const FINISHED: Waiter = Waiter::new("finished")
///     .path(&[Step::Field("DataSet"), Step::Items, Step::Field("State")])
///     .pending(&["Running"])
///     .success(&["Normal"])
///     .failure(&["Failed"])
///     .interval_seconds(5);
/// const DELETED: Waiter = Waiter::new("deleted").path(&[Step::Field("DataSet"), Step::Items]).not_found(Outcome::Success);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Waiter {
    name: &'static str,
    path: &'static [Step],
    pending: &'static [&'static str],
    success: &'static [&'static str],
    failure: &'static [&'static str],
    one_suffices: bool,
    not_found: Outcome,
    interval: Option<u32>,
}

impl Waiter {
    /// A waiter with this name.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            path: &[],
            pending: &[],
            success: &[],
            failure: &[],
            one_suffices: false,
            not_found: Outcome::Failure,
            interval: None,
        }
    }

    /// Where in an answer the values stand that tell.
    #[must_use]
    pub const fn path(mut self, path: &'static [Step]) -> Self {
        self.path = path;
        self
    }

    /// The values of what is not there yet. A value that is in no list counts as one of them.
    #[must_use]
    pub const fn pending(mut self, values: &'static [&'static str]) -> Self {
        self.pending = values;
        self
    }

    /// The values of what is there.
    #[must_use]
    pub const fn success(mut self, values: &'static [&'static str]) -> Self {
        self.success = values;
        self
    }

    /// The values of what won't come any more.
    #[must_use]
    pub const fn failure(mut self, values: &'static [&'static str]) -> Self {
        self.failure = values;
        self
    }

    /// One success suffices, and only the failure of all is one. Without this, all must succeed, and one failure is enough.
    #[must_use]
    pub const fn any(mut self) -> Self {
        self.one_suffices = true;
        self
    }

    /// What it means that the list on the way to the values is empty. Without this, that is a failure.
    #[must_use]
    pub const fn not_found(mut self, outcome: Outcome) -> Self {
        self.not_found = outcome;
        self
    }

    /// How long to wait between two questions.
    #[must_use]
    pub const fn interval_seconds(mut self, seconds: u32) -> Self {
        self.interval = Some(seconds);
        self
    }

    /// The name of what is waited for, such as `finished`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The values that mean this, as they are spelled on the wire.
    pub const fn values(&self, outcome: Outcome) -> &'static [&'static str] {
        match outcome {
            Outcome::Pending => self.pending,
            Outcome::Success => self.success,
            Outcome::Failure => self.failure,
        }
    }

    /// How long to wait between two questions, if that is known.
    pub fn interval(&self) -> Option<Duration> {
        self.interval
            .map(|seconds| Duration::from_secs(u64::from(seconds)))
    }

    /// What it means that what is waited for does not exist.
    pub const fn outcome_if_not_found(&self) -> Outcome {
        self.not_found
    }

    /// What an answer says.
    pub fn judge(&self, response: &dyn Record) -> Outcome {
        let (mut values, mut successes, mut failures) = (0_usize, 0_usize, 0_usize);
        let path = self.path.iter().copied();
        walk(Value::Record(response), path, &mut |value| {
            values += 1;
            if let Some(text) = spelled(value) {
                successes += usize::from(self.success.contains(&&*text));
                failures += usize::from(self.failure.contains(&&*text));
            }
        });
        let (success, failure) = if self.one_suffices {
            (successes > 0, failures == values)
        } else {
            (successes == values, failures > 0)
        };
        if values == 0 {
            self.not_found
        } else if failure {
            Outcome::Failure
        } else if success {
            Outcome::Success
        } else {
            Outcome::Pending
        }
    }

    /// What an answer says, in words: `State is Running`, `DataSet.State is Normal, Failed`.
    pub(crate) fn describe(&self, response: &dyn Record) -> String {
        let mut values = Vec::new();
        let path = self.path.iter().copied();
        walk(Value::Record(response), path, &mut |value| {
            let text = spelled(value).map_or_else(|| "absent".to_owned(), |text| text.into_owned());
            if !values.contains(&text) {
                values.push(text);
            }
        });
        let names: Vec<_> = self.path.iter().filter_map(Step::name).collect();
        let values = match values.len() {
            0 => "not there".to_owned(),
            _ => values.join(", "),
        };
        format!("{} is {values}", names.join("."))
    }
}
