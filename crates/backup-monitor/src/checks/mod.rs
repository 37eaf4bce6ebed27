//! What is asked, one file a service: how to ask, and what an answer comes to under the limits of the configuration.
//!
//! What an answer comes to is a plain function from the typed answer to rows.

pub(crate) mod hbr;
pub(crate) mod redis;
pub(crate) mod udb;
pub(crate) mod usnap;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cloud_core::{Runtime, UnixSeconds};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::progress::Progress;
use crate::row::{Problem, Row, Subject};

/// How many requests of an account are on their way at the same time: enough to be quick, and few enough that no provider minds.
/// Each account has as many, so that a provider that does not answer holds up no other.
const AT_ONCE: usize = 8;

/// One thing to ask, and what about.
pub(crate) struct Check {
    pub(crate) subject: Subject,
    pub(crate) question: Question,
}

/// What to ask, with the client to ask with.
pub(crate) enum Question {
    Udb(udb::Question),
    Usnap(usnap::Question),
    Redis(redis::Question),
    Hbr(hbr::Question),
    /// There is no client to ask with.
    Unaskable(Problem),
}

impl Check {
    /// Asks. Whatever goes wrong is a row as well.
    pub(crate) async fn ask(&self, context: &Context) -> Vec<Row> {
        let subject = &self.subject;
        match &self.question {
            Question::Udb(question) => vec![question.ask(subject, context).await],
            Question::Usnap(question) => vec![question.ask(subject, context).await],
            Question::Redis(question) => vec![question.ask(subject, context).await],
            Question::Hbr(question) => question.ask(subject, context).await,
            Question::Unaskable(problem) => {
                vec![Row::of_problem(subject.clone(), problem.clone())]
            }
        }
    }
}

/// What all checks of a run share.
pub(crate) struct Context {
    pub(crate) runtime: Arc<dyn Runtime>,
    /// Whether to wait for what is still running.
    pub(crate) waits: bool,
    pub(crate) progress: Progress,
    /// How long the run may take.
    pub(crate) timeout: Duration,
    /// When it began, by the runtime's `instant`.
    began: Duration,
    /// By account.
    permits: Mutex<HashMap<String, Arc<Semaphore>>>,
}

impl Context {
    /// A run that begins now and may take so long.
    pub(crate) fn new(
        runtime: Arc<dyn Runtime>,
        timeout: Duration,
        waits: bool,
        progress: Progress,
    ) -> Self {
        Self {
            began: runtime.instant(),
            timeout,
            runtime,
            waits,
            progress,
            permits: Mutex::default(),
        }
    }

    pub(crate) fn now(&self) -> UnixSeconds {
        self.runtime.now().into()
    }

    /// How much time the run has left.
    pub(crate) fn left(&self) -> Duration {
        let gone = self.runtime.instant().saturating_sub(self.began);
        self.timeout.saturating_sub(gone)
    }

    /// The right to ask, for as long as it is kept. Nobody closes a semaphore, so everybody gets one.
    async fn permit(&self, subject: &Subject) -> Option<OwnedSemaphorePermit> {
        let of_account = {
            let mut permits = self.permits.lock().unwrap_or_else(PoisonError::into_inner);
            let of_account = permits.entry(subject.account.clone());
            Arc::clone(of_account.or_insert_with(|| Arc::new(Semaphore::new(AT_ONCE))))
        };
        of_account.acquire_owned().await.ok()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::row::Verdict;
    use cloud_core::System;

    /// A run of a minute.
    pub(crate) fn context(waits: bool) -> Context {
        let progress = Progress::none();
        Context::new(Arc::new(System), Duration::from_secs(60), waits, progress)
    }

    pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.unwrap().block_on(future)
    }

    pub(crate) fn verdict_and_detail(row: &Row) -> (Verdict, &str) {
        (row.verdict, &row.detail)
    }
}
