//! Temporary keys: who gets them, what they look like, and that they are let in until they expire.

use cloud_emulator::Provider::{self, Aliyun, Tencent, Ucloud};
use serde_json::Value;

use crate::common::http::{Request, send};
use crate::common::sign::Caller;
use crate::common::{NOW, start};

fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no text"))
        .to_owned()
}

/// The caller that an answer of a token service, or of instance metadata, makes.
pub(crate) fn caller(provider: Provider, keys: &Value, nonce: &str) -> Caller {
    let names = match provider {
        _ if keys["AccessKeyId"].is_string() => ["AccessKeyId", "AccessKeySecret", "SecurityToken"],
        Tencent => ["TmpSecretId", "TmpSecretKey", "Token"],
        _ => ["PublicKey", "PrivateKey", "SecurityToken"],
    };
    let [id, secret, token] = names.map(|name| text(&keys[name]));
    Caller {
        id,
        secret,
        token: Some(token),
        nonce: nonce.to_owned(),
        ..Caller::new(provider, NOW)
    }
}

#[test]
fn temporary_keys_are_let_in_until_they_expire() {
    for (provider, lasts, expired) in [
        (Ucloud, 3_600, "174"),
        (Tencent, 7_200, "AuthFailure.TokenFailure"),
        (Aliyun, 3_600, "InvalidSecurityToken.Expired"),
    ] {
        let emulator = start();
        let lasting = Caller::new(provider, NOW);
        let body = send(emulator.address(), &lasting.assume_role(provider)).json();
        let answer = if provider == Tencent {
            &body["Response"]
        } else {
            &body
        };
        let expiration = match provider {
            Tencent => &answer["Expiration"],
            _ => &answer["Credentials"]["Expiration"],
        };
        let hour = if lasts == 3_600 { 23 } else { 0 };
        assert!(
            text(expiration).ends_with(&format!("T{hour:02}:13:20Z")),
            "{answer}"
        );

        let code = |shift: i64, nonce: &str| {
            emulator.clock().shift(shift);
            let mut caller = caller(provider, &answer["Credentials"], nonce);
            caller.now += shift;
            send(emulator.address(), &caller.assume_role(provider)).code()
        };
        assert_eq!(code(lasts - 1, "1"), "", "{provider}");
        assert_eq!(code(lasts, "2"), expired, "{provider}");
    }
}

#[test]
fn what_is_wrong_with_a_request_for_a_key() {
    let ucloud = |parameters: &[(&str, &str)]| {
        let all = [&[("Action", "AssumeRole")], parameters].concat();
        Caller::new(Ucloud, NOW).ucloud(&all)
    };
    let tencent =
        |body: &str| Caller::new(Tencent, NOW).tencent(("sts", "2018-08-13", "AssumeRole"), body);
    let aliyun =
        |form: &str| Caller::new(Aliyun, NOW).aliyun(("2015-04-01", "AssumeRole"), "", form);
    for (request, code) in [
        (ucloud(&[("RoleSessionName", "s")]), "220"),
        (
            ucloud(&[
                ("RoleUrn", "r"),
                ("RoleSessionName", "s"),
                ("DurationSeconds", "899"),
            ]),
            "230",
        ),
        (tencent("{}"), "MissingParameter"),
        (
            tencent(r#"{"RoleArn":"r","RoleSessionName":""}"#),
            "MissingParameter",
        ),
        (
            tencent(r#"{"RoleArn":"r","RoleSessionName":"s","DurationSeconds":43201}"#),
            "InvalidParameterValue",
        ),
        (aliyun("RoleArn=r"), "MissingRoleSessionName"),
        (
            aliyun("RoleArn=r&RoleSessionName=s&DurationSeconds=long"),
            "InvalidDurationSeconds",
        ),
    ] {
        assert_eq!(
            send(start().address(), &request).code(),
            code,
            "{request:?}"
        );
    }
    // Other services have no such action here.
    let redis = Caller::new(Tencent, NOW).tencent(("redis", "2018-04-12", "AssumeRole"), "{}");
    assert_eq!(send(start().address(), &redis).code(), "InvalidAction");
}

#[test]
fn identities_of_others_need_no_signature() {
    let web_identity =
        r#"{"ProviderId":"p","WebIdentityToken":"t","RoleArn":"r","RoleSessionName":"s"}"#;
    let tencent = Request::new("POST", "/")
        .header("content-type", "application/json")
        .header("authorization", "SKIP")
        .header("x-tc-action", "AssumeRoleWithWebIdentity")
        .header("x-tc-version", "2018-08-13")
        .header("x-tc-timestamp", "1700000000")
        .body(web_identity);
    let oidc = "OIDCProviderArn=p&OIDCToken=t&RoleArn=r&RoleSessionName=s";
    let common = "Action=AssumeRoleWithOIDC&Version=2015-04-01&Format=JSON&Timestamp=2023-11-14T22%3A13%3A20Z&SignatureNonce=1";
    let form =
        Request::new("POST", "/").header("content-type", "application/x-www-form-urlencoded");
    for (name, provider, request) in [
        ("Tencent", Tencent, tencent.clone()),
        (
            "Alibaba, form",
            Aliyun,
            form.clone().body(&format!("{common}&{oidc}")),
        ),
        (
            "Alibaba, GET",
            Aliyun,
            Request::new("GET", &format!("/?{common}&{oidc}")),
        ),
        (
            "Alibaba, split",
            Aliyun,
            Request {
                target: format!("/?{common}"),
                ..form.clone().body(oidc)
            },
        ),
        (
            "Alibaba, headers",
            Aliyun,
            form.clone()
                .header("x-acs-action", "AssumeRoleWithOIDC")
                .header("x-acs-version", "2015-04-01")
                .body(oidc),
        ),
    ] {
        let emulator = start();
        let response = send(emulator.address(), &request);
        assert_eq!(response.code(), "", "{name}");
        let body = response.json();
        let answer = if provider == Tencent {
            &body["Response"]
        } else {
            &body
        };
        let caller = caller(provider, &answer["Credentials"], "1");
        assert_eq!(
            send(emulator.address(), &caller.assume_role(provider)).code(),
            "",
            "{name}"
        );
    }
    let without = tencent.body(&web_identity.replace("WebIdentityToken", "Other"));
    assert_eq!(send(start().address(), &without).code(), "MissingParameter");
    let without = form.body(&format!(
        "{common}&{}",
        oidc.replace("OIDCToken=t", "OIDCToken=")
    ));
    assert_eq!(send(start().address(), &without).code(), "MissingOIDCToken");
}
