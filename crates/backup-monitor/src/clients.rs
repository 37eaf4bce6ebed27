//! Clients: one for each account and region, made when something is to be asked there.

use std::collections::HashMap;

use cloud_core::{Client, Credentials, Environment, Error, RateLimiter, ReqwestTransport, Service};

use crate::checks::{Check, Question};
use crate::config::{Account, Config, Variables};
use crate::row::{Problem, Subject};

/// What clients are made from.
pub(crate) struct Factory<'a> {
    config: &'a Config,
    environment: &'a Environment,
    /// All clients share their connections.
    transport: ReqwestTransport,
    /// The limits of the providers hold for an account.
    limiters: HashMap<&'a str, RateLimiter>,
}

impl<'a> Factory<'a> {
    /// What is needed for the accounts of a configuration, with their keys in this environment.
    ///
    /// # Errors
    ///
    /// Requests can't be sent at all.
    pub(crate) fn new(config: &'a Config, environment: &'a Environment) -> Result<Self, Error> {
        let names = config.accounts.keys();
        Ok(Self {
            config,
            environment,
            transport: ReqwestTransport::new()?,
            limiters: names.map(|name| (&**name, RateLimiter::new())).collect(),
        })
    }

    fn client<S: Service>(&self, name: &str, region: &str) -> Result<Client<S>, Problem> {
        let account = self.config.accounts.get(name);
        // The configuration is read before, so this is never shown.
        let account = account.ok_or_else(|| Problem::new("configuration", "no such account"))?;
        let limiter = self.limiters.get(name).cloned().unwrap_or_default();
        let mut builder = Client::<S>::builder()
            .transport(self.transport.clone())
            .rate_limiter(limiter)
            .region(region);
        builder = match credentials(account, self.environment)? {
            // Whose key is named is another account than that of the environment, whose project and endpoint are not its own.
            Some(credentials) => builder
                .environment(Environment::from_iter::<[(&str, &str); 0]>([]))
                .credentials(credentials),
            None => builder.environment(self.environment.clone()),
        };
        if let Some(endpoint) = &account.endpoint {
            builder = builder.endpoint(endpoint);
        }
        builder.build().map_err(|error| Problem::from(&error))
    }
}

/// The key in the variables that the configuration names, if it names any.
fn credentials(
    account: &Account,
    environment: &Environment,
) -> Result<Option<Credentials>, Problem> {
    let Some(Variables { id, secret, token }) = &account.keys else {
        return Ok(None);
    };
    let value = |name: &str| match environment.get(name) {
        Ok(Some(value)) => Ok(value),
        Ok(None) => {
            let message = format!("the environment variable {name} is not set");
            Err(Problem::new("configuration", message))
        }
        Err(error) => Err(Problem::from(&error)),
    };
    let credentials = Credentials::new(value(id)?, value(secret)?);
    Ok(Some(match token {
        Some(token) => credentials.with_token(value(token)?),
        None => credentials,
    }))
}

/// The clients of one service: one for each account and region.
pub(crate) struct Clients<'a, S> {
    factory: &'a Factory<'a>,
    made: HashMap<(String, String), Result<Client<S>, Problem>>,
}

impl<'a, S: Service> Clients<'a, S> {
    pub(crate) fn new(factory: &'a Factory<'a>) -> Self {
        Self {
            factory,
            made: HashMap::new(),
        }
    }

    /// The check that asks this about that. Without a client to ask with it says why there is none.
    pub(crate) fn check(
        &mut self,
        subject: Subject,
        question: impl FnOnce(Client<S>) -> Question,
    ) -> Check {
        let key = (subject.account.clone(), subject.region.clone());
        let make = || self.factory.client(&subject.account, &subject.region);
        let client = self.made.entry(key).or_insert_with(make);
        let question = match client {
            Ok(client) => question(client.clone()),
            Err(problem) => Question::Unaskable(problem.clone()),
        };
        Check { subject, question }
    }
}
