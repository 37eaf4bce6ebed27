//! Instance metadata that answer with nonsense: each is an error that says what, and quotes nothing.

use cloud_core::aliyun::credentials::EcsRamRole;
use cloud_core::tencent::credentials::CvmRole;
use cloud_core::ucloud::credentials::InstanceRole;
use serde_json::{Value as Json, json};

use crate::metadata::{
    CAM, IAM, PUT, RAM, UAM, aliyun_key, tencent_key, ucloud_v1_key, ucloud_v2_key,
};
use crate::world::{Answer, NOW, SECRET, TOKEN, World};

/// What each provider's source makes of the same answer to its last question.
fn outcomes(answer: impl Fn(Json) -> Answer) -> [String; 4] {
    let aliyun = World::default()
        .answer(PUT, TOKEN)
        .answer(RAM, "role")
        .answer(&format!("{RAM}role"), answer(aliyun_key()))
        .outcome(&EcsRamRole::at("http://h"));
    let tencent = World::default()
        .answer(CAM, "role")
        .answer(&format!("{CAM}role"), answer(tencent_key()))
        .outcome(&CvmRole::at("http://h"));
    let ucloud_v1 = World::default()
        .answer(&format!("{UAM}/role"), answer(ucloud_v1_key()))
        .outcome(&InstanceRole::at("http://h").role("role"));
    let ucloud_v2 = World::default()
        .answer(&format!("{IAM}/role"), answer(ucloud_v2_key()))
        .outcome(&InstanceRole::at("http://h").role("role"));
    [aliyun, tencent, ucloud_v1, ucloud_v2]
}

#[test]
fn no_key_in_the_answer() {
    let decode = "decode: the answer can't be read: instance metadata: h answers with ";
    for (answer, expected) in [
        (
            Answer::Status(404),
            "configuration: the client can't send this: instance metadata: h does not know the role `role`: \
             name the one that is bound to this machine, or none"
                .to_owned(),
        ),
        (
            Answer::Status(403),
            "permission_denied: permission denied: instance metadata: h answers with HTTP 403".to_owned(),
        ),
        (Answer::Status(429), "throttled: throttled: instance metadata: h answers with HTTP 429".to_owned()),
        (
            Answer::Status(500),
            "unavailable: service unavailable: instance metadata: h answers with HTTP 500".to_owned(),
        ),
        (Answer::Status(302), format!("{decode}HTTP 302")),
        (
            format!("<!DOCTYPE html><p>{SECRET}").into(),
            format!("{decode}HTML or XML, as proxies and login pages send it"),
        ),
        ("".into(), format!("{decode}an empty body")),
        (
            format!("{SECRET} {TOKEN}").into(),
            format!("{decode}no JSON (expected value at line 1 column 1)"),
        ),
        (
            format!(r#"{{"AccessKeySecret": "{SECRET}"#).into(),
            format!("{decode}JSON that is cut off (EOF while parsing a string at line 1 column 44)"),
        ),
        (format!(r#"["{SECRET}"]"#).into(), format!("{decode}a list, not an object")),
    ] {
        for (provider, outcome) in outcomes(|_| answer.clone()).into_iter().enumerate() {
            assert_eq!(outcome, expected, "{provider}");
        }
    }
}

/// Once the metadata have named a role they are there, so that silence is no absence.
#[test]
fn silence_after_the_first_answer() {
    for (answer, expected) in [
        (
            Answer::Silent,
            "timeout: timed out: instance metadata: no answer from h: nothing within 1 s",
        ),
        (
            Answer::Status(503),
            "unavailable: service unavailable: instance metadata: h answers with HTTP 503",
        ),
        (
            Answer::Refused,
            "transport: the connection failed: instance metadata: no answer from h: connection refused",
        ),
    ] {
        let [aliyun, tencent, ucloud_v1, ucloud_v2] = outcomes(|_| answer.clone());
        assert_eq!((aliyun.as_str(), tencent.as_str()), (expected, expected));
        assert_eq!(ucloud_v1, expected);
        assert!(ucloud_v2.starts_with("absent: "), "{ucloud_v2}");
        let after_token = World::default().answer(PUT, TOKEN).answer(RAM, answer);
        assert_eq!(after_token.outcome(&EcsRamRole::at("http://h")), expected);
    }
}

/// Changes a member of each provider's key; its names are those of Alibaba Cloud.
fn with(name: &'static str, value: impl Fn(Option<Json>) -> Json) -> [String; 4] {
    outcomes(|mut answer| {
        let others = [
            "AccessKeyId",
            "AccessKeySecret",
            "SecurityToken",
            "Expiration",
        ];
        let place = others.iter().position(|other| *other == name).unwrap();
        let tencent = ["TmpSecretId", "TmpSecretKey", "Token", "ExpiredTime"];
        let ucloud = ["PublicKey", "PrivateKey", "SecurityToken", "Expiration"];
        let is_ucloud = answer.get("Data").is_some();
        let key = if is_ucloud {
            &mut answer["Data"]
        } else {
            &mut answer
        };
        let name = [tencent[place], ucloud[place], others[place]]
            .into_iter()
            .find(|name| key.get(name).is_some())
            .unwrap();
        let old = key.as_object_mut().unwrap().remove(name);
        key[name] = value(old);
        answer.to_string().into()
    })
}

/// The name that each provider has for a member.
fn names(name: &str) -> [&str; 4] {
    match name {
        "AccessKeyId" => [name, "TmpSecretId", "PublicKey", name],
        "AccessKeySecret" => [name, "TmpSecretKey", "PrivateKey", name],
        "SecurityToken" => [name, "Token", name, name],
        _ => [name, "ExpiredTime", name, name],
    }
}

#[test]
fn a_key_without_a_member_or_with_a_wrong_one() {
    let decode = "decode: the answer can't be read: instance metadata: h answers with ";
    for member in [
        "AccessKeyId",
        "AccessKeySecret",
        "SecurityToken",
        "Expiration",
    ] {
        for nothing in [Json::Null, json!("")] {
            for (outcome, name) in with(member, |_| nothing.clone()).iter().zip(names(member)) {
                assert_eq!(*outcome, format!("{decode}no `{name}`"));
            }
        }
        let expected = if member == "Expiration" {
            "a time"
        } else {
            "text"
        };
        let wrong = with(member, |value| json!([value, SECRET]));
        for (outcome, name) in wrong.iter().zip(names(member)) {
            assert_eq!(
                *outcome,
                format!("{decode}a `{name}` that is a list, not {expected}")
            );
        }
    }
    for outcome in with("AccessKeySecret", |_| json!(12_345)) {
        assert!(outcome.ends_with("that is a number, not text"), "{outcome}");
    }
}

#[test]
fn a_key_that_ends_before_the_clock_of_this_computer_or_never() {
    // The metadata have a better clock than this computer.
    for end in [json!(NOW), json!("2023-11-14T22:13:20Z")] {
        for outcome in with("Expiration", |_| end.clone()) {
            let expected = "temporary key until 2023-11-14T22:13:20Z: h, role role";
            assert_eq!(outcome, expected);
        }
    }
    for (end, expected) in [
        (
            json!(SECRET),
            "a `Expiration` that is no time: neither seconds since 1970 nor text such as 2023-11-14T22:13:20Z",
        ),
        (
            json!(1_700_000_000_000_i64),
            "a `Expiration` that is no time: neither seconds since 1970 nor text such as 2023-11-14T22:13:20Z",
        ),
    ] {
        for (outcome, name) in with("Expiration", |_| end.clone())
            .iter()
            .zip(names("Expiration"))
        {
            let expected = expected.replace("Expiration", name);
            assert_eq!(
                *outcome,
                format!(
                    "decode: the answer can't be read: instance metadata: h answers with {expected}"
                )
            );
        }
    }
}

#[test]
fn a_code_that_says_no() {
    let decode = "decode: the answer can't be read: instance metadata: h answers with ";
    let long = format!("{SECRET} is not the code");
    for (code, expected) in [
        (json!("Failed"), "the code `Failed`"),
        (json!(long), "another code than `Success`"),
        (json!(404), "a `Code` that is a number, not text"),
    ] {
        let [aliyun, tencent, ..] = outcomes(|mut answer| {
            answer["Code"] = code.clone();
            answer.to_string().into()
        });
        assert_eq!(aliyun, format!("{decode}{expected}"));
        assert_eq!(tencent, format!("{decode}{expected}"));
    }
    for (code, expected) in [
        (json!(174), "the code 174"),
        (json!("174"), "the code 174"),
        (json!(SECRET), "no `RetCode` that is a number"),
        (Json::Null, "no `RetCode` that is a number"),
    ] {
        let [.., v1, v2] = outcomes(|mut answer| {
            answer["RetCode"] = code.clone();
            answer.to_string().into()
        });
        assert_eq!(v1, format!("{decode}{expected}"));
        assert_eq!(v2, format!("{decode}{expected}"));
    }
    let [.., v1, _] = outcomes(|_| r#"{"RetCode": "0", "Data": 7}"#.into());
    assert_eq!(
        v1,
        format!("{decode}a `Data` that is a number, not an object")
    );
}

#[test]
fn no_name_of_a_role() {
    for text in [
        "<html>login</html>",
        "two roles",
        "../../secret",
        "..",
        &"r".repeat(129),
    ] {
        let world = World::default().answer(RAM, text).answer(CAM, text);
        let expected = "decode: the answer can't be read: instance metadata: h answers with text that is no name of a role";
        assert_eq!(world.outcome(&EcsRamRole::at("http://h")), expected);
        assert_eq!(world.outcome(&CvmRole::at("http://h")), expected);

        let expected = |from: &str| {
            format!(
                "configuration: the client can't send this: instance metadata: what {from} says is no name of a role: \
                 those have letters, digits and `-_.,=+@` only"
            )
        };
        let world = World::default();
        assert_eq!(
            world.outcome(&EcsRamRole::new().role(text)),
            expected("`EcsRamRole::role`")
        );
        assert_eq!(
            world.outcome(&CvmRole::new().role(text)),
            expected("`CvmRole::role`")
        );
        assert_eq!(
            world.outcome(&InstanceRole::new().role(text)),
            expected("`InstanceRole::role`")
        );
        assert_eq!(world.questions(), [""; 0]);
    }
    let world = World::default().variable("ALIBABA_CLOUD_ECS_METADATA", "a/b");
    let outcome = world.outcome(&EcsRamRole::new());
    assert!(
        outcome.contains("what ALIBABA_CLOUD_ECS_METADATA says is no name"),
        "{outcome}"
    );
}

#[test]
fn no_address() {
    for source in [CvmRole::at("ftp://h"), CvmRole::at("http://h/path")] {
        let outcome = World::default().outcome(&source);
        let expected =
            "configuration: the client can't send this: instance metadata: the endpoint `";
        assert!(outcome.starts_with(expected), "{outcome}");
    }
}
