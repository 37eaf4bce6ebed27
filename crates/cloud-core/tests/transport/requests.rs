//! What arrives at the server is what was signed, byte for byte.

use std::collections::BTreeMap;

use cloud_core::{RawRequest, Service};
use serde_json::{Value as Json, json};

use crate::common::services::{DescribeBackups, Hbr, Redis, Tag, Udb};
use crate::process::undisturbed;
use crate::server::{Server, response};
use crate::{Client, client, runner, transport};

const SUCCESS: &str =
    r#"{"RetCode":0,"Response":{"RequestId":"r"},"RequestId":"r","Success":true,"TotalCount":3}"#;

/// A request with characters that something on the way might be tempted to escape differently.
fn request() -> DescribeBackups {
    DescribeBackups {
        instance: Some((' '..='~').collect()),
        tags: vec![Tag {
            key: Some("备份 😀".into()),
            value: Some("../..//%2F?#&=+".into()),
        }],
        note: Some("a b+c*d~e%2F".into()),
        zone: Some("cn-test-1-01".into()),
        ..DescribeBackups::default()
    }
}

/// Sends the request and compares what arrived with what was prepared.
fn arrives<S: Service>(server: Server) {
    let runner = runner();
    // Each has a client of its own: the first nonces are the same.
    let preparing: Client<S> = client(&server.url(), transport());
    let prepared = runner.call(preparing.prepare(&request())).unwrap();
    let sending: Client<S> = client(&server.url(), transport());
    runner.call(sending.send(request())).unwrap();
    let port = server.port();
    let [arrived] = &server.stop().requests[..] else {
        panic!("one request was sent")
    };

    let (head, body) = arrived.split_once("\r\n\r\n").unwrap();
    assert_eq!(body.as_bytes(), &prepared.body()[..]);
    let mut lines = head.split("\r\n");
    let target = prepared.uri().path_and_query().unwrap();
    assert_eq!(lines.next(), Some(&*format!("POST {target} HTTP/1.1")));

    let mut headers = BTreeMap::new();
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        let before = headers.insert(name.to_ascii_lowercase(), value);
        assert_eq!(before, None, "{name} comes twice");
    }
    assert_eq!(headers["host"], format!("127.0.0.1:{port}"));
    for (name, value) in prepared.headers() {
        let arrived = headers.remove(name.as_str()).unwrap_or_default();
        assert_eq!(arrived, value.to_str().unwrap(), "{name}");
    }
    // What the transport adds is not signed.
    assert_eq!(
        headers.remove("content-length"),
        Some(&*body.len().to_string())
    );
    assert_eq!(headers.remove("accept-encoding"), Some("gzip"));
    assert_eq!(headers.remove("accept"), Some("*/*"));
    assert!(headers.is_empty(), "{headers:?}");
}

#[test]
fn ucloud() {
    undisturbed(|| arrives::<Udb>(Server::with_json(SUCCESS)));
}

#[test]
fn tencent() {
    undisturbed(|| arrives::<Redis>(Server::with_json(SUCCESS)));
}

#[test]
fn aliyun() {
    undisturbed(|| arrives::<Hbr>(Server::with_json(SUCCESS)));
}

#[test]
fn a_body_without_a_byte_says_its_length_too() {
    undisturbed(|| {
        let server = Server::with_json(SUCCESS);
        let client: Client<Hbr> = client(&server.url(), transport());
        runner().call(client.send(RawRequest::new("A"))).unwrap();
        let requests = server.stop().requests;
        assert!(
            requests[0]
                .to_lowercase()
                .contains("\r\ncontent-length: 0\r\n"),
            "{requests:?}"
        );
    });
}

#[test]
fn the_answer_comes_back_with_its_status_and_its_headers() {
    undisturbed(|| {
        let server = Server::answering(response(
            "418 I'm a teapot",
            "X-UCLOUD-REQUEST-UUID: id-1\r\n",
            r#"{"RetCode":150,"Message":"备"}"#,
        ));
        let client: Client<Udb> = client(&server.url(), transport());
        let error = runner()
            .call(client.send(RawRequest::new("A")))
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "A: 150: 备 (request id id-1, HTTP 418, it may have been carried out)"
        );
        assert_eq!(error.attempts(), 1);
        assert_eq!(server.stop().requests.len(), 1);
    });
}

#[test]
fn a_redirection_is_not_followed() {
    undisturbed(|| {
        for status in [
            "301 Moved",
            "302 Found",
            "307 Temporary Redirect",
            "308 Permanent Redirect",
        ] {
            let other = Server::with_json(SUCCESS);
            let location = format!("Location: {}/elsewhere\r\n", other.url());
            let server = Server::answering(response(status, &location, ""));
            let client: Client<Udb> = client(&server.url(), transport());
            let error = runner()
                .call(client.send(RawRequest::new("A")))
                .unwrap_err();
            assert!(
                error
                    .message()
                    .ends_with(&format!("a redirection to {}/elsewhere", other.url())),
                "{error}"
            );
            assert_eq!(server.stop().requests.len(), 1);
            assert_eq!(other.stop().connections, 0);
        }
    });
}

#[test]
fn an_answer_is_decoded_on_the_way_back() {
    undisturbed(|| {
        let server = Server::with_json(r#"{"Response":{"RequestId":"r","List":[1,2]}}"#);
        let client: Client<Redis> = client(&server.url(), transport());
        let answer: Json = runner().call(client.send(RawRequest::new("A"))).unwrap();
        assert_eq!(answer, json!({"RequestId": "r", "List": [1, 2]}));
    });
}
