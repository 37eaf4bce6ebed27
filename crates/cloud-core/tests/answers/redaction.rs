//! Providers and proxies may quote what they were sent; an error never does.

use crate::common::memory::{ID, SECRET, TOKEN, answer, client, now};
use crate::common::services::{Hbr, Redis, Udb};
use crate::{failure, failures};
use cloud_core::{Credentials, Error, RawRequest};

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
