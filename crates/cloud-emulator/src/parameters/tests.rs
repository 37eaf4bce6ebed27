//! From what was sent to typed values.

use serde_json::{Value, json};

use super::Parameters;
use crate::call::{Arguments, Refusal};
use crate::support::{call, flat, json as as_json, tables};

fn read(action: &str, arguments: Arguments) -> Result<Value, Refusal> {
    let tables = tables();
    let call = call(&tables, action, arguments);
    let (service, operation) = tables.find(&call)?;
    let parameters = Parameters::read(&call, operation, service.types(operation))?;
    Ok(Value::Object(parameters.values().clone()))
}

fn refused(action: &str, arguments: Arguments) -> String {
    match read(action, arguments).unwrap_err() {
        Refusal::Missing { parameter } => format!("{parameter} is missing"),
        Refusal::Unknown { parameter } => format!("{parameter} is unknown"),
        Refusal::Invalid { parameter, problem } => format!("{parameter} {problem}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_form_of_ucloud_counts_from_zero() {
    let pairs = [
        ("Region", "island"),
        ("BoxId", "box-1"),
        ("Labels.0.Key", "colour"),
        ("Labels.0.Value", "red"),
        ("Labels.1.Key", "size"),
        ("Replace", "true"),
        ("Colours.size", "blue"),
        ("Whatever", "is passed over"),
    ];
    assert_eq!(
        read("LabelBox", flat(&pairs)).unwrap(),
        json!({
            "BoxId": "box-1",
            "Labels": [{ "Key": "colour", "Value": "red" }, { "Key": "size" }],
            "Replace": true,
            "Colours": { "size": "blue" },
            "Region": "island",
        })
    );
}

#[test]
fn lists_of_ten_and_more_keep_their_order() {
    let mut pairs = vec![("Region".to_owned(), "island".to_owned())];
    pairs.extend(
        (0..12)
            .rev()
            .map(|index| (format!("BoxIds.{index}"), format!("box-{index}"))),
    );
    let values = read("DescribeBoxes", Arguments::Flat([pairs, page()].concat())).unwrap();
    assert_eq!(values["BoxIds"][10], "box-10");
    assert_eq!(values["BoxIds"].as_array().unwrap().len(), 12);
}

fn page() -> Vec<(String, String)> {
    [("Offset", "0"), ("Limit", "20")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
}

#[test]
fn alibaba_counts_from_one_and_takes_json_in_text() {
    let pairs = [
        ("PolicyName", "week"),
        (
            "Rules",
            r#"[{"RuleType":"KEEP","Days":7,"Filters":[{"Accounts":[{"UserId":1}]}]}]"#,
        ),
        ("Rule.1.RuleType", "DROP"),
        ("Rule.1.Filters.1.Accounts.1.UserId", "2"),
        ("Rule.1.Filters.1.Accounts.1.Roles.1", "c"),
        ("Options", r#"{"loud":true}"#),
        ("RegionId", "is passed over"),
    ];
    assert_eq!(
        read("CreatePolicy", flat(&pairs)).unwrap(),
        json!({
            "PolicyName": "week",
            "Rules": r#"[{"RuleType":"KEEP","Days":7,"Filters":[{"Accounts":[{"UserId":1}]}]}]"#,
            "Rule": [{ "RuleType": "DROP", "Filters": [{ "Accounts": [{ "UserId": 2, "Roles": ["c"] }] }] }],
            "Options": r#"{"loud":true}"#,
        })
    );
}

#[test]
fn tencent_takes_json_and_flat_parameters_over_get() {
    let expected = json!({
        "Offset": 2, "Limit": 2, "Status": [1, -1], "Kinds": ["0"], "Grid": [[1, 2], [3, 4]], "Region": "ap-guangzhou"
    });
    let parameters = json!({ "Offset": 2, "Limit": 2, "Status": [1, -1], "Kinds": ["0"], "Grid": [[1, 2], [3, 4]], "BeginTime": null });
    assert_eq!(
        read("DescribeTrees", as_json(parameters)).unwrap(),
        expected
    );
    let pairs = [
        ("Offset", "2"),
        ("Limit", "2"),
        ("Status.0", "1"),
        ("Status.1", "-1"),
        ("Kinds.0", "0"),
        ("Grid.0.0", "1"),
        ("Grid.0.1", "2"),
        ("Grid.1.0", "3"),
        ("Grid.1.1", "4"),
    ];
    assert_eq!(read("DescribeTrees", flat(&pairs)).unwrap(), expected);
}

#[test]
fn booleans_are_words_in_any_letters() {
    for word in ["true", "True", "TRUE"] {
        let values = read("DescribeBerths", flat(&[("Free", word)])).unwrap();
        assert_eq!(values["Free"], true, "{word}");
    }
}

#[test]
fn every_spelling_of_a_value_is_its_canonical_one() {
    let values = read(
        "SetBoxSchedule",
        flat(&[
            ("Region", "island"),
            ("BoxId", "b"),
            ("Manifest", "aGk"),
            ("Mode", "Quick"),
            ("RecoveryTime", "1700000000"),
        ]),
    );
    let values = values.unwrap();
    assert_eq!(
        (&values["Mode"], &values["RecoveryTime"]),
        (&json!("Quick"), &json!("1700000000"))
    );
}

#[test]
fn empty_text_is_nothing_where_it_could_mean_nothing() {
    let values = read("DescribeBerths", flat(&[("PageNumber", ""), ("Free", "")])).unwrap();
    assert_eq!(values, json!({}));
    assert_eq!(
        refused("CreatePolicy", flat(&[("PolicyName", "")])),
        "PolicyName is missing"
    );
    let region = [("Region", ""), ("BoxId", "b")];
    assert_eq!(
        refused("DescribeBoxState", flat(&region)),
        "Region is missing"
    );
}

#[test]
fn what_is_ill_typed_is_refused_with_its_path() {
    for (pairs, expected) in [
        (("Limit", "ten"), "Limit must be an integer of 64 bits"),
        (("Sealed", "yes"), "Sealed must be `true` or `false`"),
        (("Status", "4"), "Status must be one of `0`, `1`, `-1`"),
        (
            ("BoxIds", "box-1"),
            "BoxIds is a list: `BoxIds.0` is its first item",
        ),
        (
            ("BoxIds.1", "box-1"),
            "BoxIds is a list: `BoxIds.0` is missing, since its items are counted from 0",
        ),
        (("BoxIds.0.Id", "box-1"), "BoxIds.0 must be text"),
    ] {
        let mut all = vec![("Region", "island"), ("Offset", "0")];
        if pairs.0 != "Limit" {
            all.push(("Limit", "1"));
        }
        all.push(pairs);
        assert_eq!(refused("DescribeBoxes", flat(&all)), expected);
    }
    for (pairs, expected) in [
        (("Rules", "{"), "Rules must be JSON"),
        (("Rules", "{}"), "Rules must be a list"),
        (
            ("Rules.1.RuleType", "DROP"),
            "Rules must be one parameter whose text is JSON",
        ),
        (
            ("Rules", r#"[{"RuleType":"DROP","Days":"7"}]"#),
            "Rules.0.Days must be an integer of 64 bits",
        ),
        (
            ("Rule.1.Filters.1.Accounts.1.UserId", "x"),
            "Rule.1.RuleType is missing",
        ),
        (
            ("Rule.0.RuleType", "DROP"),
            "Rule is a list: `Rule.1` is missing, since its items are counted from 1",
        ),
    ] {
        assert_eq!(
            refused("CreatePolicy", flat(&[("PolicyName", "p"), pairs])),
            expected
        );
    }
    for (parameters, expected) in [
        (
            json!({ "Limit": "2" }),
            "Limit must be an integer of 64 bits without a sign",
        ),
        (
            json!({ "Limit": -2 }),
            "Limit must be an integer of 64 bits without a sign",
        ),
        (
            json!({ "Grid": [[1], [2.5]] }),
            "Grid.1.0 must be an integer of 64 bits",
        ),
        (
            json!({ "BeginTime": "2024-03-01T08:00:00Z" }),
            "BeginTime must be a time such as `2024-03-01 08:00:00`",
        ),
        (
            json!({ "Kinds": ["9"] }),
            "Kinds.0 must be one of `0`, `1`, `386`",
        ),
    ] {
        assert_eq!(refused("DescribeTrees", as_json(parameters)), expected);
    }
}

#[test]
fn tencent_alone_refuses_what_it_does_not_know() {
    assert_eq!(
        refused("DescribeTrees", as_json(json!({ "Limits": 2 }))),
        "Limits is unknown"
    );
    let site = json!({ "Name": "hill", "Rows": [{ "Palces": [] }], "Soil": "clay", "Water": true });
    let parameters = json!({ "Kind": "apple", "Count": 2, "Site": site, "Password": "p" });
    assert_eq!(
        refused("PlantTrees", as_json(parameters)),
        "Site.Rows.0.Palces is unknown"
    );
}

#[test]
fn what_is_missing_is_told_in_the_order_of_the_table() {
    assert_eq!(
        refused("PlantTrees", as_json(json!({ "Password": "p" }))),
        "Kind is missing"
    );
    assert_eq!(
        refused("PlantTrees", as_json(json!({ "Kind": "k", "Count": 0 }))),
        "Count must be at least 1"
    );
    let parameters =
        json!({ "Kind": "k", "Count": 1, "Site": { "Name": "n", "Rows": [{ "Places": [{}] }] } });
    assert_eq!(
        refused("PlantTrees", as_json(parameters)),
        "Site.Rows.0.Places.0.Depth is missing"
    );
    assert_eq!(
        refused("DescribeBoxState", flat(&[("Region", "island")])),
        "BoxId is missing"
    );
    assert_eq!(
        refused("DescribeBoxState", flat(&[("BoxId", "b")])),
        "Region is missing"
    );
}

#[test]
fn the_region_of_tencent_is_no_parameter() {
    let tables = tables();
    let mut call = call(&tables, "DescribeTrees", as_json(json!({})));
    call.region = None;
    let (service, operation) = tables.find(&call).unwrap();
    let read = Parameters::read(&call, operation, service.types(operation));
    let parameter = "Region".to_owned();
    assert_eq!(read.unwrap_err(), Refusal::Missing { parameter });
}

#[test]
fn names_that_lead_nowhere_are_refused() {
    let deep = "a.".repeat(100) + "a";
    assert_eq!(
        refused("OpenHarbor", flat(&[(&*deep, "x")])),
        format!("{deep} leads too deep")
    );
    let twice = [("Free", "true"), ("Free", "false")];
    assert_eq!(
        refused("DescribeBerths", flat(&twice)),
        "Free is given twice"
    );
    let both = [("Tag", "a"), ("Tag.1.Key", "b")];
    assert_eq!(
        refused("DescribeBerths", flat(&both)),
        "Tag.1.Key is a part of a parameter that is given as a whole, too"
    );
}

#[test]
fn text_that_carries_something_is_held_against_it() {
    let values = read(
        "DescribeSettings",
        flat(&[("Verbose", "true"), ("Filter", r#"{"Name":"crane"}"#)]),
    );
    assert_eq!(
        values.unwrap(),
        json!({ "Verbose": "true", "Filter": r#"{"Name":"crane"}"# })
    );
    for (pair, expected) in [
        (("Verbose", "maybe"), "Verbose must be `true` or `false`"),
        (
            ("MaxLevel", "3.5"),
            "MaxLevel must be an integer of 64 bits",
        ),
        (("Filter", "[]"), "Filter must have members"),
    ] {
        assert_eq!(refused("DescribeSettings", flat(&[pair])), expected);
    }
    let manifest = [("Region", "r"), ("BoxId", "b"), ("Manifest", "***")];
    assert_eq!(
        refused("SetBoxSchedule", flat(&manifest)),
        "Manifest must be Base64"
    );
}
