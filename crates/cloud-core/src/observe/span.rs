//! One `tracing` span for a call and one event for each of its attempts, named as OpenTelemetry names them.
//!
//! Without the feature `tracing` there is nothing here that does anything.

use super::{Attempt, AttemptEnd, Head};
use crate::error::Error;
use crate::transport::BoxFuture;

/// The span of a call.
pub(crate) struct CallSpan(#[cfg(feature = "tracing")] tracing::Span);

#[cfg(feature = "tracing")]
impl CallSpan {
    /// A span for a call, told what its first attempt will be.
    pub(crate) fn new(attempt: &Attempt<'_>) -> Self {
        use tracing::field::Empty;
        let (address, port) = match attempt.host.rsplit_once(':') {
            Some((address, port)) => (address, port.parse::<i64>().ok()),
            None => (attempt.host, None),
        };
        let method = format_args!("{}/{}", attempt.service, attempt.action);
        Self(tracing::info_span!(
            "call",
            "otel.kind" = "client",
            "otel.name" = %method,
            "otel.status_code" = Empty,
            "otel.status_description" = Empty,
            "rpc.system.name" = attempt.provider,
            "rpc.method" = %method,
            "rpc.response.status_code" = Empty,
            "server.address" = address,
            "server.port" = port,
            "cloud.region" = attempt.region,
            "http.request.resend_count" = Empty,
            "http.response.status_code" = Empty,
            "error.type" = Empty,
            "cloud.request_id" = Empty,
        ))
    }

    /// The call, run inside of the span, which is told what it came to.
    pub(crate) fn around<'a>(
        self,
        call: impl Future<Output = Result<Head, Error>> + Send + 'a,
    ) -> BoxFuture<'a, Result<Head, Error>> {
        use tracing::Instrument as _;
        let span = self.0.clone();
        let seen = async move {
            let outcome = call.await;
            self.ended(&outcome);
            outcome
        };
        Box::pin(seen.instrument(span))
    }

    /// An event for an attempt that has ended: a warning if something is wrong that the caller may never hear of.
    pub(crate) fn attempt_ended(attempt: &Attempt<'_>, end: &AttemptEnd<'_>) {
        macro_rules! event {
            ($level:ident, $message:literal) => {
                tracing::event!(
                    tracing::Level::$level,
                    "rpc.method" = %format_args!("{}/{}", attempt.service, attempt.action),
                    "http.request.resend_count" = resent(attempt.number),
                    "http.response.status_code" = end.answer.map(|answer| number(answer.status().as_u16())),
                    "rpc.response.status_code" = end.error.and_then(Error::code),
                    "error.type" = end.error.map(|error| error.kind().as_str()),
                    "cloud.request_id" = end.error.and_then(Error::request_id),
                    took = ?end.took,
                    retry_in = end.retry_in.map(tracing::field::debug),
                    $message
                )
            };
        }
        match (end.error, end.retry_in) {
            (None, _) => event!(DEBUG, "answered"),
            (Some(_), None) => event!(DEBUG, "failed"),
            (Some(_), Some(_)) => event!(WARN, "failed, will be sent again"),
        }
    }

    fn ended(&self, outcome: &Result<Head, Error>) {
        let span = &self.0;
        match outcome {
            Ok(head) => {
                span.record(
                    "http.response.status_code",
                    number(head.answer.status().as_u16()),
                );
                span.record("cloud.request_id", head.request_id.as_deref());
                span.record("http.request.resend_count", resent(head.attempts));
            }
            Err(error) => {
                span.record("otel.status_code", "ERROR");
                span.record("otel.status_description", error.to_string());
                span.record("error.type", error.kind().as_str());
                span.record("rpc.response.status_code", error.code());
                span.record("http.response.status_code", error.status().map(number));
                span.record("cloud.request_id", error.request_id());
                span.record("http.request.resend_count", resent(error.attempts()));
            }
        }
    }
}

/// How many attempts came before, which is left out for the first one.
#[cfg(feature = "tracing")]
fn resent(attempts: u32) -> Option<i64> {
    let before = attempts.checked_sub(1).filter(|before| *before > 0);
    before.map(number)
}

/// As exporters to OpenTelemetry take integers: they write unsigned ones as text.
#[cfg(feature = "tracing")]
fn number(number: impl Into<i64>) -> i64 {
    number.into()
}

#[cfg(not(feature = "tracing"))]
impl CallSpan {
    pub(crate) fn new(_: &Attempt<'_>) -> Self {
        Self()
    }

    pub(crate) fn around<'a>(
        self,
        call: impl Future<Output = Result<Head, Error>> + Send + 'a,
    ) -> BoxFuture<'a, Result<Head, Error>> {
        Box::pin(call)
    }

    pub(crate) fn attempt_ended(_: &Attempt<'_>, _: &AttemptEnd<'_>) {}
}
