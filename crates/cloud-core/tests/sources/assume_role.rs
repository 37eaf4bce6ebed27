//! Roles that are taken with a key: what the token services are asked.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use cloud_core::aliyun::credentials::RamRoleArn;
use cloud_core::credentials::CredentialFn;
use cloud_core::tencent::credentials::AssumeRole;
use cloud_core::{CredentialSource, Credentials, ucloud};
use http::Request;
use serde_json::{Value as Json, json};

use crate::world::{ID, NOW, OTHER_SECRET, SECRET, TOKEN, World, header};

pub(crate) const POST: &str = "POST /";
const FOUND: &str = "temporary key until 2023-11-14T23:13:20Z: role r, taken with the vault";

/// A source with another key.
fn other_key() -> impl CredentialSource {
    CredentialFn::new("the vault", || async {
        Ok::<_, String>(Credentials::new("other-id", OTHER_SECRET))
    })
}

/// The parameters in a form body.
pub(crate) fn form(request: &Request<Bytes>) -> BTreeMap<String, String> {
    let text = std::str::from_utf8(request.body()).unwrap();
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        let decoded = percent_encoding::percent_decode_str(&text).decode_utf8();
        decoded.unwrap().into_owned()
    };
    text.split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    expected.iter().map(owned).collect()
}

pub(crate) fn aliyun_answer() -> Json {
    json!({ "RequestId": "r-1", "AssumedRoleUser": { "Arn": "r/s" }, "Credentials": {
        "AccessKeyId": ID, "AccessKeySecret": SECRET, "SecurityToken": TOKEN, "Expiration": "2023-11-14T23:13:20Z",
    }})
}

pub(crate) fn tencent_answer() -> Json {
    json!({ "Response": { "RequestId": "r-1", "ExpiredTime": NOW + 3_600, "Expiration": "2023-11-14T23:13:20Z", "Credentials": {
        "TmpSecretId": ID, "TmpSecretKey": SECRET, "Token": TOKEN,
    }}})
}

pub(crate) fn ucloud_answer() -> Json {
    json!({ "RetCode": 0, "Action": "AssumeRoleResponse", "Credentials": {
        "AccessKeyId": ID, "AccessKeySecret": SECRET, "SecurityToken": TOKEN, "Expiration": "2023-11-14T23:13:20Z",
    }})
}

pub(crate) fn world(answer: &Json) -> World {
    World::default().answer(POST, answer.to_string())
}

/// The official SDKs sign this request with their older signature and send it to the same host; ours has the same parameters, in the body.
#[test]
fn what_aliyun_is_asked() {
    let world = world(&aliyun_answer());
    assert_eq!(world.outcome(&RamRoleArn::new(other_key(), "r")), FOUND);
    assert_eq!(world.questions(), ["POST https://sts.aliyuncs.com/"]);
    let request = &world.requests()[0];
    assert_eq!(header(request, "x-acs-action"), "AssumeRole");
    assert_eq!(header(request, "x-acs-version"), "2015-04-01");
    let authorization = header(request, "authorization");
    assert!(
        authorization.starts_with("ACS3-HMAC-SHA256 Credential=other-id,"),
        "{authorization}"
    );
    assert_eq!(
        form(request),
        pairs(&[
            ("DurationSeconds", "3600"),
            ("RoleArn", "r"),
            ("RoleSessionName", "cloud-core-1700000000000"),
        ])
    );
}

#[test]
fn what_aliyun_can_be_told() {
    let world =
        world(&aliyun_answer()).variable("ALIBABA_CLOUD_ROLE_SESSION_NAME", "of the variable");
    let source = RamRoleArn::new(other_key(), "r")
        .session_name("backup monitor")
        .duration(Duration::from_secs(900))
        .policy(r#"{"Version": "1"}"#)
        .external_id("e 1");
    assert_eq!(world.outcome(&source), FOUND);
    assert_eq!(
        form(&world.requests()[0]),
        pairs(&[
            ("DurationSeconds", "900"),
            ("ExternalId", "e 1"),
            ("Policy", r#"{"Version": "1"}"#),
            ("RoleArn", "r"),
            ("RoleSessionName", "backup monitor"),
        ])
    );
    world.outcome(&RamRoleArn::new(other_key(), "r"));
    assert_eq!(
        form(&world.requests()[1])["RoleSessionName"],
        "of the variable"
    );
}

#[test]
fn where_aliyun_is_asked() {
    let source = || RamRoleArn::new(other_key(), "r");
    let region = ("ALIBABA_CLOUD_STS_REGION", "cn-beijing");
    let vpc = ("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED", "true");
    for (source, variables, expected) in [
        (source(), &[][..], "https://sts.aliyuncs.com/"),
        (
            source(),
            &[region][..],
            "https://sts.cn-beijing.aliyuncs.com/",
        ),
        (
            source(),
            &[region, vpc],
            "https://sts-vpc.cn-beijing.aliyuncs.com/",
        ),
        // As in the official SDKs.
        (source(), &[vpc], "https://sts.aliyuncs.com/"),
        (
            source().sts_region("cn-hangzhou"),
            &[region],
            "https://sts.cn-hangzhou.aliyuncs.com/",
        ),
        (
            source().sts_region("cn-hangzhou").vpc(),
            &[],
            "https://sts-vpc.cn-hangzhou.aliyuncs.com/",
        ),
        (
            source().endpoint("http://127.0.0.1:1").vpc(),
            &[region],
            "http://127.0.0.1:1/",
        ),
        // It is that of another service.
        (
            source(),
            &[("ALIBABA_CLOUD_ENDPOINT", "hbr.example.com")],
            "https://sts.aliyuncs.com/",
        ),
    ] {
        let world = variables
            .iter()
            .fold(world(&aliyun_answer()), |world, (name, value)| {
                world.variable(name, value)
            });
        assert_eq!(world.outcome(&source), FOUND);
        assert_eq!(world.questions(), [format!("POST {expected}")]);
    }
    let world = World::default();
    assert_eq!(
        world.outcome(&source().sts_region("evil.example.com/")),
        "configuration: the client can't send this: role r: `evil.example.com/` is no name of a region: \
         a host can't be made of it"
    );
    assert_eq!(world.questions(), [""; 0]);
}

#[test]
fn what_tencent_is_asked() {
    let world = world(&tencent_answer());
    assert_eq!(world.outcome(&AssumeRole::new(other_key(), "r")), FOUND);
    assert_eq!(world.questions(), ["POST https://sts.tencentcloudapi.com/"]);
    let request = &world.requests()[0];
    for (name, value) in [
        ("x-tc-action", "AssumeRole"),
        ("x-tc-version", "2018-08-13"),
        ("x-tc-region", "ap-guangzhou"),
        ("content-type", "application/json"),
    ] {
        assert_eq!(header(request, name), value);
    }
    let authorization = header(request, "authorization");
    let expected = "TC3-HMAC-SHA256 Credential=other-id/2023-11-14/sts/tc3_request,";
    assert!(authorization.starts_with(expected), "{authorization}");
    assert_eq!(
        serde_json::from_slice::<Json>(request.body()).unwrap(),
        json!({ "RoleArn": "r", "RoleSessionName": "cloud-core-1700000000000", "DurationSeconds": 7_200 })
    );

    let source = AssumeRole::new(other_key(), "r")
        .session_name("s")
        .duration(Duration::from_secs(60))
        .region("ap-shanghai-fsi");
    assert_eq!(world.outcome(&source), FOUND);
    assert_eq!(
        world.questions()[1],
        "POST https://sts.ap-shanghai-fsi.tencentcloudapi.com/"
    );
    assert_eq!(
        header(&world.requests()[1], "x-tc-region"),
        "ap-shanghai-fsi"
    );
    assert_eq!(
        serde_json::from_slice::<Json>(world.requests()[1].body()).unwrap(),
        json!({ "RoleArn": "r", "RoleSessionName": "s", "DurationSeconds": 60 })
    );
    let inside = source.endpoint("https://sts.internal.tencentcloudapi.com");
    assert_eq!(world.outcome(&inside), FOUND);
    assert_eq!(
        world.questions()[2],
        "POST https://sts.internal.tencentcloudapi.com/"
    );
}

#[test]
fn what_ucloud_is_asked() {
    let world = world(&ucloud_answer());
    let source = ucloud::credentials::AssumeRole::new(other_key(), "r");
    assert_eq!(world.outcome(&source), FOUND);
    assert_eq!(world.questions(), ["POST https://api.ucloud.cn/"]);
    let mut sent = form(&world.requests()[0]);
    assert_eq!(sent.remove("Signature").unwrap().len(), 40);
    let common = [
        ("Action", "AssumeRole"),
        ("PublicKey", "other-id"),
        ("RoleUrn", "r"),
    ];
    let session = ("RoleSessionName", "cloud-core-1700000000000");
    assert_eq!(sent, pairs(&[&common[..], &[session]].concat()));

    let source = source
        .session_name("s")
        .duration(Duration::from_secs(900))
        .policy("{}")
        .endpoint("http://127.0.0.1:1");
    assert_eq!(world.outcome(&source), FOUND);
    assert_eq!(world.questions()[1], "POST http://127.0.0.1:1/");
    let mut sent = form(&world.requests()[1]);
    sent.remove("Signature");
    let own = [
        ("RoleSessionName", "s"),
        ("DurationSeconds", "900"),
        ("Policy", "{}"),
    ];
    assert_eq!(sent, pairs(&[&common[..], &own].concat()));
}

/// A role that is taken with the key of another role.
#[test]
fn a_chain_of_roles() {
    let inner = RamRoleArn::new(other_key(), "first").endpoint("http://h1");
    let source = RamRoleArn::new(inner, "second").endpoint("http://h2");
    let world = world(&aliyun_answer());
    assert_eq!(
        world.outcome(&source),
        "temporary key until 2023-11-14T23:13:20Z: role second, taken with role first, taken with the vault"
    );
    assert_eq!(world.questions(), ["POST http://h1/", "POST http://h2/"]);
    let second = &world.requests()[1];
    assert_eq!(header(second, "x-acs-security-token"), TOKEN);
    assert_eq!(header(second, "x-acs-accesskey-id"), ID);
}

#[test]
fn a_function_is_a_source() {
    let source = CredentialFn::new("the vault", || async {
        Err::<Credentials, _>("it is locked")
    });
    assert_eq!(
        World::default().outcome(&source),
        "configuration: the client can't send this: the vault: it is locked"
    );
    assert_eq!(format!("{source:?}"), r#"CredentialFn("the vault")"#);
    let source = CredentialFn::new(String::from("mine"), || async {
        Ok::<_, String>(Credentials::new(ID, SECRET))
    });
    assert_eq!(World::default().outcome(&source), "key: mine");
}
