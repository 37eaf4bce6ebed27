//! Text that carries something else.

use std::collections::{BTreeMap, HashSet};

use cloud_core::{Flag, FromText, Json, LocalTime, Secret, Text, TextFormat};
use serde_json::json;

use crate::common::kinds::Outer;
use crate::common::records::Answer;

fn read<T: FromText>(text: &str) -> Option<T> {
    Text::<T>::from(text).get()
}

fn written<T: TextFormat>(value: T) -> String {
    Text::from(value).into_string()
}

#[test]
fn numbers_and_booleans() {
    assert_eq!(read::<i64>(" -5 "), Some(-5));
    assert_eq!(read::<i64>("5.0"), None);
    assert_eq!(read::<i64>("9223372036854775808"), None);
    assert_eq!(read::<u64>("18446744073709551615"), Some(u64::MAX));
    assert_eq!(read::<u64>("-1"), None);
    assert_eq!(read::<f64>("-1e3"), Some(-1000.0));
    assert_eq!(read::<f64>("NaN"), None);
    for text in ["true", "True", "TRUE"] {
        assert_eq!(read::<bool>(text), Some(true));
    }
    assert_eq!(read::<bool>("fALSE"), Some(false));
    assert_eq!(read::<bool>("yes"), None);
    assert_eq!(written(-5_i64), "-5");
    assert_eq!(written(u64::MAX), "18446744073709551615");
    assert_eq!(written(0.1_f64), "0.1");
    assert_eq!(written(true), "true");
}

#[test]
fn bytes() {
    for (bytes, text) in [
        (&b""[..], ""),
        (b"f", "Zg=="),
        (b"fo", "Zm8="),
        (b"foo", "Zm9v"),
        (b"\xff\xfe", "//4="),
    ] {
        assert_eq!(written(bytes.to_vec()), text);
        assert_eq!(read::<Vec<u8>>(text), Some(bytes.to_vec()));
        assert_eq!(
            read::<Vec<u8>>(text.trim_end_matches('=')),
            Some(bytes.to_vec()),
            "without padding"
        );
    }
    for text in ["?", "Z", "Z===", "__4=", "Zm9v Zm9v"] {
        let carried = read::<Vec<u8>>(text);
        assert_eq!(carried, None, "{text}");
    }
}

#[test]
fn json_and_records() {
    assert_eq!(read::<Json>(" {\"a\": 1} "), Some(json!({"a": 1})));
    assert_eq!(read::<Json>("null"), Some(Json::Null));
    assert_eq!(read::<Json>("{} {}"), None);
    assert_eq!(
        read::<Json>(&("[".repeat(100_000) + &"]".repeat(100_000))),
        None
    );
    assert_eq!(written(json!({"b": [1, "x"]})), r#"{"b":[1,"x"]}"#);

    let answer: Answer = read(r#"{"Total":"3","New":1,"Name":"n"}"#).unwrap();
    assert_eq!(
        (answer.total_count, answer.name.as_deref()),
        (Some(3), Some("n"))
    );
    for text in ["", "null", "5", "[]", "{", "{}x", r#"{"Total":"x"}"#] {
        assert_eq!(read::<Answer>(text), None, "{text}");
    }
    let deep = "{\"Place\":".to_owned() + &"{\"Rooms\":[".repeat(50_000);
    assert_eq!(read::<Answer>(&deep), None);
}

#[test]
fn json_in_json_in_json() {
    let innermost = json!({"deep": "\"quoted\""});
    let outer = Outer {
        name: Some("n".into()),
        inner: Some(innermost.clone().into()),
        backup: None,
    };
    let text = Text::from(outer.clone());
    assert_eq!(
        text.as_str(),
        r#"{"Name":"n","Inner":"{\"deep\":\"\\\"quoted\\\"\"}"}"#
    );
    let again = text.get().unwrap();
    assert_eq!(again, outer);
    assert_eq!(again.inner.unwrap().get(), Some(innermost));
}

#[test]
fn text_is_its_wire_form() {
    let text = Text::<i64>::from("0080".to_owned());
    assert_eq!(
        format!("{text} {text:?} {text:>6}"),
        r#"0080 "0080"   0080"#
    );
    assert_eq!(text, text.clone());
    assert_ne!(text, Text::from(80), "the same number in another spelling");
    let different: HashSet<_> = [text.clone(), text, Text::from_wire("80")].into();
    assert_eq!(different.len(), 2);
    // Nothing is asked of what is carried.
    struct Opaque;
    assert_eq!(Text::<Opaque>::from("x").clone().as_str(), "x");
    assert_eq!(
        Text::from(LocalTime::new(2, 30, 0).unwrap()).as_str(),
        "02:30"
    );
}

#[test]
fn flags() {
    for (text, flag) in [
        ("0", Some(false)),
        (" 1 ", Some(true)),
        ("TRUE", Some(true)),
    ] {
        assert_eq!(read::<Flag>(text).map(bool::from), flag, "{text}");
    }
    for text in ["2", "-1", "yes", ""] {
        assert_eq!(read::<Flag>(text), None, "{text}");
    }
    assert_eq!(written(Flag(true)), "1");
    assert_eq!(Text::<Flag>::from(false).as_str(), "0");
}

#[test]
fn lists_and_maps_are_json() {
    let list: Text<Vec<String>> = ["a \"b\"", ""].into();
    assert_eq!(list.as_str(), r#"["a \"b\"",""]"#);
    assert_eq!(list.get().unwrap(), ["a \"b\"", ""]);
    let items = vec![String::from("a")];
    assert_eq!(
        Text::<Vec<String>>::from(items.as_slice()).as_str(),
        r#"["a"]"#
    );
    assert_eq!(Text::from(items).as_str(), r#"["a"]"#);
    assert_eq!(Text::<Vec<i64>>::from([1, 2]).as_str(), "[1,2]");
    assert_eq!(
        Text::<Vec<Vec<i64>>>::from([vec![1], vec![]]).as_str(),
        "[[1],[]]"
    );
    let records: Text<Vec<Outer>> = r#"[{"Name":"n","Inner":"{}"},{}]"#.into();
    assert_eq!(records.get().unwrap()[0].name.as_deref(), Some("n"));
    assert_eq!(Text::from(records.get().unwrap()), records);
    let map: Text<BTreeMap<String, Json>> = [("on", json!(true)), ("no", json!([1]))].into();
    assert_eq!(map.as_str(), r#"{"no":[1],"on":true}"#);
    assert_eq!(map.get().unwrap()["on"], json!(true));
}

#[test]
fn text_that_is_no_list_or_map_carries_none() {
    for text in ["", "null", "{}", "[1]x", "[\"a\",", r#"[{"a":1}]"#] {
        assert_eq!(read::<Vec<String>>(text), None, "{text}");
    }
    for text in ["", "null", "[]", r#"{"a":[]}"#] {
        assert_eq!(read::<BTreeMap<String, i64>>(text), None, "{text}");
    }
    assert_eq!(read::<Vec<String>>("[]"), Some(Vec::new()));
    assert_eq!(read::<BTreeMap<String, i64>>("{}"), Some(BTreeMap::new()));
    let deep = "[".repeat(200_000);
    assert_eq!(read::<Vec<Json>>(&deep), None);
}

#[test]
fn json_that_is_secret_is_hidden() {
    let outer = Outer {
        name: Some("hidden".into()),
        ..Outer::default()
    };
    let secret = Secret::from(Text::from(outer));
    assert_eq!(secret.expose(), r#"{"Name":"hidden"}"#);
    assert_eq!(format!("{secret:?}"), "[secret]");
}
