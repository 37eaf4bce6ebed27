//! Waiting: what an answer says.

use std::time::Duration;

use cloud_core::Outcome::{Failure, Pending, Success};
use cloud_core::{Outcome, Step, Waiter};

use crate::common::kinds::Kinds;
use crate::common::records::Answer;

const STATES: &[Step] = &[Step::Field("BackupSet"), Step::Items, Step::Field("Status")];
const FINISHED: Waiter = Waiter::new("finished")
    .path(STATES)
    .pending(&["1"])
    .success(&["2"])
    .failure(&["-2"]);
const ANY: Waiter = FINISHED.any();
const DELETED: Waiter = FINISHED.not_found(Outcome::Success);

/// What an answer with backups in these states says; 0 is a backup without one.
fn judge(waiter: Waiter, states: &[i64]) -> Outcome {
    let backups: Vec<_> = states
        .iter()
        .map(|state| match state {
            0 => serde_json::json!({}),
            state => serde_json::json!({"Status": state}),
        })
        .collect();
    let answer = serde_json::json!({"BackupSet": backups});
    waiter.judge(&serde_json::from_value::<Answer>(answer).unwrap())
}

fn judge_json(waiter: Waiter, answer: &str) -> Outcome {
    waiter.judge(&serde_json::from_str::<Kinds>(answer).unwrap())
}

#[test]
fn all_must_succeed() {
    for (states, outcome) in [
        (&[2][..], Success),
        (&[2, 2], Success),
        (&[2, 1], Pending),
        (&[2, 0], Pending),
        (&[0], Pending),
        // A state that nobody knew may lead anywhere.
        (&[2, 99], Pending),
        (&[2, -2], Failure),
        (&[1, -2], Failure),
        (&[-2], Failure),
    ] {
        assert_eq!(judge(FINISHED, states), outcome, "{states:?}");
    }
}

#[test]
fn one_success_suffices() {
    for (states, outcome) in [
        (&[2][..], Success),
        (&[1, 2], Success),
        (&[-2, 2], Success),
        (&[0, 2], Success),
        (&[-2, 1], Pending),
        (&[-2, 0], Pending),
        (&[-2, 99], Pending),
        (&[1], Pending),
        (&[-2], Failure),
        (&[-2, -2], Failure),
    ] {
        assert_eq!(judge(ANY, states), outcome, "{states:?}");
    }
}

#[test]
fn an_empty_list_means_what_the_waiter_says() {
    assert_eq!(judge(FINISHED, &[]), Failure);
    assert_eq!(judge(ANY, &[]), Failure);
    assert_eq!(judge(DELETED, &[]), Success);
    assert_eq!(judge(DELETED, &[2]), Success);
    assert_eq!(judge(FINISHED.not_found(Outcome::Pending), &[]), Pending);
}

#[test]
fn values_need_not_be_in_a_list() {
    const ENGINE: Waiter = Waiter::new("redis")
        .path(&[Step::Field("Simple"), Step::Field("Engine")])
        .success(&["redis", "memcached"])
        .failure(&["gone"]);
    for (answer, outcome) in [
        (r#"{"Simple":{"Engine":"redis"}}"#, Success),
        (r#"{"Simple":{"Engine":"gone"}}"#, Failure),
        (r#"{"Simple":{"Engine":"valkey"}}"#, Pending),
        // Absent is not the same as not found.
        (r#"{"Simple":{}}"#, Pending),
        (r#"{}"#, Pending),
        // Values with several spellings have one that counts.
        (r#"{"Simple":{"Engine":"Memcache"}}"#, Success),
    ] {
        assert_eq!(judge_json(ENGINE, answer), outcome, "{answer}");
    }
}

#[test]
fn values_are_compared_as_they_are_spelled() {
    for (field, value, spelling) in [
        ("Encrypted", "true", "true"),
        ("Encrypted", r#""False""#, "false"),
        ("TotalCount", "-5", "-5"),
        ("Large", "18446744073709551615", "18446744073709551615"),
        ("Ratio", "0.5", "0.5"),
        ("Name", r#"" X ""#, " X "),
    ] {
        let answer: Answer = serde_json::from_str(&format!("{{\"{field}\":{value}}}")).unwrap();
        let path: &'static [Step] = match field {
            "Encrypted" => &[Step::Field("Encrypted")],
            "TotalCount" => &[Step::Field("TotalCount")],
            "Large" => &[Step::Field("Large")],
            "Ratio" => &[Step::Field("Ratio")],
            _ => &[Step::Field("Name")],
        };
        let spellings = Vec::leak(vec![&*String::leak(spelling.to_owned())]);
        let waiter = Waiter::new("spelled").path(path).success(spellings);
        assert_eq!(waiter.judge(&answer), Success, "{spelling}");
    }
}

#[test]
fn lists_in_lists() {
    const TAGS: Waiter = Waiter::new("tagged")
        .path(&[
            Step::Field("Vaults"),
            Step::Items,
            Step::Field("Tags"),
            Step::Items,
            Step::Field("Key"),
        ])
        .success(&["ready"]);
    for (answer, outcome) in [
        (
            r#"{"Vaults":{"Vault":[{"Tags":{"Tag":[{"Key":"ready"}]}},{}]}}"#,
            Success,
        ),
        (r#"{"Vaults":[{"Tags":[{"Key":"ready"},{}]}]}"#, Pending),
        (r#"{"Vaults":[{"Tags":[]},{}]}"#, Failure),
        (r#"{"Vaults":[]}"#, Failure),
    ] {
        assert_eq!(judge_json(TAGS, answer), outcome, "{answer}");
    }
}

#[test]
fn a_path_that_leads_nowhere_waits() {
    for path in [
        &[Step::Field("Nothing")][..],
        &[Step::Field("RequestId"), Step::Items],
        &[Step::Field("RequestId"), Step::Field("Id")],
        &[Step::Field("Labels"), Step::Items],
        &[Step::Field("Vaults")],
        &[Step::Items],
        &[],
    ] {
        let path: &'static [Step] = Vec::leak(path.to_vec());
        let waiter = Waiter::new("lost").path(path).success(&[""]);
        let answer = r#"{"RequestId":"r","Labels":{"a":""},"Vaults":[{}]}"#;
        assert_eq!(judge_json(waiter, answer), Pending, "{path:?}");
    }
}

#[test]
fn what_a_waiter_knows_of_itself() {
    let waiter = FINISHED.interval_seconds(5);
    assert_eq!(waiter.name(), "finished");
    assert_eq!(waiter.interval(), Some(Duration::from_secs(5)));
    assert_eq!(FINISHED.interval(), None);
    assert_eq!(waiter.values(Outcome::Pending), ["1"]);
    assert_eq!(waiter.values(Outcome::Success), ["2"]);
    assert_eq!(waiter.values(Outcome::Failure), ["-2"]);
    assert_eq!(waiter.outcome_if_not_found(), Failure);
    assert_eq!(DELETED.outcome_if_not_found(), Success);
}
