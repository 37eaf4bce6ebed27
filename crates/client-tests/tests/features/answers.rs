//! What each provider puts around an answer.

use cloud_core::ErrorKind;
use fixture_aliyun::{Harbor, OpenHarborResponse};
use fixture_tencent::{DescribeStaffResponse, Orchard};
use fixture_ucloud::{Depot, DescribeBoxStateResponse};
use serde_json::json;

use crate::common::decode;

#[test]
fn each_provider_wraps_its_answers_in_its_own_way() {
    let answer: DescribeBoxStateResponse = decode::<Depot, _>(
        &json!({"RetCode": 0, "Action": "DescribeBoxStateResponse", "Message": "", "State": "1"}),
    );
    assert!(answer.state.is_some());
    let answer: DescribeStaffResponse =
        decode::<Orchard, _>(&json!({"Response": {"BeeCount": 4, "RequestId": "r"}}));
    assert_eq!(answer.bee_count, Some(4));
    // Neither `Success` nor `Code`: some of Alibaba Cloud's operations have just an id.
    let answer: OpenHarborResponse =
        decode::<Harbor, _>(&json!({"RequestId": "r", "OrderId": "20845"}));
    assert_eq!(answer.order_id.as_deref(), Some("20845"));
}

#[test]
fn an_error_inside_an_answer_is_an_error() {
    let body =
        br#"{"RequestId": "r", "Success": false, "Code": "HarborFull", "Message": "no berth"}"#;
    let error = cloud_core::decode::<Harbor, OpenHarborResponse>(body).unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::Other, Some("HarborFull"))
    );
}
