//! Bodies that end too early: never half an answer, and the error says where.

use cloud_core::ErrorKind::{Decode, Unavailable};
use cloud_core::Service;

use crate::common::memory::answer;
use crate::common::services::{Hbr, Redis, Udb};
use crate::{call, failure};

const ANSWER: &str = r#""TotalCount":2,"Name":"备 \u5907 \"x\"","Encrypted":true,"Ratio":-1.5e3,"BackupSet":[{"BackupId":"b-1"},{"BackupId":"b-2","Status":2,"New":{"A":[null,-1.5e-7,true,-0]}}],"RequestId":"r"#;

fn at_every_byte<S: Service>(body: &str) {
    call::<S>(&answer(200, &[], body)).unwrap();
    for end in 0..body.len() {
        let error = failure::<S>(&answer(200, &[], &body.as_bytes()[..end]));
        assert_eq!(error.kind(), Decode, "{end}: {error}");
        assert!(error.is_retryable(), "{end}: {error}");
        if end == 0 {
            continue;
        }
        assert!(
            error.message().contains("JSON that is cut off ("),
            "{end}: {error}"
        );
        assert!(
            error.message().contains("at line 1 column "),
            "{end}: {error}"
        );
    }
}

#[test]
fn at_every_byte_of_ucloud() {
    at_every_byte::<Udb>(&format!(r#"{{"RetCode":0,{ANSWER}"}}"#));
}

#[test]
fn at_every_byte_of_tencent() {
    at_every_byte::<Redis>(&format!(r#"{{"Response":{{{ANSWER}"}}}}"#));
}

#[test]
fn at_every_byte_of_aliyun() {
    at_every_byte::<Hbr>(&format!(r#"{{"Success":true,"Code":"200",{ANSWER}"}}"#));
}

#[test]
fn the_message_says_where() {
    let error = failure::<Udb>(&answer(
        200,
        &[],
        r#"{"RetCode":0,"BackupSet":[{"BackupId":"b-1"},{"BackupId":"b-"#,
    ));
    assert_eq!(
        error.to_string(),
        "DescribeBackups: the answer can't be read: expected an answer of UCloud, got JSON that is cut off \
         (BackupSet[1].BackupId: EOF while parsing a string at line 1 column 60) (HTTP 200)"
    );
    let error = failure::<Redis>(&answer(
        200,
        &[],
        r#"{"Response":{"RequestId":"r","Place":{"Rooms":[{}"#,
    ));
    assert_eq!(
        error.message(),
        "expected an answer of Tencent Cloud, got JSON that is cut off \
         (Response.Place.Rooms[1]: EOF while parsing a list at line 1 column 49)"
    );
    // What stood before the cut is known.
    assert_eq!(error.request_id(), Some("r"));
}

#[test]
fn a_gateway_that_cuts_is_out_of_order() {
    let error = failure::<Hbr>(&answer(502, &[], r#"{"RequestId":"r","Clie"#));
    assert_eq!(error.kind(), Unavailable);
}

#[test]
fn a_failure_that_was_reported_before_the_cut_does_not_count() {
    // Whole, these may be other codes: 1534 is no throttling.
    for body in [
        r#"{"RetCode":153"#,
        r#"{"RetCode":7"#,
        r#"{"RetCode":171,"Message":"Signature Ver"#,
    ] {
        let error = failure::<Udb>(&answer(200, &[], body));
        assert_eq!((error.kind(), error.code()), (Decode, None), "{error}");
        assert!(error.is_retryable(), "{error}");
    }
    let body = r#"{"Response":{"Error":{"Code":"UnauthorizedOperation.NoCAMAuthed","Mess"#;
    let error = failure::<Redis>(&answer(200, &[], body));
    assert_eq!((error.kind(), error.code()), (Decode, None), "{error}");
    let error = failure::<Hbr>(&answer(403, &[], r#"{"Code":"Forbidden.RAM","Message":"#));
    assert_eq!((error.kind(), error.code()), (Decode, None), "{error}");
    assert!(error.is_retryable(), "{error}");
}

#[test]
fn a_field_of_the_wrong_type_does_not_hide_the_cut() {
    for wrong in [
        r#""TotalCount":"many""#,
        r#""Name":"\ud800""#,
        r#""BackupSet":5"#,
    ] {
        let error = failure::<Udb>(&answer(200, &[], format!(r#"{{"RetCode":0,{wrong},"Na"#)));
        assert!(error.is_retryable(), "{error}");
        assert!(error.message().contains("cut off"), "{error}");
        let error = failure::<Udb>(&answer(200, &[], format!(r#"{{"RetCode":153,{wrong},"Na"#)));
        assert_eq!((error.kind(), error.code()), (Decode, None), "{error}");
    }
}

#[test]
fn half_a_surrogate_does_not_hide_a_failure() {
    // Some cut text where UTF-16 has a pair: before the code, behind it, in the message itself.
    for body in [
        r#"{"Name":"\ud83d","RetCode":171,"Message":"m"}"#,
        r#"{"RetCode":171,"Message":"m","Name":"\ude00x"}"#,
        r#"{"Message":"m\ud83d","RetCode":171}"#,
    ] {
        let error = failure::<Udb>(&answer(200, &[], body));
        assert_eq!(error.code(), Some("171"), "{error}");
        assert!(error.message().starts_with('m'), "{error}");
    }
    let body =
        r#"{"Response":{"Error":{"Message":"备\ud83d\n","Code":"AuthFailure"},"RequestId":"r"}}"#;
    let error = failure::<Redis>(&answer(200, &[], body));
    assert_eq!(
        error.to_string(),
        "DescribeBackups: AuthFailure: 备\u{fffd} (request id r, HTTP 200)"
    );
    let body = r#"{"Name":"\ud83d\ud83d\ude00","Code":"Throttling","Message":"m","RequestId":"r"}"#;
    let error = failure::<Hbr>(&answer(400, &[], body));
    assert_eq!(error.code(), Some("Throttling"), "{error}");
}
