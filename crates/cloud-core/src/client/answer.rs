//! From what came back to an answer, or to the error that it means.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, StatusCode};

use super::hints;
use super::shared::Shared;
use crate::envelope::{self, Envelope, Target, Unreadable};
use crate::error::{Error, ErrorKind};
use crate::operation::{Fill, Response};
use crate::protocol::{Protocol, Verdict};
use crate::redact::Redactor;
use crate::service::{Sealed, Service, ServiceInfo};

/// Headers in which a request id travels, for answers whose body does not carry one.
const REQUEST_ID_HEADERS: [&str; 3] = [
    "x-ucloud-request-uuid",
    "x-tc-requestid",
    "x-acs-request-id",
];

/// What is kept of a request id, in bytes.
const LONGEST_NAME: usize = 256;

/// What is looked at to quote the beginning of something that is not the provider's, in bytes.
const LONGEST_QUOTE: usize = 4_096;

/// Reads an answer of the service `S` that was stored or recorded: the body that the provider sent with HTTP 200.
///
/// # Errors
///
/// The error that [`Client::send`](crate::Client::send) would give for this answer.
///
/// ```
/// # #[cfg(feature = "tencent")] {
/// # use cloud_core::{EndpointRule, Service, ServiceInfo, tencent::Tencent};
/// # enum Redis {}
/// # impl Service for Redis {
/// #     type Provider = Tencent;
/// #     const INFO: ServiceInfo = ServiceInfo { name: "redis", version: "2018-04-12", user_agent: "x", endpoints: &[], errors: &[] };
/// # }
/// let body = br#"{"Response": {"TotalCount": 2, "RequestId": "2d4387ee"}}"#;
/// let answer: serde_json::Value = cloud_core::decode::<Redis, _>(body)?;
/// assert_eq!(answer["TotalCount"], 2);
/// # }
/// # Ok::<(), cloud_core::Error>(())
/// ```
pub fn decode<S: Service, R: Response>(body: &[u8]) -> Result<R, Error> {
    let mut response = R::default();
    let reader = Reader {
        service: &S::INFO,
        protocol: S::Provider::protocol(),
        redactor: &Redactor::nothing(),
    };
    response.fill(&mut |target| {
        let read = reader.read(StatusCode::OK, &HeaderMap::new(), body, target);
        read.map(drop)
    })?;
    Ok(response)
}

impl Shared {
    /// Fills the place of an answer and returns its request id, or says why there is no answer.
    pub(super) fn read(
        &self,
        redactor: &Redactor<'_>,
        answer: &http::Response<Bytes>,
        place: &mut dyn Fill,
    ) -> Result<Option<String>, Error> {
        let reader = Reader {
            service: self.service,
            protocol: self.protocol,
            redactor,
        };
        let mut request_id = None;
        place.fill(&mut |target| {
            request_id = reader.read(answer.status(), answer.headers(), answer.body(), target)?;
            Ok(())
        })?;
        Ok(request_id)
    }
}

struct Reader<'a> {
    service: &'static ServiceInfo,
    protocol: &'static dyn Protocol,
    /// Knows what the provider, or a proxy, was sent and may quote.
    redactor: &'a Redactor<'a>,
}

impl Reader<'_> {
    fn read(
        &self,
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
        target: Target<'_>,
    ) -> Result<Option<String>, Error> {
        let wrapping = self.protocol.wrapping();
        let mut envelope = Envelope::default();
        let outcome = envelope::read(body, wrapping, target, &mut envelope);
        let verdict = self.protocol.verdict(&envelope);
        let request_id = envelope.request_id.take();
        let request_id = request_id.or_else(|| request_id_of(headers));
        let error = match (&outcome, verdict) {
            (Ok(()), Verdict::Success) if status.is_success() => {
                return Ok(request_id.map(|id| self.redactor.redact_id(id, LONGEST_NAME)));
            }
            // A body that is not whole proves nothing, whatever stands in the part that came.
            (Ok(()) | Err(Unreadable::Misfit(_)), Verdict::Failure) => {
                self.failure(status, headers, envelope)
            }
            (Err(Unreadable::Misfit(problem)), Verdict::Success) if status.is_success() => {
                Error::new(ErrorKind::Decode, problem)
            }
            (outcome, verdict) => self.foreign(status, headers, body, verdict, outcome.as_ref()),
        };
        let error = error.with_answer(status.as_u16(), request_id);
        Err(error.made_safe(self.redactor))
    }

    /// The provider says that the call failed.
    fn failure(&self, status: StatusCode, headers: &HeaderMap, envelope: Envelope) -> Error {
        let code = envelope.code.unwrap_or_default();
        let of_service = self.service.errors.iter().find(|(known, _)| *known == code);
        let kind = match of_service.map_or_else(|| self.protocol.kind_of(&code), |(_, kind)| *kind)
        {
            ErrorKind::Other => match kind_of_status(status) {
                Some(kind) => kind,
                // Some of Alibaba Cloud's services throttle with codes of their own, but all of them with this header.
                None if hints::is_throttled(headers) => ErrorKind::Throttled,
                None => ErrorKind::Other,
            },
            kind => kind,
        };
        let message = envelope.message.filter(|message| !message.is_empty());
        let message = message.unwrap_or_else(|| format!("{} gave no reason", self.protocol.name()));
        Error::new(kind, message).with_code(Some(code).filter(|code| !code.is_empty()))
    }

    /// The answer is none of the provider's: a proxy's page, a body that was cut off, nothing at all.
    fn foreign(
        &self,
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
        verdict: Verdict,
        outcome: Result<&(), &Unreadable>,
    ) -> Error {
        let kind = kind_of_status(status).unwrap_or(ErrorKind::Decode);
        // With another status there may be nothing that could have been lost on the way.
        let broke_off = match outcome {
            Err(Unreadable::Empty) => status == StatusCode::OK,
            Err(Unreadable::CutOff(_)) => !status.is_redirection(),
            _ => false,
        };
        let what = match (outcome, verdict) {
            (Err(Unreadable::Empty), _) => "an empty body".to_owned(),
            (Err(Unreadable::CutOff(place)), _) => format!("JSON that is cut off ({place})"),
            (Err(Unreadable::NotJson(problem)), _) => match self.excerpt(headers, body) {
                Some(excerpt) => format!("no JSON ({problem}) but {excerpt}"),
                None => format!("broken JSON ({problem})"),
            },
            (_, Verdict::NotAnAnswer(member)) => format!("JSON without `{member}`"),
            (Err(Unreadable::Misfit(problem)), _) => problem.clone(),
            (Ok(()), _) => "no code".to_owned(),
        };
        let place = match headers
            .get(LOCATION)
            .and_then(|location| location.to_str().ok())
        {
            Some(location) if status.is_redirection() => {
                format!(
                    ", a redirection to {}",
                    shorten(&self.redactor.redact(location, LONGEST_QUOTE))
                )
            }
            _ => String::new(),
        };
        let message = format!(
            "expected an answer of {}, got {what}{place}",
            self.protocol.name()
        );
        let error = Error::new(kind, message);
        if broke_off { error.broken_off() } else { error }
    }

    /// What a body that is no JSON begins with, so that one recognises the proxy that wrote it. `None` for a body that was meant to
    /// be JSON: it may be the provider's, and hold what must not be shown.
    fn excerpt(&self, headers: &HeaderMap, body: &[u8]) -> Option<String> {
        let kind = headers
            .get(CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or("text");
        let text = String::from_utf8_lossy(body);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if text.starts_with(['{', '[']) {
            return None;
        }
        // Redacted before it is shortened: a part of a secret is no longer recognised.
        let text = self.redactor.redact(text, LONGEST_QUOTE);
        let words: Vec<&str> = text.split_whitespace().take(40).collect();
        Some(format!("{kind}: {:?}", shorten(&words.join(" "))))
    }
}

/// What a status says when nothing else does.
fn kind_of_status(status: StatusCode) -> Option<ErrorKind> {
    match status.as_u16() {
        429 => Some(ErrorKind::Throttled),
        408 | 500..=599 => Some(ErrorKind::Unavailable),
        _ => None,
    }
}

fn request_id_of(headers: &HeaderMap) -> Option<String> {
    REQUEST_ID_HEADERS
        .iter()
        .find_map(|name| Some(headers.get(*name)?.to_str().ok()?.to_owned()))
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
