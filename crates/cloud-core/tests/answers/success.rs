//! Calls that succeed, in every form that the providers give it.

use std::time::Duration;

use cloud_core::{Policy, RawRequest};
use serde_json::{Value as Json, json};

use crate::call;
use crate::common::memory::{answer, client, now};
use crate::common::services::{Hbr, Redis, Udb};

#[test]
fn ucloud() {
    for body in [
        r#"{"RetCode":0,"Action":"DescribeBackupsResponse","TotalCount":3}"#,
        r#"{"RetCode":"0","TotalCount":3}"#,
        r#"{"TotalCount":3,"Message":"","RetCode":0}"#,
        r#"{"TotalCount":3,"Message":null,"RetCode":0}"#,
    ] {
        let answer = call::<Udb>(&answer(200, &[], body));
        assert_eq!(answer.unwrap().total_count, Some(3), "{body}");
    }
}

#[test]
fn tencent() {
    for body in [
        r#"{"Response":{"TotalCount":3,"RequestId":"r"}}"#,
        r#"{"Response":{"RequestId":"r","TotalCount":3,"DeprecatedWarning":"soon"}}"#,
        // Beside the wrapping there may be anything.
        r#"{"retcode":0,"Response":{"TotalCount":3,"RequestId":"r"},"Code":5}"#,
        // A field of the answer is no code, whatever it is called.
        r#"{"Response":{"TotalCount":3,"Code":"Whatever","Message":"x","RequestId":"r"}}"#,
    ] {
        let answer = call::<Redis>(&answer(200, &[], body)).unwrap();
        assert_eq!(answer.total_count, Some(3), "{body}");
        assert_eq!(answer.request_id.as_deref(), Some("r"), "{body}");
    }
}

#[test]
fn tencent_with_an_error_that_is_null() {
    let body = r#"{"Response":{"Error":null,"TotalCount":3,"RequestId":"r"}}"#;
    let answer = call::<Redis>(&answer(200, &[], body));
    assert_eq!(answer.unwrap().total_count, Some(3));
}

#[test]
fn aliyun() {
    for body in [
        r#"{"RequestId":"r","Success":true,"Code":"200","Message":"successful","TotalCount":3}"#,
        r#"{"RequestId":"r","Success":true,"Code":200,"TotalCount":3}"#,
        r#"{"RequestId":"r","Success":"true","TotalCount":3}"#,
        r#"{"RequestId":"r","Code":"200","TotalCount":3}"#,
        r#"{"RequestId":"r","Code":200,"TotalCount":3}"#,
        r#"{"RequestId":"r","Code":"OK","TotalCount":3}"#,
        r#"{"RequestId":"r","Code":"Success","TotalCount":3}"#,
        r#"{"RequestId":"r","code":"success","TotalCount":3}"#,
        r#"{"RequestId":"r","TotalCount":3}"#,
        r#"{"RequestId":"r","Code":null,"Success":null,"TotalCount":3}"#,
    ] {
        let answer = call::<Hbr>(&answer(200, &[], body)).unwrap();
        assert_eq!(answer.total_count, Some(3), "{body}");
        assert_eq!(answer.request_id.as_deref(), Some("r"), "{body}");
    }
}

#[test]
fn any_status_of_success_will_do() {
    for status in [200, 201, 202] {
        let answer = call::<Udb>(&answer(status, &[], r#"{"RetCode":0,"TotalCount":3}"#));
        assert_eq!(answer.unwrap().total_count, Some(3), "{status}");
    }
}

#[test]
fn an_action_without_a_spec_is_answered_with_all_members() {
    let fields = r#""Name":"n","List":[1,{"A":null}],"Number":18446744073709551615"#;
    let expected = json!({"Name": "n", "List": [1, {"A": null}], "Number": u64::MAX});
    let check = |answer: Json, wrapping: Json| {
        let mut expected = expected.clone();
        let wrapping = wrapping.as_object().unwrap().clone();
        expected.as_object_mut().unwrap().extend(wrapping);
        assert_eq!(answer, expected);
    };

    let body = format!(r#"{{"RetCode":0,"Action":"AResponse",{fields}}}"#);
    let ucloud = client::<Udb>(answer(200, &[], body)).build().unwrap();
    check(
        now(ucloud.send(RawRequest::new("A"))).unwrap(),
        json!({"RetCode": 0, "Action": "AResponse"}),
    );
    let body = format!(r#"{{"Response":{{{fields},"RequestId":"r"}}}}"#);
    let tencent = client::<Redis>(answer(200, &[], body)).build().unwrap();
    check(
        now(tencent.send(RawRequest::new("A"))).unwrap(),
        json!({"RequestId": "r"}),
    );
    let body = format!(r#"{{"Success":true,"Code":"200",{fields},"RequestId":"r"}}"#);
    let aliyun = client::<Hbr>(answer(200, &[], body)).build().unwrap();
    check(
        now(aliyun.send(RawRequest::new("A"))).unwrap(),
        json!({"Success": true, "Code": "200", "RequestId": "r"}),
    );
}

#[test]
fn one_request_is_sent_with_the_timeout_of_an_attempt() {
    let body = r#"{"RetCode":0}"#;
    let transport = answer(200, &[], body);
    call::<Udb>(&transport).unwrap();
    assert_eq!(transport.requests()[0].1, Duration::from_secs(10));

    let transport = answer(200, &[], body);
    let client = client::<Udb>(transport.clone())
        .policy(Policy::new().attempt_timeout(Duration::from_millis(1_500)))
        .build()
        .unwrap();
    now(client.send(RawRequest::new("A"))).unwrap();
    assert_eq!(transport.requests()[0].1, Duration::from_millis(1_500));
}
