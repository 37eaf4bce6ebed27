//! What answers nest: lists in objects, maps, free JSON, records in themselves.

use fixture_aliyun::search_cargo::Ship;
use fixture_aliyun::{DescribeBerthsResponse, Harbor, SearchCargoResponse};
use fixture_tencent::{DescribeTreesResponse, Orchard};
use serde_json::{Value as Json, json};

use crate::common::decode;

fn berths(berths: &Json) -> DescribeBerthsResponse {
    decode::<Harbor, _>(
        &json!({"RequestId": "r", "Success": true, "Code": "200", "Berths": berths}),
    )
}

#[test]
fn wrapped_lists_are_plain_lists() {
    let answer = berths(&json!({"Berth": [
        {"BerthId": "b-1", "Paths": {"Path": ["/n", "/s"]}, "Ropes": {"Ropes": [{"Length": 12}]}},
        {"BerthId": "b-2"},
    ]}));
    assert_eq!(answer.berths.len(), 2);
    assert_eq!(answer.berths[0].paths, ["/n", "/s"]);
    assert_eq!(answer.berths[0].ropes[0].length, Some(12));
    assert!(answer.berths[1].paths.is_empty());
    let stored = serde_json::to_value(&answer).unwrap();
    assert_eq!(stored["Berths"]["Berth"][0]["Paths"]["Path"][1], "/s");
}

#[test]
fn wrapped_lists_may_be_bare_or_missing() {
    assert_eq!(berths(&json!([{"BerthId": "b-1"}])).berths.len(), 1);
    for nothing in [json!(null), json!({}), json!({"Berth": null}), json!("")] {
        assert!(berths(&nothing).berths.is_empty(), "{nothing}");
    }
}

#[test]
fn an_error_in_a_wrapped_list_has_its_place() {
    let body = json!({
        "RequestId": "r", "Success": true, "Code": "200",
        "Berths": {"Berth": [{}, {"Ropes": {"Ropes": [{"Length": "long"}]}}]},
    });
    let error = cloud_core::decode::<Harbor, DescribeBerthsResponse>(body.to_string().as_bytes())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("Berths.Berth[1].Ropes.Ropes[0].Length"),
        "{error}"
    );
}

fn cargo(piece: &Json) -> SearchCargoResponse {
    decode::<Harbor, _>(&json!({"RequestId": "r", "Cargo": [piece]}))
}

#[test]
fn maps_have_the_keys_that_arrive() {
    let answer = cargo(&json!({
        "Weights": {"hook": 3, "chain": "9"},
        "Ships": {"s-1": {"Name": "Swift"}, "s-2": {}},
        "Routes": [{"Monday": ["Oslo", "Bergen"]}, {}],
    }));
    let piece = &answer.cargo[0];
    assert_eq!((piece.weights["hook"], piece.weights["chain"]), (3, 9));
    assert_eq!(piece.ships["s-1"].name.as_deref(), Some("Swift"));
    assert_eq!(piece.ships["s-2"], Ship::default());
    assert_eq!(piece.routes[0]["Monday"], ["Oslo", "Bergen"]);
    assert!(piece.routes[1].is_empty());
}

#[test]
fn free_json_is_kept_as_it_is() {
    let detail = json!({"colour": "red", "parts": [1, null, {"deep": true}], "big": u64::MAX});
    let answer = cargo(&json!({"Detail": detail}));
    assert_eq!(answer.cargo[0].detail, Some(detail));
    assert_eq!(cargo(&json!({"Detail": null})).cargo[0].detail, None);
}

#[test]
fn a_record_can_hold_a_list_of_itself() {
    let answer: DescribeTreesResponse = decode::<Orchard, _>(&json!({"Response": {
        "TreeSet": [{"TreeId": 1, "Branches": [{"TreeId": 2, "Branches": [{"TreeId": 3}]}]}],
        "RequestId": "r",
    }}));
    let twig = &answer.tree_set[0].branches[0].branches[0];
    assert_eq!(twig.tree_id, Some(3));
}
