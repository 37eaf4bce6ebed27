//! Security token services: they give a temporary key to those who may take a role.
//!
//! They are services of the provider like any other, so a client asks them: with signatures, attempts and a corrected clock.

use std::path::Path;
use std::time::Duration;

use serde_json::Value as Json;

use super::temporary::{Names, Object};
use super::{CredentialSource, Credentials, Environment, Found, Lookup, Surroundings};
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::policy::Policy;
use crate::raw::RawRequest;
use crate::secret::Secret;
use crate::service::Service;
use crate::time::UnixMillis;

/// Calls wait for the key, so this ends earlier than a call would.
const POLICY: Policy = Policy::new().deadline(Duration::from_secs(20));

/// What explanations call a source that takes a role.
pub(crate) fn source_name(role: &str) -> String {
    format!("role {role}")
}

/// A role that is being taken.
pub(crate) struct Role {
    pub(crate) name: String,
    pub(crate) session: Option<String>,
}

impl Role {
    pub(crate) fn source_name(&self) -> String {
        source_name(&self.name)
    }

    /// The name of the session: digits behind the name of this crate, as the providers' SDKs make theirs.
    pub(crate) fn session(&self, surroundings: &Surroundings) -> String {
        self.session.clone().unwrap_or_else(|| {
            let UnixMillis(millis) = surroundings.now().into();
            format!("{}-{millis}", env!("CARGO_PKG_NAME"))
        })
    }

    /// The key to take the role with, and the place where it was found.
    pub(crate) async fn inner_key(
        &self,
        source: &dyn CredentialSource,
        surroundings: &Surroundings,
    ) -> Result<Found, Error> {
        match source.load(surroundings).await? {
            Lookup::Found(found) => Ok(found),
            Lookup::Absent(reason) => Err(Error::configuration(format!(
                "{}: there is no key to take it with: {}: {reason}",
                self.source_name(),
                source.name()
            ))),
        }
    }

    /// What was found. The warnings about the key that the role was taken with are still true.
    pub(crate) fn found(&self, key: Credentials, with: Found) -> Lookup {
        let place = format!("{}, taken with {}", self.source_name(), with.place);
        let mut found = Found::new(key, place);
        found.warnings = with.warnings;
        Lookup::Found(found)
    }

    /// The same if it was taken with the token in this file.
    pub(crate) fn found_by_token(&self, key: Credentials, file: &Path) -> Lookup {
        let (role, file) = (self.source_name(), file.display());
        Lookup::Found(Found::new(
            key,
            format!("{role}, taken with the token in {file}"),
        ))
    }
}

/// Who calls, and where to.
pub(crate) struct Caller<'a> {
    pub(crate) surroundings: &'a Surroundings,
    pub(crate) credentials: Credentials,
    pub(crate) region: Option<&'a str>,
    /// Unless it is the service's usual one.
    pub(crate) endpoint: Option<&'a str>,
}

impl Caller<'_> {
    /// Asks for a key. Asking twice does no harm: it gives two keys.
    pub(crate) async fn ask<S: Service>(
        self,
        role: &Role,
        action: &'static str,
        parameters: impl IntoIterator<Item = (&'static str, Json)>,
    ) -> Result<Object, Error> {
        let mut request = RawRequest::<S>::new(action).read();
        for (name, value) in parameters {
            request = request.param(name, value);
        }
        let mut client = Client::<S>::builder()
            .environment(Environment::from_iter::<[(&str, &str); 0]>([]))
            .credentials(self.credentials)
            .policy(POLICY);
        client.settings.region = self.region.map(str::to_owned);
        client.settings.endpoint = self.endpoint.map(str::to_owned);
        client.settings.transport = Some(self.surroundings.transport());
        client.settings.runtime = Some(self.surroundings.runtime());
        // One clock is wrong for both.
        client.settings.skew = self.surroundings.skew();
        let in_context = |error: Error| error.with_context(&role.source_name());
        let answer = client.build().map_err(in_context)?.send(request).await;
        Object::of(answer.map_err(in_context)?).map_err(|problem| no_key(role, &problem))
    }
}

/// The key in the member `Credentials`.
pub(crate) fn key(role: &Role, names: &Names, mut answer: Object) -> Result<Credentials, Error> {
    let key = answer.object("Credentials").and_then(|mut key| {
        // Tencent Cloud writes the end of a key beside it.
        key.move_from(&mut answer, names.expires);
        key.key(names)
    });
    key.map_err(|problem| no_key(role, &problem))
}

fn no_key(role: &Role, problem: &str) -> Error {
    let what = role.source_name();
    Error::new(
        ErrorKind::Decode,
        format!("{what}: the answer has {problem}"),
    )
}

/// The values of these variables, which belong together; the reason if none is set. Those of `shared` are set for other purposes too,
/// so that one of them alone says nothing.
pub(crate) fn variables<const N: usize>(
    surroundings: &Surroundings,
    names: [&str; N],
    shared: &[&str],
) -> Result<Result<[String; N], String>, Error> {
    let mut values = [const { String::new() }; N];
    let (mut set, mut unset) = (None, None);
    for (value, name) in values.iter_mut().zip(names) {
        match surroundings.variable(name)? {
            Some(found) => {
                *value = found;
                set = set.or(Some(name).filter(|name| !shared.contains(name)));
            }
            None => unset = unset.or(Some(name)),
        }
    }
    match (set, unset) {
        (_, None) => Ok(Ok(values)),
        (None, Some(unset)) => Ok(Err(format!("{unset} is not set"))),
        (Some(set), Some(unset)) => Err(Error::configuration(format!(
            "the environment has {set} but not {unset}: set both, or neither"
        ))),
    }
}

/// The token in a file, as it is now.
pub(crate) fn token(
    role: &Role,
    path: &Path,
    surroundings: &Surroundings,
) -> Result<Secret, Error> {
    let broken = |problem: &str| {
        let (what, path) = (role.source_name(), path.display());
        Error::configuration(format!(
            "{what}: the file with the token, {path}, {problem}"
        ))
    };
    let file = surroundings
        .read(path)
        .map_err(|error| error.with_context(&role.source_name()))?
        .ok_or_else(|| broken("does not exist"))?;
    match file.text.expose().trim() {
        "" => Err(broken("is empty")),
        token => Ok(Secret::from(token)),
    }
}
