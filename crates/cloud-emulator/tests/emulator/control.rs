//! The emulator's own API over HTTP.

use cloud_emulator::Provider::Ucloud;
use cloud_emulator::{Account, Emulator, Fault, RetryAfter, Rule};
use serde_json::{Value, json};

use crate::common::http::{Request, send};
use crate::common::sign::Caller;
use crate::common::{NOW, start, stopped};

fn ask(emulator: &Emulator, method: &str, path: &str, body: &str) -> (u16, Value) {
    let request = Request::own(method, path, emulator.address()).json(body);
    let response = send(emulator.address(), &request);
    (response.status, response.json())
}

fn call(emulator: &Emulator) -> String {
    send(
        emulator.address(),
        &Caller::new(Ucloud, NOW).assume_role(Ucloud),
    )
    .code()
}

#[test]
fn faults() {
    let emulator = start();
    let rule =
        json!({ "fault": "transient", "provider": "ucloud", "action": "AssumeRole", "times": 2 });
    let added = ask(&emulator, "POST", "faults", &rule.to_string());
    assert_eq!(added, (200, json!({ "id": 1 })));
    assert_eq!(call(&emulator), "150");
    let (_, rules) = ask(&emulator, "GET", "faults", "");
    assert_eq!(rules[0]["id"], 1);
    assert_eq!(
        (&rules[0]["rule"]["times"], &rules[0]["rule"]["fault"]),
        (&json!(1), &json!("transient"))
    );
    assert_eq!(ask(&emulator, "DELETE", "faults/1", "").0, 200);
    assert_eq!(ask(&emulator, "DELETE", "faults/1", "").0, 404);
    assert_eq!(call(&emulator), "");

    ask(
        &emulator,
        "POST",
        "faults",
        r#"{"fault":{"server_error":{"status":500,"coded":true}}}"#,
    );
    assert_eq!(call(&emulator), "130");
    ask(&emulator, "DELETE", "faults", "");
    assert_eq!(call(&emulator), "");
}

/// The forms that the documentation of the crate shows.
#[test]
fn every_fault_can_be_written() {
    let emulator = start();
    for fault in [
        r#"{"throttled":{}}"#,
        r#"{"throttled":{"retry_after":{"seconds":3}}}"#,
        r#"{"throttled":{"retry_after":{"date":3}}}"#,
        r#"{"throttled":{"retry_after":{"millis":3}}}"#,
        r#"{"server_error":{"status":503,"coded":true}}"#,
        r#""transient""#,
        r#"{"html":{"status":502}}"#,
        r#""wrong_clock""#,
        r#""expired_credentials""#,
        r#""used_nonce""#,
        r#"{"slow":{"head_millis":500,"body_millis":0}}"#,
        r#"{"closed":{"at":"before_head","reset":true}}"#,
        r#"{"closed":{"at":"after_head","reset":false}}"#,
        r#"{"closed":{"at":"in_body","reset":false}}"#,
        r#"{"closed":{"at":"after_body","reset":false}}"#,
        r#""truncated""#,
        r#""invalid_json""#,
    ] {
        let rule = format!(r#"{{"fault":{fault},"probability":0.5}}"#);
        assert_eq!(ask(&emulator, "POST", "faults", &rule).0, 200, "{fault}");
        let (_, rules) = ask(&emulator, "GET", "faults", "");
        let written = &rules.as_array().unwrap().last().unwrap()["rule"]["fault"];
        assert_eq!(written, &serde_json::from_str::<Value>(fault).unwrap());
    }
    // The names alone, as the command line takes them.
    ask(&emulator, "DELETE", "faults", "");
    let kinds = ask(&emulator, "GET", "faults/kinds", "").1;
    assert_eq!(kinds, json!(Fault::KINDS));
    for kind in Fault::KINDS {
        let rule = json!({ "fault": kind.name }).to_string();
        assert_eq!(ask(&emulator, "POST", "faults", &rule).0, 200, "{rule}");
        let (_, rules) = ask(&emulator, "GET", "faults", "");
        let written = &rules.as_array().unwrap().last().unwrap()["rule"]["fault"];
        assert_eq!(*written, json!(kind.fault));
    }
    let rule = Rule::new(Fault::Throttled {
        retry_after: Some(RetryAfter::Seconds(3)),
    })
    .times(2);
    let text = json!({ "fault": { "throttled": { "retry_after": { "seconds": 3 } } }, "times": 2 });
    assert_eq!(serde_json::from_value::<Rule>(text).unwrap(), rule);
}

#[test]
fn the_clock() {
    let emulator = start();
    let put = |body: &str| ask(&emulator, "PUT", "clock", body);
    let expected = json!({ "now": "2023-11-14T22:03:20Z", "shift_seconds": -600 });
    assert_eq!(put(r#"{"shift_seconds":-600}"#), (200, expected.clone()));
    assert_eq!(ask(&emulator, "GET", "clock", ""), (200, expected));
    assert_eq!(emulator.clock().shift_seconds(), -600);
    // No shift leads out of the calendar.
    for shift in [i64::MIN, i64::MAX] {
        assert_eq!(put(&json!({ "shift_seconds": shift }).to_string()).0, 200);
        assert_eq!(call(&emulator), "");
    }
}

#[test]
fn the_requests() {
    let emulator = start();
    call(&emulator);
    let (_, requests) = ask(&emulator, "GET", "requests", "");
    let request = &requests[0];
    assert_eq!(
        requests.as_array().unwrap().len(),
        1,
        "questions to the emulator do not count"
    );
    assert_eq!(
        (&request["number"], &request["time"]),
        (&json!(1), &json!("2023-11-14T22:13:20Z"))
    );
    assert_eq!(
        (&request["provider"], &request["action"]),
        (&json!("ucloud"), &json!("AssumeRole"))
    );
    assert_eq!(request["verdict"]["verdict"], "accepted");
    ask(&emulator, "DELETE", "requests", "");
    assert_eq!(ask(&emulator, "GET", "requests", "").1, json!([]));
}

#[test]
fn the_last_requests() {
    let emulator = start();
    for _ in 0..3 {
        call(&emulator);
    }
    for (last, expected) in [("2", vec![2, 3]), ("0", vec![]), ("99", vec![1, 2, 3])] {
        let (_, requests) = ask(&emulator, "GET", &format!("requests?last={last}"), "");
        let requests = requests.as_array().unwrap();
        let numbers: Vec<u64> = requests
            .iter()
            .map(|request| request["number"].as_u64().unwrap())
            .collect();
        assert_eq!(numbers, expected);
    }
    assert_eq!(ask(&emulator, "GET", "requests?last=x", "").0, 400);
}

#[test]
fn requests_as_they_come() {
    let (sender, seen) = std::sync::mpsc::channel();
    let emulator = stopped()
        .on_request(move |request| sender.send(request.clone()).unwrap())
        .start_blocking()
        .unwrap();
    call(&emulator);
    send(emulator.address(), &Request::new("GET", "/nobody"));
    let seen: Vec<_> = seen.try_iter().collect();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen, emulator.requests());
}

#[test]
fn the_services() {
    let emulator = start();
    let (status, tables) = ask(&emulator, "GET", "services", "");
    assert_eq!(status, 200);
    let names = |services: &Value| -> Vec<String> {
        let services = services.as_array().unwrap().iter();
        services
            .map(|service| service["crate"].as_str().unwrap().to_owned())
            .collect()
    };
    let services = emulator.services();
    let expected: Vec<String> = services
        .iter()
        .map(|service| service.name.clone())
        .collect();
    assert_eq!(names(&tables), expected);
    let udb = expected
        .iter()
        .position(|name| name == "ucloud-udb")
        .unwrap();
    let service = &services[udb];
    assert_eq!((&*service.title, service.provider), ("UCloud UDB", Ucloud));
    let action = "DescribeUDBInstanceBackupState";
    assert!(service.actions.iter().any(|known| known == action));
    let operations = tables[udb]["operations"].as_array().unwrap();
    assert_eq!(operations.len(), service.actions.len());
    assert!(
        operations
            .iter()
            .all(|operation| operation["summary"].is_string())
    );

    // A table that is loaded is served, and shown.
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tables");
    let emulator = stopped().tables(fixtures).start_blocking().unwrap();
    let (_, tables) = ask(&emulator, "GET", "services", "");
    assert!(names(&tables).contains(&"fixture-aliyun".to_owned()));
}

#[test]
fn the_data() {
    let emulator = start();
    let data = || ask(&emulator, "GET", "data", "").1;
    let redis = |data: &Value| data["tencent-redis"]["instances"][0]["InstanceId"].clone();
    assert_eq!(redis(&data()), "crs-5a4py64p");
    let backups = data()["ucloud-udb"]["backups"].clone();
    let running = backups.as_array().unwrap().iter();
    let running = running
        .filter(|backup| backup["finishes_after"].is_object())
        .count();
    assert!(running > 0, "{backups}");
}

#[test]
fn the_page_is_for_browsers() {
    let emulator = start();
    let get = |target: &str, accept: &str| {
        let request = Request::new("GET", target)
            .header("host", &emulator.address().to_string())
            .header("accept", accept);
        send(emulator.address(), &request)
    };
    let html = "text/html,application/xhtml+xml,*/*;q=0.8";
    let page = get("/", html);
    assert_eq!(
        (page.status, page.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    assert!(
        page.header("content-security-policy")
            .starts_with("default-src 'none'")
    );
    for part in ["/_emulator/page.css", "/_emulator/page.js"] {
        assert!(page.text().contains(part));
        assert_eq!(get(part, "*/*").status, 200);
    }
    assert!(emulator.requests().is_empty(), "looking is no request");
    // A call is a call, whoever makes it, and what is no call is refused as before.
    assert_eq!(get("/?Action=A&PublicKey=me", html).code(), "170");
    assert_eq!(get("/", "*/*").status, 404);
    assert_eq!(get("/other", html).status, 404);
}

#[test]
fn the_environment() {
    let emulator = start();
    let environment = emulator.environment();
    let value = |name: &str| {
        environment
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.clone())
    };
    assert_eq!(value("UCLOUD_API_BASE_URL"), Some(emulator.url()));
    assert_eq!(value("TENCENTCLOUD_ENDPOINT"), Some(emulator.url()));
    assert_eq!(value("ALIBABA_CLOUD_ENDPOINT"), Some(emulator.url()));
    assert_eq!(
        value("UCLOUD_PUBLIC_KEY").as_deref(),
        Some(Account::built_in(Ucloud).id())
    );
    let uri = value("ALIBABA_CLOUD_CREDENTIALS_URI").unwrap();
    let path = uri.strip_prefix(&emulator.url()).unwrap();
    let keys = send(emulator.address(), &Request::new("GET", path)).json();
    assert_eq!(keys["Code"], "Success");
    let hardened = Emulator::builder()
        .require_metadata_token()
        .start_blocking()
        .unwrap();
    let names: Vec<&str> = hardened
        .environment()
        .iter()
        .map(|(name, _)| *name)
        .collect();
    assert!(!names.contains(&"ALIBABA_CLOUD_CREDENTIALS_URI"));
}

#[test]
fn mistakes() {
    let emulator = start();
    for (method, path, body, status) in [
        ("POST", "faults", "", 400),
        (
            "POST",
            "faults",
            r#"{"fault":"slow","probability":-1}"#,
            400,
        ),
        ("POST", "faults", r#"{"fault":"slow","times":0}"#, 400),
        (
            "POST",
            "faults",
            r#"{"fault":{"html":{"status":101}}}"#,
            400,
        ),
        (
            "POST",
            "faults",
            r#"{"fault":{"server_error":{"status":204}}}"#,
            400,
        ),
        ("PUT", "faults/kinds", "", 405),
        ("POST", "faults", r#"{"fault":"no"}"#, 400),
        ("POST", "faults", r#"{"fault":"transient","time":2}"#, 400),
        ("POST", "faults", r#"{"fault":{"slow":{"head":1}}}"#, 400),
        ("PUT", "clock", r#"{"shift_seconds":"1"}"#, 400),
        ("PUT", "faults", "", 405),
        ("POST", "requests", "", 405),
        ("PUT", "services", "", 405),
        ("DELETE", "data", "", 405),
        ("DELETE", "faults/x", "", 404),
        ("GET", "other", "", 404),
    ] {
        let (found, answer) = ask(&emulator, method, path, body);
        assert_eq!(found, status, "{method} {path} {body}");
        assert!(answer["error"].is_string(), "{answer}");
    }
    assert_eq!(call(&emulator), "");
}
