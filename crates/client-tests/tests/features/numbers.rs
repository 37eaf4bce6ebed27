//! Numbers of every width, and booleans.

use fixture_tencent::{
    DescribeTask, DescribeTrees, DescribeTreesResponse, Orchard, PlantTrees, PlantTreesResponse,
};
use fixture_ucloud::{DescribeBoxes, LabelBox};
use serde_json::json;

use crate::common::{body, decode, json as sent_json, pairs, sent};

#[test]
fn integers_keep_their_width_and_sign() {
    let answer: DescribeTreesResponse = decode::<Orchard, _>(&json!({"Response": {
        "TotalCount": i64::MAX,
        "TreeSet": [{"TreeId": u64::MAX, "Row": i32::MIN, "Leaves": i64::MIN}],
        "RequestId": "r",
    }}));
    assert_eq!(answer.total_count, Some(i64::MAX));
    let tree = &answer.tree_set[0];
    assert_eq!(
        (tree.tree_id, tree.row, tree.leaves),
        (Some(u64::MAX), Some(i32::MIN), Some(i64::MIN))
    );
    assert_eq!(
        sent_json(DescribeTrees::new().offset(u64::MAX))["Offset"],
        u64::MAX
    );
}

#[test]
fn a_number_too_large_for_its_width_is_an_error_with_its_place() {
    let body = r#"{"Response": {"TreeSet": [{}, {"Row": 2147483648}], "RequestId": "r"}}"#;
    let error = cloud_core::decode::<Orchard, DescribeTreesResponse>(body.as_bytes()).unwrap_err();
    assert!(error.to_string().contains("TreeSet[1].Row"), "{error}");
}

#[test]
fn one_name_has_another_type_in_another_operation() {
    let id: Option<i64> = decode::<Orchard, PlantTreesResponse>(
        &json!({"Response": {"TaskId": -12, "RequestId": "r"}}),
    )
    .task_id;
    assert_eq!(id, Some(-12));
    let request = DescribeTask::new(u64::MAX);
    assert_eq!(sent_json(request)["TaskId"], u64::MAX);
}

#[test]
fn floats_take_whole_numbers_too() {
    let answer: DescribeTreesResponse = decode::<Orchard, _>(&json!({"Response": {
        "TreeSet": [{"Height": 1.5}, {"Height": 2}, {"Height": "0.25"}],
        "RequestId": "r",
    }}));
    let heights: Vec<_> = answer.tree_set.iter().map(|tree| tree.height).collect();
    assert_eq!(heights, [Some(1.5), Some(2.0), Some(0.25)]);
    let site = fixture_tencent::plant_trees::Site::new(fixture_tencent::plant_trees::SiteArgs {
        name: "hill".into(),
        rows: Vec::new(),
        soil: "clay".into(),
        water: false,
    })
    .shade(0.5);
    let request = PlantTrees::new(fixture_tencent::plant_trees::PlantTreesArgs {
        kind: "apple".into(),
        count: 1,
        site,
        password: "p".into(),
    });
    assert_eq!(sent_json(request)["Site"]["Shade"], 0.5);
}

#[test]
fn booleans_are_words_in_a_form() {
    let request = DescribeBoxes::new().sealed(true);
    assert_eq!(body(&sent(request))["Sealed"], "true");
    let request =
        LabelBox::new("box-1", [fixture_ucloud::label_box::NewLabel::new("k")]).replace(false);
    assert_eq!(
        body(&sent(request)),
        pairs([
            ("BoxId", "box-1"),
            ("Labels.0.Key", "k"),
            ("Region", "island"),
            ("Replace", "false")
        ])
    );
}
