//! Failures that the provider reports, in every form that it has for them.

use cloud_core::ErrorKind::{
    Authentication, InvalidParameter, NotFound, Other, PermissionDenied, Throttled,
};

use crate::common::memory::answer;
use crate::common::services::{Hbr, Redis, Udb};
use crate::{Says, failure};

#[test]
fn ucloud() {
    let id = [("X-UCLOUD-REQUEST-UUID", "u-1")];
    let says = Says {
        kind: Authentication,
        code: Some("171"),
        message: "Signature VerifyAC Error",
        request_id: Some("u-1"),
        status: 200,
        line: "DescribeBackups: 171: Signature VerifyAC Error (request id u-1, HTTP 200)",
    };
    for body in [
        r#"{"RetCode":171,"Action":"DescribeBackupsResponse","Message":"Signature VerifyAC Error"}"#,
        r#"{"RetCode":"171","Message":"Signature VerifyAC Error"}"#,
        r#"{"Message":"Signature VerifyAC Error","TotalCount":0,"RetCode":171}"#,
    ] {
        says.check(&failure::<Udb>(&answer(200, &id, body)));
    }
    // A status of failure changes nothing if the provider says more.
    let says = Says {
        status: 403,
        line: "DescribeBackups: 171: Signature VerifyAC Error (request id u-1, HTTP 403)",
        ..says
    };
    let body = r#"{"RetCode":171,"Message":"Signature VerifyAC Error"}"#;
    says.check(&failure::<Udb>(&answer(403, &id, body)));
}

#[test]
fn ucloud_without_a_request_id_or_a_message() {
    for body in [
        r#"{"RetCode":153}"#,
        r#"{"RetCode":153,"Message":""}"#,
        r#"{"RetCode":153,"Message":null}"#,
    ] {
        Says {
            kind: Throttled,
            code: Some("153"),
            message: "UCloud gave no reason",
            request_id: None,
            status: 200,
            line: "DescribeBackups: 153: UCloud gave no reason (HTTP 200)",
        }
        .check(&failure::<Udb>(&answer(200, &[], body)));
    }
}

#[test]
fn a_code_of_the_service_is_looked_up_in_its_own_table() {
    let body = r#"{"RetCode":7085,"Message":"no such backup"}"#;
    assert_eq!(failure::<Udb>(&answer(200, &[], body)).kind(), NotFound);
    let body = r#"{"RetCode":7999,"Message":"?"}"#;
    assert_eq!(failure::<Udb>(&answer(200, &[], body)).kind(), Other);
}

#[test]
fn tencent() {
    let says = Says {
        kind: NotFound,
        code: Some("ResourceNotFound.InstanceNotExists"),
        message: "no such instance",
        request_id: Some("t-1"),
        status: 200,
        line: "DescribeBackups: ResourceNotFound.InstanceNotExists: no such instance (request id t-1, HTTP 200)",
    };
    let error =
        r#""Error":{"Code":"ResourceNotFound.InstanceNotExists","Message":"no such instance"}"#;
    for body in [
        format!(r#"{{"Response":{{{error},"RequestId":"t-1"}}}}"#),
        format!(r#"{{"Response":{{"RequestId":"t-1","TotalCount":0,{error}}}}}"#),
        // The body's own id counts, not the header's.
    ] {
        let headers = [
            ("X-TC-RequestId", "another"),
            ("Content-Type", "text/plain"),
        ];
        says.check(&failure::<Redis>(&answer(200, &headers, &body)));
        let says = Says {
            status: 400,
            line: &says.line.replace("200", "400"),
            ..says
        };
        says.check(&failure::<Redis>(&answer(400, &headers, &body)));
    }
    let body = format!(r#"{{"Response":{{{error}}}}}"#);
    says.check(&failure::<Redis>(&answer(
        200,
        &[("X-TC-RequestId", "t-1")],
        body,
    )));
}

#[test]
fn tencent_in_the_form_of_its_second_version() {
    Says {
        kind: InvalidParameter,
        code: Some("InvalidParameter"),
        message: "(4000)no region",
        request_id: None,
        status: 200,
        line: "DescribeBackups: InvalidParameter: (4000)no region (HTTP 200)",
    }
    .check(&failure::<Redis>(&answer(
        200,
        &[],
        r#"{"code":4000,"message":"(4000)no region","codeDesc":"InvalidParameter"}"#,
    )));
}

#[test]
fn tencent_with_an_error_that_says_nothing() {
    Says {
        kind: Other,
        code: None,
        message: "Tencent Cloud gave no reason",
        request_id: Some("t-1"),
        status: 200,
        line: "DescribeBackups: refused: Tencent Cloud gave no reason (request id t-1, HTTP 200)",
    }
    .check(&failure::<Redis>(&answer(
        200,
        &[],
        r#"{"Response":{"Error":{},"RequestId":"t-1"}}"#,
    )));
}

#[test]
fn aliyun() {
    for (status, body) in [
        (
            403,
            r#"{"RequestId":"a-1","HostId":"hbr.aliyuncs.com","Code":"Forbidden.RAM","Message":"not you","Recommend":"https://x/"}"#,
        ),
        (
            403,
            r#"{"requestId":"a-1","code":"Forbidden.RAM","message":"not you"}"#,
        ),
        (
            200,
            r#"{"RequestId":"a-1","Success":false,"Code":"Forbidden.RAM","Message":"not you"}"#,
        ),
        (
            200,
            r#"{"Code":"Forbidden.RAM","Message":"not you","RequestId":"a-1","Success":"false"}"#,
        ),
        (
            200,
            r#"{"Code":"Forbidden.RAM","Message":"not you","RequestId":"a-1"}"#,
        ),
    ] {
        Says {
            kind: PermissionDenied,
            code: Some("Forbidden.RAM"),
            message: "not you",
            request_id: Some("a-1"),
            status,
            line: &format!(
                "DescribeBackups: Forbidden.RAM: not you (request id a-1, HTTP {status})"
            ),
        }
        .check(&failure::<Hbr>(&answer(
            status,
            &[("x-acs-request-id", "another")],
            body,
        )));
    }
}

#[test]
fn aliyun_without_success_whatever_the_code_says() {
    for (body, code, label) in [
        (r#"{"Success":false,"Code":"200"}"#, Some("200"), "200"),
        (r#"{"Success":false,"Code":200}"#, Some("200"), "200"),
        (r#"{"Success":false}"#, None, "refused"),
        (r#"{"Success":false,"Code":""}"#, None, "refused"),
    ] {
        Says {
            kind: Other,
            code,
            message: "Alibaba Cloud gave no reason",
            request_id: Some("a-1"),
            status: 200,
            line: &format!(
                "DescribeBackups: {label}: Alibaba Cloud gave no reason (request id a-1, HTTP 200)"
            ),
        }
        .check(&failure::<Hbr>(&answer(
            200,
            &[("x-acs-request-id", "a-1")],
            body,
        )));
    }
}

#[test]
fn aliyun_with_another_code_than_200_whatever_success_says() {
    for (body, code) in [
        (r#"{"Success":true,"Code":"500"}"#, "500"),
        (r#"{"Success":true,"Code":500}"#, "500"),
        (
            r#"{"Success":"true","Code":"VaultNotFound","TotalCount":1}"#,
            "VaultNotFound",
        ),
        (r#"{"Code":"500","Success":true}"#, "500"),
    ] {
        let error = failure::<Hbr>(&answer(200, &[], body));
        assert_eq!(error.code(), Some(code), "{error}");
    }
}

#[test]
fn tencent_with_an_error_that_is_no_object() {
    for wrong in [r#""throttled""#, "5", "true", "[]", r#"["x"]"#] {
        let body =
            format!(r#"{{"Response":{{"Error":{wrong},"TotalCount":3,"RequestId":"t-1"}}}}"#);
        let error = failure::<Redis>(&answer(200, &[], body));
        assert_eq!((error.kind(), error.code()), (Other, None), "{error}");
        assert_eq!(error.request_id(), Some("t-1"), "{error}");
    }
}

#[test]
fn a_message_of_megabytes_is_cut() {
    for character in ["x", "备", "\\u0000", "\\n", " "] {
        let long = character.repeat(8 << 20);
        let body = format!(r#"{{"RetCode":171,"Message":"begin {long}"}}"#);
        let error = failure::<Udb>(&answer(200, &[], body));
        assert_eq!(error.code(), Some("171"));
        assert!(
            error.to_string().len() < 5_000 * 6,
            "{}",
            error.to_string().len()
        );
        assert!(
            error.message().len() < 5_000 * 6,
            "{}",
            error.message().len()
        );
        assert!(error.message().starts_with("begin"), "{error}");
        let id = format!(r#"{{"Code":"{long}","Message":"m","RequestId":"{long}"}}"#);
        let error = failure::<Hbr>(&answer(400, &[], id));
        assert!(
            error.to_string().len() < 5_000,
            "{}",
            error.to_string().len()
        );
    }
}

#[test]
fn what_a_terminal_would_obey_is_spelled_out() {
    let body = r#"{"Response":{"Error":{"Code":"A\u001b[2J","Message":"\u001b[31mred\u0000\u0007\u009b\u202e"},"RequestId":"r\u001b"}}"#;
    let error = failure::<Redis>(&answer(200, &[], body));
    assert_eq!(
        error.to_string(),
        r"DescribeBackups: A\u{1b}[2J: \u{1b}[31mred\u{0}\u{7}\u{9b}\u{202e} (request id r\u{1b}, HTTP 200)"
    );
    for shown in [
        error.message(),
        error.code().unwrap(),
        error.request_id().unwrap(),
    ] {
        assert!(!shown.contains(|one: char| one.is_control()), "{shown}");
    }
}

#[test]
fn the_line_stays_one_line() {
    let body = r#"{"RetCode":160,"Message":"\r\n first\r\n\n  second\n"}"#;
    let error = failure::<Udb>(&answer(200, &[], body));
    assert_eq!(
        error.to_string(),
        "DescribeBackups: 160: first second (HTTP 200)"
    );
    // The message itself is the provider's.
    assert_eq!(error.message(), "\r\n first\r\n\n  second\n");
}

#[test]
fn the_line_stays_one_line_whatever_the_code_and_the_request_id_hold() {
    let body =
        r#"{"Response":{"Error":{"Code":"A\nB","Message":"m"},"RequestId":"r\r\ninjected"}}"#;
    let error = failure::<Redis>(&answer(200, &[], body));
    assert!(!error.to_string().contains(['\r', '\n']), "{error}");
}

#[test]
fn what_the_provider_says_wins_over_fields_of_the_wrong_type() {
    let wrong = r#""BackupSet":{"Not":"a list"},"Status":"none""#;
    for body in [
        format!(r#"{{{wrong},"RetCode":171,"Message":"m"}}"#),
        format!(r#"{{"RetCode":171,"Message":"m",{wrong}}}"#),
    ] {
        let error = failure::<Udb>(&answer(200, &[("x-ucloud-request-uuid", "r")], body));
        assert_eq!(
            error.to_string(),
            "DescribeBackups: 171: m (request id r, HTTP 200)"
        );
    }
    let failed = r#""Error":{"Code":"AuthFailure.TokenFailure","Message":"m"}"#;
    for body in [
        format!(r#"{{"Response":{{{wrong},{failed},"RequestId":"r"}}}}"#),
        format!(r#"{{"Response":{{"RequestId":"r",{failed},{wrong}}}}}"#),
    ] {
        let error = failure::<Redis>(&answer(200, &[], body));
        assert_eq!(
            error.to_string(),
            "DescribeBackups: AuthFailure.TokenFailure: m (request id r, HTTP 200)"
        );
    }
    for body in [
        format!(r#"{{{wrong},"Code":"Forbidden.RAM","Message":"m","RequestId":"r"}}"#),
        format!(
            r#"{{"Success":false,"Code":"Forbidden.RAM","Message":"m","RequestId":"r",{wrong}}}"#
        ),
    ] {
        let error = failure::<Hbr>(&answer(200, &[], body));
        assert_eq!(
            error.to_string(),
            "DescribeBackups: Forbidden.RAM: m (request id r, HTTP 200)"
        );
    }
}

#[test]
fn what_the_provider_says_wins_over_a_wrapping_of_the_wrong_type() {
    let ucloud = failure::<Udb>(&answer(200, &[], r#"{"Message":{"en":"m"},"RetCode":171}"#));
    assert_eq!(ucloud.kind(), Authentication, "{ucloud}");
    let body = r#"{"Response":{"RequestId":[],"Error":{"Message":{},"Code":"AuthFailure"}}}"#;
    let tencent = failure::<Redis>(&answer(200, &[], body));
    assert_eq!(tencent.kind(), Authentication, "{tencent}");
    let body = r#"{"Message":["m"],"Code":"Throttling","RequestId":"r"}"#;
    let aliyun = failure::<Hbr>(&answer(400, &[], body));
    assert_eq!(aliyun.kind(), Throttled, "{aliyun}");
}
