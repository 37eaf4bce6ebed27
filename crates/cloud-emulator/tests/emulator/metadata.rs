//! Instance metadata: the paths of each provider, Alibaba Cloud's token, and that the keys are let in.

use cloud_emulator::Provider::{self, Aliyun, Tencent, Ucloud};
use cloud_emulator::{Emulator, Fault, Rule, Verdict};
use serde_json::Value;

use crate::common::http::{Request, Response, send};
use crate::common::{NOW, start, stopped};
use crate::sts::caller;

const RAM: &str = "/latest/meta-data/ram/security-credentials/";
const CAM: &str = "/latest/meta-data/cam/security-credentials/";
const UAM: &str = "/meta-data/v1/uam/security-credentials";
const IAM: &str = "/meta-data/v2/iam/security-credentials/emulator-role";

fn get(emulator: &Emulator, path: &str) -> Response {
    send(emulator.address(), &Request::new("GET", path))
}

fn assert_let_in(emulator: &Emulator, provider: Provider, keys: &Value) {
    let nonce = keys.to_string();
    let nonce: String = nonce.chars().filter(char::is_ascii_alphanumeric).collect();
    let request = caller(provider, keys, &nonce).assume_role(provider);
    assert_eq!(send(emulator.address(), &request).code(), "", "{keys}");
}

#[test]
fn keys_of_the_role() {
    for (provider, path, code) in [(Tencent, CAM, "Success"), (Aliyun, RAM, "Success")] {
        let emulator = start();
        let role = get(&emulator, path);
        assert_eq!((role.status, role.text()), (200, "emulator-role"));
        let path = format!("{path}{}", role.text());
        let keys = get(&emulator, &path).json();
        assert_eq!(keys["Code"], code);
        assert_eq!(keys["Expiration"], "2023-11-15T04:13:20Z");
        assert_let_in(&emulator, provider, &keys);
        assert_eq!(get(&emulator, &path.replace("-role", "-other")).status, 404);
    }
    let emulator = start();
    for path in [UAM, &format!("{UAM}/emulator-role"), IAM] {
        let body = get(&emulator, path).json();
        assert_eq!(body["RetCode"], 0);
        assert_let_in(&emulator, Ucloud, &body["Data"]);
    }
    assert_eq!(
        get(&emulator, UAM).json()["Data"]["Expiration"],
        NOW + 21_600
    );
    assert_eq!(get(&emulator, "/meta-data/latest/region").text(), "cn-bj2");
    assert_eq!(
        get(&emulator, "/meta-data/latest/availability-zone").text(),
        "cn-bj2-04"
    );
    assert_eq!(get(&emulator, "/meta-data/latest/other").status, 404);
}

#[test]
fn a_key_is_renewed_before_it_expires() {
    let emulator = start();
    let id = || get(&emulator, UAM).json()["Data"]["PublicKey"].clone();
    let first = id();
    emulator.clock().shift(21_600 - 1_801);
    assert_eq!(id(), first);
    emulator.clock().shift(21_600 - 1_800);
    assert_ne!(id(), first);
}

#[test]
fn ucloud_keys_for_a_while() {
    let emulator = start();
    let with = |seconds: &str| {
        let request = Request::new("GET", IAM).header("duration-seconds", seconds);
        send(emulator.address(), &request)
    };
    assert_eq!(
        with("900").json()["Data"]["Expiration"],
        "2023-11-14T22:28:20Z"
    );
    for seconds in ["899", "3601", "long"] {
        assert_eq!(with(seconds).status, 400, "{seconds}");
    }
}

#[test]
fn the_token_of_alibaba_cloud() {
    for (hardened, without) in [(false, 200), (true, 403)] {
        let mut builder = stopped();
        if hardened {
            builder = builder.require_metadata_token();
        }
        let emulator = builder.start_blocking().unwrap();
        assert_eq!(get(&emulator, RAM).status, without);

        let put = |seconds: &str| {
            let request = Request::new("PUT", "/latest/api/token")
                .header("x-aliyun-ecs-metadata-token-ttl-seconds", seconds);
            send(emulator.address(), &request)
        };
        for seconds in ["0", "21601", "long"] {
            assert_eq!(put(seconds).status, 400, "{seconds}");
        }
        let token = put("60").text().to_owned();
        let with = |token: &str| {
            let request = Request::new("GET", RAM).header("x-aliyun-ecs-metadata-token", token);
            send(emulator.address(), &request).status
        };
        assert_eq!(with(&token), 200);
        assert_eq!(with("other"), 403);
        emulator.clock().shift(60);
        assert_eq!(with(&token), 403);
    }
}

#[test]
fn metadata_fail_by_their_path() {
    let emulator = start();
    emulator.fail(Fault::Html { status: 502 });
    assert_eq!(
        get(&emulator, RAM).status,
        200,
        "a rule without a path is for calls"
    );
    emulator.clear_faults();
    for (fault, status) in [
        (
            Fault::ServerError {
                status: 500,
                coded: false,
            },
            500,
        ),
        (
            Fault::ServerError {
                status: 503,
                coded: true,
            },
            503,
        ),
        (Fault::Throttled { retry_after: None }, 429),
        (Fault::Html { status: 502 }, 502),
    ] {
        emulator.fail(Rule::new(fault).path("/latest/meta-data/ram/").times(1));
        assert_eq!(get(&emulator, CAM).status, 200);
        assert_eq!(get(&emulator, RAM).status, status);
        let verdict = emulator.requests().pop().unwrap().verdict;
        assert!(matches!(verdict, Verdict::Faulted { .. }), "{verdict:?}");
        assert_eq!(get(&emulator, RAM).status, 200);
    }
}
