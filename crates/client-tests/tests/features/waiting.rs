//! Waiting as data: what an answer means to one who waits.

use std::time::Duration;

use cloud_core::{Outcome, Waitable, Waiter};
use fixture_tencent::{DescribeTask, DescribeTaskResponse, Orchard};
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

#[test]
fn work_that_goes_on_says_how_to_wait() {
    let generated = include_str!("../../../../fixtures/crates/fixture-tencent/src/plant_trees.rs");
    assert!(generated.contains("# Completion"));
    assert!(generated.contains("[`DescribeTask`](crate::DescribeTask)"));
}
