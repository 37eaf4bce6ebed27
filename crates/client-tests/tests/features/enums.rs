//! Enums: over integers, over words, over digits, and always open.

use fixture_tencent::describe_trees::{TreeKind, TreeStatus};
use fixture_tencent::{DescribeTrees, DescribeTreesResponse, Orchard};
use fixture_ucloud::describe_box_state::BoxState;
use fixture_ucloud::describe_boxes::BoxStatus;
use fixture_ucloud::{Depot, DescribeBoxStateResponse, DescribeBoxes};
use serde_json::json;

use crate::common::{body, decode, json as sent_json, sent};

#[test]
fn values_are_integers_with_signs() {
    let request = DescribeTrees::new().status([TreeStatus::Growing, TreeStatus::Felled]);
    assert_eq!(sent_json(request)["Status"], json!([1, -1]));
    let request = DescribeBoxes::new().status(BoxStatus::Lost);
    assert_eq!(body(&sent(request))["Status"], "-1");
}

#[test]
fn values_are_digits_in_text() {
    let request = DescribeTrees::new().kinds([TreeKind::Apple, TreeKind::Pear]);
    assert_eq!(sent_json(request)["Kinds"], json!(["0", "1"]));
    let answer: DescribeTreesResponse = decode::<Orchard, _>(
        &json!({"Response": {"TreeSet": [{"Kind": "1"}, {"Kind": 1}], "RequestId": "r"}}),
    );
    assert!(
        answer
            .tree_set
            .iter()
            .all(|tree| tree.kind == Some(TreeKind::Pear))
    );
}

fn state(wire: impl Into<serde_json::Value>) -> Option<BoxState> {
    let body = json!({"RetCode": 0, "Action": "DescribeBoxStateResponse", "State": wire.into()});
    decode::<Depot, DescribeBoxStateResponse>(&body).state
}

#[test]
fn one_value_has_several_spellings() {
    for spelling in ["Packing", "0", "packing"] {
        assert_eq!(state(spelling), Some(BoxState::Packing));
    }
    assert_eq!(state(1), Some(BoxState::Packed));
    assert_eq!(BoxState::Packing.as_str(), "Packing");
}

#[test]
fn a_value_that_is_no_name_has_a_name() {
    assert_eq!(state("Recover fail"), Some(BoxState::RecoverFailed));
    assert_eq!(BoxState::RecoverFailed.to_string(), "Recover fail");
}

#[test]
fn unknown_values_are_kept_and_sent_back() {
    assert_eq!(state("Melted"), Some(BoxState::Unknown("Melted".into())));
    assert_eq!(BoxState::from("Melted").as_str(), "Melted");
    let request = DescribeTrees::new()
        .status([TreeStatus::from(77)])
        .kinds([TreeKind::from("x")]);
    let sent = sent_json(request);
    assert_eq!(
        (&sent["Status"], &sent["Kinds"]),
        (&json!([77]), &json!(["x"]))
    );
}

#[test]
#[allow(deprecated, reason = "that it is still there is what is tested")]
fn a_deprecated_value_still_works() {
    assert_eq!(TreeKind::from("386"), TreeKind::Old);
    assert_eq!(TreeKind::Old.as_str(), "386");
}

#[test]
fn values_are_read_from_text_and_have_an_order() {
    use tencent_redis::describe_instance_backups::{BackupStatus, BackupType};

    assert_eq!("0".parse(), Ok(BackupType::Manual));
    assert_eq!("-2".parse(), Ok(BackupStatus::Deleted));
    assert!("deleted".parse::<BackupStatus>().is_err());
    // By what is sent: a value that is not known has its place among the others.
    let mut values = [
        BackupStatus::from(3),
        BackupStatus::Unknown(2),
        BackupStatus::Running,
        BackupStatus::Deleted,
    ];
    values.sort();
    assert_eq!(values.map(|value| value.as_i64()), [-2, 1, 2, 3]);
    assert_eq!(BackupStatus::Unknown(2), BackupStatus::Normal);
}
