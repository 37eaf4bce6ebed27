//! Alibaba Cloud's signed requests: a query, a form body, and ACS3-HMAC-SHA256 over both.

use std::collections::BTreeMap;

use bytes::Bytes;
use cloud_core::{Client, Credentials, System};
use http::{Method, Request};

use crate::common::memory::{ID, SECRET, TOKEN, client, now};
use crate::common::services::Hbr;
use crate::prepare::{form, full, headers, hex, hmac_sha256, sensitive, sha256};
use crate::{request, success};

/// The header `Authorization`, from the request as it is sent.
fn authorization(sent: &Request<Bytes>) -> String {
    let all = headers(sent);
    let signed: Vec<(&str, &str)> = all
        .into_iter()
        .filter(|(name, _)| matches!(*name, "host" | "content-type") || name.starts_with("x-acs-"))
        .collect();
    let lines: String = signed
        .iter()
        .map(|(name, value)| format!("{name}:{value}\n"))
        .collect();
    let names = signed
        .iter()
        .map(|(name, _)| *name)
        .collect::<Vec<_>>()
        .join(";");
    let canonical = format!(
        "POST\n/\n{}\n{lines}\n{names}\n{}",
        sent.uri().query().unwrap_or_default(),
        sha256(sent.body())
    );
    let to_sign = format!("ACS3-HMAC-SHA256\n{}", sha256(canonical.as_bytes()));
    let signature = hex(&hmac_sha256(SECRET.as_bytes(), &to_sign));
    format!("ACS3-HMAC-SHA256 Credential={ID},SignedHeaders={names},Signature={signature}")
}

#[test]
fn every_header_the_query_and_the_body() {
    let client = client::<Hbr>(success()).build().unwrap();
    let sent = now(client.prepare(&full())).unwrap();
    assert_eq!(sent.method(), Method::POST);
    // Sorted, and a list that travels as JSON text is one parameter.
    assert_eq!(
        sent.uri(),
        "https://hbr.cn-test-1.aliyuncs.com/?ClientIds=%5B%22c-1%22%2C%22c%20%5C%222%5C%22%22%5D&InstanceId=crs-1&Limit=20\
         &Status.1=2&Status.2=-2&Tag.1.Key=a%20b%2Ac~d%2Be&Tag.1.Value=%E5%A4%87%20%F0%9F%98%80%2F%3F%26%3D%25\
         &Tag.2.Key=no%20value"
    );
    assert_eq!(&sent.body()[..], b"Note=in+the+form");
    assert_eq!(
        headers(&sent),
        BTreeMap::from([
            ("authorization", &*authorization(&sent)),
            ("content-type", "application/x-www-form-urlencoded"),
            ("host", "hbr.cn-test-1.aliyuncs.com"),
            ("user-agent", "cloud-core-tests/1 hbr"),
            ("x-acs-accesskey-id", ID),
            ("x-acs-action", "DescribeBackups"),
            ("x-acs-content-sha256", &*sha256(b"Note=in+the+form")),
            ("x-acs-date", "2023-11-14T22:13:20Z"),
            ("x-acs-security-token", TOKEN),
            ("x-acs-signature-nonce", "0123456789abcdef0011223344556677"),
            ("x-acs-version", "2017-09-08"),
        ])
    );
    assert_eq!(sensitive(&sent), ["authorization", "x-acs-security-token"]);
}

#[test]
fn a_permanent_key_has_no_token() {
    let client = client::<Hbr>(success())
        .credentials(Credentials::new(ID, SECRET))
        .build()
        .unwrap();
    let sent = now(client.prepare(&request())).unwrap();
    for name in ["x-acs-accesskey-id", "x-acs-security-token"] {
        assert!(!sent.headers().contains_key(name), "{name}");
    }
    assert_eq!(sent.headers()["authorization"], authorization(&sent));
    // Neither a query nor a body.
    assert_eq!(sent.uri(), "https://hbr.cn-test-1.aliyuncs.com/");
    assert!(sent.body().is_empty());
}

#[test]
fn the_host_is_signed_with_its_port() {
    let client = client::<Hbr>(success())
        .endpoint("http://[::1]:8080")
        .build()
        .unwrap();
    let sent = now(client.prepare(&full())).unwrap();
    assert_eq!(sent.headers()["host"], "[::1]:8080");
    assert_eq!(sent.headers()["authorization"], authorization(&sent));
}

#[test]
fn no_nonce_comes_twice() {
    let client: Client<Hbr> = client(success()).runtime(System).build().unwrap();
    let mut nonces: Vec<String> = (0..100)
        .map(|_| {
            let sent = now(client.prepare(&request())).unwrap();
            assert_eq!(sent.headers()["authorization"], authorization(&sent));
            headers(&sent)["x-acs-signature-nonce"].to_owned()
        })
        .collect();
    assert!(nonces.iter().all(|nonce| nonce.len() == 32), "{nonces:?}");
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), 100);
}

#[test]
fn parameters_that_make_the_address_too_long() {
    let long = crate::common::services::DescribeBackups {
        instance: Some("x".repeat(70_000)),
        ..request()
    };
    let client = client::<Hbr>(success()).build().unwrap();
    let error = now(client.send(long)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "DescribeBackups: the client can't send this: the parameters that travel in the query are longer than \
         an address can be (64 KiB)"
    );
}

#[test]
fn a_form_may_be_as_long_as_one_likes() {
    let long = crate::common::services::DescribeBackups {
        note: Some("x y".repeat(70_000)),
        ..request()
    };
    let client = client::<Hbr>(success()).build().unwrap();
    let sent = now(client.prepare(&long)).unwrap();
    assert_eq!(form(sent.body())["Note"].len(), 210_000);
    assert_eq!(sent.headers()["authorization"], authorization(&sent));
}
