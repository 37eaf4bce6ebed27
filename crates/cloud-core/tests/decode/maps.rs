//! Objects whose names are data.

use std::collections::BTreeMap;

use serde_json::json;

use crate::common::kinds::Kinds;
use crate::common::records::Status;
use crate::{kinds, kinds_refused, stored_kind};

#[test]
fn maps_of_every_kind_of_value() {
    let answer = kinds(
        r#""Labels":{"b":"2","a":"1"},
        "InstanceInfos":{"i-1":{"BackupId":"b","Status":2},"i-2":{}},
        "Counts":{"x":[1,2],"y":[]},
        "Ratios":{"p":{"q":0.5},"r":{}},
        "Shards":[{"s":[1,-2]},{}]"#,
    );
    assert_eq!(answer.labels["a"], "1");
    assert_eq!(answer.infos["i-1"].status, Some(Status::Normal));
    assert_eq!(answer.infos["i-2"], Default::default());
    assert_eq!(answer.counts["x"], [1, 2]);
    assert_eq!(answer.counts["y"], [0_i64; 0]);
    assert_eq!(answer.ratios["p"]["q"], 0.5);
    assert_eq!(answer.ratios["r"], BTreeMap::new());
    assert_eq!(answer.shards[0]["s"], [Status::Running, Status::Deleted]);
    assert_eq!(answer.shards[1], BTreeMap::new());
}

#[test]
fn lists_of_lists() {
    assert_eq!(
        kinds(r#""Grid":[[1,2],[],[3]]"#).grid,
        [vec![1, 2], vec![], vec![3]]
    );
    assert_eq!(
        kinds(r#""Grid":[null,"",[null,"4",""]]"#).grid,
        [vec![4]],
        "what is nothing is left out at every level"
    );
}

#[test]
fn what_is_missing_null_or_empty_text_is_an_empty_map() {
    for members in [
        "",
        r#""Labels":null"#,
        r#""Labels":"""#,
        r#""Labels":{}"#,
        r#""Labels":{"a":null}"#,
    ] {
        assert_eq!(kinds(members).labels, BTreeMap::new(), "{members}");
        assert_eq!(stored_kind(members, "Labels"), json!({}), "{members}");
    }
}

#[test]
fn null_values_are_left_out_and_neighbouring_types_converted() {
    assert_eq!(
        stored_kind(r#""Labels":{"a":null,"b":5,"c":true,"d":""}"#, "Labels"),
        json!({"b": "5", "c": "true", "d": ""})
    );
    assert_eq!(
        stored_kind(r#""Counts":{"a":"","b":null,"c":["1",null,2.0]}"#, "Counts"),
        json!({"c": [1, 2]})
    );
}

#[test]
fn of_two_values_with_the_same_key_the_last_stays() {
    assert_eq!(kinds(r#""Labels":{"a":"1","a":"2"}"#).labels["a"], "2");
    assert_eq!(
        kinds(r#""Labels":{"a":"1","a":null}"#).labels["a"],
        "1",
        "nothing does not replace something"
    );
}

#[test]
fn a_map_that_arrives_again_replaces_the_first() {
    let labels = |members: &str| kinds(members).labels;
    let b = BTreeMap::from([("b".to_owned(), "2".to_owned())]);
    assert_eq!(labels(r#""Labels":{"a":"1"},"Labels":{"b":"2"}"#), b);
    assert_eq!(labels(r#""Labels":{"b":"2"},"Labels":null"#), b);
    assert_eq!(labels(r#""Labels":{"b":"2"},"Labels":{}"#), b);
    // The name of the field wins over its alias, as with every type.
    assert_eq!(labels(r#""Labels":{"b":"2"},"Marks":{"a":"1"}"#), b);
    assert_eq!(labels(r#""Marks":{"a":"1"},"Labels":{"b":"2"}"#), b);
    assert_eq!(labels(r#""Labels":{},"Marks":{"b":"2"}"#), b);
}

#[test]
fn any_text_is_a_key() {
    assert_eq!(
        stored_kind(r#""Labels":{"":"1","a.b":"2","备 \"😀\"\n":"3"}"#, "Labels"),
        json!({"": "1", "a.b": "2", "备 \"😀\"\n": "3"})
    );
}

#[test]
fn an_error_names_the_key() {
    for (members, message) in [
        (
            r#""InstanceInfos":{"i-0":{},"i-1":{"Status":"x"}}"#,
            r#"InstanceInfos["i-1"].Status: expected an integer, found text "x""#,
        ),
        (
            r#""Ratios":{"p":{"q":[]}}"#,
            r#"Ratios["p"]["q"]: expected a number, found a list"#,
        ),
        (
            r#""Shards":[{},{"s":[1,"x"]}]"#,
            r#"Shards[1]["s"][1]: expected an integer, found text "x""#,
        ),
        (
            r#""Grid":[[],[0,"x"]]"#,
            r#"Grid[1][1]: expected an integer of 64 bits, found text "x""#,
        ),
        (
            r#""Labels":{"a \"b\"\nc":[]}"#,
            r#"Labels["a \"b\"\nc"]: expected text, found a list"#,
        ),
        (r#""Labels":[]"#, "Labels: expected an object, found a list"),
        (
            r#""Labels":7"#,
            "Labels: expected an object, found the number 7",
        ),
        (
            r#""Labels":"x""#,
            r#"Labels: expected an object, found text "x""#,
        ),
        (
            r#""Grid":[{}]"#,
            "Grid[0]: expected a list, found an object",
        ),
    ] {
        assert_eq!(kinds_refused(members), message, "{members}");
    }
    let long = "k".repeat(41);
    assert_eq!(
        kinds_refused(&format!(r#""Labels":{{"{long}":[]}}"#)),
        "Labels[a key of 41 characters]: expected text, found a list"
    );
}

#[test]
fn a_broken_map_is_refused_by_its_place() {
    let body = br#"{"RetCode":0,"InstanceInfos":{"i-1":{"BackupId":"b""#;
    let error = cloud_core::decode::<crate::common::services::Udb, Kinds>(body).unwrap_err();
    assert!(
        error.message().contains(r#"InstanceInfos["i-1"]"#),
        "{error}"
    );
}
