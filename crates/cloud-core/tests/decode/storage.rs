//! Records in a user's own storage: what is written reads back equal, and `Debug` keeps what must not be seen.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::common::kinds::Kinds;
use crate::common::records::{Answer, Backup, Engine, Status};
use crate::{answer, answer_of};
use cloud_core::{AsValue as _, DownloadUrl, Secret, with_secrets};

/// An answer with a value in every field.
const EVERYTHING: &str = r#""Total":"3","Small":-1,"Large":18446744073709551615,"Ratio":0.1,"Encrypted":"true",
    "Name":"备份 \"1\"","Password":"correct horse","Engine":"Memcache","Status":"-2",
    "Location":{"Zone":"z","Floor":3,"Rooms":[{"Zone":"inner"}]},
    "RedisBackupSet":[{"BackupId":"b-1","Status":2,"BackupSize":7,"Password":"battery staple"},{}],
    "Tags":["","a"],"Sizes":[-1,0,1],"Engines":["redis","valkey"]"#;

#[test]
fn what_is_stored_with_its_secrets_has_canonical_names_and_spellings() {
    let stored = serde_json::to_value(with_secrets(&answer(EVERYTHING))).unwrap();
    assert_eq!(
        stored,
        json!({
            "RequestId": crate::REQUEST_ID, "TotalCount": 3, "Small": -1, "Large": u64::MAX, "Ratio": 0.1, "Encrypted": true,
            "Name": "备份 \"1\"", "Password": "correct horse", "Engine": "memcached", "Status": -2,
            "Place": {"Zone": "z", "Floor": 3, "Rooms": [{"Zone": "inner", "Rooms": []}]},
            "BackupSet": [{"BackupId": "b-1", "Status": 2, "BackupSize": 7, "Password": "battery staple"}, {}],
            "Tags": ["", "a"], "Sizes": [-1, 0, 1], "Engines": ["redis", "valkey"],
        })
    );
}

#[test]
fn secrets_are_left_out_unless_they_are_asked_for() {
    let answer = answer(EVERYTHING);
    let shown = serde_json::to_value(&answer).unwrap();
    let mut expected = serde_json::to_value(with_secrets(&answer)).unwrap();
    assert!(
        expected
            .as_object_mut()
            .unwrap()
            .remove("Password")
            .is_some()
    );
    let backup = expected["BackupSet"][0].as_object_mut().unwrap();
    assert!(backup.remove("Password").is_some());
    assert_eq!(shown, expected);
    // Nothing stands in their place that would be read as a password.
    let again: Answer = serde_json::from_value(shown).unwrap();
    assert_eq!(again.password, None);
    assert_eq!(again.backups[0].password, None);
    assert_eq!(format!("{:?}", with_secrets(&answer)), "WithSecrets(…)");
}

#[test]
fn addresses_that_are_as_good_as_a_key_are_left_out_too() {
    let url = "https://files.example.com/b.rdb?sign=0a1b2c";
    let answer: Kinds = answer_of(&format!(
        r#""Url":"{url}","Urls":["{url}"],"InstanceInfos":{{"i":{{"Password":"hunter2"}}}}"#
    ));
    let shown = serde_json::to_string(&answer).unwrap();
    assert!(
        !shown.contains("sign=") && !shown.contains("hunter2"),
        "{shown}"
    );
    let again: Kinds = serde_json::from_str(&shown).unwrap();
    assert_eq!((again.url, again.urls), (None, Vec::new()));
    assert_eq!(again.infos.len(), 1);
    let stored = serde_json::to_string(&with_secrets(&answer)).unwrap();
    assert_eq!(serde_json::from_str::<Kinds>(&stored).unwrap(), answer);
}

#[test]
fn lists_and_maps_of_secrets() {
    let list = vec![Secret::from("hunter2")];
    let map = BTreeMap::from([("proxy".to_owned(), DownloadUrl::from("hunter2"))]);
    // The types of the standard library write each item themselves, and nothing that could be read as a secret.
    assert_eq!(serde_json::to_value(&list).unwrap(), json!([null]));
    assert_eq!(serde_json::to_value(&map).unwrap(), json!({"proxy": null}));
    // As fields of an answer they are written by this crate.
    assert_eq!(serde_json::to_value(list.value()).unwrap(), json!([]));
    assert_eq!(serde_json::to_value(map.value()).unwrap(), json!({}));
    assert_eq!(
        serde_json::to_value(with_secrets(&list)).unwrap(),
        json!(["hunter2"])
    );
    assert_eq!(
        serde_json::to_value(with_secrets(&map)).unwrap(),
        json!({"proxy": "hunter2"})
    );
}

#[test]
fn what_is_stored_reads_back_equal_through_every_door_of_serde_json() {
    let answer = answer(EVERYTHING);
    let text = serde_json::to_string(&with_secrets(&answer)).unwrap();
    assert_eq!(serde_json::from_str::<Answer>(&text).unwrap(), answer);
    assert_eq!(
        serde_json::from_slice::<Answer>(text.as_bytes()).unwrap(),
        answer
    );
    assert_eq!(
        serde_json::from_reader::<_, Answer>(text.as_bytes()).unwrap(),
        answer
    );
    let value = serde_json::to_value(with_secrets(&answer)).unwrap();
    assert_eq!(serde_json::from_value::<Answer>(value).unwrap(), answer);
    // The original too, with its aliases and its numbers in text.
    let original = format!("{{{EVERYTHING},\"RequestId\":\"{}\"}}", crate::REQUEST_ID);
    assert_eq!(
        serde_json::from_reader::<_, Answer>(original.as_bytes()).unwrap(),
        answer
    );
    let value: Json = serde_json::from_str(&original).unwrap();
    assert_eq!(serde_json::from_value::<Answer>(value).unwrap(), answer);
}

#[test]
fn lists_and_options_of_records_can_be_stored() {
    let backups = answer(EVERYTHING).backups;
    let text = serde_json::to_string(&with_secrets(&backups)).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Backup>>(&text).unwrap(), backups);
    assert_eq!(
        serde_json::from_str::<Option<Backup>>("null").unwrap(),
        None
    );
    assert_eq!(
        serde_json::from_str::<Option<Backup>>("{}").unwrap(),
        Some(Backup::default())
    );
}

#[test]
fn what_does_not_fit_is_refused_by_its_place() {
    let stored = json!({"BackupSet": [{}, {"Status": "Bad"}]});
    let problem = r#"BackupSet[1].Status: expected an integer, found text "Bad""#;
    let error = serde_json::from_value::<Answer>(stored.clone()).unwrap_err();
    assert_eq!(error.to_string(), problem);
    let text = stored.to_string();
    for error in [
        serde_json::from_str::<Answer>(&text).unwrap_err(),
        serde_json::from_reader::<_, Answer>(text.as_bytes()).unwrap_err(),
    ] {
        assert!(error.to_string().starts_with(problem), "{error}");
    }
    for other in [
        json!(null),
        json!(5),
        json!("text"),
        json!([{}]),
        json!(true),
    ] {
        let error = serde_json::from_value::<Answer>(other.clone()).unwrap_err();
        assert!(
            error.to_string().contains("expected an object"),
            "{other}: {error}"
        );
    }
}

#[test]
fn no_error_quotes_a_long_text_that_stands_where_an_object_should() {
    let secret = "correct horse battery staple correct horse";
    for text in [
        format!("\"{secret}\""),
        format!("{{\"Place\":\"{secret}\"}}"),
        format!("{{\"BackupSet\":[\"{secret}\"]}}"),
        format!("{{\"TotalCount\":\"{secret}\"}}"),
    ] {
        let error = serde_json::from_str::<Answer>(&text)
            .unwrap_err()
            .to_string();
        assert!(!error.contains("horse"), "{error}");
        assert!(error.contains("found text of 42 characters"), "{error}");
    }
}

#[test]
fn enums_and_secrets_can_be_stored_on_their_own() {
    for (value, engine) in [
        (json!("redis"), Engine::Redis),
        (json!("memcached"), Engine::Memcached),
        (json!("valkey"), Engine::Unknown("valkey".into())),
    ] {
        assert_eq!(serde_json::to_value(&engine).unwrap(), value);
        assert_eq!(serde_json::from_value::<Engine>(value).unwrap(), engine);
    }
    for (value, status) in [
        (json!(-2), Status::Deleted),
        (json!(77), Status::Unknown(77)),
    ] {
        assert_eq!(serde_json::to_value(status).unwrap(), value);
        assert_eq!(serde_json::from_value::<Status>(value).unwrap(), status);
    }
    let secret = Secret::from("hunter2");
    assert_eq!(serde_json::to_value(&secret).unwrap(), Json::Null);
    assert_eq!(
        serde_json::to_value(with_secrets(&secret)).unwrap(),
        "hunter2"
    );
    assert_eq!(
        serde_json::from_value::<Secret>(json!("hunter2")).unwrap(),
        secret
    );

    let error = |text: &str| {
        serde_json::from_str::<Status>(text)
            .unwrap_err()
            .to_string()
    };
    assert!(error("\"x\"").starts_with("expected an integer, found text \"x\""));
    assert!(error("null").starts_with("expected an integer, found nothing"));
    assert!(error("[]").starts_with("expected an integer, found a list"));
}

#[test]
fn enums_are_what_they_are_spelled_like() {
    assert_eq!(Engine::from("Memcache"), Engine::Memcached);
    assert_eq!(Engine::from("memcache".to_owned()).as_str(), "memcached");
    assert_eq!(format!("{:>8}", Engine::from("valkey")), "  valkey");
    assert_eq!(Status::from(-2), Status::Deleted);
    assert_eq!(Status::from(5).as_i64(), 5);
    assert_eq!(format!("{:03}", Status::Normal), "002");
}

#[test]
fn debug_shows_no_secret_while_the_rest_can_be_seen() {
    let answer = answer(EVERYTHING);
    let shown = format!("{answer:?}\n{answer:#?}\n{:?}", answer.password.clone());
    assert!(!shown.contains("correct horse"), "{shown}");
    assert!(!shown.contains("battery staple"), "{shown}");
    assert!(
        shown.contains("[secret]") && shown.contains("b-1"),
        "{shown}"
    );
}

#[test]
fn floats_read_back_as_they_were() {
    // Numbers whose shortest decimal form needs all 17 digits: a decoder that rounds them twice changes the last one.
    for number in [
        0.1 + 0.2,
        5e-324,
        f64::MAX,
        f64::MIN_POSITIVE,
        -123_456_789.012_345_67,
        8.988_465_674_311_58e307,
        1.234_567_890_123_456_7e-300,
        2.0_f64.powi(70) / 3.0,
    ] {
        let answer = Answer {
            ratio: Some(number),
            ..Answer::default()
        };
        let text = serde_json::to_string(&with_secrets(&answer)).unwrap();
        assert_eq!(
            serde_json::from_str::<Answer>(&text).unwrap(),
            answer,
            "{text}"
        );
    }
}
