//! Answers at random into a record with every kind of field: nothing panics, and what was read once reads the same after storage.

use cloud_core::with_secrets;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde_json::{Map, Value as Json};

use crate::common::kinds::Kinds;
use crate::fuzz::config;
use crate::{bodies, read};

/// Names of members, of which most mean something somewhere.
const NAMES: [&str; 24] = [
    "Labels",
    "InstanceInfos",
    "Counts",
    "Ratios",
    "Shards",
    "Grid",
    "Config",
    "Events",
    "Attributes",
    "Vaults",
    "Vault",
    "Tags",
    "Tag",
    "Key",
    "Value",
    "Status",
    "Place",
    "Rooms",
    "BackupId",
    "Name",
    "Inner",
    "Backup",
    "",
    "$serde_json::private::Number",
];

fn number() -> impl Strategy<Value = Json> {
    prop_oneof![
        (-3_i64..300).prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        any::<i64>().prop_map(|number| Json::from(number.to_string())),
    ]
}

fn text() -> impl Strategy<Value = Json> {
    prop_oneof![
        any::<String>().prop_map(Json::from),
        "[0-9]{4}-[01][0-9]-[0-3][0-9][ T][0-2][0-9]:[0-5][0-9](:[0-5][0-9])?".prop_map(Json::from),
        "[0-2][0-9]:[0-5][0-9](-[0-2][0-9]:[0-5][0-9])?".prop_map(Json::from),
        "[A-Za-z0-9+/]{0,9}={0,2}".prop_map(Json::from),
        "https?://[a-z]{1,3}(/[a-z]?){0,2}([?#][a-z=&]*)?".prop_map(Json::from),
        proptest::sample::select(vec![
            "",
            "true",
            "FALSE",
            "1e3",
            "{}",
            "{\"Name\":1,\"Inner\":\"[null]\"}",
            "[]",
        ])
        .prop_map(Json::from),
    ]
}

/// Any JSON.
fn json() -> impl Strategy<Value = Json> {
    let scalar = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        number(),
        text(),
    ];
    scalar.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![list(inner.clone()), object(inner)]
    })
}

fn list(item: impl Strategy<Value = Json>) -> impl Strategy<Value = Json> {
    vec(item, 0..3).prop_map(Json::from)
}

fn object(value: impl Strategy<Value = Json>) -> impl Strategy<Value = Json> {
    let name = prop_oneof![
        4 => proptest::sample::select(NAMES.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    btree_map(name, value, 0..3).prop_map(|members| Json::Object(Map::from_iter(members)))
}

fn record<const N: usize>(fields: [(&'static str, BoxedStrategy<Json>); N]) -> BoxedStrategy<Json> {
    let (names, values): (Vec<_>, Vec<_>) = fields
        .into_iter()
        .map(|(name, value)| (name, option::weighted(0.4, mostly(value))))
        .unzip();
    let members = move |values: Vec<Option<Json>>| {
        let members = names.iter().zip(values);
        Json::Object(
            members
                .filter_map(|(name, value)| Some(((*name).to_owned(), value?)))
                .collect(),
        )
    };
    values.prop_map(members).boxed()
}

/// What the field expects, or nothing, or now and then anything.
fn mostly(value: BoxedStrategy<Json>) -> impl Strategy<Value = Json> {
    prop_oneof![
        40 => value,
        2 => Just(Json::Null),
        2 => Just(Json::from("")),
        1 => json(),
    ]
}

fn wrapped(member: &'static str, list: impl Strategy<Value = Json>) -> impl Strategy<Value = Json> {
    (list, 0..4_u8).prop_map(move |(list, shape)| match shape {
        0 => list,
        1 => serde_json::json!({member: list, "Other": []}),
        _ => serde_json::json!({member: list}),
    })
}

/// Answers that fit for the most part.
fn answer() -> impl Strategy<Value = Json> {
    let integer = || (-3_i64..300).prop_map(Json::from);
    let backup = || {
        record([
            ("BackupId", text().boxed()),
            ("Status", integer().boxed()),
            ("BackupSize", any::<u64>().prop_map(Json::from).boxed()),
        ])
    };
    let tag = record([("Key", text().boxed()), ("Value", number().boxed())]);
    let vault = record([
        ("VaultId", text().boxed()),
        ("Tags", wrapped("Tag", list(tag)).boxed()),
        ("Place", object(list(json())).boxed()),
    ]);
    let structured = record([
        ("Labels", object(text()).boxed()),
        ("InstanceInfos", object(backup()).boxed()),
        ("Counts", object(list(integer())).boxed()),
        ("Ratios", object(object(integer())).boxed()),
        ("Shards", list(object(list(integer()))).boxed()),
        ("Grid", list(list(integer())).boxed()),
        ("Config", json().boxed()),
        ("Events", list(json()).boxed()),
        ("Attributes", object(json()).boxed()),
        ("Vaults", wrapped("Vault", list(vault.clone())).boxed()),
        ("VaultList", wrapped("Vault", list(vault)).boxed()),
    ]);
    let carried = record([
        ("Port", number().boxed()),
        ("Size", number().boxed()),
        ("Rate", number().boxed()),
        ("Enabled", text().boxed()),
        (
            "Policy",
            json().prop_map(|json| Json::from(json.to_string())).boxed(),
        ),
        (
            "Outer",
            object(text())
                .prop_map(|json| Json::from(json.to_string()))
                .boxed(),
        ),
        ("Key", text().boxed()),
        ("Started", number().boxed()),
        ("Ended", number().boxed()),
        ("Times", list(text()).boxed()),
        ("Days", object(text()).boxed()),
        ("Hour", text().boxed()),
        ("Window", text().boxed()),
        ("Created", integer().boxed()),
        ("Updated", any::<i64>().prop_map(Json::from).boxed()),
        ("Url", text().boxed()),
        ("Urls", list(text()).boxed()),
    ]);
    (structured, carried).prop_map(|(mut structured, mut carried)| {
        if let (Some(all), Some(more)) = (structured.as_object_mut(), carried.as_object_mut()) {
            all.append(more);
        }
        structured
    })
}

/// The members of an object, to be wrapped as each provider wraps them.
fn members(answer: &Json) -> String {
    let text = answer.to_string();
    text.strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'))
        .unwrap_or_default()
        .to_owned()
}

/// Reads a body as every provider's; whatever is read must survive storage.
fn read_all(bodies: &[impl AsRef<[u8]>; 3]) -> Result<(), TestCaseError> {
    for answer in read::<Kinds>(bodies) {
        match answer {
            Ok(answer) => {
                answer.read_all();
                let text = serde_json::to_string(&with_secrets(&answer)).unwrap();
                let again: Kinds = serde_json::from_str(&text).unwrap();
                prop_assert_eq!(&again, &answer);
                let value = serde_json::to_value(with_secrets(&answer)).unwrap();
                let again: Kinds = serde_json::from_value(value).unwrap();
                prop_assert_eq!(again, answer);
            }
            Err(error) => {
                prop_assert!(!error.message().is_empty());
                prop_assert_eq!(error.to_string().lines().count(), 1, "{}", error);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn answers_at_random_survive_storage(answer in answer()) {
        read_all(&bodies(&members(&answer)))?;
    }

    #[test]
    fn json_at_random_never_panics(json in json()) {
        let text = json.to_string();
        read_all(&[&text, &text, &text])?;
        read_all(&bodies(&members(&json)))?;
    }

    #[test]
    fn answers_with_bytes_changed_never_panic(
        answer in answer(),
        changes in vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..4),
        cut in option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let bodies = bodies(&members(&answer)).map(|body| {
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

/// A test at random proves nothing if most of what it makes is refused.
#[test]
fn most_answers_fit() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let strategy = answer();
    let made: usize = 200;
    let refused = (0..made)
        .map(|_| strategy.new_tree(&mut runner).unwrap().current())
        .filter(|answer| {
            let [first, ..] = read::<Kinds>(&bodies(&members(answer)));
            first.is_err()
        })
        .count();
    assert!(refused > 0 && refused < made / 2, "{refused} of {made}");
}
