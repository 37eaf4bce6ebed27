//! For which requests something goes wrong, and how often.

use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::Fault;
use crate::call::Provider;
use crate::random::Random;

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
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "read_times"
    )]
    times: Option<u32>,
    #[serde(default = "always", deserialize_with = "read_probability")]
    probability: f64,
}

fn read_times<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    Option::<NonZeroU32>::deserialize(deserializer).map(|times| times.map(NonZeroU32::get))
}

fn read_probability<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let probability = f64::deserialize(deserializer)?;
    if (0.0..=1.0).contains(&probability) {
        Ok(probability)
    } else {
        Err(D::Error::custom(format_args!(
            "the probability {probability} is not a number from 0 to 1"
        )))
    }
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
