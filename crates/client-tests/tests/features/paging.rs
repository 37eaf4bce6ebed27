//! Paging as data: where a page is, where the next one begins, and what it holds.

use cloud_core::{Paged, PagedItems, Position, Record, Service};
use fixture_aliyun::{
    DescribeBerths, DescribeBerthsResponse, Harbor, SearchCargo, SearchCargoResponse,
};
use fixture_tencent::{
    DescribeEvents, DescribeEventsResponse, DescribeStaff, DescribeStaffResponse, Orchard,
};
use fixture_ucloud::{Depot, DescribeBoxes, DescribeBoxesResponse};
use serde_json::json;

use crate::common::{body, decode, json as sent_json, query, sent};

/// Where the page after this one begins.
fn next<S: Service, O: Paged<S> + Record>(request: &O, response: &O::Response) -> Option<Position> {
    O::paging().next(request, response)
}

#[test]
fn pages_by_offset() {
    let mut request = DescribeBoxes::new().limit(2);
    let page = |total| -> DescribeBoxesResponse {
        decode::<Depot, _>(&json!({
            "RetCode": 0, "Action": "DescribeBoxesResponse",
            "TotalCount": total, "BoxSet": [{"BoxId": "a"}, {"BoxId": "b"}],
        }))
    };
    assert_eq!(next(&request, &page(3)), Some(Position::Number(2)));
    assert_eq!(next(&request, &page(2)), None);
    request.turn_to(&Position::Number(2));
    assert_eq!(body(&sent(&request))["Offset"], "2");
    assert_eq!(next(&request, &page(5)), Some(Position::Number(4)));
    let items = DescribeBoxes::into_items(page(3));
    assert_eq!(items[1].box_id.as_deref(), Some("b"));
}

#[test]
fn pages_by_number() {
    let mut request = DescribeBerths::new().page_size(1);
    let page: DescribeBerthsResponse = decode::<Harbor, _>(&json!({
        "RequestId": "r", "Success": true, "Code": "200",
        "TotalCount": 2, "Berths": {"Berth": [{"BerthId": "b-1"}]},
    }));
    assert_eq!(next(&request, &page), Some(Position::Number(2)));
    request.turn_to(&Position::Number(2));
    assert_eq!(query(&sent(&request))["PageNumber"], "2");
    assert_eq!(next(&request, &page), None);
    assert_eq!(DescribeBerths::into_items(page).len(), 1);
}

#[test]
fn pages_by_token() {
    let mut request = SearchCargo::new();
    let page = |token: &str| -> SearchCargoResponse {
        decode::<Harbor, _>(&json!({"RequestId": "r", "NextToken": token, "Cargo": [{}]}))
    };
    assert_eq!(
        next(&request, &page("t-2")),
        Some(Position::Token("t-2".into()))
    );
    assert_eq!(next(&request, &page("")), None);
    request.turn_to(&Position::Token("t-2".into()));
    assert_eq!(query(&sent(&request))["NextToken"], "t-2");
    assert_eq!(SearchCargo::into_items(page("")).len(), 1);
}

#[test]
fn items_and_total_are_found_in_a_record() {
    let request = DescribeEvents::new().page_size(1);
    let page: DescribeEventsResponse = decode::<Orchard, _>(&json!({"Response": {
        "Result": {"Total": 3, "Events": [{"Type": "Rain"}]}, "RequestId": "r",
    }}));
    assert_eq!(DescribeEvents::paging().total_of(&page), Some(3));
    assert_eq!(next(&request, &page), Some(Position::Number(2)));
    assert_eq!(
        DescribeEvents::into_items(page)[0].r#type.as_deref(),
        Some("Rain")
    );
}

#[test]
fn several_lists_turn_their_pages_together() {
    let mut request = DescribeStaff::new().limit(2);
    let page = |gardeners: usize, pickers: usize| -> DescribeStaffResponse {
        decode::<Orchard, _>(&json!({"Response": {
            "Gardener": vec![json!({"Name": "Li"}); gardeners],
            "Picker": vec![json!({"Name": "He"}); pickers],
            "RequestId": "r",
        }}))
    };
    assert_eq!(next(&request, &page(2, 1)), Some(Position::Number(2)));
    assert_eq!(next(&request, &page(0, 1)), Some(Position::Number(1)));
    assert_eq!(next(&request, &page(0, 0)), None);
    request.turn_to(&Position::Number(2));
    assert_eq!(sent_json(&request)["Offset"], 2);
}
