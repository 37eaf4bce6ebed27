//! A token that the provider says has expired: another key, and the same request once more.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use cloud_core::{
    BoxFuture, Client, Effect, ErrorKind, Policy, RawRequest, Service, Stopped, Transport,
    TransportError,
};

use crate::common::memory::{Clock, environment, now};
use crate::common::services::{Hbr, Redis, Udb};
use crate::source::{Scripted, Step};

/// A provider that has forgotten the key `old`.
#[derive(Clone)]
struct Forgetful {
    answer: &'static str,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Transport for Forgetful {
    fn send(
        &self,
        request: http::Request<Bytes>,
        _: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        // Each provider carries the key elsewhere.
        let signed = request.headers().get("authorization");
        let signed = signed.map(|value| value.to_str().unwrap());
        let shown = format!("{:?} {}", request.body(), signed.unwrap_or_default());
        let is_old = shown.contains("old-id");
        self.requests.lock().unwrap().push(shown);
        let answer = if is_old {
            self.answer
        } else {
            r#"{"RetCode":0,"Response":{"RequestId":"r"},"RequestId":"r"}"#
        };
        Box::pin(async move { Ok(http::Response::new(Bytes::from_static(answer.as_bytes()))) })
    }
}

fn client<S: Service>(source: &Scripted, transport: &Forgetful) -> Client<S> {
    Client::builder()
        .environment(environment(&[]))
        .runtime(Clock::new())
        .transport(transport.clone())
        .credential_source(source.clone())
        .region("test")
        .policy(Policy::new().attempts(2))
        .build()
        .unwrap()
}

fn an_expired_token<S: Service>(answer: &'static str) {
    let transport = Forgetful {
        answer,
        requests: Arc::default(),
    };
    let requests = || std::mem::take(&mut *transport.requests.lock().unwrap());

    // A write too: what was refused for its key was not carried out.
    for effect in [Effect::Write, Effect::Read] {
        let source = Scripted::new([Step::Key("old", 3_600), Step::Key("new", 3_600)]);
        let client = client::<S>(&source, &transport).with(|policy| policy.retry_as(effect));
        for attempts in [2, 1] {
            now(client.send(RawRequest::new("Do"))).unwrap();
            let requests = requests();
            assert_eq!(requests.len(), attempts, "{requests:?}");
            assert!(requests.last().unwrap().contains("new-id"));
        }
        assert_eq!(source.loads(), 2);
    }

    // Only another key is worth another attempt, and a source that fails now changes nothing about the answer.
    for second in [Step::Key("old", 7_200), Step::Fail] {
        let source = Scripted::new([Step::Key("old", 3_600), second]);
        let client: Client<S> = client(&source, &transport);
        let error = now(client.send(RawRequest::new("Do"))).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Authentication, "{error}");
        assert_eq!(error.stopped(), Some(Stopped::NotRetryable), "{error}");
        assert_eq!((requests().len(), source.loads()), (1, 2));
    }
}

#[test]
fn an_expired_token_is_replaced() {
    an_expired_token::<Udb>(r#"{"RetCode":174,"Message":"token"}"#);
    an_expired_token::<Redis>(
        r#"{"Response":{"Error":{"Code":"AuthFailure.TokenFailure","Message":"token"},"RequestId":"r"}}"#,
    );
    an_expired_token::<Hbr>(
        r#"{"Code":"InvalidSecurityToken.Expired","Message":"token","RequestId":"r"}"#,
    );
}
