//! Each way to fail to show who one is, with the provider's own code for it.

use cloud_emulator::Provider::{self, Aliyun, Tencent, Ucloud};
use cloud_emulator::{Account, Verdict};
use serde_json::json;

use crate::common::http::{Connection, Request, send};
use crate::common::sign::{Caller, escape, sha1_hex};
use crate::common::{NOW, at, start, stopped};

/// Sends the request to a new emulator; `""` stands for a success.
fn code(request: &Request) -> (u16, String) {
    let response = send(start().address(), request);
    (response.status, response.code())
}

fn assert_codes(provider: Provider, cases: Vec<(&str, Request, u16, &str)>) {
    for (name, request, status, expected) in cases {
        let found = code(&request);
        assert_eq!(found, (status, expected.to_owned()), "{provider}: {name}");
    }
}

/// A request of somebody who differs from the built-in account.
fn with(provider: Provider, change: impl FnOnce(&mut Caller)) -> Request {
    let mut caller = Caller::new(provider, NOW);
    change(&mut caller);
    caller.assume_role(provider)
}

#[test]
fn ucloud_codes() {
    let caller = Caller::new(Ucloud, NOW);
    let good = caller.assume_role(Ucloud);
    let body = String::from_utf8(good.body.clone()).unwrap();
    let unsigned = body.split("&Signature=").next().unwrap();
    let malformed = Request {
        target: "/?Action=AssumeRole".into(),
        ..good.clone()
    };
    let malformed = malformed
        .header("content-type", "application/json")
        .body("{");
    assert_codes(
        Ucloud,
        vec![
            ("right", good.clone(), 200, ""),
            (
                "unknown key",
                with(Ucloud, |caller| caller.id = "me".into()),
                200,
                "172",
            ),
            (
                "wrong key",
                with(Ucloud, |caller| caller.secret.push('x')),
                200,
                "171",
            ),
            (
                "changed body",
                good.clone().body(&body.replace("=s&", "=t&")),
                200,
                "171",
            ),
            (
                "one more parameter",
                good.clone().body(&format!("{body}&More=1")),
                200,
                "171",
            ),
            ("no signature", good.clone().body(unsigned), 200, "170"),
            (
                "no key",
                good.clone().body(&body.replace("PublicKey=", "Other=")),
                200,
                "172",
            ),
            (
                "no action",
                good.clone().body(&body.replace("Action=", "Other=")),
                200,
                "160",
            ),
            (
                "a token of nobody",
                with(Ucloud, |caller| caller.token = Some("t".into())),
                200,
                "174",
            ),
            ("malformed JSON", malformed, 200, "230"),
            (
                "another method",
                Request {
                    method: "PUT".into(),
                    ..good.clone()
                },
                405,
                "130",
            ),
        ],
    );
}

#[test]
fn tencent_codes() {
    let caller = Caller::new(Tencent, NOW);
    let good = caller.assume_role(Tencent);
    let another = |from: &str, to: &str| {
        let (_, value) = good
            .headers
            .iter()
            .find(|(name, _)| name == "authorization")
            .unwrap();
        assert!(value.contains(from), "{value}");
        good.clone()
            .header("authorization", &value.replace(from, to))
    };
    assert_codes(
        Tencent,
        vec![
            ("right", good.clone(), 200, ""),
            (
                "4 minutes old",
                with(Tencent, |caller| caller.now -= 299),
                200,
                "",
            ),
            (
                "4 minutes ahead",
                with(Tencent, |caller| caller.now += 299),
                200,
                "",
            ),
            (
                "5 minutes old",
                with(Tencent, |caller| caller.now -= 301),
                200,
                "AuthFailure.SignatureExpire",
            ),
            (
                "5 minutes ahead",
                with(Tencent, |caller| caller.now += 301),
                200,
                "AuthFailure.SignatureExpire",
            ),
            (
                "unknown key",
                with(Tencent, |caller| caller.id = "AKIDx".into()),
                200,
                "AuthFailure.SecretIdNotFound",
            ),
            (
                "wrong key",
                with(Tencent, |caller| caller.secret.push('x')),
                200,
                "AuthFailure.SignatureFailure",
            ),
            (
                "changed body",
                good.clone().body("{}"),
                200,
                "AuthFailure.SignatureFailure",
            ),
            (
                "changed host",
                good.clone().header("host", "other.test"),
                200,
                "AuthFailure.SignatureFailure",
            ),
            (
                "another service",
                another("/sts/", "/cvm/"),
                200,
                "AuthFailure.SignatureFailure",
            ),
            (
                "another day",
                another("/2023-11-14/", "/2023-11-13/"),
                200,
                "AuthFailure.InvalidAuthorization",
            ),
            (
                "no signature",
                good.clone().without("authorization"),
                200,
                "AuthFailure.InvalidAuthorization",
            ),
            (
                "an older signature",
                good.clone().header("authorization", "HmacSHA1 x"),
                200,
                "AuthFailure.InvalidAuthorization",
            ),
            (
                "unsigned host",
                another("content-type;host", "content-type"),
                200,
                "AuthFailure.InvalidAuthorization",
            ),
            (
                "absent header signed",
                another("content-type;host", "content-type;host;x-no"),
                200,
                "AuthFailure.InvalidAuthorization",
            ),
            (
                "not signed at all",
                good.clone().header("authorization", "SKIP"),
                200,
                "AuthFailure.InvalidAuthorization",
            ),
            (
                "no action",
                good.clone().without("x-tc-action"),
                200,
                "MissingParameter",
            ),
            (
                "no version",
                good.clone().without("x-tc-version"),
                200,
                "MissingParameter",
            ),
            (
                "no timestamp",
                good.clone().without("x-tc-timestamp"),
                200,
                "MissingParameter",
            ),
            (
                "no number",
                good.clone().header("x-tc-timestamp", "now"),
                200,
                "InvalidParameter",
            ),
            (
                "a token of nobody",
                with(Tencent, |caller| caller.token = Some("t".into())),
                200,
                "AuthFailure.TokenFailure",
            ),
            (
                "malformed JSON",
                caller.tencent(("sts", "2018-08-13", "AssumeRole"), "{"),
                200,
                "InvalidRequest",
            ),
            (
                "no object",
                caller.tencent(("sts", "2018-08-13", "AssumeRole"), "[]"),
                200,
                "InvalidRequest",
            ),
            (
                "wrong version",
                caller.tencent(("sts", "2017-03-12", "AssumeRole"), "{}"),
                200,
                "NoSuchVersion",
            ),
            (
                "another method",
                Request {
                    method: "PUT".into(),
                    ..good.clone()
                },
                200,
                "UnsupportedProtocol",
            ),
        ],
    );
}

#[test]
fn aliyun_codes() {
    let caller = Caller::new(Aliyun, NOW);
    let good = caller.assume_role(Aliyun);
    let another = |from: &str, to: &str| {
        let (_, value) = good
            .headers
            .iter()
            .find(|(name, _)| name == "authorization")
            .unwrap();
        assert!(value.contains(from), "{value}");
        good.clone()
            .header("authorization", &value.replace(from, to))
    };
    assert_codes(
        Aliyun,
        vec![
            ("right", good.clone(), 200, ""),
            (
                "14 minutes old",
                with(Aliyun, |caller| caller.now -= 899),
                200,
                "",
            ),
            (
                "14 minutes ahead",
                with(Aliyun, |caller| caller.now += 899),
                200,
                "",
            ),
            (
                "15 minutes old",
                with(Aliyun, |caller| caller.now -= 901),
                400,
                "InvalidTimeStamp.Expired",
            ),
            (
                "15 minutes ahead",
                with(Aliyun, |caller| caller.now += 901),
                400,
                "InvalidTimeStamp.Expired",
            ),
            (
                "no time",
                good.clone().header("x-acs-date", "now"),
                400,
                "InvalidTimeStamp.Format",
            ),
            (
                "unknown key",
                with(Aliyun, |caller| caller.id = "LTAIx".into()),
                404,
                "InvalidAccessKeyId.NotFound",
            ),
            (
                "wrong key",
                with(Aliyun, |caller| caller.secret.push('x')),
                400,
                "SignatureDoesNotMatch",
            ),
            (
                "changed body",
                good.clone().body("RoleSessionName=t"),
                400,
                "SignatureDoesNotMatch",
            ),
            (
                "changed query",
                Request {
                    target: "/?RoleArn=x".into(),
                    ..good.clone()
                },
                400,
                "SignatureDoesNotMatch",
            ),
            (
                "changed action",
                good.clone().header("x-acs-action", "Other"),
                400,
                "SignatureDoesNotMatch",
            ),
            (
                "no signature",
                good.clone().without("authorization"),
                400,
                "MissingAccessKeyId",
            ),
            (
                "no action",
                good.clone().without("x-acs-action"),
                400,
                "MissingAction",
            ),
            (
                "no version",
                good.clone().without("x-acs-version"),
                400,
                "MissingVersion",
            ),
            (
                "no date",
                good.clone().without("x-acs-date"),
                400,
                "MissingTimestamp",
            ),
            (
                "no nonce",
                good.clone().without("x-acs-signature-nonce"),
                400,
                "MissingSignatureNonce",
            ),
            (
                "another algorithm",
                another("ACS3-HMAC-SHA256", "ACS3-RSA-SHA256"),
                400,
                "IncompleteSignature",
            ),
            (
                "no key id",
                another("Credential=", "Other="),
                400,
                "IncompleteSignature",
            ),
            (
                "unsigned host",
                another("host;", ""),
                400,
                "IncompleteSignature",
            ),
            (
                "unsigned header",
                good.clone().header("x-acs-more", "1"),
                400,
                "IncompleteSignature",
            ),
            (
                "absent header signed",
                another("host;", "host;x-no;"),
                400,
                "IncompleteSignature",
            ),
            (
                "a token of nobody",
                with(Aliyun, |caller| caller.token = Some("t".into())),
                400,
                "InvalidSecurityToken.MismatchWithAccessKey",
            ),
            (
                "another method",
                Request {
                    method: "PUT".into(),
                    ..good.clone()
                },
                403,
                "UnsupportedHTTPMethod",
            ),
        ],
    );
}

/// The key of another provider is no key here.
#[test]
fn keys_belong_to_their_provider() {
    for (provider, other, expected) in [
        (Ucloud, Aliyun, "172"),
        (Tencent, Ucloud, "AuthFailure.SecretIdNotFound"),
        (Aliyun, Tencent, "InvalidAccessKeyId.NotFound"),
    ] {
        let request = Caller::new(other, NOW).assume_role(provider);
        assert_eq!(code(&request).1, expected);
    }
}

#[test]
fn a_temporary_key_needs_its_token_and_expires() {
    for (provider, missing, wrong, expired) in [
        (Ucloud, "174", "174", "174"),
        (
            Tencent,
            "AuthFailure.TokenFailure",
            "AuthFailure.TokenFailure",
            "AuthFailure.TokenFailure",
        ),
        (
            Aliyun,
            "MissingSecurityToken",
            "InvalidSecurityToken.MismatchWithAccessKey",
            "InvalidSecurityToken.Expired",
        ),
    ] {
        let account = Account::new(provider, "id", "secret").with_token("token", at(NOW + 60));
        let emulator = stopped().account(account).start_blocking().unwrap();
        let code = |token: Option<&str>, nonce: &str| {
            let caller = Caller {
                id: "id".into(),
                secret: "secret".into(),
                token: token.map(Into::into),
                nonce: nonce.into(),
                ..Caller::new(provider, NOW)
            };
            send(emulator.address(), &caller.assume_role(provider)).code()
        };
        assert_eq!(code(None, "1"), missing, "{provider}");
        assert_eq!(code(Some("other"), "2"), wrong, "{provider}");
        assert_eq!(code(Some("token"), "3"), "", "{provider}");
        emulator.clock().shift(60);
        assert_eq!(code(Some("token"), "4"), expired, "{provider}");
        emulator.clock().shift(59);
        assert_eq!(code(Some("token"), "5"), "", "{provider}");
    }
}

#[test]
fn only_alibaba_cloud_refuses_a_replay() {
    for (provider, expected) in [(Ucloud, ""), (Tencent, ""), (Aliyun, "SignatureNonceUsed")] {
        let emulator = start();
        let mut connection = Connection::open(emulator.address());
        let request = Caller::new(provider, NOW).assume_role(provider);
        assert_eq!(connection.send(&request).unwrap().code(), "", "{provider}");
        assert_eq!(
            connection.send(&request).unwrap().code(),
            expected,
            "{provider}"
        );
    }
}

/// The date of an answer is that of the clock that refused the signature: clients correct theirs by it.
#[test]
fn the_date_is_that_of_the_clock() {
    let emulator = start();
    emulator.clock().shift(-3_600);
    let response = send(
        emulator.address(),
        &Caller::new(Aliyun, NOW).assume_role(Aliyun),
    );
    assert_eq!(response.code(), "InvalidTimeStamp.Expired");
    assert_eq!(response.header("date"), "Tue, 14 Nov 2023 21:13:20 GMT");
}

#[test]
fn every_form_of_a_request() {
    let arn = "acs:ram::1:role/r";
    let ucloud = Caller::new(Ucloud, NOW);
    let parameters = &[
        ("Action", "AssumeRole"),
        ("RoleUrn", "中文 +/&*~"),
        ("RoleSessionName", "s"),
        ("Zone", ""),
    ];
    let form = ucloud.ucloud_form(parameters);
    let nested = json!({
        "Action": "AssumeRole", "PublicKey": ucloud.id, "RoleUrn": "r", "RoleSessionName": "s",
        "DurationSeconds": 900, "Flag": true, "Rate": 42.0, "List": ["b", "a"], "Set": [{ "Z": 1, "A": "x" }], "No": null,
    });
    let text = format!(
        "ActionAssumeRoleDurationSeconds900FlagtrueListbaPublicKey{}Rate42RoleSessionNamesRoleUrnrSetAxZ1{}",
        ucloud.id, ucloud.secret
    );
    let mut signed = nested;
    signed["Signature"] = json!(sha1_hex(&text));
    let tencent = Caller::new(Tencent, NOW);
    let sts = ("sts", "2018-08-13", "AssumeRole");
    let aliyun = Caller::new(Aliyun, NOW);
    let call = ("2015-04-01", "AssumeRole");
    let both = format!("RoleArn={}&RoleSessionName=s%20t", escape(arn));
    for (name, request) in [
        ("UCloud, GET", Request::new("GET", &format!("/?{form}"))),
        (
            "UCloud, form with the action in the address too",
            Request {
                target: "/?Action=AssumeRole".into(),
                ..ucloud.ucloud(parameters)
            },
        ),
        (
            "UCloud, JSON",
            Request::new("POST", "/")
                .header("content-type", "application/json")
                .body(&signed.to_string()),
        ),
        (
            "Tencent, GET with +",
            tencent.tencent_get(sts, "RoleSessionName=s+t&RoleArn=r"),
        ),
        (
            "Tencent, GET with %20",
            tencent.tencent_get(sts, "RoleArn=r&RoleSessionName=s%20t!"),
        ),
        ("Alibaba, query", aliyun.aliyun(call, &both, "")),
        ("Alibaba, form", aliyun.aliyun(call, "", &both)),
        ("Alibaba, GET", {
            let request = Request::new("GET", &format!("/?{both}"));
            aliyun.aliyun_request(request, call)
        }),
        ("Alibaba, JSON", {
            let body = json!({ "RoleArn": arn, "RoleSessionName": "s", "DurationSeconds": 900 });
            let request = Request::new("POST", "/")
                .header("content-type", "application/json")
                .body(&body.to_string());
            aliyun.aliyun_request(request, call)
        }),
    ] {
        assert_eq!(code(&request), (200, String::new()), "{name}");
    }
    // The query may be sent in another order and with other escapes than it is signed in.
    let request = Request {
        target: "/?RoleSessionName=s+t&RoleArn=acs:ram::1:role/r".into(),
        ..aliyun.aliyun(call, &both, "")
    };
    assert_eq!(code(&request), (200, String::new()));
}

#[test]
fn the_verdict_says_why() {
    let emulator = start();
    for provider in Provider::ALL {
        send(
            emulator.address(),
            &Caller::new(provider, NOW).assume_role(provider),
        );
        let verdict = emulator.requests().pop().unwrap().verdict;
        let id = Caller::new(provider, NOW).id;
        assert!(
            matches!(&verdict, Verdict::Accepted { reason } if reason.contains(&id)),
            "{verdict:?}"
        );
    }
    let wrong = with(Tencent, |caller| caller.secret.push('x'));
    send(emulator.address(), &wrong);
    let verdict = emulator.requests().pop().unwrap().verdict;
    let Verdict::Unauthenticated { code, reason } = &verdict else {
        panic!("{verdict:?}")
    };
    assert_eq!(code, "AuthFailure.SignatureFailure");
    assert!(
        reason.contains("TC3-HMAC-SHA256\\n1700000000\\n"),
        "{reason}"
    );
}
