//! Sources that are asked one after the other.

use std::fmt;
use std::sync::Arc;

use super::explain::{Explanation, Outcome, Tried};
use super::{CredentialSource, Found, Lookup, Settings, Surroundings, Variables};
use crate::error::Error;
use crate::service::Provider;

/// A kind of place in the order that a provider's own tools look for keys in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Slot {
    /// Variables that hold a key.
    Environment,
    /// The profiles of the provider's command line: `~/.ucloud`, `~/.tccli`, `~/.aliyun`.
    Profile,
    /// The file that the provider's SDKs share: `~/.tencentcloud/credentials`, `~/.alibabacloud/credentials`.
    File,
    /// A token of a cluster's, exchanged for a key.
    WebIdentity,
    /// The service inside of a virtual machine that has the key of its role.
    Metadata,
    /// An address that answers with a key.
    Uri,
}

/// Sources in the order in which they are asked: the first that has a key ends the search, and so does one that is broken.
///
/// A client looks where the provider's own tools do, in their order, unless it is given another chain:
///
/// ```
/// # #[cfg(all(feature = "reqwest", feature = "tencent"))] {
/// # use cloud_core::{Client, Service, ServiceInfo};
/// # enum Redis {}
/// # impl Service for Redis {
/// #     type Provider = cloud_core::tencent::Tencent;
/// #     const INFO: ServiceInfo = ServiceInfo { name: "redis", version: "2018-04-12", user_agent: "x", endpoints: &[], errors: &[] };
/// # }
/// use cloud_core::credentials::{Chain, Slot};
/// use cloud_core::tencent::Tencent;
///
/// let client = Client::<Redis>::builder()
///     .credential_chain(Chain::of::<Tencent>().without(Slot::Metadata))
///     .build()?;
/// # }
/// # Ok::<(), cloud_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Chain {
    links: Vec<Link>,
}

#[derive(Clone)]
struct Link {
    /// Which of the provider's places it is. `None` for a source of the user's.
    slot: Option<Slot>,
    source: Arc<dyn CredentialSource>,
}

impl Chain {
    /// Where the provider's own tools look, in their order.
    pub fn of<P: Provider>() -> Self {
        let links = P::protocol().sources().into_iter();
        let links = links.map(|(slot, source)| Link {
            slot: Some(slot),
            source,
        });
        Self {
            links: links.collect(),
        }
    }

    /// Nothing but this source.
    pub(crate) fn only_source(source: Arc<dyn CredentialSource>) -> Self {
        Self {
            links: vec![Link { slot: None, source }],
        }
    }

    /// Does not look there.
    #[must_use]
    pub fn without(mut self, slot: Slot) -> Self {
        self.links.retain(|link| link.slot != Some(slot));
        self
    }

    /// Looks in these of the provider's places alone, still in its order.
    #[must_use]
    pub fn only(mut self, slots: &[Slot]) -> Self {
        let is_wanted = |link: &Link| link.slot.is_none_or(|slot| slots.contains(&slot));
        self.links.retain(is_wanted);
        self
    }

    /// Asks this source before all others.
    #[must_use]
    pub fn first(mut self, source: impl CredentialSource) -> Self {
        let source = Arc::new(source);
        self.links.insert(0, Link { slot: None, source });
        self
    }

    /// What stands beside the keys: for each setting, what the first source says that says something, up to one that can't be
    /// read. That one matters only if something is missing in the end.
    pub(crate) fn settings(&self, surroundings: &Surroundings) -> (Settings, Option<Error>) {
        let mut settled = Settings::default();
        for link in &self.links {
            match link.source.settings(surroundings) {
                Ok(settings) => settled = settled.or(settings),
                Err(error) => return (settled, Some(error)),
            }
        }
        (settled, None)
    }

    /// Asks the sources, and says before which one is asked.
    pub(crate) async fn search(
        &self,
        surroundings: &Surroundings,
        mut asks: impl FnMut(&str) + Send,
    ) -> Search {
        let mut search = Search {
            tried: Vec::with_capacity(self.links.len()),
            found: Ok(None),
            variables: self
                .links
                .iter()
                .any(|link| link.slot == Some(Slot::Environment)),
        };
        for link in &self.links {
            let source = link.source.name().into_owned();
            let outcome = if matches!(search.found, Ok(None)) {
                asks(&source);
                match link
                    .source
                    .load(surroundings)
                    .await
                    .and_then(|lookup| whole(lookup, &source))
                {
                    Ok(Lookup::Absent(why)) => Outcome::Absent(why),
                    Ok(Lookup::Found(mut found)) => {
                        found.warn_if_expired(surroundings.moment());
                        let outcome = Outcome::found(&found);
                        search.found = Ok(Some(found));
                        outcome
                    }
                    Err(error) => {
                        let outcome = Outcome::broken(&error);
                        search.found = Err(error);
                        outcome
                    }
                }
            } else {
                Outcome::NotAsked
            };
            search.tried.push(Tried { source, outcome });
        }
        search
    }
}

/// A key that lacks a half is as good as a broken one.
fn whole(lookup: Lookup, source: &str) -> Result<Lookup, Error> {
    match &lookup {
        Lookup::Found(found) => match found.credentials.missing() {
            Some(half) => Err(Error::configuration(format!(
                "{source}: the key in {} has an empty {half}",
                found.place
            ))),
            None => Ok(lookup),
        },
        Lookup::Absent(_) => Ok(lookup),
    }
}

/// What came of asking the sources.
pub(crate) struct Search {
    tried: Vec<Tried>,
    found: Result<Option<Found>, Error>,
    /// Whether variables were looked at.
    variables: bool,
}

impl Search {
    /// What was found, or why there is nothing and what can be done about it.
    pub(crate) fn into_found(self, variables: &Variables) -> Result<Found, Error> {
        if let Some(found) = self.found? {
            return Ok(found);
        }
        let set = match variables.keys.first() {
            Some(key) if self.variables => format!("set {} and {}, or ", key.id, key.secret),
            _ => String::new(),
        };
        let tried: Vec<String> = self.tried.iter().map(Tried::in_short).collect();
        Err(Error::configuration(format!(
            "no credentials: {set}give them to the client with `Client::builder().credentials(…)`; looked at {}",
            tried.join(", ")
        )))
    }

    /// All of it, for people.
    pub(crate) fn explanation(self, provider: &'static str) -> Explanation {
        Explanation {
            provider,
            tried: self.tried,
            settings: Settings::default(),
        }
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sources = self.links.iter().map(|link| &link.source);
        formatter.debug_list().entries(sources).finish()
    }
}
