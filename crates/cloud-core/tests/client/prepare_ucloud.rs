//! UCloud's signed requests: one form body with everything in it.

use std::collections::BTreeMap;

use cloud_core::Credentials;
use http::Method;
use sha1::{Digest as _, Sha1};

use crate::common::memory::{ID, SECRET, TOKEN, client, now};
use crate::common::services::Udb;
use crate::prepare::{form, full, headers, hex, sensitive};
use crate::{request, success};

/// Names and values in the order of the names, then the key; nothing in between.
fn signature(parameters: &BTreeMap<String, String>) -> String {
    let text: String = parameters
        .iter()
        .filter(|(name, _)| *name != "Signature")
        .flat_map(|(name, value)| [name.as_str(), value.as_str()])
        .chain([SECRET])
        .collect();
    hex(&Sha1::digest(text.as_bytes()))
}

#[test]
fn every_header_and_every_parameter() {
    let client = client::<Udb>(success()).build().unwrap();
    let sent = now(client.prepare(&full())).unwrap();
    assert_eq!(sent.method(), Method::POST);
    assert_eq!(sent.uri(), "https://api.ucloud.cn/");
    assert_eq!(
        headers(&sent),
        BTreeMap::from([
            ("content-type", "application/x-www-form-urlencoded"),
            ("host", "api.ucloud.cn"),
            ("user-agent", "cloud-core-tests/1 udb"),
        ])
    );
    assert_eq!(sensitive(&sent), [""; 0]);

    let parameters = form(sent.body());
    let expected = [
        ("Action", "DescribeBackups"),
        ("ClientIds", r#"["c-1","c \"2\""]"#),
        ("InstanceId", "crs-1"),
        ("Limit", "20"),
        ("Note", "in the form"),
        ("ProjectId", "org-1"),
        ("PublicKey", ID),
        ("Region", "cn-test-1"),
        ("SecurityToken", TOKEN),
        ("Signature", &signature(&parameters)),
        ("Status.0", "2"),
        ("Status.1", "-2"),
        ("Tag.0.Key", "a b*c~d+e"),
        ("Tag.0.Value", "备 😀/?&=%"),
        ("Tag.1.Key", "no value"),
        ("Zone", "cn-test-1-01"),
    ];
    let expected: BTreeMap<String, String> = expected
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    assert_eq!(parameters, expected);
}

#[test]
fn the_body_is_escaped_as_the_official_clients_escape_it() {
    let client = client::<Udb>(success()).build().unwrap();
    let body = now(client.prepare(&full())).unwrap().into_body();
    let body = std::str::from_utf8(&body).unwrap();
    assert!(body.contains("Tag.0.Key=a+b%2Ac~d%2Be&"), "{body}");
    assert!(
        body.contains("Tag.0.Value=%E5%A4%87+%F0%9F%98%80%2F%3F%26%3D%25&"),
        "{body}"
    );
}

#[test]
fn a_permanent_key_has_no_token() {
    let client = client::<Udb>(success())
        .credentials(Credentials::new(ID, SECRET))
        .build()
        .unwrap();
    let parameters = form(now(client.prepare(&request())).unwrap().body());
    assert!(!parameters.contains_key("SecurityToken"));
    assert_eq!(parameters["Signature"], signature(&parameters));
}

#[test]
fn the_key_itself_is_not_sent() {
    let client = client::<Udb>(success()).build().unwrap();
    let sent = now(client.prepare(&request())).unwrap();
    assert!(
        !form(sent.body())
            .values()
            .any(|value| value.contains(SECRET))
    );
}

#[test]
fn a_token_may_hold_any_character() {
    // It travels in the body, where everything can be escaped.
    let client = client::<Udb>(success())
        .credentials(Credentials::new(ID, SECRET).with_token("a\r\nb\u{0}备"))
        .build()
        .unwrap();
    let parameters = form(now(client.prepare(&request())).unwrap().body());
    assert_eq!(parameters["SecurityToken"], "a\r\nb\u{0}备");
    assert_eq!(parameters["Signature"], signature(&parameters));
}

#[test]
fn what_is_prepared_is_what_is_sent() {
    let transport = success();
    let client = client::<Udb>(transport.clone()).build().unwrap();
    let prepared = now(client.prepare(&full())).unwrap();
    now(client.send(full())).unwrap();
    let (sent, _) = &transport.requests()[0];
    assert_eq!(sent.uri(), prepared.uri());
    assert_eq!(sent.headers(), prepared.headers());
    assert_eq!(sent.body(), prepared.body());
}
