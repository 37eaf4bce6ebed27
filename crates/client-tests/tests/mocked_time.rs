//! Waits of clients in unit tests: they cost no real time, whatever executor runs them.

#![allow(clippy::unwrap_used, reason = "tests say what is wrong by ending")]

use std::time::Duration;

use bytes::Bytes;
use cloud_core::testing::{ErrorBuilder, Mock};
use cloud_core::{
    BoxFuture, Client, Credentials, Environment, Error, ErrorKind, Stopped, Transport,
    TransportError,
};
use fixture_tencent::describe_task::{Hole, HoleStatus};
use fixture_tencent::{DescribeTask, DescribeTaskResponse, Orchard};
use http::{Request, Response};

fn task(status: HoleStatus) -> DescribeTaskResponse {
    let mut hole = Hole::default();
    hole.status = Some(status);
    let mut task = DescribeTaskResponse::default();
    task.steps.push(hole);
    task
}

/// A mock whose tasks are done when they were asked for so often; each is asked for by its number.
fn orchard(questions: usize) -> Mock<Orchard> {
    let mock = Mock::new();
    let asked = mock.clone();
    mock.on(move |request: &DescribeTask| {
        let calls = asked.calls::<DescribeTask>();
        let count = calls.iter().filter(|call| call.task_id == request.task_id);
        Ok(task(if count.count() < questions {
            HoleStatus::Running
        } else {
            HoleStatus::Succeed
        }))
    });
    mock
}

/// The pauses between four questions: the spec says 2 seconds for the first.
const PAUSES: Duration = Duration::from_millis(2_000 + 3_000 + 4_500);

async fn check_waits() {
    let mock = orchard(4);
    mock.client().wait(DescribeTask::new(1)).await.unwrap();
    assert_eq!((mock.elapsed(), mock.count()), (PAUSES, 4));

    let mock = orchard(usize::MAX);
    let wait = mock.client().wait(DescribeTask::new(1));
    let error = wait.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.stopped(), Some(Stopped::Deadline));
    assert_eq!(error.elapsed(), mock.elapsed());
    assert!(error.elapsed() > Duration::from_secs(570), "{error}");

    // Without pauses it comes to its end, too.
    let mock = orchard(usize::MAX);
    let wait = mock.client().wait(DescribeTask::new(1));
    let deadline = Duration::from_secs(5);
    let error = wait.every(Duration::ZERO).deadline(deadline).await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Timeout);
}

#[tokio::test]
async fn a_wait_costs_no_time() {
    check_waits().await;
}

#[tokio::test(start_paused = true)]
async fn a_wait_costs_no_time_on_a_clock_that_is_paused() {
    check_waits().await;
}

#[test]
fn a_blocking_wait_costs_no_time() {
    let mock = orchard(4);
    let orchard = mock.blocking_client();
    orchard.wait(DescribeTask::new(1)).run().unwrap();
    assert_eq!((mock.elapsed(), mock.count()), (PAUSES, 4));
}

/// As many waits as would take longer than each of them may if their pauses added up.
async fn check_many() {
    let mock = orchard(4);
    let waits = (0..100).map(|number| {
        let wait = mock.client().wait(DescribeTask::new(number));
        tokio::spawn(wait.into_future())
    });
    for wait in waits.collect::<Vec<_>>() {
        wait.await.unwrap().unwrap();
    }
    assert_eq!(mock.count(), 400);
}

#[tokio::test]
async fn waits_of_many_tasks_share_the_time() {
    check_many().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn waits_on_many_threads_share_the_time() {
    check_many().await;
}

#[tokio::test]
async fn a_wait_without_end_lets_others_run() {
    let mock = orchard(usize::MAX);
    let wait = mock.client().wait(DescribeTask::new(1));
    let wait = wait.deadline(Duration::MAX).every(Duration::from_secs(1));
    let limit = Duration::from_millis(20);
    let given_up = tokio::time::timeout(limit, wait.into_future()).await;
    assert!(given_up.is_err());
    assert!(mock.count() > 1);
}

#[tokio::test]
async fn transient_errors_are_shown_and_others_end_it() {
    let mock = Mock::<Orchard>::new();
    let mut asked = 0;
    mock.on(move |_: &DescribeTask| {
        asked += 1;
        Err(match asked {
            1 => ErrorBuilder::new(ErrorKind::Transport, "reset").build(),
            2 => ErrorBuilder::new(ErrorKind::Decode, "cut")
                .retryable(true)
                .build(),
            _ => ErrorBuilder::new(ErrorKind::Transport, "not trusted")
                .retryable(false)
                .build(),
        })
    });
    let mut seen = Vec::new();
    let orchard = mock.client();
    let wait = orchard.wait(DescribeTask::new(1));
    let error = wait
        .on_error(|error: &Error| seen.push(error.kind()))
        .await
        .unwrap_err();
    assert_eq!(error.message(), "not trusted");
    assert_eq!(error.stopped(), Some(Stopped::NotRetryable));
    assert_eq!(seen, [ErrorKind::Transport, ErrorKind::Decode]);
}

/// A provider in memory whose tasks never end.
struct Endless;

impl Transport for Endless {
    fn send(
        &self,
        _: Request<Bytes>,
        _: Duration,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let running = r#"{"Response":{"Steps":[{"Status":"running"}],"RequestId":"r"}}"#;
        Box::pin(async move { Ok(Response::new(Bytes::from(running))) })
    }
}

/// Pausing tokio's clock pauses that of clients: else the pauses would take no time, and the deadline would never come.
#[tokio::test(start_paused = true)]
async fn a_client_with_a_transport_of_its_own_keeps_to_a_paused_clock() {
    let client: Client<Orchard> = Client::builder()
        .environment(Environment::from_iter::<[(&str, &str); 0]>([]))
        .credentials(Credentials::new("id", "s3cr3t"))
        .region("island")
        .transport(Endless)
        .build()
        .unwrap();
    let mut asked = 0;
    let wait = client
        .wait(DescribeTask::new(1))
        .on_progress(|_, _| asked += 1);
    let error = wait.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.elapsed() > Duration::from_secs(570), "{error}");
    assert!(asked < 100, "{asked}");
}
