//! Instance metadata that are in order, or not there.

use cloud_core::aliyun::credentials::EcsRamRole;
use cloud_core::tencent::credentials::CvmRole;
use cloud_core::ucloud::credentials::InstanceRole;
use serde_json::{Value as Json, json};

use crate::world::{Answer, ID, NOW, SECRET, TOKEN, World, header};

pub(crate) const RAM: &str = "GET /latest/meta-data/ram/security-credentials/";
pub(crate) const CAM: &str = "GET /latest/meta-data/cam/security-credentials/";
pub(crate) const UAM: &str = "GET /meta-data/v1/uam/security-credentials";
pub(crate) const IAM: &str = "GET /meta-data/v2/iam/security-credentials";
pub(crate) const PUT: &str = "PUT /latest/api/token";

pub(crate) fn aliyun_key() -> Json {
    json!({
        "Code": "Success", "AccessKeyId": ID, "AccessKeySecret": SECRET, "SecurityToken": TOKEN,
        "Expiration": "2023-11-15T04:13:20Z", "LastUpdated": "2023-11-14T22:13:20Z",
    })
}

pub(crate) fn tencent_key() -> Json {
    json!({
        "Code": "Success", "TmpSecretId": ID, "TmpSecretKey": SECRET, "Token": TOKEN,
        "ExpiredTime": NOW + 21_600, "Expiration": "2023-11-15T04:13:20Z",
    })
}

pub(crate) fn ucloud_v1_key() -> Json {
    json!({ "RetCode": 0, "Message": "", "Data": {
        "Expiration": NOW + 21_600, "PrivateKey": SECRET, "ProjectID": "org-1", "PublicKey": ID,
        "CharacterName": "role", "SecurityToken": TOKEN, "UHostID": "uhost-1", "UPHostId": "",
    }})
}

pub(crate) fn ucloud_v2_key() -> Json {
    json!({ "RetCode": 0, "Message": "", "Data": {
        "AccessKeyId": ID, "AccessKeySecret": SECRET, "SecurityToken": TOKEN,
        "Expiration": "2023-11-15T12:13:20+08:00", "CharacterName": "role", "ProjectID": "org-1", "HostID": "uhost-1",
    }})
}

pub(crate) fn aliyun() -> World {
    World::default()
        .answer(PUT, TOKEN)
        .answer(RAM, "role\n")
        .answer(&format!("{RAM}role"), aliyun_key().to_string())
}

pub(crate) fn tencent() -> World {
    World::default()
        .answer(CAM, "role")
        .answer(&format!("{CAM}role"), tencent_key().to_string())
}

/// The official SDKs fetch a token for each of the two questions; ours serves for both.
#[test]
fn aliyun_asks_for_a_token_for_the_role_and_for_its_key() {
    let world = aliyun();
    assert_eq!(
        world.outcome(&EcsRamRole::new()),
        "temporary key until 2023-11-15T04:13:20Z: 100.100.100.200, role role"
    );
    assert_eq!(
        world.questions(),
        [
            "PUT http://100.100.100.200/latest/api/token",
            "GET http://100.100.100.200/latest/meta-data/ram/security-credentials/",
            "GET http://100.100.100.200/latest/meta-data/ram/security-credentials/role",
        ]
    );
    let [put, list, key] = &world.requests()[..] else {
        panic!("three questions");
    };
    assert_eq!(
        header(put, "x-aliyun-ecs-metadata-token-ttl-seconds"),
        "21600"
    );
    assert_eq!(put.headers().len(), 2, "{put:?}");
    for get in [list, key] {
        assert_eq!(header(get, "x-aliyun-ecs-metadata-token"), TOKEN);
        assert_eq!(header(get, "host"), "100.100.100.200");
        assert_eq!(get.headers().len(), 2, "{get:?}");
    }
}

#[test]
fn aliyun_asks_without_a_token_where_it_gets_none_and_may() {
    for no_token in [
        Answer::Status(404),
        Answer::Status(500),
        Answer::Status(503),
        Answer::Silent,
        "".into(),
        "<html>a login page</html>".into(),
    ] {
        let world = World::default()
            .answer(PUT, no_token)
            .answer(RAM, "role")
            .answer(&format!("{RAM}role"), aliyun_key().to_string());
        let outcome = world.outcome(&EcsRamRole::new());
        if world.questions().len() == 1 {
            assert_eq!(outcome, "absent: 100.100.100.200 answers with HTTP 503");
            continue;
        }
        assert!(outcome.starts_with("temporary key"), "{outcome}");
        for get in &world.requests()[1..] {
            assert_eq!(header(get, "x-aliyun-ecs-metadata-token"), "");
        }
    }
}

#[test]
fn aliyun_does_not_ask_without_a_token_where_that_is_forbidden() {
    for (no_token, expected) in [
        (
            Answer::Status(404),
            "decode: the answer can't be read: instance metadata: 100.100.100.200 answers with HTTP 404, gives no token, \
             and may not be asked without one",
        ),
        (
            Answer::Status(403),
            "permission_denied: permission denied: instance metadata: 100.100.100.200 answers with HTTP 403, gives no token, \
             and may not be asked without one",
        ),
        (
            "no token at all".into(),
            "decode: the answer can't be read: instance metadata: 100.100.100.200 answers with something else than a token",
        ),
        (
            Answer::Silent,
            "absent: no answer from 100.100.100.200: nothing within 1 s",
        ),
        (
            Answer::Refused,
            "absent: no answer from 100.100.100.200: connection refused",
        ),
    ] {
        let world = World::default().answer(PUT, no_token).answer(RAM, "role");
        assert_eq!(
            world.outcome(&EcsRamRole::new().disable_imds_v1()),
            expected
        );
        assert_eq!(world.questions().len(), 1);
        let by_variable = world.variable("ALIBABA_CLOUD_IMDSV1_DISABLED", "True");
        assert_eq!(by_variable.outcome(&EcsRamRole::new()), expected);
    }
}

#[test]
fn aliyun_is_told_by_variables() {
    let disabled = aliyun().variable("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
    assert_eq!(
        disabled.outcome(&EcsRamRole::new()),
        "absent: ALIBABA_CLOUD_ECS_METADATA_DISABLED switches it off"
    );
    assert_eq!(disabled.questions(), [""; 0]);

    let named = aliyun().variable("ALIBABA_CLOUD_ECS_METADATA", "role");
    assert!(
        named
            .outcome(&EcsRamRole::new())
            .starts_with("temporary key")
    );
    assert_eq!(named.questions().len(), 2, "a token and the key");

    // What is said in code counts more.
    let other = named.variable("ALIBABA_CLOUD_ECS_METADATA", "other");
    let source = EcsRamRole::at("http://127.0.0.1:8080").role("role");
    assert_eq!(
        other.outcome(&source),
        "temporary key until 2023-11-15T04:13:20Z: 127.0.0.1:8080, role role"
    );
}

#[test]
fn tencent_asks_for_the_role_and_for_its_key() {
    let world = tencent();
    assert_eq!(
        world.outcome(&CvmRole::new()),
        "temporary key until 2023-11-15T04:13:20Z: metadata.tencentyun.com, role role"
    );
    assert_eq!(
        world.questions(),
        [
            "GET http://metadata.tencentyun.com/latest/meta-data/cam/security-credentials/",
            "GET http://metadata.tencentyun.com/latest/meta-data/cam/security-credentials/role",
        ]
    );
    let named = tencent();
    let outcome = named.outcome(&CvmRole::at("http://127.0.0.1:1").role("role"));
    assert!(outcome.starts_with("temporary key"), "{outcome}");
    assert_eq!(
        named.questions(),
        ["GET http://127.0.0.1:1/latest/meta-data/cam/security-credentials/role"]
    );
}

#[test]
fn ucloud_knows_two_versions() {
    let found = "temporary key until 2023-11-15T04:13:20Z: 100.80.80.80, role ";
    let first = World::default()
        .answer(UAM, ucloud_v1_key().to_string())
        .answer(&format!("{UAM}/role"), ucloud_v1_key().to_string());
    assert_eq!(
        first.outcome(&InstanceRole::new()),
        format!("{found}of the machine")
    );
    assert_eq!(
        first.questions(),
        ["GET http://100.80.80.80/meta-data/v1/uam/security-credentials"]
    );

    let second = World::default().answer(&format!("{IAM}/role"), ucloud_v2_key().to_string());
    let named = InstanceRole::new().role("role");
    assert_eq!(second.outcome(&named), format!("{found}role"));
    assert_eq!(
        second.questions(),
        ["GET http://100.80.80.80/meta-data/v2/iam/security-credentials/role"]
    );

    // A machine that has the first version only.
    assert_eq!(first.outcome(&named), format!("{found}role"));
    assert_eq!(
        first.questions()[1..],
        [
            "GET http://100.80.80.80/meta-data/v2/iam/security-credentials/role",
            "GET http://100.80.80.80/meta-data/v1/uam/security-credentials/role",
        ]
    );
}

#[test]
fn nobody_answers() {
    let everything = |answer: Answer| {
        [
            PUT,
            RAM,
            CAM,
            UAM,
            &format!("{IAM}/role"),
            &format!("{CAM}role"),
            &format!("{RAM}role"),
        ]
        .into_iter()
        .fold(World::default(), |world, question| {
            world.answer(question, answer.clone())
        })
    };
    for (answer, reason) in [
        (
            Answer::Refused,
            "no answer from ADDRESS: connection refused",
        ),
        (Answer::Silent, "no answer from ADDRESS: nothing within 1 s"),
        // Proxies answer for those whom they do not find.
        (Answer::Status(502), "ADDRESS answers with HTTP 502"),
        (Answer::Status(503), "ADDRESS answers with HTTP 503"),
        (Answer::Status(504), "ADDRESS answers with HTTP 504"),
    ] {
        let outcome = |address: &str| format!("absent: {}", reason.replace("ADDRESS", address));
        let world = everything(answer);
        for source in [EcsRamRole::new(), EcsRamRole::new().role("role")] {
            assert_eq!(world.outcome(&source), outcome("100.100.100.200"));
        }
        for source in [CvmRole::new(), CvmRole::new().role("role")] {
            assert_eq!(world.outcome(&source), outcome("metadata.tencentyun.com"));
        }
        for source in [InstanceRole::new(), InstanceRole::new().role("role")] {
            assert_eq!(world.outcome(&source), outcome("100.80.80.80"));
        }
    }
}

#[test]
fn no_role_is_bound() {
    let expected = "absent: no role is bound to this machine";
    let empty = World::default().answer(RAM, "\n").answer(CAM, "");
    for world in [World::default(), empty] {
        assert_eq!(world.outcome(&EcsRamRole::new()), expected);
        assert_eq!(world.outcome(&CvmRole::new()), expected);
        assert_eq!(world.outcome(&InstanceRole::new()), expected);
    }
}
