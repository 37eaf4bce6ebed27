//! Text that carries something else, and the scalars beside it.

use cloud_core::{DownloadUrl, Json, LocalDate, LocalDateTime, Text, UnixMillis, UnixSeconds};
use serde_json::json;

use crate::common::kinds::{Kinds, Outer};
use crate::common::records::Backup;
use crate::{kinds, kinds_refused, stored_kind};

#[test]
fn the_text_is_kept_and_read_when_asked_for() {
    let answer = kinds(
        r#""Port":"0080","Size":"18446744073709551615","Rate":"0.50","Enabled":"TRUE","Policy":"{\"a\": [1]}",
        "Outer":"{\"Name\":\"n\",\"Inner\":\"{\\\"deep\\\":true}\",\"Backup\":\"{\\\"BackupId\\\":\\\"b\\\"}\"}",
        "Key":"aGk","Started":"1709280000","Ended":"1709280000123","Times":["2024-03-01T08:00:00"],
        "Days":{"a":"2024-03-01"},"Hour":"02:30","Window":"22:00-02:00""#,
    );
    assert_eq!(answer.port.as_ref().unwrap().as_str(), "0080");
    assert_eq!(answer.port.unwrap().get(), Some(80));
    assert_eq!(answer.size.unwrap().get(), Some(u64::MAX));
    assert_eq!(answer.rate.unwrap().get(), Some(0.5));
    assert_eq!(answer.enabled.unwrap().get(), Some(true));
    assert_eq!(answer.policy.unwrap().get(), Some(json!({"a": [1]})));
    assert_eq!(answer.key.unwrap().get(), Some(b"hi".to_vec()));
    assert_eq!(
        answer.started.unwrap().get(),
        Some(UnixSeconds(1_709_280_000))
    );
    assert_eq!(
        answer.ended.unwrap().get(),
        Some(UnixMillis(1_709_280_000_123))
    );
    assert_eq!(
        answer.times[0].get(),
        LocalDateTime::new(2024, 3, 1, 8, 0, 0)
    );
    assert_eq!(answer.days["a"].get(), LocalDate::new(2024, 3, 1));
    assert_eq!(answer.hour.unwrap().get().unwrap().minute(), 30);
    assert_eq!(answer.window.unwrap().get().unwrap().end().hour(), 2);

    let outer: Outer = answer.outer.unwrap().get().unwrap();
    assert_eq!(outer.name.as_deref(), Some("n"));
    assert_eq!(outer.inner.unwrap().get(), Some(json!({"deep": true})));
    let backup: Backup = outer.backup.unwrap().get().unwrap();
    assert_eq!(backup.id.as_deref(), Some("b"));
}

#[test]
fn text_that_carries_something_else_costs_no_answer() {
    let members = r#""Port":"many","Policy":"{","Outer":"[]","Key":"?","Started":"now","Times":["0000-00-00 00:00:00"]"#;
    let answer = kinds(members);
    assert_eq!(answer.port.unwrap().get(), None);
    assert_eq!(answer.policy.unwrap().get(), None);
    assert_eq!(answer.outer.unwrap().get(), None);
    assert_eq!(answer.key.unwrap().get(), None);
    assert_eq!(answer.started.unwrap().get(), None);
    assert_eq!(answer.times[0].get(), None);
    assert_eq!(stored_kind(members, "Port"), "many");
    assert_eq!(
        stored_kind(members, "Times"),
        json!(["0000-00-00 00:00:00"])
    );
}

#[test]
fn bare_numbers_and_booleans_are_kept_as_their_text() {
    let members =
        r#""Port":80,"Enabled":true,"Rate":0.5,"Started":1709280000,"Policy":5,"Times":[1]"#;
    let answer = kinds(members);
    assert_eq!(answer.port.unwrap().get(), Some(80));
    assert_eq!(answer.enabled.unwrap().get(), Some(true));
    assert_eq!(answer.rate.unwrap().get(), Some(0.5));
    assert_eq!(answer.policy.unwrap().get(), Some(json!(5)));
    for (name, stored) in [
        ("Port", json!("80")),
        ("Enabled", json!("true")),
        ("Rate", json!("0.5")),
        ("Started", json!("1709280000")),
        ("Times", json!(["1"])),
    ] {
        assert_eq!(stored_kind(members, name), stored);
    }
}

#[test]
fn empty_text_is_absent() {
    let answer = kinds(
        r#""Port":"","Policy":"","Outer":"","Times":["","x"],"Days":{"a":""},"Created":"","Updated":"","Url":"","Urls":["","x"]"#,
    );
    let expected = Kinds {
        request_id: Some(crate::REQUEST_ID.into()),
        times: vec!["x".into()],
        urls: vec!["x".into()],
        ..Kinds::default()
    };
    assert_eq!(answer, expected);
}

#[test]
fn what_is_no_scalar_is_refused() {
    for (members, message) in [
        (
            r#""Port":{}"#,
            "Port: expected an integer of 64 bits, found an object",
        ),
        (
            r#""Policy":{}"#,
            "Policy: expected JSON as text, found an object",
        ),
        (
            r#""Outer":{}"#,
            "Outer: expected a JSON object as text, found an object",
        ),
        (
            r#""Times":[[]]"#,
            "Times[0]: expected a time such as 2024-03-01 08:00:00, found a list",
        ),
        (r#""Url":[]"#, "Url: expected an address, found a list"),
        (
            r#""Created":"now""#,
            r#"Created: expected a time in seconds since 1970, found text "now""#,
        ),
        (
            r#""Updated":1.5"#,
            "Updated: expected a time in milliseconds since 1970, found the number 1.5",
        ),
    ] {
        assert_eq!(kinds_refused(members), message);
    }
}

#[test]
fn times_on_the_wire_are_numbers() {
    let members = r#""Created":"1709280000","Updated":1709280000123"#;
    let answer = kinds(members);
    assert_eq!(answer.created, Some(UnixSeconds(1_709_280_000)));
    assert_eq!(answer.updated, Some(UnixMillis(1_709_280_000_123)));
    assert_eq!(stored_kind(members, "Created"), 1_709_280_000);
    assert_eq!(kinds(r#""Created":-1.0"#).created, Some(UnixSeconds(-1)));
}

#[test]
fn addresses_are_stored_with_the_secrets_and_shown_without_their_query() {
    let url = "https://files.example.com/b.rdb?sign=0a1b2c";
    let members = format!(r#""Url":"{url}","Urls":["{url}"]"#);
    let answer = kinds(&members);
    assert_eq!(answer.url, Some(DownloadUrl::from(url)));
    assert_eq!(stored_kind(&members, "Urls"), json!([url]));
    let shown = format!("{answer:?} {answer:#?}");
    assert!(!shown.contains("sign="), "{shown}");
    assert!(
        shown.contains("https://files.example.com/b.rdb?…"),
        "{shown}"
    );
}

#[test]
fn texts_and_times_can_be_stored_on_their_own() {
    let text = Text::<Json>::from(json!({"a": 1}));
    let stored = serde_json::to_value(&text).unwrap();
    assert_eq!(stored, r#"{"a":1}"#);
    assert_eq!(serde_json::from_value::<Text<Json>>(stored).unwrap(), text);
    let error = serde_json::from_str::<Text<LocalDate>>("null").unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("expected a date such as 2024-03-01, found nothing"),
        "{error}"
    );
    let stored = serde_json::to_string(&UnixSeconds(5)).unwrap();
    assert_eq!(stored, "5");
    assert_eq!(
        serde_json::from_str::<UnixSeconds>(&stored).unwrap(),
        UnixSeconds(5)
    );
}
