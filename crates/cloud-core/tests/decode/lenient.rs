//! What is forgiven: values nobody knew, `null`, numbers as text, text as numbers, empty text.

use cloud_core::Record as _;
use serde_json::json;

use crate::common::records::{Answer, Engine, Status};
use crate::{answer, stored};

#[test]
fn values_that_nobody_knew_are_kept_and_written_back_unchanged() {
    let members = r#""Engine":"valkey","Status":-7,"Engines":["redis","Dragonfly"],"BackupSet":[{"Status":99}]"#;
    let answer = answer(members);
    assert_eq!(answer.engine, Some(Engine::Unknown("valkey".into())));
    assert_eq!(answer.status, Some(Status::Unknown(-7)));
    assert_eq!(answer.engines, [Engine::Redis, Engine::from("Dragonfly")]);
    assert_eq!(
        stored(members),
        json!({"Engine": "valkey", "Status": -7, "Engines": ["redis", "Dragonfly"], "BackupSet": [{"Status": 99}]})
    );
}

#[test]
fn every_spelling_of_a_value_is_that_value() {
    for spelling in ["memcached", "Memcache", "memcache"] {
        assert_eq!(
            answer(&format!(r#""Engine":"{spelling}""#)).engine,
            Some(Engine::Memcached)
        );
    }
}

#[test]
fn unknown_members_are_skipped_whatever_they_hold() {
    for value in [
        "null",
        "1",
        "1e400",
        r#""text""#,
        "[]",
        r#"{"TotalCount":9}"#,
        r#"[{"Status":{}}]"#,
        // Longer than any integer type.
        "123456789012345678901234567890",
    ] {
        let members = format!(r#""New":{value},"TotalCount":1,"Newer":{value}"#);
        assert_eq!(stored(&members), json!({"TotalCount": 1}), "{value}");
    }
    assert_eq!(
        stored(r#""BackupSet":[{"New":[{}],"BackupId":"b"}],"Place":{"New":1}"#),
        json!({"BackupSet": [{"BackupId": "b"}], "Place": {}})
    );
}

#[test]
fn every_field_may_be_missing_or_null() {
    assert_eq!(stored(""), json!({}));
    for field in Answer::default().fields() {
        // The request id is in every answer of these tests already, and `null` does not take it away again.
        let members = format!(r#""{}":null"#, field.name());
        assert_eq!(stored(&members), json!({}), "{members}");
    }
    assert_eq!(
        stored(r#""BackupSet":[{"BackupId":null,"Status":null,"BackupSize":null}]"#),
        json!({"BackupSet": [{}]})
    );
}

#[test]
fn null_items_of_a_list_are_left_out() {
    assert_eq!(
        stored(
            r#""Sizes":[null,1,null,2],"Tags":[null,"a"],"BackupSet":[null,{"BackupId":"b"},null]"#
        ),
        json!({"Sizes": [1, 2], "Tags": ["a"], "BackupSet": [{"BackupId": "b"}]})
    );
    assert_eq!(
        stored(r#""Sizes":[null],"BackupSet":[null,null]"#),
        json!({})
    );
}

#[test]
fn scalars_of_the_neighbouring_type_are_converted() {
    for (members, expected) in [
        (r#""TotalCount":"12""#, json!({"TotalCount": 12})),
        (r#""TotalCount":" -12 ""#, json!({"TotalCount": -12})),
        (
            r#""TotalCount":"9223372036854775807""#,
            json!({"TotalCount": i64::MAX}),
        ),
        (r#""Small":"-7""#, json!({"Small": -7})),
        (
            r#""Large":"18446744073709551615""#,
            json!({"Large": u64::MAX}),
        ),
        (r#""Ratio":"0.25""#, json!({"Ratio": 0.25})),
        (r#""Ratio":"-1e3""#, json!({"Ratio": -1000.0})),
        (r#""Ratio":3"#, json!({"Ratio": 3.0})),
        (r#""Encrypted":"true""#, json!({"Encrypted": true})),
        (r#""Encrypted":"False""#, json!({"Encrypted": false})),
        (r#""Encrypted":1"#, json!({"Encrypted": true})),
        (r#""Encrypted":0"#, json!({"Encrypted": false})),
        (r#""Encrypted":"1""#, json!({"Encrypted": true})),
        (r#""Encrypted":"0""#, json!({"Encrypted": false})),
        (r#""Name":5"#, json!({"Name": "5"})),
        (
            r#""Name":18446744073709551615"#,
            json!({"Name": "18446744073709551615"}),
        ),
        (r#""Name":1.5"#, json!({"Name": "1.5"})),
        (r#""Name":true"#, json!({"Name": "true"})),
        (r#""Password":1234567.5"#, json!({"Password": "1234567.5"})),
        (r#""Engine":5"#, json!({"Engine": "5"})),
        (r#""Status":"2""#, json!({"Status": 2})),
        (
            r#""Sizes":["1",2,"3"],"Tags":[1,true,"a"]"#,
            json!({"Sizes": [1, 2, 3], "Tags": ["1", "true", "a"]}),
        ),
    ] {
        assert_eq!(stored(members), expected, "{members}");
    }
}

#[test]
fn empty_text_is_no_value_unless_the_field_is_text() {
    for field in [
        "TotalCount",
        "Small",
        "Large",
        "Ratio",
        "Encrypted",
        "Engine",
        "Status",
        "Place",
        "BackupSet",
        "Tags",
        "Sizes",
    ] {
        let members = format!(r#""{field}":"""#);
        assert_eq!(stored(&members), json!({}), "{members}");
    }
    assert_eq!(
        stored(r#""Name":"","Password":"""#),
        json!({"Name": "", "Password": ""})
    );
    assert_eq!(
        stored(r#""Sizes":["",1],"Tags":["","a"],"BackupSet":["",{"BackupId":""}]"#),
        json!({"Sizes": [1], "Tags": ["", "a"], "BackupSet": [{"BackupId": ""}]})
    );
}

#[test]
fn integers_may_be_written_as_floats() {
    for (members, expected) in [
        (r#""TotalCount":1e3"#, json!({"TotalCount": 1000})),
        (r#""TotalCount":1.0"#, json!({"TotalCount": 1})),
        (r#""TotalCount":-0.0"#, json!({"TotalCount": 0})),
        (
            r#""TotalCount":-9223372036854775808.0"#,
            json!({"TotalCount": i64::MIN}),
        ),
        (r#""Small":-2147483648.0"#, json!({"Small": i32::MIN})),
        (
            r#""Large":1e18"#,
            json!({"Large": 1_000_000_000_000_000_000_u64}),
        ),
        (r#""Status":2.0"#, json!({"Status": 2})),
        (r#""Encrypted":1.0"#, json!({"Encrypted": true})),
    ] {
        assert_eq!(stored(members), expected, "{members}");
    }
}

#[test]
fn an_integer_past_2_to_the_63_may_be_written_as_a_float_too() {
    assert_eq!(
        stored(r#""Large":1e19"#),
        json!({"Large": 10_000_000_000_000_000_000_u64})
    );
}

#[test]
fn the_ends_of_the_integer_types() {
    assert_eq!(
        stored(
            r#""TotalCount":-9223372036854775808,"Small":-2147483648,"Large":18446744073709551615"#
        ),
        json!({"TotalCount": i64::MIN, "Small": i32::MIN, "Large": u64::MAX})
    );
    assert_eq!(
        stored(r#""TotalCount":9223372036854775807,"Small":2147483647,"Large":0"#),
        json!({"TotalCount": i64::MAX, "Small": i32::MAX, "Large": 0})
    );
}
