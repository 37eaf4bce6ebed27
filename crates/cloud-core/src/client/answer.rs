//! From what came back to an answer, or to the error that it means.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, StatusCode};

use super::call::{Call, Core};
use crate::envelope::{self, Envelope, Target, Unreadable};
use crate::error::{Error, ErrorKind};
use crate::operation::Response;
use crate::protocol::{Protocol, Verdict};
use crate::service::{Sealed, Service, ServiceInfo};

/// Headers in which a request id travels, for answers whose body does not carry one.
const REQUEST_ID_HEADERS: [&str; 3] = [
    "x-ucloud-request-uuid",
    "x-tc-requestid",
    "x-acs-request-id",
];

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
    };
    response.fill(|target| reader.read(StatusCode::OK, &HeaderMap::new(), body, target))?;
    Ok(response)
}

impl Core {
    /// Fills an answer, or says why there is none.
    pub(super) fn read(
        &self,
        call: &Call,
        answer: &http::Response<Bytes>,
        target: Target<'_>,
    ) -> Result<(), Error> {
        let reader = Reader {
            service: self.service,
            protocol: self.protocol,
        };
        reader
            .read(answer.status(), answer.headers(), answer.body(), target)
            .map_err(|error| {
                let error = error.with_call(&call.action, 1);
                match self.signer.get() {
                    // A provider may quote what it was sent.
                    Some(signer) => {
                        error.map_message(|message| signer.credentials().redact(message))
                    }
                    None => error,
                }
            })
    }
}

struct Reader {
    service: &'static ServiceInfo,
    protocol: &'static dyn Protocol,
}

impl Reader {
    fn read(
        &self,
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
        target: Target<'_>,
    ) -> Result<(), Error> {
        let wrapping = self.protocol.wrapping();
        let mut envelope = Envelope::default();
        let outcome = envelope::read(body, wrapping, target, &mut envelope);
        if matches!(outcome, Err(Unreadable::WrongType(_))) {
            // What stands behind the field is not read yet, and a failure that the provider reports matters more.
            envelope = Envelope::default();
            let _ = envelope::read(body, wrapping, Target::Nothing, &mut envelope);
        }
        let request_id = envelope.request_id.clone().or_else(|| request_id(headers));
        let error = match (self.protocol.verdict(&envelope), outcome) {
            (Verdict::Success, Ok(())) if status.is_success() => return Ok(()),
            (Verdict::Failure, _) => self.failure(envelope),
            (Verdict::Success, Err(Unreadable::WrongType(problem))) if status.is_success() => {
                Error::new(ErrorKind::Decode, problem)
            }
            (verdict, outcome) => self.foreign(status, headers, body, verdict, outcome.err()),
        };
        Err(error.with_answer(status.as_u16(), request_id))
    }

    /// The provider says that the call failed.
    fn failure(&self, envelope: Envelope) -> Error {
        let code = envelope.code.unwrap_or_default();
        let of_service = self.service.errors.iter().find(|(known, _)| *known == code);
        let kind = of_service.map_or_else(|| self.protocol.kind_of(&code), |(_, kind)| *kind);
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
        unreadable: Option<Unreadable>,
    ) -> Error {
        let kind = match status.as_u16() {
            429 => ErrorKind::Throttled,
            408 | 500..=599 => ErrorKind::Unavailable,
            _ => ErrorKind::Decode,
        };
        let what = match unreadable {
            Some(Unreadable::Empty) => "an empty body".to_owned(),
            Some(Unreadable::CutOff(place)) => format!("JSON that is cut off ({place})"),
            Some(Unreadable::NotJson(problem)) => {
                format!("no JSON ({problem}) but {}", excerpt(headers, body))
            }
            Some(Unreadable::WrongType(problem)) => problem,
            None => match verdict {
                Verdict::NotAnAnswer(member) => format!("JSON without `{member}`"),
                _ => "no code".to_owned(),
            },
        };
        let place = match headers
            .get(LOCATION)
            .and_then(|location| location.to_str().ok())
        {
            Some(location) if status.is_redirection() => {
                format!(", a redirection to {}", shorten(location))
            }
            _ => String::new(),
        };
        Error::new(
            kind,
            format!(
                "expected an answer of {}, got {what}{place}",
                self.protocol.name()
            ),
        )
    }
}

fn request_id(headers: &HeaderMap) -> Option<String> {
    REQUEST_ID_HEADERS
        .iter()
        .find_map(|name| Some(headers.get(*name)?.to_str().ok()?.to_owned()))
}

/// What a body that is no JSON begins with, so that one recognises the proxy that wrote it.
fn excerpt(headers: &HeaderMap, body: &[u8]) -> String {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or("text");
    let text =
        String::from_utf8_lossy(body.get(..body.len().min(600)).unwrap_or(body)).into_owned();
    format!(
        "{kind}: {:?}",
        shorten(&text.split_whitespace().collect::<Vec<_>>().join(" "))
    )
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
