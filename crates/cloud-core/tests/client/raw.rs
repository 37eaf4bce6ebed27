//! Actions without a spec.

use cloud_core::{Effect, Operation as _, RawRequest};
use serde_json::{Value as Json, json};

use crate::common::memory::{answer, client, now};
use crate::common::services::{Hbr, Redis, Udb};
use crate::prepare::form;
use crate::success;

/// A request with every type of a parameter.
fn raw<S>() -> RawRequest<S> {
    RawRequest::new("DoThings")
        .param("Text", "a b&c=备")
        .param("Number", 20)
        .param("Large", u64::MAX)
        .param("Float", 42.0)
        .param("Small", 1e-7)
        .param("Flag", true)
        .param("Empty", "")
        .param("None", Json::Null)
        .param("Gone", 1)
        .param("Gone", Json::Null)
        .param("Twice", 1)
        .param("Twice", 2)
        .param("List", json!(["x", "y"]))
        .param("Nothing", json!([]))
        .param(
            "Tag",
            json!([{"Key": "k", "Value": null, "Deep": [1, [2]]}]),
        )
}

fn sorted(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut pairs: Vec<_> = pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    pairs.sort();
    pairs
}

#[test]
fn ucloud_takes_them_flat_and_counted_from_0() {
    let ucloud = client::<Udb>(success())
        .project_id("p")
        .zone("z")
        .build()
        .unwrap();
    let mut sent = form(now(ucloud.prepare(&raw())).unwrap().body());
    for (name, value) in [
        ("Action", "DoThings"),
        ("Region", "cn-test-1"),
        ("ProjectId", "p"),
    ] {
        assert_eq!(sent.remove(name).as_deref(), Some(value), "{name}");
    }
    for name in ["PublicKey", "SecurityToken", "Signature"] {
        assert!(sent.remove(name).is_some(), "{name}");
    }
    // The client's zone is not among them: it would narrow down what many actions list.
    assert_eq!(
        sent.into_iter().collect::<Vec<_>>(),
        sorted(&[
            ("Text", "a b&c=备"),
            ("Number", "20"),
            ("Large", "18446744073709551615"),
            ("Float", "42"),
            ("Small", "0.0000001"),
            ("Flag", "true"),
            ("Empty", ""),
            ("Twice", "2"),
            ("List.0", "x"),
            ("List.1", "y"),
            ("Tag.0.Key", "k"),
            ("Tag.0.Deep.0", "1"),
            ("Tag.0.Deep.1.0", "2"),
        ])
    );
}

#[test]
fn ucloud_may_be_given_its_scope_as_parameters() {
    let ucloud = client::<Udb>(success()).project_id("p").build().unwrap();
    let request = RawRequest::new("A")
        .param("Region", "own")
        .param("Zone", "own-01")
        .param("ProjectId", "own-project");
    let body = now(ucloud.prepare(&request)).unwrap().into_body();
    let sent = form(&body);
    assert_eq!(sent["Region"], "own");
    assert_eq!(sent["Zone"], "own-01");
    assert_eq!(sent["ProjectId"], "own-project");
    // Not twice.
    assert_eq!(
        std::str::from_utf8(&body)
            .unwrap()
            .matches("Region=")
            .count(),
        1
    );
}

#[test]
fn aliyun_takes_them_flat_in_the_body_and_counted_from_1() {
    let aliyun = client::<Hbr>(success()).build().unwrap();
    let sent = now(aliyun.prepare(&raw())).unwrap();
    assert_eq!(sent.uri().query(), None);
    assert_eq!(
        form(sent.body()).into_iter().collect::<Vec<_>>(),
        sorted(&[
            ("Text", "a b&c=备"),
            ("Number", "20"),
            ("Large", "18446744073709551615"),
            ("Float", "42"),
            ("Small", "0.0000001"),
            ("Flag", "true"),
            ("Empty", ""),
            ("Twice", "2"),
            ("List.1", "x"),
            ("List.2", "y"),
            ("Tag.1.Key", "k"),
            ("Tag.1.Deep.1", "1"),
            ("Tag.1.Deep.2.1", "2"),
        ])
    );
}

#[test]
fn tencent_takes_them_as_json() {
    let tencent = client::<Redis>(success()).build().unwrap();
    let sent = now(tencent.prepare(&raw())).unwrap();
    assert_eq!(
        serde_json::from_slice::<Json>(sent.body()).unwrap(),
        json!({
            "Text": "a b&c=备", "Number": 20, "Large": u64::MAX, "Float": 42.0, "Small": 1e-7, "Flag": true, "Empty": "",
            "Twice": 2, "List": ["x", "y"], "Nothing": [], "Tag": [{"Key": "k", "Value": null, "Deep": [1, [2]]}],
        })
    );
    assert_eq!(sent.headers()["x-tc-action"], "DoThings");

    let sent = now(tencent.prepare(&RawRequest::new("A"))).unwrap();
    assert_eq!(&sent.body()[..], b"{}");
}

#[test]
fn the_region_of_the_request_wins() {
    let tencent = client::<Redis>(success()).build().unwrap();
    let sent = now(tencent.prepare(&RawRequest::new("A").region("ap-x"))).unwrap();
    assert_eq!(sent.headers()["x-tc-region"], "ap-x");
    let aliyun = client::<Hbr>(success()).build().unwrap();
    let sent = now(aliyun.prepare(&RawRequest::new("A").region("cn-x"))).unwrap();
    assert_eq!(sent.headers()["host"], "hbr.cn-x.aliyuncs.com");
}

#[test]
fn it_counts_as_a_write_unless_it_says_otherwise() {
    let write: RawRequest<Udb> = RawRequest::new("A");
    assert_eq!(write.metadata().effect(), Effect::Write);
    let read = write.clone().read();
    assert_eq!(read.metadata().effect(), Effect::Read);
    assert_eq!(read.metadata().action(), "A");
    assert_eq!(write.metadata().effect(), Effect::Write);
}

#[test]
fn the_answer_is_a_json_object() {
    let body = r#"{"RetCode":0,"DataSet":[{"A":1.5}],"Total":null}"#;
    let ucloud = client::<Udb>(answer(200, &[], body)).build().unwrap();
    let answer: Json = now(ucloud.send(RawRequest::new("A").read())).unwrap();
    assert_eq!(
        answer,
        json!({"RetCode": 0, "DataSet": [{"A": 1.5}], "Total": null})
    );
}

#[test]
fn an_action_that_no_header_can_carry() {
    let tencent = client::<Redis>(success()).build().unwrap();
    let error = now(tencent.send(RawRequest::new("A\r\nX-TC-Token: x"))).unwrap_err();
    assert_eq!(error.kind(), cloud_core::ErrorKind::Configuration);
    assert!(!error.to_string().contains(['\r', '\n']), "{error:?}");
}
