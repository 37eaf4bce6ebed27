//! A network that answers by address, and the outcome of asking a source in it as one line.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use cloud_core::credentials::{Lookup, Surroundings};
use cloud_core::{BoxFuture, CredentialSource, Delivery, Transport, TransportError, UnixSeconds};
use http::{Request, Response};

use crate::common::memory::{Clock, environment, now};
pub(crate) use crate::common::memory::{ID, NOW, SECRET, TOKEN};

/// What a question gets.
#[derive(Clone)]
pub(crate) enum Answer {
    Body(String),
    Status(u16),
    /// Nobody is there, and no byte left.
    Refused,
    /// Nobody answers in time.
    Silent,
}

/// Any text is the body of an HTTP 200.
impl<T: Into<String>> From<T> for Answer {
    fn from(body: T) -> Self {
        Self::Body(body.into())
    }
}

/// Answers to `GET /path`; the first line for a question counts, and questions that no line is for get HTTP 404.
#[derive(Clone, Default)]
pub(crate) struct World {
    answers: Vec<(String, Answer)>,
    variables: Vec<(&'static str, &'static str)>,
    requests: Arc<Mutex<Vec<Request<Bytes>>>>,
}

impl World {
    pub(crate) fn answer(mut self, question: &str, answer: impl Into<Answer>) -> Self {
        self.answers.push((question.to_owned(), answer.into()));
        self
    }

    pub(crate) fn variable(mut self, name: &'static str, value: &'static str) -> Self {
        self.variables.push((name, value));
        self
    }

    pub(crate) fn variables(&self) -> &[(&'static str, &'static str)] {
        &self.variables
    }

    /// What was asked, without secrets: `GET http://host/path header: value`.
    pub(crate) fn requests(&self) -> Vec<Request<Bytes>> {
        self.requests.lock().unwrap().clone()
    }

    /// What was asked, as `GET http://host/path`.
    pub(crate) fn questions(&self) -> Vec<String> {
        let requests = self.requests();
        let line = |request: &Request<Bytes>| format!("{} {}", request.method(), request.uri());
        requests.iter().map(line).collect()
    }

    pub(crate) fn load(&self, source: &dyn CredentialSource) -> Result<Lookup, cloud_core::Error> {
        let surroundings =
            Surroundings::new(environment(&self.variables), self.clone(), Clock::new());
        now(source.load(&surroundings))
    }

    /// What comes of asking, in one line that holds no secret.
    pub(crate) fn outcome(&self, source: &dyn CredentialSource) -> String {
        let outcome = self.load(source);
        let mut seen = format!("{source:?} {} {outcome:?}", source.name());
        seen.extend(self.questions());
        let line = match &outcome {
            Ok(Lookup::Found(found)) => {
                let key = &found.credentials;
                assert_eq!(key.id(), ID);
                assert_eq!(key.secret().expose(), SECRET);
                let is_temporary = match key.token() {
                    Some(token) => {
                        assert_eq!(token.expose(), TOKEN);
                        "temporary "
                    }
                    None => "",
                };
                let until = key
                    .expires()
                    .map(|time| format!(" until {}", UnixSeconds::from(time)));
                let until = until.unwrap_or_default();
                format!("{is_temporary}key{until}: {}", found.place)
            }
            Ok(Lookup::Absent(reason)) => format!("absent: {reason}"),
            Err(error) => format!("{}: {error}", error.kind().as_str()),
        };
        seen.push_str(&line);
        for secret in [SECRET, TOKEN, OTHER_SECRET, PROOF] {
            assert!(!seen.contains(secret), "{secret} is in {seen}");
        }
        line
    }
}

impl Transport for World {
    fn send(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let question = format!("{} {}", request.method(), request.uri().path());
        self.requests.lock().unwrap().push(request);
        let found = self.answers.iter().find(|(known, _)| *known == question);
        let answer = match found.map(|(_, answer)| answer) {
            Some(Answer::Body(body)) => Ok(Response::new(Bytes::from(body.clone()))),
            Some(Answer::Status(status)) => Ok(status_only(*status)),
            None => Ok(status_only(404)),
            Some(Answer::Refused) => {
                Err(TransportError::new(Delivery::NotSent, "connection refused"))
            }
            Some(Answer::Silent) => {
                let message = format!("nothing within {} s", timeout.as_secs());
                Err(TransportError::new(Delivery::MaybeSent, message).timeout())
            }
        };
        Box::pin(async { answer })
    }
}

/// Even a page about a failure may quote a secret.
fn status_only(status: u16) -> Response<Bytes> {
    let page = format!("<html>{SECRET}</html>");
    let answer = Response::builder().status(status);
    answer.body(Bytes::from(page)).unwrap()
}

/// The half of another key that signs, with which a role is taken.
pub(crate) const OTHER_SECRET: &str = "oThEr/SeCrEt";

/// A token of somebody else's, with which a role is taken.
pub(crate) const PROOF: &str = "eyJhbGciOi.JSUzI1NiIs.InR5cCI6IkpXVCJ9";

/// A header of a request, as text.
pub(crate) fn header<'a>(request: &'a Request<Bytes>, name: &str) -> &'a str {
    request
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}
