//! Roles that can't be taken: no key to take them with, a service that refuses or is not there, answers without a key.

use cloud_core::aliyun::credentials::RamRoleArn;
use cloud_core::tencent::credentials::AssumeRole;
use cloud_core::{CredentialSource, Credentials, ucloud};
use serde_json::{Value as Json, json};

use crate::assume_role::{POST, aliyun_answer, tencent_answer, ucloud_answer, world};
use crate::world::{Answer, OTHER_SECRET, SECRET, World};

/// Another key, given by the program.
fn given() -> Credentials {
    Credentials::new("other-id", OTHER_SECRET)
}

/// Each provider's source with the same inner one.
fn sources(inner: impl CredentialSource + Clone) -> [Box<dyn CredentialSource>; 3] {
    [
        Box::new(RamRoleArn::new(inner.clone(), "r")),
        Box::new(AssumeRole::new(inner.clone(), "r")),
        Box::new(ucloud::credentials::AssumeRole::new(inner, "r")),
    ]
}

#[test]
fn no_key_to_take_a_role_with() {
    let world = World::default();
    for source in sources(cloud_core::tencent::credentials::CvmRole::new()) {
        assert_eq!(
            world.outcome(&*source),
            "configuration: the client can't send this: role r: there is no key to take it with: instance metadata: \
             no role is bound to this machine"
        );
    }
}

#[test]
fn what_the_service_refuses() {
    let no = format!("you may not, {OTHER_SECRET}");
    let aliyun = json!({ "Code": "NoPermission", "Message": no, "RequestId": "r-1" });
    let world = World::default().answer(POST, aliyun.to_string());
    assert_eq!(
        world.outcome(&RamRoleArn::new(given(), "r")),
        "permission_denied: AssumeRole: NoPermission: role r: you may not, [secret] (request id r-1, HTTP 200)"
    );
    let tencent = json!({ "Response": { "RequestId": "r-1", "Error": { "Code": "AuthFailure.UnauthorizedOperation", "Message": no } } });
    let world = World::default().answer(POST, tencent.to_string());
    assert_eq!(
        world.outcome(&AssumeRole::new(given(), "r")),
        "permission_denied: AssumeRole: AuthFailure.UnauthorizedOperation: role r: you may not, [secret] \
         (request id r-1, HTTP 200)"
    );
    let ucloud = json!({ "RetCode": 299, "Message": no });
    let world = World::default().answer(POST, ucloud.to_string());
    assert_eq!(
        world.outcome(&ucloud::credentials::AssumeRole::new(given(), "r")),
        "permission_denied: AssumeRole: 299: role r: you may not, [secret] (HTTP 200)"
    );
}

#[test]
fn nobody_answers_or_nonsense_comes() {
    let gone = "role r: connection refused (3 attempts in";
    let silent = "role r: nothing within 10 s (3 attempts in";
    let page = "role r: expected an answer of";
    for (answer, expected, attempts) in [
        (
            Answer::Refused,
            format!("transport: AssumeRole: the connection failed: {gone}"),
            3,
        ),
        (
            Answer::Silent,
            format!("timeout: AssumeRole: timed out: {silent}"),
            3,
        ),
        (
            "<html>a login page</html>".into(),
            format!("decode: AssumeRole: the answer can't be read: {page}"),
            1,
        ),
    ] {
        for source in sources(given()) {
            let world = World::default().answer(POST, answer.clone());
            let outcome = world.outcome(&*source);
            assert!(outcome.starts_with(&expected), "{outcome}");
            assert_eq!(world.questions().len(), attempts, "{outcome}");
        }
    }
}

#[test]
fn an_answer_without_a_whole_key() {
    let decode = "decode: the answer can't be read: role r: the answer has ";
    let answers = |key: Option<Json>| {
        let mut answers = [aliyun_answer(), tencent_answer(), ucloud_answer()];
        answers[0]["Credentials"] = key.clone().into();
        answers[1]["Response"]["Credentials"] = key.clone().into();
        answers[2]["Credentials"] = key.into();
        answers
    };
    for (key, expected) in [
        (None, ["no `Credentials`"; 3]),
        (
            Some(json!(SECRET)),
            ["a `Credentials` that is text, not an object"; 3],
        ),
        (
            Some(json!({})),
            ["no `AccessKeyId`", "no `TmpSecretId`", "no `AccessKeyId`"],
        ),
    ] {
        for ((answer, source), problem) in answers(key).iter().zip(sources(given())).zip(expected) {
            assert_eq!(
                world(answer).outcome(&*source),
                format!("{decode}{problem}")
            );
        }
    }
    // The service has a better clock than this computer.
    let mut old = aliyun_answer();
    old["Credentials"]["Expiration"] = json!("2023-11-14T22:13:20Z");
    assert_eq!(
        world(&old).outcome(&RamRoleArn::new(given(), "r")),
        "temporary key until 2023-11-14T22:13:20Z: role r, taken with the program itself"
    );
}
