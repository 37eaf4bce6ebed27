//! A function as a source of keys.

use std::borrow::Cow;
use std::fmt;
use std::future::Future;

use super::{CredentialSource, Credentials, Found, Lookup, Surroundings};
use crate::error::Error;
use crate::transport::BoxFuture;

/// A source of keys of your own, made of a function. It is asked again before the key that it gave
/// [expires](Credentials::expires_at).
///
/// ```
/// use cloud_core::Credentials;
/// use cloud_core::credentials::CredentialFn;
///
/// let vault = CredentialFn::new("the vault", || async {
///     let secret = std::fs::read_to_string("/run/secrets/key")?;
///     Ok::<_, std::io::Error>(Credentials::new("AKIDexample", secret.trim()))
/// });
/// ```
///
/// With a blocking client, the function may block instead of awaiting. A place that may have no key at all, or settings beside it, is
/// a [`CredentialSource`] of its own.
pub struct CredentialFn<F> {
    name: Cow<'static, str>,
    function: F,
}

impl<F> CredentialFn<F> {
    /// A source with the name that explanations call it. The text of an error is shown, so it must hold no secret.
    pub fn new<R, E>(name: impl Into<Cow<'static, str>>, function: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<Credentials, E>> + Send + 'static,
        E: fmt::Display,
    {
        Self {
            name: name.into(),
            function,
        }
    }
}

impl<F, R, E> CredentialSource for CredentialFn<F>
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<Credentials, E>> + Send + 'static,
    E: fmt::Display,
{
    fn name(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.name)
    }

    fn load<'a>(&'a self, _: &'a Surroundings) -> BoxFuture<'a, Result<Lookup, Error>> {
        Box::pin(async move {
            match (self.function)().await {
                Ok(credentials) => Ok(Lookup::Found(Found::new(credentials, self.name.clone()))),
                Err(error) => Err(Error::configuration(format!("{}: {error}", self.name))),
            }
        })
    }
}

impl<F> fmt::Debug for CredentialFn<F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("CredentialFn")
            .field(&self.name)
            .finish()
    }
}
