//! Text that carries something: numbers, booleans, JSON, bytes, small languages.

use cloud_core::Json;
use fixture_aliyun::describe_settings::Filter;
use fixture_aliyun::start_move::{Login, Priority};
use fixture_aliyun::{
    CreatePolicy, DescribeSettings, DescribeSettingsResponse, Harbor, StartMove, StartMoveResponse,
};
use fixture_ucloud::SetBoxSchedule;
use serde_json::json;

use crate::common::{body, decode, query, sent};

fn settings(mut members: Json) -> DescribeSettingsResponse {
    members["RequestId"] = "r".into();
    decode::<Harbor, _>(&members)
}

#[test]
fn text_that_carries_numbers_and_booleans_keeps_its_form() {
    let settings = settings(json!({
        "UseHttps": "True", "MaxWorker": "007", "Ratio": "0.50", "Serial": u64::MAX,
    }));
    let use_https = settings.use_https.as_ref().unwrap();
    assert_eq!((use_https.as_str(), use_https.get()), ("True", Some(true)));
    let max_worker = settings.max_worker.as_ref().unwrap();
    assert_eq!((max_worker.as_str(), max_worker.get()), ("007", Some(7)));
    assert_eq!(settings.ratio.as_ref().unwrap().get(), Some(0.5));
    let serial = settings.serial.as_ref().unwrap();
    assert_eq!(
        (serial.as_str(), serial.get()),
        ("18446744073709551615", Some(u64::MAX))
    );
    let stored = serde_json::to_value(&settings).unwrap();
    assert_eq!(
        (&stored["MaxWorker"], &stored["Ratio"]),
        (&json!("007"), &json!("0.50"))
    );
}

#[test]
fn text_that_holds_something_else_is_kept_too() {
    let settings = settings(json!({"MaxWorker": "as many as it likes", "UseHttps": ""}));
    let max_worker = settings.max_worker.unwrap();
    assert_eq!(
        (max_worker.as_str(), max_worker.get()),
        ("as many as it likes", None)
    );
    assert_eq!(settings.use_https, None);
}

#[test]
fn numbers_and_booleans_are_sent_as_text() {
    let request = DescribeSettings::new().verbose(true).max_level(3);
    let sent = query(&sent(request));
    assert_eq!((&*sent["Verbose"], &*sent["MaxLevel"]), ("true", "3"));
}

#[test]
fn json_in_text_is_read_on_demand() {
    let settings = settings(json!({"Options": r#"{"includes": [1, 2]}"#}));
    let options = settings.options.unwrap();
    assert_eq!(options.as_str(), r#"{"includes": [1, 2]}"#);
    assert_eq!(options.get(), Some(json!({"includes": [1, 2]})));
}

#[test]
fn json_in_json_in_text_is_read_step_by_step() {
    let text = r#"{"Port": 3, "Detail": "{\"deep\":true}"}"#;
    let failback = settings(json!({"Failback": text})).failback.unwrap();
    let failback = failback.get().unwrap();
    assert_eq!(failback.port, Some(3));
    assert_eq!(failback.detail.unwrap().get(), Some(json!({"deep": true})));
}

#[test]
fn a_record_is_sent_as_json_in_text() {
    let request = DescribeSettings::new().filter(Filter::new().name("crane"));
    assert_eq!(query(&sent(request))["Filter"], r#"{"Name":"crane"}"#);
}

#[test]
fn bytes_travel_in_base64() {
    let request = SetBoxSchedule::new("box-1", b"hammer\n");
    assert_eq!(body(&sent(request))["Manifest"], "aGFtbWVyCg==");
}

#[test]
fn small_languages_are_text_with_a_rule() {
    let request = SetBoxSchedule::new("box-1", b"x")
        .pack_days("0111110")
        .blacklist("glass;fire");
    let sent_box = body(&sent(request));
    assert_eq!(
        (&*sent_box["PackDays"], &*sent_box["Blacklist"]),
        ("0111110", "glass;fire")
    );
    let request = CreatePolicy::new("p").schedule("I|1602673264|P1D");
    assert_eq!(query(&sent(request))["Schedule"], "I|1602673264|P1D");
    // The rule is in the documentation; only the provider enforces it.
    let generated = include_str!("../../../../fixtures/crates/fixture-aliyun/src/create_policy.rs");
    assert!(generated.contains(r"I\|\d+\|P[0-9A-Z]+"));
}

fn started(mut members: Json) -> StartMoveResponse {
    members["RequestId"] = "r".into();
    decode::<Harbor, _>(&members)
}

#[test]
fn flags_are_numbers_on_the_wire_and_booleans_in_rust() {
    let request = StartMove::new("b-1").careful(true).insured(false);
    let sent = query(&sent(request));
    assert_eq!((&*sent["Careful"], &*sent["Insured"]), ("1", "0"));
    for (wire, flag) in [(json!(0), false), (json!("1"), true), (json!(true), true)] {
        let answer = started(json!({ "Careful": wire }));
        assert_eq!(answer.careful, Some(flag));
        let stored = serde_json::to_value(&answer).unwrap();
        assert_eq!(stored["Careful"], json!(i32::from(flag)));
    }
    let wrong = serde_json::from_value::<StartMoveResponse>(json!({ "Careful": 2 }));
    assert!(wrong.unwrap_err().to_string().contains("Careful"));
    let insured = started(json!({ "Insured": "0" })).insured.unwrap();
    assert_eq!(
        (insured.as_str(), insured.get().map(bool::from)),
        ("0", Some(false))
    );
}

#[test]
fn a_list_as_json_in_text_is_given_item_by_item() {
    for request in [
        StartMove::new("b-1").cargo_ids(["p-1", "p-2"]),
        StartMove::new("b-1").cargo_ids(vec![String::from("p-1"), String::from("p-2")]),
        StartMove::new("b-1").cargo_ids(["p-1", "p-2"].as_slice()),
        StartMove::new("b-1").cargo_ids(r#"["p-1","p-2"]"#),
    ] {
        assert_eq!(query(&sent(request))["CargoIds"], r#"["p-1","p-2"]"#);
    }
}

#[test]
fn a_secret_that_holds_json_is_given_as_a_record_and_hidden() {
    let request = StartMove::new("b-1").login(Login::new().name("crane").password("open-sesame"));
    assert!(!format!("{request:?}").contains("crane"));
    let sent = body(&sent(request));
    assert_eq!(
        sent["Login"],
        r#"{"Name":"crane","Password":"open-sesame"}"#
    );
    let answer = started(json!({ "Login": r#"{"Name":"crane"}"# }));
    assert!(!format!("{answer:?}").contains("crane"));
    assert_eq!(answer.login.unwrap().expose(), r#"{"Name":"crane"}"#);
}

#[test]
fn an_enum_may_have_integers_of_32_bits() {
    let request = StartMove::new("b-1").priority(Priority::Whenever);
    assert_eq!(query(&sent(request))["Priority"], "-1");
    assert_eq!(
        started(json!({ "Priority": 2 })).priority,
        Some(Priority::Soon)
    );
}
