//! UDB: is a backup done, and good?

use std::time::Duration;

use cloud_core::UnixSeconds;
use ucloud_udb::describe_udb_instance_backup_state::BackupState;
use ucloud_udb::{
    Client, DescribeUdbInstanceBackupState, DescribeUdbInstanceBackupStateResponse, Error,
    ErrorKind,
};

use super::Context;
use crate::row::{Moment, Row, Subject, Verdict};
use crate::span;

/// Waiting ends so long before the run does, so that it can still say what it saw.
const LAST_WORD: Duration = Duration::from_secs(1);

/// One backup.
pub(crate) struct Question {
    pub(crate) client: Client,
    pub(crate) request: DescribeUdbInstanceBackupState,
    pub(crate) max_age: Option<Duration>,
}

impl Question {
    /// Asks once, and waits for a backup that is still running if that is wanted.
    pub(crate) async fn ask(&self, subject: &Subject, context: &Context) -> Row {
        let first = {
            let _permit = context.permit(subject).await;
            self.client.send(&self.request).await
        };
        let answer = match first {
            // Waiting is mostly sleeping, so it keeps nobody else from asking.
            Ok(first) if context.waits && is_running(&first) => {
                self.wait(first, subject, context).await
            }
            other => other,
        };
        match answer {
            Ok(answer) => judge(subject, &answer, self.max_age, context.now()),
            Err(error) => Row::of_error(subject.clone(), &error),
        }
    }

    /// What it ends as; if it does not end in time, what it was last.
    async fn wait(
        &self,
        first: DescribeUdbInstanceBackupStateResponse,
        subject: &Subject,
        context: &Context,
    ) -> Result<DescribeUdbInstanceBackupStateResponse, Error> {
        let show = |_, answer: &DescribeUdbInstanceBackupStateResponse| {
            let state = answer.state.as_ref().map_or("", BackupState::as_str);
            context.progress.waiting(subject, state);
        };
        let time = context.left().saturating_sub(LAST_WORD);
        let wait = self.client.wait(self.request.clone());
        let ended = wait.deadline(time).on_progress(show).await;
        context.progress.waited(subject);
        ended.or_else(|error| match error.answer().cloned() {
            Some(last) => Ok(last),
            None if error.kind() == ErrorKind::Timeout => Ok(first),
            None => Err(error),
        })
    }
}

fn is_running(answer: &DescribeUdbInstanceBackupStateResponse) -> bool {
    answer.state == Some(BackupState::Backuping)
}

/// What the state of a backup comes to.
pub(crate) fn judge(
    subject: &Subject,
    answer: &DescribeUdbInstanceBackupStateResponse,
    max_age: Option<Duration>,
    now: UnixSeconds,
) -> Row {
    let moment = answer.backup_end_time.map(|at| Moment::seen(at, now));
    let (verdict, detail) = match &answer.state {
        Some(BackupState::Success) => match (max_age, moment) {
            (Some(limit), Some(moment)) if moment.age > limit => {
                let limit = span::short(limit);
                (Verdict::TooOld, format!("older than {limit}"))
            }
            (Some(_), None) => {
                let detail = "the answer does not say when it ended, so its age is not known";
                (Verdict::Unknown, detail.to_owned())
            }
            _ => (Verdict::Ok, size(answer.backup_size)),
        },
        Some(BackupState::Backuping) => (Verdict::Running, "is being made".to_owned()),
        Some(BackupState::Failed) => (Verdict::Failed, "the backup failed".to_owned()),
        Some(BackupState::Expired) => (Verdict::Missing, "the backup has expired".to_owned()),
        Some(_) => (Verdict::Unknown, "a state that nobody knew yet".to_owned()),
        None => (Verdict::Unknown, "the answer has no state".to_owned()),
    };
    Row::new(subject.clone(), verdict, detail)
        .state(answer.state.as_ref().map(BackupState::as_str))
        .moment(moment)
}

fn size(bytes: Option<i64>) -> String {
    const MIB: i64 = 1 << 20;
    match bytes {
        Some(bytes) if bytes >= 10 * MIB => format!("{} MiB", bytes / MIB),
        Some(bytes) => format!("{bytes} bytes"),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{block_on, context, verdict_and_detail};
    use crate::row::Service;
    use crate::row::tests::subject;
    use cloud_core::testing::{Mock, refusal};
    use ucloud_udb::Udb;

    const NOW: UnixSeconds = UnixSeconds(1_700_000_000);
    const DAY: Duration = Duration::from_secs(86_400);

    fn answer(
        state: BackupState,
        hours_ago: Option<i64>,
    ) -> DescribeUdbInstanceBackupStateResponse {
        let mut answer = DescribeUdbInstanceBackupStateResponse::default();
        answer.state = Some(state);
        answer.backup_end_time = hours_ago.map(|hours| UnixSeconds(NOW.0 - hours * 3_600));
        answer.backup_size = Some(700 << 20);
        answer
    }

    #[test]
    fn every_state_has_its_verdict() {
        use BackupState::{Backuping, Expired, Failed, Success, Unknown};
        for (state, hours_ago, max_age, verdict, detail) in [
            (Success, Some(2), Some(DAY), Verdict::Ok, "700 MiB"),
            (Success, Some(24), Some(DAY), Verdict::Ok, "700 MiB"),
            (
                Success,
                Some(25),
                Some(DAY),
                Verdict::TooOld,
                "older than 1d",
            ),
            (Success, Some(999), None, Verdict::Ok, "700 MiB"),
            (Success, None, None, Verdict::Ok, "700 MiB"),
            (
                Success,
                None,
                Some(DAY),
                Verdict::Unknown,
                "the answer does not say when it ended, so its age is not known",
            ),
            (
                Backuping,
                None,
                Some(DAY),
                Verdict::Running,
                "is being made",
            ),
            (
                Failed,
                Some(1),
                Some(DAY),
                Verdict::Failed,
                "the backup failed",
            ),
            (
                Expired,
                Some(1),
                None,
                Verdict::Missing,
                "the backup has expired",
            ),
            (
                Unknown("Paused".into()),
                None,
                None,
                Verdict::Unknown,
                "a state that nobody knew yet",
            ),
        ] {
            let subject = subject(Service::Udb, "8880");
            let row = judge(&subject, &answer(state.clone(), hours_ago), max_age, NOW);
            assert_eq!(verdict_and_detail(&row), (verdict, detail), "{state:?}");
            assert_eq!(row.state.as_deref(), Some(state.as_str()));
            assert_eq!(
                row.moment.map(|moment| moment.age.as_secs() / 3_600),
                hours_ago.map(|hours| hours as u64)
            );
        }
        let nothing = DescribeUdbInstanceBackupStateResponse::default();
        let row = judge(&subject(Service::Udb, "8880"), &nothing, None, NOW);
        assert_eq!(
            verdict_and_detail(&row),
            (Verdict::Unknown, "the answer has no state")
        );
    }

    /// Asks a mock that answers with these states, one after the other.
    fn asked(states: &'static [BackupState], waits: bool) -> (Row, usize) {
        let mock = Mock::<Udb>::new();
        let mut states = states.iter().cloned();
        mock.on::<DescribeUdbInstanceBackupState>(move |_| {
            let gone = || refusal(ErrorKind::NotFound, "7085", "no such backup");
            states
                .next()
                .map(|state| answer(state, Some(0)))
                .ok_or_else(gone)
        });
        let question = Question {
            client: mock.client(),
            request: DescribeUdbInstanceBackupState::new(8880),
            max_age: None,
        };
        let context = context(waits);
        let row = block_on(question.ask(&subject(Service::Udb, "8880"), &context));
        (row, mock.count())
    }

    #[test]
    fn a_running_backup_is_waited_for_only_if_that_is_wanted() {
        use BackupState::{Backuping, Failed, Success};
        let (row, questions) = asked(&[Backuping, Success], false);
        assert_eq!((row.verdict, questions), (Verdict::Running, 1));
        let (row, questions) = asked(&[Backuping, Success], true);
        assert_eq!((row.verdict, questions), (Verdict::Ok, 2));
        let (row, questions) = asked(&[Backuping, Failed], true);
        assert_eq!((row.verdict, questions), (Verdict::Failed, 2));
        let (row, questions) = asked(&[Success], true);
        assert_eq!((row.verdict, questions), (Verdict::Ok, 1));
    }

    #[test]
    fn a_backup_that_takes_too_long_is_still_running() {
        let mock = Mock::<Udb>::new();
        mock.on::<DescribeUdbInstanceBackupState>(|_| Ok(answer(BackupState::Backuping, None)));
        let question = Question {
            client: mock.client(),
            request: DescribeUdbInstanceBackupState::new(8880),
            max_age: None,
        };
        let progress = crate::progress::Progress::none();
        let runtime = std::sync::Arc::new(cloud_core::System);
        // The first pause would be longer.
        let context = Context::new(runtime, Duration::from_secs(1), true, progress);
        let row = block_on(question.ask(&subject(Service::Udb, "8880"), &context));
        assert_eq!(row.verdict, Verdict::Running);
    }

    #[test]
    fn a_backup_that_the_provider_does_not_find_is_missing() {
        let (row, _) = asked(&[], false);
        assert_eq!(row.verdict, Verdict::Missing);
        assert_eq!(row.problem.unwrap().code.as_deref(), Some("7085"));
    }
}
