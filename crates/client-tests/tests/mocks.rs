//! Tests of code that uses a client, as its users write them: without sockets, keys or a region.

#![allow(clippy::unwrap_used, reason = "tests say what is wrong by ending")]

use std::time::Duration;

use cloud_core::testing::{Mock, refusal};
use cloud_core::{Client, Error, ErrorKind, Json, Stopped};
use fixture_tencent::describe_task::{Hole, HoleStatus};
use fixture_tencent::{DescribeTask, DescribeTaskResponse, Orchard};
use serde_json::json;
use tencent_redis::describe_instance_backups::{BackupStatus, RedisBackupSet};
use tencent_redis::{DescribeInstanceBackups, DescribeInstanceBackupsResponse, RawRequest, Redis};

/// What is tested here: code that knows nothing of mocks.
async fn finished(redis: &Client<Redis>, instance: &str) -> Result<Vec<String>, Error> {
    let mut backups = redis.items(DescribeInstanceBackups::new(instance).limit(2));
    let mut finished = Vec::new();
    while let Some(backup) = backups.next().await {
        let backup = backup?;
        if backup.status == Some(BackupStatus::Normal) {
            finished.extend(backup.backup_id);
        }
    }
    Ok(finished)
}

fn backup(id: i64, status: BackupStatus) -> RedisBackupSet {
    let mut backup = RedisBackupSet::default();
    backup.backup_id = Some(format!("b-{id}"));
    backup.status = Some(status);
    backup
}

fn backups(request: &DescribeInstanceBackups) -> DescribeInstanceBackupsResponse {
    let mut page = DescribeInstanceBackupsResponse::default();
    page.total_count = Some(3);
    let from = request.offset.unwrap_or(0);
    let to = 3.min(from + request.limit.unwrap_or(20));
    let status = |id| {
        if id == 1 {
            BackupStatus::Running
        } else {
            BackupStatus::Normal
        }
    };
    page.backup_set = (from..to).map(|id| backup(id, status(id))).collect();
    page
}

#[tokio::test]
async fn a_list_asks_for_page_after_page() {
    let mock = Mock::new();
    mock.on::<DescribeInstanceBackups>(|request| Ok(backups(request)));
    let ids = finished(&mock.client(), "crs-1").await.unwrap();
    assert_eq!(ids, ["b-0", "b-2"]);
    let calls: Vec<DescribeInstanceBackups> = mock.calls();
    let offsets: Vec<_> = calls.iter().map(|call| call.offset).collect();
    assert_eq!(offsets, [None, Some(2)]);
    assert!(calls.iter().all(|call| call.instance_id == "crs-1"));
    assert_eq!(mock.count(), 2);
}

#[tokio::test]
async fn an_error_is_what_the_call_gives() {
    let mock = Mock::new();
    mock.on::<DescribeInstanceBackups>(|_| {
        Err(refusal(
            ErrorKind::Throttled,
            "RequestLimitExceeded",
            "slow down",
        ))
    });
    let error = finished(&mock.client(), "crs-1").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "DescribeInstanceBackups: RequestLimitExceeded: slow down (HTTP 200)"
    );
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Throttled, 1));
    assert_eq!(error.stopped(), Some(Stopped::AttemptsUsed));
    assert_eq!(mock.count(), 1);
}

#[tokio::test]
async fn answers_may_change_from_call_to_call_and_be_replaced() {
    let mock = Mock::<Orchard>::new();
    let mut asked = 0;
    mock.on(move |_: &DescribeTask| {
        asked += 1;
        let mut hole = Hole::default();
        hole.status = Some(if asked < 3 {
            HoleStatus::Running
        } else {
            HoleStatus::Succeed
        });
        let mut task = DescribeTaskResponse::default();
        task.steps.push(hole);
        Ok(task)
    });
    let orchard = mock.client();
    let wait = orchard.wait(DescribeTask::new(7)).every(Duration::ZERO);
    wait.await.unwrap();
    assert_eq!(mock.count(), 3);
    mock.on(|_: &DescribeTask| Err(refusal(ErrorKind::NotFound, "X", "gone")));
    let error = orchard.send(&DescribeTask::new(7)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(mock.calls::<DescribeTask>().len(), 4);
}

#[tokio::test]
async fn an_operation_without_an_answer_reaches_nobody() {
    let mock = Mock::<Redis>::new();
    let error = finished(&mock.client(), "crs-1").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(
        error.message().contains("`DescribeInstanceBackups`"),
        "{error}"
    );
    assert_eq!(mock.count(), 0);
}

#[tokio::test]
async fn exchanges_and_raw_requests_are_answered_too() {
    let mock = Mock::<Redis>::new();
    mock.on::<RawRequest>(|_| Ok(json!({"Zones": 2})));
    mock.on::<DescribeInstanceBackups>(|request| Ok(backups(request)));
    let redis = mock.client();
    let answer: Json = redis.send(RawRequest::new("DescribeZones")).await.unwrap();
    assert_eq!(answer["Zones"], 2);
    let exchange = redis
        .exchange(DescribeInstanceBackups::new("crs-1"))
        .await
        .unwrap();
    assert_eq!(exchange.response.total_count, Some(3));
    assert_eq!((exchange.attempts(), mock.count()), (1, 2));
}

#[tokio::test]
async fn a_function_may_call_and_calls_may_come_together() {
    let mock = Mock::<Redis>::new();
    mock.on::<DescribeInstanceBackups>(|request| Ok(backups(request)));
    let calls =
        (0..32).map(|_| tokio::spawn(mock.client().send(DescribeInstanceBackups::new("crs-1"))));
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    // Asking the mock from within one of its functions does not lock up.
    let inner = mock.clone();
    mock.on::<RawRequest>(move |_| Ok(json!({"Calls": inner.count()})));
    let answer: Json = mock.client().send(RawRequest::new("Count")).await.unwrap();
    assert_eq!(answer["Calls"], 33);
}
