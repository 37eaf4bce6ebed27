//! Spans and events as an exporter to OpenTelemetry needs them: integers that are signed, and a description of what failed.

#![allow(clippy::unwrap_used, reason = "tests say what is wrong by ending")]

use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use cloud_core::blocking::{Client, Transport};
use cloud_core::{Credentials, Environment, RawRequest, TransportError};
use http::{Request, Response};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use ucloud_udb::Udb;

/// The fields that were recorded, with the types that exporters see.
#[derive(Clone, Default)]
struct Recorded(Arc<Mutex<Vec<(&'static str, String)>>>);

impl Recorded {
    fn note(&mut self, field: &Field, value: String) {
        self.0.lock().unwrap().push((field.name(), value));
    }
}

impl Visit for Recorded {
    fn record_i64(&mut self, field: &Field, value: i64) {
        self.note(field, format!("{value} as i64"));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.note(field, format!("{value} as u64"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.note(field, value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.note(field, format!("{value:?}"));
    }
}

impl<S: Subscriber> Layer<S> for Recorded {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        attributes.record(&mut self.clone());
    }

    fn on_record(&self, _: &Id, values: &Record<'_>, _: Context<'_, S>) {
        values.record(&mut self.clone());
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        event.record(&mut self.clone());
    }
}

/// Is out of order once, and then refuses.
struct Refusing(Mutex<u16>);

impl Transport for Refusing {
    fn send(&self, _: Request<Bytes>, _: Duration) -> Result<Response<Bytes>, TransportError> {
        let status = std::mem::replace(&mut *self.0.lock().unwrap(), 200);
        let body = match status {
            200 => r#"{"RetCode":7085,"Message":"no such backup"}"#,
            _ => "busy",
        };
        let answer = Response::builder().status(status);
        Ok(answer.body(Bytes::from(body)).unwrap())
    }
}

/// The only test of this process, so that no other thread decides what is recorded.
#[test]
fn a_failed_call() {
    let recorded = Recorded::default();
    let subscriber = tracing_subscriber::registry().with(recorded.clone());
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let client: Client<Udb> = Client::builder()
        .environment(Environment::from_iter::<[(&str, &str); 0]>([]))
        .credentials(Credentials::new("id", "s3cr3t"))
        .region("cn-bj2")
        .endpoint("http://127.0.0.1:8080")
        .transport(Refusing(Mutex::new(503)))
        .build()
        .unwrap();
    let error = client.send(RawRequest::new("Describe").read()).unwrap_err();

    let recorded = recorded.0.lock().unwrap();
    let values = |name| -> Vec<&str> {
        let of_name = recorded.iter().filter(|(field, _)| *field == name);
        of_name.map(|(_, value)| &**value).collect()
    };
    assert_eq!(values("server.port"), ["8080 as i64"]);
    // Two events and the span.
    let statuses = ["503 as i64", "200 as i64", "200 as i64"];
    assert_eq!(values("http.response.status_code"), statuses);
    assert_eq!(values("http.request.resend_count"), ["1 as i64"; 2]);
    assert_eq!(values("otel.status_code"), ["ERROR"]);
    assert_eq!(values("otel.status_description"), [error.to_string()]);
    assert!(error.to_string().contains("no such backup"), "{error}");
    assert!(!recorded.iter().any(|(_, value)| value.ends_with("as u64")));
}
