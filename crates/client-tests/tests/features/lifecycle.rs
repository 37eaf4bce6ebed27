//! What an operation is to its callers: whether it changes something, how often it may be called, how it fails, what is secret,
//! what is on its way out.

use std::time::Duration;

use cloud_core::{Effect, ErrorKind, Operation};
use fixture_tencent::plant_trees::{PlantTreesArgs, Site, SiteArgs};
use fixture_tencent::{
    DescribeEvents, DescribeEventsResponse, DescribeTask, DescribeTaskResponse, DescribeTrees,
    Orchard, PlantTrees,
};
use fixture_ucloud::{
    Depot, DescribeBoxes, DescribeBoxesResponse, GetManifestUrlResponse, LabelBox,
};
use serde_json::json;

use crate::common::{decode, json as sent_json};

#[test]
fn reads_and_writes_are_told_apart() {
    assert_eq!(DescribeBoxes::new().metadata().effect(), Effect::Read);
    assert_eq!(LabelBox::new("b", []).metadata().effect(), Effect::Write);
}

#[test]
fn a_rate_limit_is_known() {
    let limit = DescribeTrees::new().metadata().rate().unwrap();
    assert_eq!(
        (limit.calls(), limit.period()),
        (20, Duration::from_secs(1))
    );
    assert!(DescribeTask::new(1).metadata().rate().is_none());
}

#[test]
fn error_codes_have_kinds() {
    let body = br#"{"RetCode": 8039, "Action": "DescribeBoxesResponse", "Message": "no box"}"#;
    let error = cloud_core::decode::<Depot, DescribeBoxesResponse>(body).unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::NotFound, Some("8039"))
    );
    for code in ["ResourceNotFound", "ResourceNotFound.TaskNotExists"] {
        let body = json!({"Response": {"Error": {"Code": code, "Message": "m"}, "RequestId": "r"}});
        let error =
            cloud_core::decode::<Orchard, DescribeTaskResponse>(body.to_string().as_bytes())
                .unwrap_err();
        assert_eq!(
            (error.kind(), error.code()),
            (ErrorKind::NotFound, Some(code))
        );
    }
}

#[test]
fn an_address_to_download_from_does_not_show_what_gives_access() {
    let answer: GetManifestUrlResponse = decode::<Depot, _>(&json!({
        "RetCode": 0, "Action": "GetManifestURLResponse",
        "Url": "https://files.example.com/manifest?Signature=abc",
    }));
    let url = answer.url.as_ref().unwrap();
    assert_eq!(
        url.as_str(),
        "https://files.example.com/manifest?Signature=abc"
    );
    let shown = format!("{answer:?}");
    assert!(
        shown.contains("https://files.example.com/manifest"),
        "{shown}"
    );
    assert!(!shown.contains("abc"), "{shown}");
}

#[test]
fn secrets_are_sent_and_never_shown() {
    let site = Site::new(SiteArgs {
        name: "hill".into(),
        rows: Vec::new(),
        soil: "clay".into(),
        water: true,
    });
    let request = PlantTrees::new(PlantTreesArgs {
        kind: "apple".into(),
        count: 1,
        site,
        password: "open sesame".into(),
    });
    assert!(!format!("{request:?}").contains("sesame"));
    assert_eq!(sent_json(request)["Password"], "open sesame");
}

#[test]
#[allow(deprecated, reason = "that they still work is what is tested")]
fn what_is_on_its_way_out_still_works() {
    use fixture_tencent::{ResetGate, ResetGateResponse};
    let request = ResetGate::new("old-secret", ["new-secret"]);
    assert!(!format!("{request:?}").contains("secret\""));
    assert_eq!(
        sent_json(request),
        json!({"OldPassword": "old-secret", "NewPasswords": ["new-secret"]})
    );
    let answer: ResetGateResponse =
        decode::<Orchard, _>(&json!({"Response": {"Hint": "the hint", "RequestId": "r"}}));
    assert!(!format!("{answer:?}").contains("the hint"));
    assert_eq!(
        sent_json(DescribeEvents::new().season("spring"))["Season"],
        "spring"
    );
    let answer: DescribeEventsResponse = decode::<Orchard, _>(
        &json!({"Response": {"DownloadUrl": ["https://files.example.com/e?sign=1"], "RequestId": "r"}}),
    );
    assert_eq!(answer.download_url.len(), 1);
}

#[test]
fn quirks_are_documented_and_notes_are_not() {
    let generated = include_str!("../../../../fixtures/crates/fixture-tencent/src/reset_gate.rs");
    assert!(!generated.contains("2023-08-08"));
    assert!(generated.contains("#[deprecated"));
    let generated =
        include_str!("../../../../fixtures/crates/fixture-ucloud/src/describe_boxes.rs");
    assert!(generated.contains("# Quirks"));
    assert!(generated.contains("Not on the page: `Weight` (in the official SDK)."));
    assert!(!generated.contains("The page has no weight"));
}
