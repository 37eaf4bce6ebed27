//! Providers and proxies may quote what they were sent; an error never does.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use cloud_core::{
    AsValue as _, Credentials, Effect, Error, Field, Json, Metadata, Operation, Params, RawRequest,
    Record, Scope, Secret, Service, Value, decode,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::common::memory::{ID, SECRET, TOKEN, answer, client, now};
use crate::common::services::{Hbr, Redis, Udb};
use crate::{failure, failures};

fn shows_no_secret(error: &Error) {
    for shown in [
        error.to_string(),
        error.message().to_owned(),
        format!("{error:?}"),
        format!("{error:#?}"),
    ] {
        assert!(!shown.contains(SECRET), "{shown}");
        assert!(!shown.contains(TOKEN), "{shown}");
    }
}

#[test]
fn a_message_that_quotes_the_key_or_the_token() {
    let quote = format!("{ID}:{SECRET}/{SECRET} and {TOKEN}.");
    let shown = format!("{ID}:[secret]/[secret] and [secret].");
    for error in [
        failure::<Udb>(&answer(
            200,
            &[],
            format!(r#"{{"RetCode":171,"Message":"{quote}"}}"#),
        )),
        failure::<Redis>(&answer(
            200,
            &[],
            format!(
                r#"{{"Response":{{"Error":{{"Code":"AuthFailure","Message":"{quote}"}},"RequestId":"r"}}}}"#
            ),
        )),
        failure::<Hbr>(&answer(
            400,
            &[],
            format!(r#"{{"Code":"SignatureDoesNotMatch","Message":"{quote}"}}"#),
        )),
    ] {
        assert_eq!(error.message(), shown);
        shows_no_secret(&error);
    }
}

#[test]
fn a_page_that_quotes_the_request() {
    for text in [SECRET, TOKEN] {
        let page = format!("<p>blocked: {text}</p>");
        let location = format!("https://login.example/?SecurityToken={text}");
        for (_, error) in failures(&answer(302, &[("Location", &location)], page)) {
            shows_no_secret(&error);
            assert_eq!(error.message().matches("[secret]").count(), 2, "{error}");
        }
    }
}

#[test]
fn a_page_that_quotes_the_request_where_the_quotation_is_shortened() {
    // Wherever the shortened text ends, no telling part of the secret may be left before its end.
    for before in 90..125 {
        let page = "x".repeat(before) + SECRET;
        for (_, error) in failures(&answer(403, &[], page)) {
            let shown = error.to_string();
            assert!(!shown.contains(&SECRET[..8]), "{before}: {shown}");
        }
    }
}

#[test]
fn a_page_that_quotes_a_token_longer_than_what_is_shown_of_it() {
    // Tokens of temporary keys have hundreds of characters.
    let token = "0123456789abcdef".repeat(40);
    let page = answer(403, &[], format!("blocked: SecurityToken={token}&x"));
    let client = client::<Udb>(page)
        .credentials(Credentials::new(ID, SECRET).with_token(token.as_str()))
        .build()
        .unwrap();
    let error = now(client.send(RawRequest::new("A"))).unwrap_err();
    assert!(!error.to_string().contains(&token[..16]), "{error}");
}

#[test]
fn a_field_of_the_wrong_type_that_holds_the_key() {
    let body = format!(r#"{{"RetCode":0,"TotalCount":"{SECRET}"}}"#);
    let error = failure::<Udb>(&answer(200, &[], body));
    shows_no_secret(&error);
    assert!(
        error
            .message()
            .starts_with("TotalCount: expected an integer"),
        "{error}"
    );
}

/// The ways in which a provider or a proxy may write what it was sent.
fn spellings(secret: &str) -> Vec<String> {
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let twice = utf8_percent_encode(&percent, NON_ALPHANUMERIC).to_string();
    let lower = secret
        .replace('/', "%2f")
        .replace('=', "%3d")
        .replace('+', "%2b");
    let escaped: String = secret
        .chars()
        .map(|one| format!("\\u{:04x}", u32::from(one)))
        .collect();
    vec![
        secret.to_owned(),
        lower,
        percent,
        twice,
        escaped,
        secret.replace('/', "\\/"),
        secret.replace('=', "&#61;").replace('+', "&#x2B;"),
        STANDARD.encode(secret),
        STANDARD.encode(format!("{ID}:{secret}")),
        URL_SAFE_NO_PAD.encode(format!("SecurityToken={secret}&x")),
    ]
}

/// No part of a secret by which one could tell it, however it is written.
fn shows_no_spelling(error: &Error, secret: &str, spelled: &str) {
    let source = std::error::Error::source(error);
    for shown in [
        error.to_string(),
        error.message().to_owned(),
        error.code().unwrap_or_default().to_owned(),
        error.request_id().unwrap_or_default().to_owned(),
        format!("{error:?}"),
        format!("{error:#?}"),
        format!("{source:?}"),
    ] {
        assert!(!shown.contains(spelled), "{spelled}: {shown}");
        assert!(!shown.contains(&secret[..8]), "{spelled}: {shown}");
    }
}

#[test]
fn whatever_the_spelling_and_the_place() {
    for secret in [SECRET, TOKEN] {
        for spelled in spellings(secret) {
            let json = Json::from(spelled.as_str());
            for body in [
                format!(
                    r#"{{"RetCode":171,"Code":{json},"Success":false,"RequestId":{json},"Message":{json},"Response":{{"Error":{{"Code":{json},"Message":{json}}},"RequestId":{json}}}}}"#
                ),
                format!(
                    r#"{{"RetCode":{json},"Code":{json},"Response":{{"Error":{json}}},"RequestId":"r"}}"#
                ),
                format!(
                    r#"{{"RetCode":0,"Success":true,"TotalCount":{json},"RequestId":"r","Response":{{"TotalCount":{json},"RequestId":"r"}}}}"#
                ),
                format!(
                    r#"{{"RetCode":0,"Success":true,"Place":{{"Rooms":[{json}]}},"RequestId":"r","Response":{{"Place":{json},"RequestId":{json}}}}}"#
                ),
                format!(
                    r#"{{"RetCode":0,"Success":{json},"Status":{json},"RequestId":"r","Response":{json}}}"#
                ),
                json.to_string(),
                format!("[{json}]"),
                spelled.clone(),
                format!("<html>blocked: {spelled}</html>"),
            ] {
                for status in [200, 403, 502] {
                    let location =
                        format!("https://login.example/{}", spelled.replace('\\', "%5c"));
                    let headers = [
                        ("location", location.as_str()),
                        ("content-type", spelled.as_str()),
                        ("x-ucloud-request-uuid", spelled.as_str()),
                        ("x-tc-requestid", spelled.as_str()),
                        ("x-acs-request-id", spelled.as_str()),
                    ];
                    for (_, error) in failures(&answer(status, &headers, &body)) {
                        shows_no_spelling(&error, secret, &spelled);
                    }
                }
            }
            let redirection = answer(
                302,
                &[("location", &format!("/?t={}", spelled.replace('\\', "%5c")))],
                "",
            );
            for (_, error) in failures(&redirection) {
                shows_no_spelling(&error, secret, &spelled);
            }
        }
    }
}

/// A request with a secret among its parameters.
struct ResetPassword(Secret);

impl Record for ResetPassword {
    fn fields(&self) -> &'static [Field] {
        &const { [Field::new("Password")] }
    }

    fn value(&self, index: usize) -> Value<'_> {
        if index == 0 {
            self.0.value()
        } else {
            Value::Absent
        }
    }
}

impl<S: Service> Operation<S> for ResetPassword {
    type Response = Json;

    fn metadata(&self) -> Metadata<'_> {
        Metadata::new("ResetPassword", Effect::Write)
    }

    fn scope(&self) -> Scope<'_> {
        Scope::default()
    }

    fn encode(&self, params: &mut Params) {
        params.record(self);
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

#[test]
fn a_message_that_quotes_a_secret_of_the_request() {
    fn check<S: Service>(body: &str) {
        let client = client::<S>(answer(200, &[], body)).build().unwrap();
        let error = now(client.send(ResetPassword("correct horse".into()))).unwrap_err();
        assert_eq!(error.message(), "[secret] is too weak");
    }
    let message = r#""Message":"correct%20horse is too weak""#;
    check::<Udb>(&format!(r#"{{"RetCode":160,{message}}}"#));
    check::<Redis>(&format!(
        r#"{{"Response":{{"Error":{{"Code":"InvalidParameter",{message}}},"RequestId":"r"}}}}"#
    ));
    check::<Hbr>(&format!(
        r#"{{"Code":"InvalidPassword",{message},"RequestId":"r"}}"#
    ));
}

#[test]
fn a_request_with_a_secret_is_sent_with_it() {
    let tencent = answer(200, &[], r#"{"Response":{"RequestId":"r"}}"#);
    let client = client::<Redis>(tencent.clone()).build().unwrap();
    now(client.send(ResetPassword("correct horse".into()))).unwrap();
    let sent = tencent.requests()[0].0.body().clone();
    assert_eq!(&sent[..], br#"{"Password":"correct horse"}"#);
}

#[test]
fn a_request_id_that_is_a_secret() {
    let body = format!(r#"{{"Response":{{"RequestId":"{TOKEN}"}}}}"#);
    let client = client::<Redis>(answer(200, &[], body)).build().unwrap();
    let exchange = now(client.exchange(RawRequest::new("A"))).unwrap();
    assert_eq!(exchange.request_id(), Some("[secret]"));
}

#[test]
fn a_stored_answer_is_quoted_within_bounds_too() {
    let long = "x".repeat(1 << 20);
    let error = decode::<Udb, Json>(format!(r#"{{"RetCode":171,"Message":"{long}"}}"#).as_bytes());
    assert!(error.unwrap_err().message().len() < 5_000);
}
