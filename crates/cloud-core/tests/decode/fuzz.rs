//! Answers at random: nothing panics, and whatever was read once reads the same after storage.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Map, Value as Json};

use crate::common::records::{Answer, Backup, Engine, Place, Status};
use crate::{bodies, read};
use cloud_core::{Secret, with_secrets};

/// These cases take about a second in a debug build; `PROPTEST_CASES` asks for more. Files with failed cases would end up among the
/// sources.
pub(crate) fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: match std::env::var_os("PROPTEST_CASES") {
            Some(_) => usual.cases,
            None => 250,
        },
        failure_persistence: None,
        ..usual
    }
}

fn name() -> impl Strategy<Value = String> {
    let known = vec![
        "RequestId",
        "TotalCount",
        "Total",
        "Small",
        "Large",
        "Ratio",
        "Encrypted",
        "Name",
        "Password",
        "Engine",
        "Status",
        "Place",
        "Location",
        "BackupSet",
        "RedisBackupSet",
        "Tags",
        "Sizes",
        "Zone",
        "Floor",
        "Rooms",
        "BackupId",
        "BackupSize",
        "RetCode",
        "Message",
        "Response",
        "Error",
        "Code",
        "Success",
        "Action",
    ];
    prop_oneof![
        8 => proptest::sample::select(known).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

/// Any JSON, with names that mean something more often than not.
fn json() -> impl Strategy<Value = Json> {
    let scalar = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        (-3_i64..300).prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        any::<String>().prop_map(Json::from),
        any::<i64>().prop_map(|number| Json::from(number.to_string())),
        proptest::sample::select(vec!["", "0", "true", "redis", "200"]).prop_map(Json::from),
    ];
    scalar.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Json::from),
            vec((name(), inner), 0..5).prop_map(|members| Json::Object(Map::from_iter(members))),
        ]
    })
}

fn members() -> impl Strategy<Value = String> {
    vec((name(), json()), 0..5).prop_map(|members| {
        let members = members
            .into_iter()
            .map(|(name, value)| format!("{}:{value}", Json::from(name)));
        members.collect::<Vec<_>>().join(",")
    })
}

/// A value that an answer can hold: empty text and the names of known values mean something else.
fn engine() -> impl Strategy<Value = Engine> {
    prop_oneof![
        Just(Engine::Redis),
        Just(Engine::Memcached),
        ".+".prop_map(Engine::from)
    ]
}

fn status() -> impl Strategy<Value = Status> {
    prop_oneof![(-3_i64..4), any::<i64>()].prop_map(Status::from)
}

fn secret() -> impl Strategy<Value = Secret> {
    any::<String>().prop_map(Secret::from)
}

fn place() -> impl Strategy<Value = Place> {
    let leaf =
        (option::of(any::<String>()), option::of(any::<i32>())).prop_map(|(zone, floor)| Place {
            zone,
            floor,
            rooms: Vec::new(),
        });
    leaf.prop_recursive(3, 12, 3, |inner| {
        (option::of(any::<String>()), vec(inner, 0..3)).prop_map(|(zone, rooms)| Place {
            zone,
            floor: None,
            rooms,
        })
    })
}

fn backup() -> impl Strategy<Value = Backup> {
    (
        option::of(any::<String>()),
        option::of(status()),
        option::of(any::<u64>()),
        option::of(secret()),
    )
        .prop_map(|(id, status, size, password)| Backup {
            id,
            status,
            size,
            password,
        })
}

fn record() -> impl Strategy<Value = Answer> {
    let float =
        proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL | proptest::num::f64::ZERO;
    let numbers = (
        option::of(any::<i64>()),
        option::of(any::<i32>()),
        option::of(any::<u64>()),
        option::of(float),
        option::of(any::<bool>()),
    );
    let texts = (
        option::of(any::<String>()),
        option::of(any::<String>()),
        option::of(secret()),
        option::of(engine()),
        option::of(status()),
    );
    let nested = (
        option::of(place()),
        vec(backup(), 0..4),
        vec(any::<String>(), 0..4),
        vec(any::<i64>(), 0..4),
        vec(engine(), 0..4),
    );
    (numbers, texts, nested).prop_map(|(numbers, texts, nested)| Answer {
        total_count: numbers.0,
        small: numbers.1,
        large: numbers.2,
        ratio: numbers.3,
        encrypted: numbers.4,
        request_id: texts.0,
        name: texts.1,
        password: texts.2,
        engine: texts.3,
        status: texts.4,
        place: nested.0,
        backups: nested.1,
        tags: nested.2,
        sizes: nested.3,
        engines: nested.4,
    })
}

/// Reads a body as every provider's; whatever is read must survive storage.
fn read_all(bodies: &[impl AsRef<[u8]>; 3]) -> Result<(), TestCaseError> {
    for answer in read::<Answer>(bodies) {
        match answer {
            Ok(answer) => {
                let text = serde_json::to_string(&with_secrets(&answer)).unwrap();
                let again: Answer = serde_json::from_str(&text).unwrap();
                prop_assert_eq!(again, answer);
            }
            Err(error) => {
                prop_assert!(!error.message().is_empty());
                prop_assert_eq!(error.to_string().lines().count(), 1, "{}", error);
            }
        }
    }
    for answer in read::<Json>(bodies).into_iter().flatten() {
        prop_assert!(answer.is_object());
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_record_survives_storage(record in record()) {
        let text = serde_json::to_string(&with_secrets(&record)).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Answer>(&text).unwrap(), &record);
        let value = serde_json::to_value(with_secrets(&record)).unwrap();
        prop_assert_eq!(&serde_json::from_value::<Answer>(value).unwrap(), &record);
    }

    #[test]
    fn any_record_survives_the_way_from_a_provider(record in record()) {
        // The wrapping of the tests brings a request id of its own.
        let record = Answer { request_id: Some(crate::REQUEST_ID.into()), ..record };
        let text = serde_json::to_string(&with_secrets(&record)).unwrap();
        let members = text.trim_start_matches('{').strip_suffix('}').unwrap();
        for answer in read::<Answer>(&bodies(members)) {
            prop_assert_eq!(&answer.unwrap(), &record);
        }
    }

    #[test]
    fn json_at_random_never_panics(json in json(), members in members()) {
        let text = json.to_string();
        read_all(&[&text, &text, &text])?;
        read_all(&bodies(&members))?;
    }

    #[test]
    fn bytes_at_random_never_panic(bytes in vec(any::<u8>(), 0..64)) {
        read_all(&[&bytes, &bytes, &bytes])?;
    }

    #[test]
    fn bodies_with_bytes_changed_never_panic(
        members in members(),
        changes in vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..6),
        cut in option::of(any::<prop::sample::Index>()),
    ) {
        let bodies = bodies(&members).map(|body| {
            let mut bytes = body.into_bytes();
            for (place, byte, change) in &changes {
                let place = place.index(bytes.len());
                match change {
                    0 => bytes[place] = *byte,
                    1 => bytes.insert(place, *byte),
                    _ => drop(bytes.splice(place..bytes.len().min(place + 3), [])),
                }
            }
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len() + 1));
            }
            bytes
        });
        read_all(&bodies)?;
    }
}
