//! Instance metadata: a server that only the machine itself can reach, which has keys for the machine's role.
//!
//! On every other machine there is no answer, so questions end after a second. They never go through a proxy, which would be another
//! machine; one that intercepts them and says that it finds no server counts as no server.
//!
//! The default chain asks for metadata without being configured to. There only a well-formed name of a role proves that what answers is
//! a metadata server: anything else may come from whatever stands between, and must not keep later sources from being asked.

use std::time::Duration;

use bytes::Bytes;
use http::header::{HOST, HeaderName, HeaderValue};
use http::uri::PathAndQuery;
use http::{Method, Request, StatusCode};

use super::temporary::Object;
use super::{Credentials, Found, Lookup, Surroundings};
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};
use crate::transport::Direct;

/// What explanations call a source of this kind.
pub(crate) const NAME: &str = "instance metadata";

/// The server is next to the machine: who does not answer by then is not there.
const TIMEOUT: Duration = Duration::from_secs(1);

/// The server, as one source sees it.
pub(crate) struct Server<'a> {
    endpoint: Endpoint,
    surroundings: &'a Surroundings,
    is_probe: bool,
}

/// What a question came to.
pub(crate) enum Reply {
    /// HTTP 200.
    Body(Bytes),
    /// Any other status.
    Status(StatusCode),
    /// No answer, or that of a proxy which found nobody either.
    Nobody(Error),
}

/// What was asked for, unless there is nothing here.
pub(crate) enum Step<T> {
    Got(T),
    /// Nothing, or nobody who would know, and why.
    Absent(String),
}

impl<'a> Server<'a> {
    pub(crate) fn new(address: &str, surroundings: &'a Surroundings) -> Result<Self, Error> {
        let endpoint = Endpoint::parse(address).map_err(|error| error.with_context(NAME))?;
        Ok(Self {
            endpoint,
            surroundings,
            is_probe: false,
        })
    }

    /// Says that it is asked without being configured, so that its answer has to prove what it is.
    pub(crate) fn probe(mut self, is_probe: bool) -> Self {
        self.is_probe = is_probe;
        self
    }

    /// The error, unless it only shows that what answers is no metadata server.
    pub(crate) fn odd<T>(&self, error: Error) -> Result<Step<T>, Error> {
        if self.is_probe {
            Ok(Step::Absent(error.message().to_owned()))
        } else {
            Err(error.with_context(NAME))
        }
    }

    pub(crate) async fn get(
        &self,
        path: &str,
        header: Option<(&'static str, HeaderValue)>,
    ) -> Result<Reply, Error> {
        self.ask(Method::GET, path, header).await
    }

    pub(crate) async fn ask(
        &self,
        method: Method,
        path: &str,
        header: Option<(&'static str, HeaderValue)>,
    ) -> Result<Reply, Error> {
        let mut request = Request::new(Bytes::new());
        *request.method_mut() = method;
        let path = PathAndQuery::try_from(path)
            .map_err(|_| Error::configuration(format!("{NAME}: `{path}` is no path")))?;
        *request.uri_mut() = self.endpoint.at(path)?;
        request.extensions_mut().insert(Direct);
        let headers = request.headers_mut();
        headers.insert(HOST, self.endpoint.host_header()?);
        if let Some((name, value)) = header {
            headers.insert(HeaderName::from_static(name), value);
        }
        Ok(match self.surroundings.send(request, TIMEOUT).await {
            Ok(answer) => match answer.status() {
                StatusCode::OK => Reply::Body(answer.into_body()),
                StatusCode::BAD_GATEWAY
                | StatusCode::SERVICE_UNAVAILABLE
                | StatusCode::GATEWAY_TIMEOUT => Reply::Nobody(self.status(answer.status(), "")),
                status => Reply::Status(status),
            },
            Err(error) => {
                let host = self.endpoint.host();
                let what = format!("no answer from {host}");
                Reply::Nobody(Error::from_transport(error).with_context(&what))
            }
        })
    }

    /// The role that the answer names. Nobody need answer the first question.
    pub(crate) fn role(&self, reply: Reply, is_first: bool) -> Result<Step<String>, Error> {
        match reply {
            Reply::Body(body) => {
                let text = String::from_utf8_lossy(&body);
                let role = text.trim();
                if role.is_empty() {
                    Ok(Step::Absent(NO_ROLE.to_owned()))
                } else if is_role(role) {
                    Ok(Step::Got(role.to_owned()))
                } else {
                    self.odd(self.nonsense("text that is no name of a role"))
                }
            }
            Reply::Status(StatusCode::NOT_FOUND) => Ok(Step::Absent(NO_ROLE.to_owned())),
            Reply::Status(status) => self.odd(self.status(status, "")),
            Reply::Nobody(error) if is_first => Ok(Step::Absent(error.message().to_owned())),
            Reply::Nobody(error) => self.odd(error),
        }
    }

    /// The members of the answer about a role, or about whichever the machine has.
    pub(crate) fn object(
        &self,
        reply: Reply,
        role: Option<&str>,
        is_first: bool,
    ) -> Result<Step<Object>, Error> {
        match reply {
            // Some captive portals have one word for every question.
            Reply::Body(body) if self.is_probe && role.is_some_and(|role| is_text(&body, role)) => {
                self.odd(self.nonsense("the same text to every question"))
            }
            Reply::Body(body) => Object::parse(&body)
                .map(Step::Got)
                .map_err(|problem| self.nonsense(&problem).with_context(NAME)),
            Reply::Status(StatusCode::NOT_FOUND) => match role {
                Some(role) => {
                    let host = self.endpoint.host();
                    Err(Error::configuration(format!(
                        "{NAME}: {host} does not know the role `{role}`: name the one that is bound to this machine, or none"
                    )))
                }
                None => Ok(Step::Absent(NO_ROLE.to_owned())),
            },
            Reply::Status(status) => Err(self.status(status, "").with_context(NAME)),
            Reply::Nobody(error) if is_first => Ok(Step::Absent(error.message().to_owned())),
            Reply::Nobody(error) => Err(error.with_context(NAME)),
        }
    }

    /// The key that the answer about a role has.
    pub(crate) fn found(
        &self,
        key: Result<Credentials, String>,
        role: &str,
    ) -> Result<Lookup, Error> {
        let key = key.map_err(|problem| self.nonsense(&problem).with_context(NAME))?;
        let place = format!("{}, role {role}", self.endpoint.host());
        Ok(Lookup::Found(Found::new(key, place)))
    }

    /// The answer holds something else than it should.
    pub(crate) fn nonsense(&self, found: &str) -> Error {
        let host = self.endpoint.host();
        Error::new(ErrorKind::Decode, format!("{host} answers with {found}"))
    }

    pub(crate) fn surroundings(&self) -> &Surroundings {
        self.surroundings
    }

    /// The error of an answer with a status that says neither yes nor no.
    pub(crate) fn status(&self, status: StatusCode, and: &str) -> Error {
        let kind = match status.as_u16() {
            401 | 403 => ErrorKind::PermissionDenied,
            429 => ErrorKind::Throttled,
            500..=599 => ErrorKind::Unavailable,
            _ => ErrorKind::Decode,
        };
        let host = self.endpoint.host();
        Error::new(
            kind,
            format!("{host} answers with HTTP {}{and}", status.as_u16()),
        )
    }
}

const NO_ROLE: &str = "no role is bound to this machine";

/// A role that a user names becomes a part of a path.
pub(crate) fn check_role(role: &str, from: &str) -> Result<(), Error> {
    if is_role(role) {
        Ok(())
    } else {
        Err(Error::configuration(format!(
            "{NAME}: what {from} says is no name of a role: those have letters, digits and `-_.,=+@` only"
        )))
    }
}

fn is_text(body: &[u8], text: &str) -> bool {
    body.trim_ascii() == text.as_bytes()
}

fn is_role(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.,=+@".contains(&byte);
    text.len() <= 128 && text.bytes().all(is_part) && text.bytes().any(|byte| byte != b'.')
}
