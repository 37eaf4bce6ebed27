//! Waiting for something that takes its time.

use std::fmt;
use std::future::IntoFuture;
use std::sync::Arc;
use std::time::Duration;

use super::Client;
use crate::error::{Error, ErrorKind, Stopped};
use crate::operation::Operation;
use crate::runtime::Runtime;
use crate::service::Service;
use crate::transport::BoxFuture;
use crate::waiting::{Outcome, Waitable, Waiter};

/// How long the pauses are at first, for waiters that don't say.
const INTERVAL: Duration = Duration::from_secs(5);
/// How many times as long as the first pause the others get at most.
const GROWTH: u32 = 6;
/// How long to wait at all.
const DEADLINE: Duration = Duration::from_secs(600);

impl<S: Service> Client<S> {
    /// Sends a request again and again, until what its first waiter waits for is there.
    ///
    /// The [`Wait`] can be told what else to wait for, and for how long; then it is awaited.
    pub fn wait<'a, O: Waitable<S> + 'a>(&self, request: O) -> Wait<'a, S, O> {
        Wait {
            client: self.clone(),
            request,
            name: None,
            every: None,
            deadline: DEADLINE,
            on_progress: None,
            on_error: None,
        }
    }
}

type OnProgress<'a, R> = Box<dyn FnMut(Outcome, &R) + Send + 'a>;
type OnError<'a> = Box<dyn FnMut(&Error) + Send + 'a>;

/// What is waited for, and for how long. Made by [`Client::wait`]; waiting begins when it is awaited.
///
/// Transient errors, such as a lost connection, don't end it: [`on_error`](Self::on_error) shows them. Dropping the future does.
#[must_use = "nobody waits unless it is awaited"]
pub struct Wait<'a, S: Service, O: Operation<S>> {
    client: Client<S>,
    request: O,
    name: Option<String>,
    every: Option<Duration>,
    deadline: Duration,
    on_progress: Option<OnProgress<'a, O::Response>>,
    on_error: Option<OnError<'a>>,
}

impl<'a, S: Service, O: Waitable<S> + 'a> Wait<'a, S, O> {
    /// Waits for what the waiter of this name waits for, instead of the first one. The operation's documentation lists them.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Pauses so long between two questions.
    ///
    /// Unless set, the first pause is as long as the waiter says, or 5 seconds, and each is half as long again as the one before, up to
    /// six times the first.
    pub fn every(mut self, interval: Duration) -> Self {
        self.every = Some(interval);
        self
    }

    /// Gives up when it has taken so long: 10 minutes unless set.
    ///
    /// A pause that would go on for longer is not begun, and a question waits for its answer no longer than this.
    pub fn deadline(mut self, time: Duration) -> Self {
        self.deadline = time;
        self
    }

    /// Shows each answer to this function, the last one included, with what it says.
    pub fn on_progress(
        mut self,
        on_progress: impl FnMut(Outcome, &O::Response) + Send + 'a,
    ) -> Self {
        self.on_progress = Some(Box::new(on_progress));
        self
    }

    /// Shows each error that does not end the wait to this function: transient errors, and that something does not exist if this is
    /// no failure to the waiter.
    pub fn on_error(mut self, on_error: impl FnMut(&Error) + Send + 'a) -> Self {
        self.on_error = Some(Box::new(on_error));
        self
    }

    async fn run(mut self) -> Result<O::Response, Error> {
        let waiter = self.waiter()?;
        let mut pauses = Pauses::new(waiter, self.every);
        let mut effort = Effort::new(self.client.core.shared.runtime.clone());
        let mut last = None;
        loop {
            let left = self.deadline.saturating_sub(effort.elapsed());
            let answer = self.ask(left).await;
            effort.questions += 1;
            let outcome = match &answer {
                Ok(response) => self.judge(waiter, response),
                Err(error) => meaning(waiter, error),
            };
            let transient = match (outcome, answer) {
                (Outcome::Success, Ok(response)) => return Ok(response),
                // What is not there has nothing to answer.
                (Outcome::Success, Err(_)) => return Ok(O::Response::default()),
                (Outcome::Failure, Ok(response)) => {
                    return Err(self.failed(waiter, response, &effort));
                }
                (Outcome::Failure, Err(error)) => return Err(error),
                (Outcome::Pending, Ok(response)) => {
                    last = Some(response);
                    None
                }
                (Outcome::Pending, Err(error)) => {
                    if let Some(on_error) = &mut self.on_error {
                        on_error(&error);
                    }
                    Some(error)
                }
            };
            let pause = pauses.next();
            if effort.elapsed().saturating_add(pause) >= self.deadline {
                return Err(self.late(waiter, last, transient, &effort));
            }
            effort.runtime.sleep(pause).await;
        }
    }

    /// Asks once, within the time that is left.
    fn ask(&self, left: Duration) -> impl Future<Output = Result<O::Response, Error>> + Send {
        let client = self
            .client
            .with(|policy| policy.total_deadline(policy.total_deadline.min(left)));
        client.send(&self.request)
    }

    fn judge(&mut self, waiter: &Waiter, response: &O::Response) -> Outcome {
        let outcome = waiter.judge(response);
        if let Some(on_progress) = &mut self.on_progress {
            on_progress(outcome, response);
        }
        outcome
    }

    fn waiter(&self) -> Result<&'static Waiter, Error> {
        let waiters = O::waiters();
        let found = match &self.name {
            None => waiters.first(),
            Some(name) => waiters.iter().find(|waiter| waiter.name() == name),
        };
        found.ok_or_else(|| {
            let names: Vec<_> = waiters.iter().map(Waiter::name).collect();
            let wanted = self.name.as_deref().unwrap_or("anything");
            let problem = format!(
                "one can't wait for `{wanted}`, but for: {}",
                names.join(", ")
            );
            self.error(ErrorKind::Configuration, problem, 0)
        })
    }

    /// The answer says that it won't come any more.
    fn failed(&self, waiter: &Waiter, answer: O::Response, effort: &Effort) -> Error {
        let seen = waiter.describe(&answer);
        let problem = format!("`{}` won't come any more: {seen}", waiter.name());
        self.error(ErrorKind::Failed, problem, effort.questions)
            .with_end(Stopped::NotRetryable, effort.elapsed(), true)
            .with_response(Arc::new(answer))
    }

    /// Time is up. The last answer goes along, and what is said is what came last.
    fn late(
        &self,
        waiter: &Waiter,
        last: Option<O::Response>,
        transient: Option<Error>,
        effort: &Effort,
    ) -> Error {
        let seen = match (&transient, &last) {
            (Some(error), _) => error.to_string(),
            (None, Some(last)) => waiter.describe(last),
            (None, None) => String::new(),
        };
        let problem = format!("`{}` did not come: {seen}", waiter.name());
        let late = self
            .error(ErrorKind::Timeout, problem, effort.questions)
            .with_end(Stopped::Deadline, effort.elapsed(), true);
        match last {
            Some(answer) => late.with_response(Arc::new(answer)),
            None => late,
        }
    }

    fn error(&self, kind: ErrorKind, problem: String, questions: u32) -> Error {
        Error::new(kind, problem).with_call(self.request.metadata().action(), questions)
    }
}

/// What an error says about what is waited for.
fn meaning(waiter: &Waiter, error: &Error) -> Outcome {
    match error.kind() {
        ErrorKind::NotFound => waiter.outcome_if_not_found(),
        _ if error.is_retryable() => Outcome::Pending,
        _ => Outcome::Failure,
    }
}

/// What waiting has cost so far.
struct Effort {
    runtime: Arc<dyn Runtime>,
    started: Duration,
    questions: u32,
}

impl Effort {
    fn new(runtime: Arc<dyn Runtime>) -> Self {
        Self {
            started: runtime.instant(),
            runtime,
            questions: 0,
        }
    }

    fn elapsed(&self) -> Duration {
        self.runtime.instant().saturating_sub(self.started)
    }
}

impl<'a, S: Service, O: Waitable<S> + 'a> IntoFuture for Wait<'a, S, O> {
    type Output = Result<O::Response, Error>;
    type IntoFuture = BoxFuture<'a, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// How long to pause each time.
struct Pauses {
    next: Duration,
    longest: Duration,
}

impl Pauses {
    fn new(waiter: &Waiter, every: Option<Duration>) -> Self {
        let first = waiter.interval().unwrap_or(INTERVAL);
        match every {
            Some(every) => Self {
                next: every,
                longest: every,
            },
            None => Self {
                next: first,
                longest: first * GROWTH,
            },
        }
    }

    fn next(&mut self) -> Duration {
        let pause = self.next;
        self.next = pause.saturating_add(pause / 2).min(self.longest);
        pause
    }
}

impl<S: Service, O: Operation<S>> fmt::Debug for Wait<'_, S, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Wait")
            .field("action", &self.request.metadata().action())
            .field("name", &self.name)
            .field("every", &self.every)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}
