//! One backup, chain or client, and how it changes while one looks.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::parameters::{Parameters, scalar};

/// When an entry is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Finish {
    /// After it has been looked at so many times.
    Polls(u32),
    /// So many seconds after the start of the emulator.
    Seconds(u64),
}

/// An entry.
#[derive(Debug)]
pub(crate) struct Entry {
    members: Map<String, Value>,
    /// What is different once it is done.
    then: Map<String, Value>,
    finishes: Option<Finish>,
    polls: AtomicU32,
}

impl Entry {
    pub(super) fn new(
        members: Map<String, Value>,
        then: Map<String, Value>,
        finishes: Option<Finish>,
    ) -> Self {
        Self {
            members,
            then,
            finishes,
            polls: AtomicU32::new(0),
        }
    }

    /// What it is found by, which does not change. Looking at that is no poll.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.members.get(name)
    }

    /// Whether it is where the parameters say: in that region, zone and project, as far as both name one.
    pub(crate) fn is_in(&self, parameters: &Parameters) -> bool {
        ["Region", "Zone", "ProjectId"].into_iter().all(|name| {
            let pair = self.get(name).zip(parameters.get(name));
            pair.is_none_or(|(own, asked)| own == asked)
        })
    }

    /// Looks at it, so long after the start. This is a poll.
    pub(crate) fn look(&self, elapsed: Duration) -> View {
        // It stops counting at the largest number, and does not begin anew.
        let count = |seen: u32| seen.checked_add(1);
        let seen = self
            .polls
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, count);
        let left = self.left(seen.unwrap_or(u32::MAX), elapsed);
        View {
            members: self.members(left),
        }
    }

    /// The entry as a document would have it that was written so long after the start. This is no poll.
    pub(super) fn document(&self, elapsed: Duration) -> Value {
        let left = self.left(self.polls.load(Ordering::Relaxed), elapsed);
        let mut members = self.members(left);
        if let Some(left) = left {
            members.insert("finishes_after".to_owned(), json!(left));
            members.insert("then".to_owned(), Value::Object(self.then.clone()));
        }
        Value::Object(members)
    }

    /// What it takes until it is done; nothing if it is done, or never changes.
    fn left(&self, seen: u32, elapsed: Duration) -> Option<Finish> {
        match self.finishes? {
            Finish::Polls(polls) => polls
                .checked_sub(seen)
                .filter(|left| *left > 0)
                .map(Finish::Polls),
            Finish::Seconds(seconds) => seconds
                .checked_sub(elapsed.as_secs())
                .filter(|left| *left > 0)
                .map(Finish::Seconds),
        }
    }

    fn members(&self, left: Option<Finish>) -> Map<String, Value> {
        let mut members = self.members.clone();
        if left.is_none() {
            members.extend(self.then.clone());
        }
        members
    }
}

/// An entry as it is just now.
#[derive(Debug, Clone)]
pub(crate) struct View {
    members: Map<String, Value>,
}

impl View {
    /// A member.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.members.get(name)
    }

    /// A member that is text, or as it would be written as text.
    pub(crate) fn text(&self, name: &str) -> String {
        let text = self.get(name).and_then(scalar::text);
        text.map(|text| text.into_owned()).unwrap_or_default()
    }

    /// Whether a member is what a parameter says, if the request has that parameter.
    pub(crate) fn is_as_asked(&self, name: &str, parameters: &Parameters) -> bool {
        parameters
            .get(name)
            .is_none_or(|asked| self.get(name) == Some(asked))
    }

    /// Sets a member that is not there.
    pub(crate) fn fill(&mut self, name: &str, value: Option<&Value>) {
        if let Some(value) = value
            && !self.members.contains_key(name)
        {
            self.members.insert(name.to_owned(), value.clone());
        }
    }

    /// The members that an answer has, in its order.
    pub(crate) fn only<'n>(&self, names: impl Iterator<Item = &'n str>) -> Map<String, Value> {
        let members = names.filter_map(|name| Some((name.to_owned(), self.get(name)?.clone())));
        members.collect()
    }
}
