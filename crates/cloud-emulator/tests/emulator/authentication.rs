//! Keys, tokens and nonces, and every form that a request can have.

use cloud_emulator::Provider::{self, Aliyun, Tencent, Ucloud};
use cloud_emulator::{Account, Verdict};
use serde_json::json;

use crate::codes::{code, with};
use crate::common::http::{Connection, Request, send};
use crate::common::sign::{Caller, escape, sha1_hex};
use crate::common::{NOW, at, start, stopped};

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
        let account =
            Account::new(provider, "id", "s3cr3t").with_token("s3cr3t-token", at(NOW + 60));
        let emulator = stopped().account(account).start_blocking().unwrap();
        let code = |token: Option<&str>, nonce: &str| {
            let caller = Caller {
                id: "id".into(),
                secret: "s3cr3t".into(),
                token: token.map(Into::into),
                nonce: nonce.into(),
                ..Caller::new(provider, NOW)
            };
            send(emulator.address(), &caller.assume_role(provider)).code()
        };
        assert_eq!(code(None, "1"), missing, "{provider}");
        assert_eq!(code(Some("other"), "2"), wrong, "{provider}");
        assert_eq!(code(Some("s3cr3t-token"), "3"), "", "{provider}");
        emulator.clock().shift(60);
        assert_eq!(code(Some("s3cr3t-token"), "4"), expired, "{provider}");
        emulator.clock().shift(59);
        assert_eq!(code(Some("s3cr3t-token"), "5"), "", "{provider}");
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
