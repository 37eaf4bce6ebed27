//! Names: aliases, near-twins, shared types; and what is missing, null or empty.

use fixture_ucloud::label_box::NewLabel;
use fixture_ucloud::{Depot, DescribeBoxes, DescribeBoxesResponse, LabelBox, SetBoxSchedule};
use serde_json::{Value as Json, json};

use crate::common::{body, decode, sent};

fn boxes(members: Json) -> DescribeBoxesResponse {
    let mut answer = json!({"RetCode": 0, "Action": "DescribeBoxesResponse"});
    for (name, value) in members.as_object().unwrap() {
        answer[name] = value.clone();
    }
    decode::<Depot, _>(&answer)
}

#[test]
fn both_names_of_a_list_decode() {
    for name in ["BoxSet", "DataSet"] {
        assert_eq!(boxes(json!({name: [{"BoxId": "box-1"}]})).box_set.len(), 1);
    }
    // The name of the page's table wins where both are there.
    let both = boxes(json!({"DataSet": [{}, {}], "BoxSet": [{"BoxId": "box-1"}]}));
    assert_eq!(both.box_set.len(), 1);
    let stored = serde_json::to_value(&both).unwrap();
    assert!(stored.get("BoxSet").is_some() && stored.get("DataSet").is_none());
}

#[test]
fn names_that_differ_by_a_letter_are_different_fields() {
    let answer = boxes(json!({"BoxSet": [
        {"BoxId": "box-1", "BoxID": "8", "CluserRole": "spare", "ClusterRole": "main"},
    ]}));
    let carton = &answer.box_set[0];
    assert_eq!(carton.box_id.as_deref(), Some("box-1"));
    assert_eq!(carton.serial_number, Some(8));
    assert_eq!(carton.cluser_role.as_deref(), Some("spare"));
    assert_eq!(carton.cluster_role.as_deref(), Some("main"));
}

#[test]
fn a_record_of_requests_has_the_members_of_the_record_that_it_includes() {
    let label = NewLabel::new("colour").value("red");
    let sent = body(&sent(LabelBox::new("box-1", [label])));
    assert_eq!(sent["Labels.0.Key"], "colour");
    assert_eq!(sent["Labels.0.Value"], "red");
    let answer = boxes(json!({"BoxSet": [{"Labels": [{"Key": "colour", "Tag": "red"}]}]}));
    let label = &answer.box_set[0].labels[0];
    assert_eq!(label.value.as_deref(), Some("red"));
}

#[test]
fn missing_null_and_empty_are_nothing() {
    for nothing in [
        json!({}),
        json!({"BoxSet": null}),
        json!({"BoxSet": []}),
        json!({"BoxSet": ""}),
    ] {
        assert!(boxes(nothing).box_set.is_empty());
    }
    let answer =
        boxes(json!({"TotalCount": "", "BoxSet": [{"Zone": null, "Labels": null, "Weight": ""}]}));
    let carton = &answer.box_set[0];
    assert_eq!(
        (answer.total_count, &carton.zone, carton.weight),
        (None, &None, None)
    );
    // Empty text is text.
    assert_eq!(
        boxes(json!({"BoxSet": [{"Zone": ""}]})).box_set[0]
            .zone
            .as_deref(),
        Some("")
    );
}

#[test]
fn what_is_required_is_an_argument() {
    // That it does not compile without is what `new` is for; here is that it is sent, and that nothing else is.
    let sent_box = body(&sent(SetBoxSchedule::new("box-1", b"x")));
    let names: Vec<&str> = sent_box.keys().map(String::as_str).collect();
    assert_eq!(names, ["BoxId", "Manifest", "Region"]);
    let paged = body(&sent(DescribeBoxes::new()));
    assert_eq!((&*paged["Offset"], &*paged["Limit"]), ("0", "20"));
}
