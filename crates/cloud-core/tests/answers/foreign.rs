//! Answers that are none of the provider's: proxies, redirections, nothing at all.

use cloud_core::ErrorKind::{self, Decode, Throttled, Unavailable};

use crate::common::memory::answer;
use crate::common::services::{Hbr, Redis, Udb};
use crate::{Says, failure, failures};

/// Checks that every provider's client says the same about an answer, with the provider's name in the place of `{}`.
fn all_say(status: u16, headers: &[(&str, &str)], body: &str, kind: ErrorKind, message: &str) {
    for (name, error) in failures(&answer(status, headers, body)) {
        let message = message.replace("{}", name);
        let label = match kind {
            Throttled => "throttled",
            Unavailable => "service unavailable",
            _ => "the answer can't be read",
        };
        Says {
            kind,
            code: None,
            message: &message,
            request_id: None,
            status,
            line: &format!("DescribeBackups: {label}: {message} (HTTP {status})"),
        }
        .check(&error);
    }
}

const PAGE: &str =
    "<html>\r\n  <head><title>Sign in</title></head>\r\n  <body>Please \"sign in\"</body></html>";

#[test]
fn the_page_of_a_proxy() {
    let message = r#"expected an answer of {}, got no JSON (expected value at line 1 column 1) but text/html; charset=utf-8: "<html> <head><title>Sign in</title></head> <body>Please \"sign in\"</body></html>""#;
    let headers = [("Content-Type", "text/html; charset=utf-8")];
    for (status, kind) in [
        (200, Decode),
        (403, Decode),
        (407, Decode),
        (502, Unavailable),
    ] {
        all_say(status, &headers, PAGE, kind, message);
    }
}

#[test]
fn a_long_page_is_shortened() {
    let page = "备份 ".repeat(100_000);
    for (_, error) in failures(&answer(200, &[], page)) {
        assert!(error.to_string().len() < 600, "{error}");
        assert!(error.to_string().contains("text: \"备份 备份 "), "{error}");
    }
}

#[test]
fn xml_is_no_answer() {
    // Alibaba Cloud writes XML if it is asked to; this client never asks.
    let body = "<?xml version='1.0'?><Error><Code>Throttling</Code></Error>";
    let headers = [
        ("Content-Type", "text/xml;charset=utf-8"),
        ("x-acs-request-id", "a-1"),
    ];
    let error = failure::<Hbr>(&answer(400, &headers, body));
    assert_eq!(error.kind(), Decode);
    assert_eq!(error.request_id(), Some("a-1"));
    assert!(
        error.message().contains("<Code>Throttling</Code>"),
        "{error}"
    );
}

#[test]
fn an_empty_body() {
    let message = "expected an answer of {}, got an empty body";
    for (status, kind) in [
        (200, Decode),
        (204, Decode),
        (400, Decode),
        (404, Decode),
        (408, Unavailable),
        (429, Throttled),
        (500, Unavailable),
        (503, Unavailable),
        (504, Unavailable),
        (599, Unavailable),
    ] {
        all_say(status, &[], "", kind, message);
        all_say(status, &[], " \r\n", kind, message);
    }
}

#[test]
fn plain_text_of_a_gateway() {
    all_say(
        429,
        &[("Content-Type", "text/plain")],
        "slow down",
        Throttled,
        r#"expected an answer of {}, got no JSON (expected value at line 1 column 1) but text/plain: "slow down""#,
    );
    all_say(
        503,
        &[],
        "upstream connect error",
        Unavailable,
        r#"expected an answer of {}, got no JSON (expected value at line 1 column 1) but text: "upstream connect error""#,
    );
}

#[test]
fn a_redirection_is_named() {
    for status in [301, 302, 303, 307, 308] {
        let headers = [("Location", "https://login.example/?from=api")];
        all_say(
            status,
            &headers,
            "",
            Decode,
            "expected an answer of {}, got an empty body, a redirection to https://login.example/?from=api",
        );
        // Not even an answer that looks like a success makes it one.
        for body in [r#"{"RetCode":0,"Response":{"RequestId":"r"},"Success":true}"#] {
            for (_, error) in failures(&answer(status, &headers, body)) {
                assert_eq!(error.kind(), Decode, "{error}");
                assert!(
                    error
                        .message()
                        .ends_with("a redirection to https://login.example/?from=api"),
                    "{error}"
                );
            }
        }
    }
}

#[test]
fn json_of_somebody_else() {
    for body in ["{}", r#"{"status":"UP"}"#, r#"{"error":{"code":5}}"#] {
        for ((name, error), member) in
            failures(&answer(200, &[], body))
                .into_iter()
                .zip(["RetCode", "Response", "RequestId"])
        {
            let message = format!("expected an answer of {name}, got JSON without `{member}`");
            Says {
                kind: Decode,
                code: None,
                message: &message,
                request_id: None,
                status: 200,
                line: &format!("DescribeBackups: the answer can't be read: {message} (HTTP 200)"),
            }
            .check(&error);
        }
    }
}

#[test]
fn json_of_somebody_else_with_a_field_of_ours() {
    // The field is of the wrong type only because the answer is not the provider's.
    let error = failure::<Udb>(&answer(502, &[], r#"{"Status":"upstream down"}"#));
    assert_eq!(error.kind(), Unavailable);
    assert_eq!(
        error.message(),
        "expected an answer of UCloud, got JSON without `RetCode`"
    );
}

#[test]
fn tencent_with_a_response_that_is_null() {
    let error = failure::<Redis>(&answer(200, &[], r#"{"Response":null}"#));
    assert_eq!(error.kind(), Decode);
}

#[test]
fn a_status_of_failure_is_no_success_whatever_the_body_says() {
    let body = r#"{"RetCode":0,"Response":{"RequestId":"r"},"Success":true,"RequestId":"r"}"#;
    for (status, kind) in [
        (400, Decode),
        (429, Throttled),
        (500, Unavailable),
        (503, Unavailable),
    ] {
        for (_, error) in failures(&answer(status, &[], body)) {
            assert_eq!(error.kind(), kind, "{error}");
            assert_eq!(error.status(), Some(status));
            assert_eq!(error.code(), None);
        }
    }
}

#[test]
fn request_ids_are_taken_from_the_headers() {
    for (header, error) in [
        (
            "x-ucloud-request-uuid",
            failure::<Udb>(&answer(502, &[("X-UCLOUD-REQUEST-UUID", "id-1")], PAGE)),
        ),
        (
            "x-tc-requestid",
            failure::<Redis>(&answer(502, &[("X-TC-RequestId", "id-1")], "")),
        ),
        (
            "x-acs-request-id",
            failure::<Hbr>(&answer(502, &[("x-acs-request-id", "id-1")], "{")),
        ),
    ] {
        assert_eq!(error.request_id(), Some("id-1"), "{header}");
        assert!(
            error.to_string().ends_with("(request id id-1, HTTP 502)"),
            "{error}"
        );
    }
}
