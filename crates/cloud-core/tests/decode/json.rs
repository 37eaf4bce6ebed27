//! JSON of any shape.

use serde_json::json;

use crate::common::kinds::Kinds;
use crate::{bodies, kinds, kinds_refused, read, stored_kind};

#[test]
fn json_is_kept_as_it_is() {
    let value = json!({
        "null": null, "list": [null, [], {}, [null]], "text": "", "bool": false,
        "numbers": [0, -1, u64::MAX, i64::MIN, 1.5, -0.0, 1e300],
    });
    let members = format!(r#""Config":{value},"Events":[{value},1],"Attributes":{{"a":{value}}}"#);
    let answer = kinds(&members);
    assert_eq!(answer.config, Some(value.clone()));
    assert_eq!(answer.events, [value.clone(), json!(1)]);
    assert_eq!(answer.attributes["a"], value);
}

#[test]
fn a_scalar_is_json_too() {
    for (text, value) in [
        ("5", json!(5)),
        ("18446744073709551615", json!(u64::MAX)),
        ("-5", json!(-5)),
        ("0.5", json!(0.5)),
        ("true", json!(true)),
        (r#""text""#, json!("text")),
        (r#""""#, json!("")),
        ("[]", json!([])),
        ("{}", json!({})),
    ] {
        let config = kinds(&format!(r#""Config":{text}"#)).config;
        assert_eq!(config, Some(value), "{text}");
    }
}

#[test]
fn null_is_nothing() {
    assert_eq!(kinds(r#""Config":null"#).config, None);
    assert_eq!(kinds(r#""Config":5,"Config":null"#).config, Some(json!(5)));
    assert_eq!(stored_kind(r#""Config":null"#, "Config"), json!(null));
    assert_eq!(kinds(r#""Events":[null,1,null]"#).events, [json!(1)]);
    assert_eq!(
        stored_kind(r#""Attributes":{"a":null,"b":1}"#, "Attributes"),
        json!({"b": 1})
    );
}

#[test]
fn the_last_of_two_members_stays() {
    assert_eq!(
        kinds(r#""Config":{"a":1,"a":2}"#).config,
        Some(json!({"a": 2}))
    );
}

#[test]
fn an_object_that_looks_like_a_number_of_the_reader_does_no_harm() {
    let private = r#""$serde_json::private::Number""#;
    for (text, value) in [
        (format!("{{{private}:\"15\"}}"), json!(15)),
        (
            format!("{{{private}:\"x\"}}"),
            json!({"$serde_json::private::Number": "x"}),
        ),
        (
            format!("{{{private}:15}}"),
            json!({"$serde_json::private::Number": 15}),
        ),
        (
            format!("{{{private}:\"15\",\"a\":1}}"),
            json!({"$serde_json::private::Number": "15", "a": 1}),
        ),
        (
            format!("{{\"z\":1,{private}:\"15\"}}"),
            json!({"$serde_json::private::Number": "15", "z": 1}),
        ),
    ] {
        assert_eq!(kinds(&format!(r#""Config":{text}"#)).config, Some(value));
    }
    assert_eq!(
        kinds_refused(&format!(r#""Labels":{{"a":"1",{private}:"15"}}"#)),
        "Labels: expected an object, found a number"
    );
}

#[test]
fn an_error_in_json_names_its_place() {
    for (text, place) in [
        (r#"{"a":[1,{"b":nul}]}"#, r#"Config["a"][1]["b"]: "#),
        (r#"["\ud800"]"#, "Config[0]: "),
        ("1e400", "Config: "),
    ] {
        for error in read::<Kinds>(&bodies(&format!(r#""Config":{text}"#))) {
            let error = error.unwrap_err();
            assert!(error.message().contains(place), "{error}");
        }
    }
}
