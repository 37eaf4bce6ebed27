//! The official SDKs, unmodified, talk to the emulator: what they sign is let in, and what differs from it is refused with the codes
//! that they know. That the emulator's rules are the providers' own rests on this.
//!
//! `OFFICIAL_SDKS` names a folder in which they are installed: `venv` from `requirements.txt`, `node_modules` from
//! `package-lock.json`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests say what is wrong by ending, and SDKs print what they think"
)]

mod altering;
mod sdk;

use cloud_emulator::{Account, Emulator, Provider, Verdict};
use serde_json::{Map, Value, json};

use altering::Altering;
use sdk::Sdk;

/// An operation as an SDK is told to call it.
struct Case {
    sdk: &'static str,
    provider: Provider,
    action: &'static str,
    region: &'static str,
    /// `GET`, where the SDK can do both.
    method: Option<&'static str>,
    parameters: Value,
    /// A part of the answer, as a JSON pointer, and what stands there.
    expected: (&'static str, Value),
    /// What is changed on the way, and into what.
    changed: [&'static str; 2],
}

/// The codes with which a provider refuses: an unknown key, a wrong secret or a changed request, a stale clock.
fn codes(provider: Provider) -> [&'static str; 3] {
    match provider {
        // Its signatures hold no time.
        Provider::Ucloud => ["172", "171", ""],
        Provider::Tencent => [
            "AuthFailure.SecretIdNotFound",
            "AuthFailure.SignatureFailure",
            "AuthFailure.SignatureExpire",
        ],
        Provider::Aliyun => [
            "InvalidAccessKeyId.NotFound",
            "SignatureDoesNotMatch",
            "InvalidTimeStamp.Expired",
        ],
    }
}

fn call(sdk: &mut Sdk, case: &Case, url: &str, id: &str, secret: &str) -> Value {
    let mut request = json!({
        "url": url, "id": id, "secret": secret, "region": case.region, "action": case.action, "parameters": case.parameters,
    });
    if let Some(method) = case.method {
        request["method"] = method.into();
    }
    sdk.call(&request)
}

/// The provider's code, wherever the SDK has put it: one has it in the text of its errors alone.
#[track_caller]
fn assert_refused(outcome: &Value, code: &str) {
    let Some(error) = outcome.get("error") else {
        panic!("it was answered: {outcome}")
    };
    let found = error["code"] == code || error["message"].as_str().unwrap().contains(code);
    assert!(found, "{code} was expected: {error}");
}

fn check(case: &Case) {
    let mut sdk = Sdk::start(case.sdk);
    let emulator = Emulator::start_blocking().unwrap();
    let url = emulator.url();
    let account = Account::built_in(case.provider);
    let (id, secret) = (account.id(), account.secret());
    let [unknown_key, wrong_signature, stale] = codes(case.provider);

    let outcome = call(&mut sdk, case, &url, id, secret);
    let (pointer, expected) = &case.expected;
    let found = outcome.pointer(&format!("/ok{pointer}"));
    assert_eq!(found, Some(expected), "{}: {outcome:#}", case.sdk);
    let requests = emulator.requests();
    let [request] = &requests[..] else {
        panic!("{requests:#?}")
    };
    assert_eq!(request.provider, Some(case.provider));
    assert_eq!(request.action.as_deref(), Some(case.action));
    assert!(matches!(request.verdict, Verdict::Accepted { .. }));

    assert_refused(
        &call(&mut sdk, case, &url, id, "another-secret"),
        wrong_signature,
    );
    assert_refused(
        &call(&mut sdk, case, &url, "another-id", secret),
        unknown_key,
    );

    let altering = Altering::start(emulator.address(), case.changed);
    let outcome = call(&mut sdk, case, &altering.url(), id, secret);
    assert_eq!(altering.changes(), 1, "nothing was changed on the way");
    assert_refused(&outcome, wrong_signature);

    for shift in [-3_600, 3_600] {
        emulator.clock().shift(shift);
        let outcome = call(&mut sdk, case, &url, id, secret);
        if case.provider == Provider::Ucloud {
            assert!(outcome.get("ok").is_some(), "{outcome}");
        } else {
            assert_refused(&outcome, stale);
        }
    }
}

fn udb() -> Case {
    Case {
        sdk: "python_ucloud.py",
        provider: Provider::Ucloud,
        action: "DescribeUDBInstanceBackupState",
        region: "cn-bj2",
        method: None,
        parameters: json!({ "Zone": "cn-bj2-02", "BackupId": 8880 }),
        expected: ("/State", json!("Success")),
        changed: ["cn-bj2-02", "cn-bj2-03"],
    }
}

fn redis(sdk: &'static str, method: Option<&'static str>) -> Case {
    Case {
        sdk,
        provider: Provider::Tencent,
        action: "DescribeInstanceBackups",
        region: "ap-guangzhou",
        method,
        parameters: json!({ "InstanceId": "crs-5a4py64p", "Limit": 3, "Offset": 0, "Status": [1, 2] }),
        expected: ("/BackupSet/0/InstanceId", json!("crs-5a4py64p")),
        changed: ["crs-5a4py64p", "crs-5a4py64q"],
    }
}

fn hbr(sdk: &'static str) -> Case {
    Case {
        sdk,
        provider: Provider::Aliyun,
        action: "DescribeBackupClients",
        region: "cn-hangzhou",
        method: None,
        // In the query, in the body, as JSON in text, and in flat names.
        parameters: json!({
            "ClientType": "ECS_CLIENT",
            "PageSize": 10,
            "ClientIds": ["c-000500hbr00demo"],
            "Tag": [{ "Key": "team", "Value": "shop" }],
        }),
        expected: ("/Clients/0/ClientId", json!("c-000500hbr00demo")),
        changed: ["ECS_CLIENT", "ECS_CLIENU"],
    }
}

#[test]
#[ignore = "needs the official SDKs: OFFICIAL_SDKS"]
fn python_ucloud_udb() {
    check(&udb());
}

#[test]
#[ignore = "needs the official SDKs: OFFICIAL_SDKS"]
fn python_ucloud_usnap() {
    check(&Case {
        action: "DescribeUSnapBackupRange",
        parameters: json!({ "Zone": "cn-bj2-02", "VDiskId": "BWsRxFYA" }),
        expected: ("/BackupRange/Hour", json!(24)),
        ..udb()
    });
}

#[test]
#[ignore = "needs the official SDKs: OFFICIAL_SDKS"]
fn python_tencent() {
    check(&redis("python_tencent.py", None));
}

#[test]
#[ignore = "needs the official SDKs: OFFICIAL_SDKS"]
fn python_tencent_over_get() {
    check(&redis("python_tencent.py", Some("GET")));
}

#[test]
#[ignore = "needs the official SDKs: OFFICIAL_SDKS"]
fn python_aliyun() {
    check(&hbr("python_aliyun.py"));
}

#[test]
#[ignore = "needs the official SDKs: OFFICIAL_SDKS"]
fn node_tencent() {
    check(&redis("node_tencent.mjs", None));
}

#[test]
#[ignore = "needs the official SDKs: OFFICIAL_SDKS"]
fn node_tencent_over_get() {
    check(&redis("node_tencent.mjs", Some("GET")));
}

#[test]
#[ignore = "needs the official SDKs: OFFICIAL_SDKS"]
fn node_aliyun() {
    check(&hbr("node_aliyun.mjs"));
}

/// Everything else that the operations take, through the typed clients.
#[test]
#[ignore = "needs the official SDKs: OFFICIAL_SDKS"]
fn python_with_many_parameters() {
    let emulator = Emulator::start_blocking().unwrap();
    for (mut case, more) in [
        (
            redis("python_tencent.py", None),
            json!({ "BeginTime": "2024-02-01 00:00:00", "EndTime": "2024-02-20 00:00:00", "InstanceName": "orders" }),
        ),
        (
            hbr("python_aliyun.py"),
            json!({ "PageNumber": 1, "InstanceIds": ["i-1", "i-2"], "CrossAccountRoleName": "a+b ~*'()/中", "CrossAccountUserId": 42 }),
        ),
    ] {
        let mut sdk = Sdk::start(case.sdk);
        let parameters: &mut Map<String, Value> = case.parameters.as_object_mut().unwrap();
        parameters.extend(more.as_object().unwrap().clone());
        let account = Account::built_in(case.provider);
        let outcome = call(
            &mut sdk,
            &case,
            &emulator.url(),
            account.id(),
            account.secret(),
        );
        let requests = emulator.requests();
        let request = requests.last().unwrap();
        assert!(outcome.get("ok").is_some(), "{outcome:#} {request:#?}");
        assert!(matches!(request.verdict, Verdict::Accepted { .. }));
    }
}
