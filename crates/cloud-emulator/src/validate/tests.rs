//! Rules of values, and of values beside each other.

use serde_json::{Value, json};

use crate::call::{Arguments, Refusal};
use crate::support::{flat, json as as_json, world};

fn refused(action: &str, arguments: Arguments) -> String {
    match world().ask(action, arguments) {
        Ok(_) => String::new(),
        Err(Refusal::Missing { parameter }) => format!("{parameter} is missing"),
        Err(Refusal::Invalid { parameter, problem }) => format!("{parameter} {problem}"),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn ranges() {
    for (limit, expected) in [
        ("0", "Limit must be from 1 to 100"),
        ("1", ""),
        ("100", ""),
        ("101", "Limit must be from 1 to 100"),
    ] {
        let pairs = [("Region", "island"), ("Offset", "0"), ("Limit", limit)];
        assert_eq!(refused("DescribeBoxes", flat(&pairs)), expected);
    }
    assert_eq!(
        refused("SearchCargo", flat(&[("MaxResults", "51")])),
        "MaxResults must be at most 50"
    );
    assert_eq!(
        refused("DescribeBerths", flat(&[("PageNumber", "0")])),
        "PageNumber must be at least 1"
    );
}

#[test]
fn hours_patterns_and_lengths() {
    for (pair, expected) in [
        (("PackTime", "23"), ""),
        (
            ("PackTime", "24"),
            "PackTime must be an hour of the day, from 0 to 23",
        ),
        (("PackDays", "0111110"), ""),
        (("PackDays", "01111101"), "PackDays must match `[01]{7}`"),
        (("Blacklist", "glass;fire"), ""),
        (("Blacklist", ";"), "Blacklist must match `[^;]+(;[^;]+)*`"),
    ] {
        let pairs = [
            ("Region", "island"),
            ("BoxId", "b"),
            ("Manifest", "aGk="),
            ("Padding", "1"),
            pair,
        ];
        assert_eq!(
            refused("SetBoxSchedule", flat(&pairs)),
            expected,
            "{pair:?}"
        );
    }
    let label = |key: &str| {
        let pairs = [("Region", "island"), ("BoxId", "b"), ("Labels.0.Key", key)];
        refused("LabelBox", flat(&pairs))
    };
    assert_eq!(label(&"k".repeat(20)), "");
    assert_eq!(
        label(&"k".repeat(21)),
        "Labels.0.Key must have at most 20 characters"
    );
    // Characters count, not bytes.
    assert_eq!(label(&"标".repeat(20)), "");
}

#[test]
fn text_rules() {
    let tag = |key: &str| {
        let pairs = [
            ("ClientType", "ECS_CLIENT"),
            ("Tag.1.Key", key),
            ("Tag.1.Value", "v"),
        ];
        refused("DescribeBackupClients", flat(&pairs))
    };
    assert_eq!(tag("team"), "");
    assert_eq!(tag(""), "Tag.1.Key must not be empty");
    assert_eq!(tag("aliyun-team"), "Tag.1.Key must not begin with `aliyun`");
    assert_eq!(tag("acs:team"), "Tag.1.Key must not begin with `acs:`");
    assert_eq!(tag("a-http://b"), "Tag.1.Key must not contain `http://`");
}

#[test]
fn lengths_of_lists() {
    let labels: Vec<(String, String)> = (0..11)
        .map(|index| (format!("Labels.{index}.Key"), "k".to_owned()))
        .collect();
    let scope = [("Region", "island"), ("BoxId", "b")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let arguments = Arguments::Flat([&scope[..], &labels[..10]].concat());
    assert_eq!(refused("LabelBox", arguments), "");
    let arguments = Arguments::Flat([&scope[..], &labels[..]].concat());
    assert_eq!(
        refused("LabelBox", arguments),
        "Labels must have at most 10 items"
    );
    let empty = as_json(json!({ "OldPassword": "a", "NewPasswords": [] }));
    assert_eq!(refused("ResetGate", empty), "");
}

#[test]
fn multiples() {
    let trees = |parameters: Value| refused("DescribeTrees", as_json(parameters));
    assert_eq!(trees(json!({ "Offset": 4, "Limit": 2 })), "");
    assert_eq!(
        trees(json!({ "Offset": 3, "Limit": 2 })),
        "Offset must be a multiple of `Limit`, which is 2"
    );
    // Where the other one is absent, what the provider takes instead counts.
    assert_eq!(trees(json!({ "Offset": 40 })), "");
    assert_eq!(
        trees(json!({ "Offset": 5 })),
        "Offset must be a multiple of `Limit`, which is 20"
    );
    assert_eq!(trees(json!({ "Offset": 5, "Limit": 0 })), "");
}

#[test]
fn conditions() {
    let schedule = |pairs: &[(&str, &str)]| {
        let all = [
            &[("Region", "island"), ("BoxId", "b"), ("Manifest", "aGk=")],
            pairs,
        ]
        .concat();
        refused("SetBoxSchedule", flat(&all))
    };
    assert_eq!(schedule(&[("Mode", "Careful"), ("Padding", "1")]), "");
    assert_eq!(schedule(&[("Mode", "Careful")]), "Padding is missing");
    // `Careful` is the default.
    assert_eq!(schedule(&[]), "Padding is missing");
    assert_eq!(schedule(&[("Mode", "Quick")]), "");
    assert_eq!(
        schedule(&[("Mode", "Quick"), ("Padding", "1")]),
        "Padding is only allowed when `Mode` is `Careful`"
    );
    let policy = |rule: &str| {
        let pairs = [("PolicyName", "p"), ("Rule.1.RuleType", rule)];
        refused("CreatePolicy", flat(&pairs))
    };
    assert_eq!(policy("MOVE"), "Rule.1.Days is missing");
    assert_eq!(policy("DROP"), "");
}

#[test]
fn rules_that_look_at_other_fields_of_the_request() {
    for (pairs, expected) in [
        (&[][..], "CargoIds is missing"),
        (&[("ShipId", "s-1")], ""),
        (&[("CargoIds", r#"["p-1"]"#)], ""),
        (
            &[("ShipId", "s-1"), ("Insured", "1")],
            "Insured is only allowed together with `Login`",
        ),
        (&[("ShipId", "s-1"), ("Insured", "1"), ("Login", "{}")], ""),
    ] {
        let pairs = [&[("BerthId", "b-1")], pairs].concat();
        assert_eq!(refused("StartMove", flat(&pairs)), expected, "{pairs:?}");
    }
}

#[test]
fn flags_steps_and_json_in_text() {
    let long = format!("[\"{}\"]", "p".repeat(197));
    for (pair, expected) in [
        (("Careful", "0"), ""),
        (("Careful", "2"), "Careful must be `0` or `1`"),
        (("Insured", "yes"), "Insured must be `0` or `1`"),
        (("Speed", "20"), ""),
        (("Speed", "25"), "Speed must be a multiple of 10"),
        (("Priority", "2"), ""),
        (("CargoIds", "p-1"), "CargoIds must be JSON"),
        (("CargoIds", "[1]"), "CargoIds.0 must be text"),
        (
            ("CargoIds", &long),
            "CargoIds must have at most 200 characters",
        ),
    ] {
        let pairs = [("BerthId", "b-1"), ("ShipId", "s-1"), pair];
        assert_eq!(refused("StartMove", flat(&pairs)), expected, "{pair:?}");
    }
}
