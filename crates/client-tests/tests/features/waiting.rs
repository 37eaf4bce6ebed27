//! Waiting as data: what an answer means to one who waits.

use std::time::Duration;

use cloud_core::{Json, Outcome, Waitable, Waiter};
use fixture_aliyun::describe_moves::{MoveFilter, MoveState};
use fixture_aliyun::{DescribeMoves, Harbor, StartMove, StartMoveResponse};
use fixture_tencent::plant_trees::{PlantTreesArgs, Site, SiteArgs};
use fixture_tencent::{DescribeTask, DescribeTaskResponse, Orchard, PlantTrees};
use fixture_ucloud::{Depot, DescribeBoxState, DescribeBoxStateResponse};
use serde_json::json;

use crate::common::decode;

fn waiter(waiters: &'static [Waiter], name: &str) -> &'static Waiter {
    waiters.iter().find(|waiter| waiter.name() == name).unwrap()
}

fn box_in(state: &str) -> DescribeBoxStateResponse {
    let body = json!({"RetCode": 0, "Action": "DescribeBoxStateResponse", "State": state});
    decode::<Depot, _>(&body)
}

#[test]
fn a_waiter_knows_every_spelling() {
    let packed = &DescribeBoxState::waiters()[0];
    assert_eq!(packed.name(), "packed");
    assert_eq!(packed.interval(), Some(Duration::from_secs(5)));
    for (state, outcome) in [
        ("Packing", Outcome::Pending),
        ("0", Outcome::Pending),
        ("Packed", Outcome::Success),
        ("1", Outcome::Success),
        ("Recover fail", Outcome::Failure),
        ("2", Outcome::Failure),
        ("Melted", Outcome::Pending),
    ] {
        assert_eq!(packed.judge(&box_in(state)), outcome, "{state}");
    }
}

#[test]
fn one_operation_has_several_ends() {
    let gone = waiter(DescribeBoxState::waiters(), "gone");
    assert_eq!(gone.judge(&box_in("Packed")), Outcome::Pending);
    assert_eq!(gone.judge(&box_in("Removed")), Outcome::Success);
    assert_eq!(gone.outcome_if_not_found(), Outcome::Success);
    let packed = waiter(DescribeBoxState::waiters(), "packed");
    assert_eq!(packed.outcome_if_not_found(), Outcome::Failure);
}

fn task(steps: &[&str]) -> DescribeTaskResponse {
    let steps: Vec<_> = steps
        .iter()
        .map(|status| json!({"Status": status}))
        .collect();
    decode::<Orchard, _>(&json!({"Response": {"Steps": steps, "RequestId": "r"}}))
}

#[test]
fn all_values_of_a_list_count() {
    let done = waiter(DescribeTask::waiters(), "done");
    assert_eq!(done.judge(&task(&["succeed", "running"])), Outcome::Pending);
    assert_eq!(done.judge(&task(&["succeed", "succeed"])), Outcome::Success);
    assert_eq!(
        done.judge(&task(&["succeed", "running", "error"])),
        Outcome::Failure
    );
    assert_eq!(done.judge(&task(&[])), Outcome::Failure);
}

#[test]
fn any_value_of_a_list_counts() {
    let begun = waiter(DescribeTask::waiters(), "begun");
    assert_eq!(begun.judge(&task(&["running", "failed"])), Outcome::Pending);
    assert_eq!(begun.judge(&task(&["failed", "succeed"])), Outcome::Success);
    assert_eq!(begun.judge(&task(&["failed", "error"])), Outcome::Failure);
    assert_eq!(begun.judge(&task(&[])), Outcome::Pending);
}

/// The task that a planting is waited for with.
fn planted(region: Option<&str>, task: Json) -> Option<DescribeTask> {
    let mut request = PlantTrees::new(PlantTreesArgs {
        kind: "apple".to_owned(),
        count: 2,
        site: site(),
        password: "open sesame".into(),
    });
    request.region = region.map(str::to_owned);
    let answer = json!({"Response": {"TaskId": task, "RequestId": "r"}});
    request.completion(&decode::<Orchard, _>(&answer))
}

fn site() -> Site {
    Site::new(SiteArgs {
        name: "hill".to_owned(),
        rows: Vec::new(),
        soil: "clay".to_owned(),
        water: true,
    })
}

#[test]
fn work_that_goes_on_makes_the_request_to_wait_on() {
    // The id is signed here and unsigned there; the region goes along.
    let task = planted(Some("hill"), json!(12)).unwrap();
    assert_eq!((task.task_id, task.region.as_deref()), (12, Some("hill")));
    assert_eq!(planted(None, json!(12)), Some(DescribeTask::new(12)));
    // What is missing or does not fit makes none.
    assert_eq!(planted(None, json!(-1)), None);
    assert_eq!(planted(None, Json::Null), None);
}

#[test]
fn a_completion_takes_parameters_lists_records_and_values_of_its_own() {
    let request = StartMove::new("b-1");
    let answer: StartMoveResponse =
        decode::<Harbor, _>(&json!({"JobId": 12, "Careful": 1, "RequestId": "r"}));
    let moves = request.completion(&answer).unwrap();
    let expected = DescribeMoves::new("b-1")
        .filters([MoveFilter::new("JobId").numbers([12])])
        .states([MoveState::Running, MoveState::Done])
        .careful(true)
        .detail(true);
    assert_eq!(moves, expected);
    let answer: StartMoveResponse = decode::<Harbor, _>(&json!({"JobId": 12, "RequestId": "r"}));
    assert_eq!(request.completion(&answer), None);
}
