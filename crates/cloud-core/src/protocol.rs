//! What the three providers do differently, behind one trait.

use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use http::header::{HeaderName, HeaderValue, USER_AGENT};
use http::{HeaderMap, Request};

use crate::credentials::{CredentialSource, Credentials, Slot, Variables};
use crate::endpoint::Endpoint;
use crate::envelope::{Envelope, Level};
use crate::error::{Error, ErrorKind};
use crate::operation::Scope;
use crate::params::{Params, Style};
use crate::service::ServiceInfo;

/// One provider: how requests are written and signed, how answers are wrapped, what its error codes mean.
pub(crate) trait Protocol: Send + Sync {
    /// The provider's name, for messages.
    fn name(&self) -> &'static str;

    /// The provider's name, for machines, as OpenTelemetry spells it.
    fn id(&self) -> &'static str;

    /// How it takes parameters.
    fn style(&self) -> Style;

    /// The environment variables of its own tools.
    fn variables(&self) -> &'static Variables;

    /// Where its own tools look for keys, in their order.
    fn sources(&self) -> Vec<(Slot, Arc<dyn CredentialSource>)>;

    /// How it wraps its answers.
    fn wrapping(&self) -> &'static Level;

    /// What the wrapping of an answer says.
    fn verdict(&self, envelope: &Envelope) -> Verdict;

    /// What one of its own error codes means. A service's codes are looked up before.
    fn kind_of(&self, code: &str) -> ErrorKind;

    /// What would help against one of its own error codes, beside waiting.
    fn remedy(&self, code: &str) -> Option<Remedy>;

    /// A signer for these credentials.
    fn signer(&self, credentials: Credentials) -> Arc<dyn Signer>;
}

/// What the wrapping of an answer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Success,
    Failure,
    /// The provider always sends the member that is named here; without it somebody else answered.
    NotAnAnswer(&'static str),
}

/// What a client can mend by itself when its signature is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Remedy {
    /// The time of the signature is too far from the provider's.
    SetClock,
    /// The provider has seen the nonce before.
    NewNonce,
    /// The token has expired.
    RenewKey,
}

/// Credentials with whatever can be computed from them once for many requests.
pub(crate) trait Signer: Send + Sync {
    /// The request, ready to be sent.
    fn sign(&self, request: &Unsigned<'_>) -> Result<Request<Bytes>, Error>;

    /// The credentials that it signs with.
    fn credentials(&self) -> &Credentials;
}

/// Everything that a signature depends on but the credentials.
pub(crate) struct Unsigned<'a> {
    pub(crate) service: &'static ServiceInfo,
    pub(crate) action: &'a str,
    pub(crate) scope: Scope<'a>,
    pub(crate) params: &'a Params,
    pub(crate) endpoint: &'a Endpoint,
    /// The language of messages. Only Tencent Cloud knows the choice.
    pub(crate) language: Option<&'a str>,
    pub(crate) now: SystemTime,
    pub(crate) nonce: u128,
}

impl Unsigned<'_> {
    /// A POST request without a body yet, with the headers that all providers get.
    pub(crate) fn post(
        &self,
        query: &str,
        headers: HeaderMap,
        body: impl Into<Bytes>,
    ) -> Result<Request<Bytes>, Error> {
        let mut request = Request::new(body.into());
        *request.method_mut() = http::Method::POST;
        *request.uri_mut() = self.endpoint.uri(query)?;
        *request.headers_mut() = headers;
        request
            .headers_mut()
            .insert(http::header::HOST, self.endpoint.host_header()?);
        let user_agent = self.service.user_agent;
        insert_constant_header(request.headers_mut(), USER_AGENT, user_agent)?;
        Ok(request)
    }
}

/// Adds a header whose value may hold characters that no header can carry.
pub(crate) fn insert_header(
    headers: &mut HeaderMap,
    name: &'static str,
    value: &str,
) -> Result<(), Error> {
    headers.insert(HeaderName::from_static(name), header_value(name, value)?);
    Ok(())
}

/// The same for a value that lives as long as the program, which is not copied.
pub(crate) fn insert_constant_header(
    headers: &mut HeaderMap,
    name: HeaderName,
    value: &'static str,
) -> Result<(), Error> {
    // `from_static` panics for all others.
    let is_plain = value.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let value = if is_plain {
        HeaderValue::from_static(value)
    } else {
        header_value(name.as_str(), value)?
    };
    headers.insert(name, value);
    Ok(())
}

/// The same for a value that must not be shown.
pub(crate) fn insert_secret_header(
    headers: &mut HeaderMap,
    name: &'static str,
    value: &str,
) -> Result<(), Error> {
    let mut value = header_value(name, value)?;
    value.set_sensitive(true);
    headers.insert(HeaderName::from_static(name), value);
    Ok(())
}

fn header_value(name: &str, value: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(value).map_err(|_| {
        Error::configuration(format!(
            "the header {name} can't carry this value: it holds control characters"
        ))
    })
}
