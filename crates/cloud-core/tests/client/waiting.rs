//! Waiting: which answer ends it, when the next question is asked, and what errors mean to it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use cloud_core::{
    BoxFuture, Client, Credentials, Delivery, Effect, Error, ErrorKind, Metadata, Operation,
    Outcome, Params, Policy, Runtime as _, Scope, Service, Step, Stopped, Transport,
    TransportError, Waitable, Waiter,
};
use http::{Request, Response};
use serde_json::json;

use crate::common::memory::{Clock, ID, SECRET, answer, client, environment, now};
use crate::common::records::{Answer, Status};
use crate::common::services::{Hbr, Redis, Udb};

/// Asks for the state of some backups.
#[derive(Debug, Clone, Default)]
struct State;

const PATH: &[Step] = &[Step::Field("BackupSet"), Step::Items, Step::Field("Status")];
const DONE: Waiter = Waiter::new("done")
    .path(PATH)
    .pending(&["1"])
    .success(&["2"])
    .failure(&["-2"]);
const BEGUN: Waiter = Waiter::new("begun")
    .path(PATH)
    .any()
    .success(&["1", "2"])
    .failure(&["-2"])
    .not_found(Outcome::Pending)
    .interval_seconds(2);

impl<S: Service> Operation<S> for State {
    type Response = Answer;

    fn metadata(&self) -> Metadata<'_> {
        Metadata::new("DescribeState", Effect::Read)
    }

    fn scope(&self) -> Scope<'_> {
        Scope::default()
    }

    fn encode(&self, _params: &mut Params) {}

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

impl<S: Service> Waitable<S> for State {
    fn waiters() -> &'static [Waiter] {
        const GONE: Waiter = Waiter::new("gone").path(PATH).not_found(Outcome::Success);
        &[DONE, BEGUN, GONE]
    }
}

/// What the provider does with a question.
#[derive(Clone, Copy)]
enum Reply {
    /// The backups in these states.
    States(&'static [i64]),
    /// This code of an error.
    Code(i64),
    /// The connection breaks.
    Broken,
    /// The server's certificate has expired.
    Untrusted,
}

use Reply::{Broken, Code, States};

const PENDING: Reply = States(&[1]);
const SUCCESS: Reply = States(&[2, 2]);
const FAILURE: Reply = States(&[2, -2]);
const MISSING: Reply = Code(7085);

/// A provider that replies to one question after the other; the last reply holds for all that follow.
#[derive(Clone)]
struct Provider {
    replies: Arc<Mutex<VecDeque<Reply>>>,
    /// How long each answer might take.
    timeouts: Arc<Mutex<Vec<Duration>>>,
    clock: Clock,
}

impl Provider {
    fn new(replies: &[Reply]) -> Self {
        Self {
            replies: Arc::new(Mutex::new(replies.iter().copied().collect())),
            timeouts: Arc::default(),
            clock: Clock::new(),
        }
    }

    fn client(&self) -> Client<Udb> {
        Client::builder()
            .environment(environment(&[]))
            .transport(self.clone())
            .runtime(self.clock.clone())
            .credentials(Credentials::new(ID, SECRET))
            .region("cn-test-1")
            .build()
            .unwrap()
    }

    /// How long the pauses were, in milliseconds.
    fn pauses(&self) -> Vec<u128> {
        let sleeps = self.clock.sleeps();
        sleeps.iter().map(Duration::as_millis).collect()
    }
}

impl Transport for Provider {
    fn send(
        &self,
        _request: Request<Bytes>,
        timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        self.timeouts.lock().unwrap().push(timeout);
        let mut replies = self.replies.lock().unwrap();
        let reply = match replies.len() {
            1 => replies[0],
            _ => replies.pop_front().unwrap(),
        };
        let body = match reply {
            States(states) => {
                let backups: Vec<_> = states
                    .iter()
                    .map(|state| json!({"Status": state}))
                    .collect();
                json!({"RetCode": 0, "BackupSet": backups})
            }
            Code(code) => json!({"RetCode": code, "Message": "no"}),
            Broken => {
                let error = TransportError::new(Delivery::MaybeSent, "connection reset");
                return Box::pin(async { Err(error) });
            }
            Reply::Untrusted => {
                let error = TransportError::new(Delivery::NotSent, "certificate has expired");
                return Box::pin(async { Err(error.permanent()) });
            }
        };
        Box::pin(async move { Ok(Response::new(Bytes::from(body.to_string()))) })
    }
}

fn wait(replies: &[Reply]) -> Result<Answer, Error> {
    now(Provider::new(replies).client().wait(State).into_future())
}

fn wait_for(name: &str, replies: &[Reply]) -> Result<Answer, Error> {
    now(Provider::new(replies)
        .client()
        .wait(State)
        .named(name)
        .into_future())
}

#[test]
fn success_is_the_answer() {
    assert_eq!(wait(&[SUCCESS]).unwrap().backups.len(), 2);
    assert_eq!(
        wait(&[PENDING, States(&[1, 2]), SUCCESS])
            .unwrap()
            .backups
            .len(),
        2
    );
}

#[test]
fn a_failure_carries_its_answer() {
    let error = wait(&[PENDING, FAILURE]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Failed);
    assert!(!error.is_retryable());
    assert_eq!(
        error.to_string(),
        "DescribeState: waited in vain: `done` won't come any more: BackupSet.Status is 2, -2 (2 attempts in 5.0s)"
    );
    let answer: &Answer = error.answer().unwrap();
    assert_eq!(answer.backups[1].status, Some(Status::Deleted));
    assert!(error.answer::<String>().is_none());
    // An answer may hold secrets.
    assert!(!format!("{error:?}").contains("Backup {"));
}

#[test]
fn the_name_says_what_is_waited_for() {
    assert!(wait_for("begun", &[PENDING]).is_ok());
    assert!(wait_for("done", &[PENDING, SUCCESS]).is_ok());
    let error = wait_for("finished", &[SUCCESS]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(error.attempts(), 0);
    assert_eq!(
        error.message(),
        "one can't wait for `finished`, but for: done, begun, gone"
    );
}

#[test]
fn not_found_means_what_the_waiter_says() {
    // Both ways to say it: an empty list, and an error.
    for missing in [States(&[]), MISSING] {
        let gone = wait_for("gone", &[PENDING, missing]).unwrap();
        assert_eq!(gone, Answer::default());
        assert!(wait_for("begun", &[missing, missing, PENDING]).is_ok());
        assert!(wait_for("done", &[PENDING, missing]).is_err());
    }
    let empty = wait(&[States(&[])]).unwrap_err();
    assert_eq!(empty.kind(), ErrorKind::Failed);
    assert!(empty.message().ends_with("BackupSet.Status is not there"));
    let error = wait(&[MISSING]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.code(), Some("7085"));
}

#[test]
fn a_mistake_in_the_request_is_not_taken_for_gone() {
    // No action, an unknown one, an unknown project.
    for code in [160, 161, 292] {
        let error = wait_for("gone", &[PENDING, Code(code)]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidParameter, "{error}");
    }
    let aliyun = |code: &str| {
        let body = json!({"Code": code, "Message": "no", "RequestId": "r"});
        let client: Client<Hbr> = client(answer(404, &[], body.to_string())).build().unwrap();
        now(client.wait(State).named("gone").into_future())
    };
    assert!(aliyun("VaultNotExist").is_ok());
    for code in [
        "InvalidAction.NotFound",
        "InvalidApi.NotFound",
        "InvalidVersion.NotFound",
        "InvalidProduct.NotFound",
        "InvalidRegionId.NotFound",
    ] {
        let error = aliyun(code).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidParameter, "{error}");
    }
    let tencent = |code: &str| {
        let body =
            json!({"Response": {"Error": {"Code": code, "Message": "no"}, "RequestId": "r"}});
        let client: Client<Redis> = client(answer(200, &[], body.to_string())).build().unwrap();
        now(client.wait(State).named("gone").into_future())
    };
    assert!(tencent("ResourceNotFound.InstanceNotExists").is_ok());
    for code in [
        "InvalidAction",
        "NoSuchVersion",
        "NoSuchProduct",
        "UnsupportedRegion",
        "InvalidParameter.ActionNotFound",
    ] {
        let error = tencent(code).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidParameter, "{error}");
    }
}

#[test]
fn errors_that_pass_do_not_end_it() {
    // Throttled, unavailable, the provider's own fault, a broken connection.
    let passing = [Code(153), Code(150), Code(130), Broken];
    for error in passing {
        assert!(wait(&[PENDING, error, error, error, error, error, SUCCESS]).is_ok());
    }
    let all = [passing.as_slice(), &[SUCCESS]].concat();
    assert!(wait(&all).is_ok());
    // Those that don't pass do.
    for (code, kind) in [
        (171, ErrorKind::Authentication),
        (299, ErrorKind::PermissionDenied),
    ] {
        let error = wait(&[PENDING, Code(code), SUCCESS]).unwrap_err();
        assert_eq!(error.kind(), kind);
    }
}

#[test]
fn pauses_grow_from_the_interval_to_six_times_of_it() {
    let provider = Provider::new(&[&[PENDING; 8][..], &[SUCCESS]].concat());
    now(provider.client().wait(State).into_future()).unwrap();
    assert_eq!(
        provider.pauses(),
        [5000, 7500, 11250, 16875, 25312, 30000, 30000, 30000]
    );
    let provider = Provider::new(&[MISSING, MISSING, MISSING, SUCCESS]);
    now(provider.client().wait(State).named("begun").into_future()).unwrap();
    assert_eq!(provider.pauses(), [2000, 3000, 4500]);
}

#[test]
fn pauses_that_were_set_stay_as_they_are() {
    let provider = Provider::new(&[PENDING, PENDING, PENDING, SUCCESS]);
    let every = Duration::from_millis(300);
    now(provider.client().wait(State).every(every).into_future()).unwrap();
    assert_eq!(provider.pauses(), [300, 300, 300]);
}

#[test]
fn nobody_waits_past_the_deadline() {
    let provider = Provider::new(&[PENDING]);
    let error = now(provider.client().wait(State).into_future()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let waited: u128 = provider.pauses().iter().sum();
    assert!((570_000..=600_000).contains(&waited), "{waited} ms");
    assert_eq!(
        error.to_string(),
        format!(
            "DescribeState: timed out: `done` did not come: BackupSet.Status is 1 ({} attempts in {:.1}s, no time left to try again)",
            provider.pauses().len() + 1,
            error.elapsed().as_secs_f64()
        )
    );
    assert_eq!(error.elapsed().as_millis(), waited);
    let answer: &Answer = error.answer().unwrap();
    assert_eq!(answer.backups[0].status, Some(Status::Running));

    for (deadline, pauses) in [(0, 0), (10, 0), (11, 1), (30, 2), (31, 3)] {
        let provider = Provider::new(&[PENDING]);
        let wait = provider
            .client()
            .wait(State)
            .every(Duration::from_secs(10))
            .deadline(Duration::from_secs(deadline));
        assert!(now(wait.into_future()).is_err());
        assert_eq!(provider.pauses().len(), pauses, "{deadline} s");
    }
    // A question waits no longer than that for its answer.
    let provider = Provider::new(&[PENDING, PENDING, SUCCESS]);
    let wait = provider.client().wait(State).every(Duration::from_secs(2));
    now(wait.deadline(Duration::from_secs(5)).into_future()).unwrap();
    let timeouts: Vec<_> = provider
        .timeouts
        .lock()
        .unwrap()
        .iter()
        .map(Duration::as_secs)
        .collect();
    assert_eq!(timeouts, [5, 3, 1]);
}

#[test]
fn a_deadline_in_the_middle_of_errors_says_so() {
    let error = wait(&[PENDING, MISSING]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    let error = wait_for("begun", &[MISSING]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(
        error.message().contains("DescribeState: 7085: no"),
        "{error}"
    );
    assert!(error.answer::<Answer>().is_none());
    let error = wait(&[PENDING, Broken]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.message().contains("connection reset"), "{error}");
    assert!(error.answer::<Answer>().is_some());
}

#[test]
fn progress_is_shown_for_each_answer() {
    let mut seen = Vec::new();
    let provider = Provider::new(&[PENDING, Broken, MISSING, PENDING, SUCCESS]);
    let client = provider.client();
    let wait = client
        .wait(State)
        .named("done")
        .on_progress(|outcome, answer: &Answer| seen.push((outcome, answer.backups.len())));
    assert!(now(wait.into_future()).is_err());
    assert_eq!(seen, [(Outcome::Pending, 1)]);

    let mut seen = Vec::new();
    let provider = Provider::new(&[PENDING, Broken, Broken, Broken, PENDING, FAILURE]);
    let client = provider.client();
    let wait = client
        .wait(State)
        .on_progress(|outcome, answer: &Answer| seen.push((outcome, answer.backups.len())));
    assert!(now(wait.into_future()).is_err());
    assert_eq!(
        seen,
        [
            (Outcome::Pending, 1),
            (Outcome::Pending, 1),
            (Outcome::Failure, 2)
        ]
    );
}

#[test]
fn errors_that_do_not_end_it_are_shown() {
    let mut seen = Vec::new();
    let provider = Provider::new(&[Broken, Broken, Broken, MISSING, PENDING, Code(171)]);
    let client = provider.client();
    let wait = client
        .wait(State)
        .named("begun")
        .on_error(|error| seen.push((error.kind(), error.attempts())));
    now(wait.into_future()).unwrap();
    // A question is one call with its attempts.
    assert_eq!(seen, [(ErrorKind::Transport, 3), (ErrorKind::NotFound, 1)]);

    // What ends it is returned instead.
    let mut seen = 0;
    let client = Provider::new(&[PENDING, Code(171)]).client();
    let wait = client.wait(State).on_error(|_| seen += 1);
    now(wait.into_future()).unwrap_err();
    assert_eq!(seen, 0);
}

#[test]
fn a_server_that_can_not_be_trusted_ends_it() {
    let provider = Provider::new(&[PENDING, Reply::Untrusted]);
    let error = now(provider.client().wait(State).into_future()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.stopped(), Some(Stopped::NotRetryable));
    assert_eq!(provider.timeouts.lock().unwrap().len(), 2);
}

#[test]
fn extreme_times() {
    let zero = Duration::ZERO;
    // A policy that leaves no time can't be waited for.
    for policy in [
        Policy::new().deadline(zero),
        Policy::new().attempt_timeout(zero),
    ] {
        let provider = Provider::new(&[SUCCESS]);
        let client = provider.client().with(|_| policy);
        let error = now(client.wait(State).into_future()).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0));
        assert_eq!(provider.clock.instant(), zero);
    }
    let answers = [PENDING, PENDING, SUCCESS];
    let client = || Provider::new(&answers).client();
    let wait = client().wait(State).deadline(Duration::MAX);
    now(wait.into_future()).unwrap();
    let wait = client().wait(State).deadline(Duration::MAX).every(zero);
    now(wait.into_future()).unwrap();
    // A pause without end is not begun.
    for deadline in [zero, Duration::from_secs(1), Duration::MAX] {
        let wait = client().wait(State).every(Duration::MAX).deadline(deadline);
        let error = now(wait.into_future()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
    }
}

#[test]
fn waiting_can_be_spawned() {
    fn spawnable<F: Future + Send + 'static>(future: &F) -> usize {
        size_of_val(future)
    }
    let client = Provider::new(&[SUCCESS]).client();
    assert_eq!(
        spawnable(&client.wait(State).into_future()),
        2 * size_of::<usize>()
    );
}
