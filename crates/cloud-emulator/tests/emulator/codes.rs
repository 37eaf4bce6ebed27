//! Each way to fail to show who one is, with the provider's own code for it.

use cloud_emulator::Provider::{self, Aliyun, Tencent, Ucloud};

use crate::common::http::{Request, send};
use crate::common::sign::Caller;
use crate::common::{NOW, start};

/// Sends the request to a new emulator; `""` stands for a success.
pub(crate) fn code(request: &Request) -> (u16, String) {
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
pub(crate) fn with(provider: Provider, change: impl FnOnce(&mut Caller)) -> Request {
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

/// The same request with a part of its header `Authorization` replaced.
fn reauthorized(good: &Request, from: &str, to: &str) -> Request {
    let mut headers = good.headers.iter();
    let (_, value) = headers.find(|(name, _)| name == "authorization").unwrap();
    assert!(value.contains(from), "{value}");
    good.clone()
        .header("authorization", &value.replace(from, to))
}

#[test]
fn tencent_codes() {
    let caller = Caller::new(Tencent, NOW);
    let good = caller.assume_role(Tencent);
    let another = |from, to| reauthorized(&good, from, to);
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
    let another = |from, to| reauthorized(&good, from, to);
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

/// The first signature of Alibaba Cloud has everything in parameters. `vectors` has right ones.
#[test]
fn aliyun_v1_codes() {
    let all = [
        ("AccessKeyId", "LTAIemulator"),
        ("Action", "AssumeRole"),
        ("Signature", "c2lnbmF0dXJl"),
        ("SignatureMethod", "HMAC-SHA1"),
        ("SignatureNonce", "1"),
        ("Timestamp", "2023-11-14T22%3A13%3A20Z"),
        ("Version", "2015-04-01"),
    ];
    for (name, value, status, expected) in [
        (
            "Signature",
            Some("c2lnbmF0dXJl"),
            400,
            "SignatureDoesNotMatch",
        ),
        ("Signature", None, 400, "MissingSignature"),
        ("AccessKeyId", None, 400, "MissingAccessKeyId"),
        (
            "AccessKeyId",
            Some("me"),
            404,
            "InvalidAccessKeyId.NotFound",
        ),
        ("Action", None, 400, "MissingAction"),
        ("Version", None, 400, "MissingVersion"),
        ("SignatureNonce", None, 400, "MissingSignatureNonce"),
        (
            "SignatureMethod",
            Some("HMAC-MD5"),
            400,
            "IncompleteSignature",
        ),
        ("Timestamp", None, 400, "MissingTimestamp"),
        ("Timestamp", Some("now"), 400, "InvalidTimeStamp.Format"),
        (
            "Timestamp",
            Some("2023-11-14T21%3A58%3A19Z"),
            400,
            "InvalidTimeStamp.Expired",
        ),
    ] {
        let pairs: Vec<String> = all
            .iter()
            .filter_map(|(known, right)| {
                let value = if *known == name { value? } else { right };
                Some(format!("{known}={value}"))
            })
            .collect();
        let request = Request::new("GET", &format!("/?{}", pairs.join("&")));
        assert_eq!(
            code(&request),
            (status, expected.to_owned()),
            "{name}={value:?}"
        );
    }
}
