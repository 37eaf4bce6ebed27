//! The emulator's own API over HTTP.

use cloud_emulator::Provider::Ucloud;
use cloud_emulator::{Emulator, Fault, RetryAfter, Rule};
use serde_json::{Value, json};

use crate::common::http::{Request, send};
use crate::common::sign::Caller;
use crate::common::{NOW, start};

fn ask(emulator: &Emulator, method: &str, path: &str, body: &str) -> (u16, Value) {
    let request = Request::new(method, &format!("/_emulator/{path}")).body(body);
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
fn mistakes() {
    let emulator = start();
    for (method, path, body, status) in [
        ("POST", "faults", "", 400),
        ("POST", "faults", r#"{"fault":"no"}"#, 400),
        ("POST", "faults", r#"{"fault":"transient","time":2}"#, 400),
        ("POST", "faults", r#"{"fault":{"slow":{"head":1}}}"#, 400),
        ("PUT", "clock", r#"{"shift_seconds":"1"}"#, 400),
        ("PUT", "faults", "", 405),
        ("POST", "requests", "", 405),
        ("DELETE", "faults/x", "", 404),
        ("GET", "other", "", 404),
    ] {
        let (found, answer) = ask(&emulator, method, path, body);
        assert_eq!(found, status, "{method} {path} {body}");
        assert!(answer["error"].is_string(), "{answer}");
    }
    assert_eq!(call(&emulator), "");
}
