//! Nothing shows a secret by accident: every `Debug` and every message is searched for them.

use std::error::Error as _;

use cloud_core::{Client, Credentials, RawRequest, Secret};

use crate::common::memory::{ID, SECRET, TOKEN, answer, bare, client, environment, now};
use crate::common::services::{Hbr, Redis, Udb};
use crate::{request, success};

const PARAMETER: &str = "parameter-secret";

#[track_caller]
fn shows_no_secret(shown: &str) {
    for secret in [SECRET, TOKEN, PARAMETER] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn of_keys() {
    let key = Credentials::new(ID, SECRET).with_token(TOKEN);
    shows_no_secret(&format!("{key:?} {key:#?}"));
    assert_eq!(
        format!("{key:?}"),
        format!(r#"Credentials {{ id: "{ID}", secret: [secret], token: Some([secret]) }}"#)
    );
    assert_eq!(format!("{:?}", Secret::from(SECRET)), "[secret]");
    assert_eq!(format!("{:?}", Secret::default()), "[secret]");
}

#[test]
fn of_the_environment() {
    let variables = environment(&[
        ("UCLOUD_PUBLIC_KEY", ID),
        ("UCLOUD_PRIVATE_KEY", SECRET),
        ("UCLOUD_SECURITY_TOKEN", TOKEN),
    ]);
    shows_no_secret(&format!("{variables:?} {variables:#?}"));
    let builder = bare::<Udb>(success()).environment(variables).region("r");
    shows_no_secret(&format!("{builder:?} {builder:#?}"));
    let client = builder.build().unwrap();
    now(client.send(request())).unwrap();
    shows_no_secret(&format!("{client:?} {client:#?}"));
    assert!(
        format!("{client:?}").contains(ID),
        "the id may be seen: {client:?}"
    );
}

#[test]
fn of_clients_and_their_builders() {
    let builder = client::<Udb>(success()).zone("z").project_id("p");
    shows_no_secret(&format!("{builder:?} {builder:#?}"));
    let ucloud = builder.build().unwrap();
    let tencent = client::<Redis>(success())
        .language("en-US")
        .build()
        .unwrap();
    let aliyun: Client<Hbr> = client(success()).build().unwrap();
    shows_no_secret(&format!("{ucloud:?} {ucloud:#?} {tencent:?} {aliyun:?}"));
    assert!(format!("{ucloud:?}").contains("cn-test-1"));
}

#[test]
fn of_a_builder_with_a_password_in_its_endpoint() {
    let builder = bare::<Udb>(success()).endpoint("https://user:hunter2@api.example.com");
    assert!(!format!("{builder:?}").contains("hunter2"), "{builder:?}");
}

#[test]
fn of_requests() {
    let request: RawRequest<Udb> = RawRequest::new("CreateDB")
        .param("AdminPassword", PARAMETER)
        .param("Nested", serde_json::json!({"Password": PARAMETER}));
    shows_no_secret(&format!("{request:?} {request:#?}"));
    assert!(format!("{request:?}").contains("AdminPassword"));
}

#[test]
fn of_signed_requests_whose_body_holds_none() {
    // UCloud's signature and token travel in the body, so that request can't be shown; the other providers' can.
    let tencent = client::<Redis>(success()).build().unwrap();
    let aliyun = client::<Hbr>(success()).build().unwrap();
    for sent in [
        now(tencent.prepare(&request())).unwrap(),
        now(aliyun.prepare(&request())).unwrap(),
    ] {
        let shown = format!("{sent:?}");
        shows_no_secret(&shown);
        assert!(!shown.contains("Signature="), "{shown}");
        assert!(!std::str::from_utf8(sent.body()).unwrap().contains(TOKEN));
    }
}

#[test]
fn of_errors_about_the_key_itself() {
    // A header can't carry these; the message must not quote them.
    for token in ["to\r\nken", "\u{0}", "\u{7f}"] {
        let token = format!("{TOKEN}{token}");
        let key = || Credentials::new(ID, SECRET).with_token(token.as_str());
        let tencent = client::<Redis>(success())
            .credentials(key())
            .build()
            .unwrap();
        let aliyun = client::<Hbr>(success()).credentials(key()).build().unwrap();
        for (error, header) in [
            (now(tencent.send(request())).unwrap_err(), "x-tc-token"),
            (
                now(aliyun.send(request())).unwrap_err(),
                "x-acs-security-token",
            ),
        ] {
            assert_eq!(
                error.to_string(),
                format!(
                    "DescribeBackups: the client can't send this: the header {header} can't carry this value: \
                     it holds control characters"
                )
            );
            assert_eq!(error.kind(), cloud_core::ErrorKind::Configuration);
            assert_eq!((error.attempts(), error.may_have_arrived()), (0, false));
            shows_no_secret(&format!("{error:?} {error:#?} {:?}", error.source()));
        }
    }
}

#[test]
fn of_errors_about_an_id_that_no_header_can_carry() {
    let key = || Credentials::new("id\nwith a line", SECRET);
    let tencent = client::<Redis>(success())
        .credentials(key())
        .build()
        .unwrap();
    let aliyun = client::<Hbr>(success()).credentials(key()).build().unwrap();
    for error in [
        now(tencent.send(request())).unwrap_err(),
        now(aliyun.send(request())).unwrap_err(),
    ] {
        assert!(
            error
                .message()
                .starts_with("the header authorization can't carry this value"),
            "{error}"
        );
    }
}

#[test]
fn of_answers_that_quote_the_key() {
    let body = format!(r#"{{"RetCode":171,"Message":"{SECRET}"}}"#);
    let client = client::<Udb>(answer(200, &[], body)).build().unwrap();
    let error = now(client.send(request())).unwrap_err();
    shows_no_secret(&format!("{error} {error:?} {error:#?}"));
}
