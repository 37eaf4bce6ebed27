//! Asking everything at the same time, and no longer than the run may take.

use std::sync::Arc;

use tokio::task::JoinSet;

use crate::checks::{Check, Context};
use crate::row::{Problem, Row, Subject};
use crate::span;

/// The rows of all checks, in the order of the checks. One that has no answer in time gets a row that says so.
pub(crate) async fn run(checks: Vec<Check>, context: Arc<Context>) -> Vec<Row> {
    let subjects: Vec<Subject> = checks.iter().map(|check| check.subject.clone()).collect();
    let mut answers: Vec<Option<Vec<Row>>> = vec![None; checks.len()];
    let mut asking = JoinSet::new();
    for (number, check) in checks.into_iter().enumerate() {
        let context = Arc::clone(&context);
        asking.spawn(async move {
            let rows = check.ask(&context).await;
            context.progress.asked();
            (number, rows)
        });
    }
    let all = async {
        while let Some(joined) = asking.join_next().await {
            if let Ok((number, rows)) = joined
                && let Some(answer) = answers.get_mut(number)
            {
                *answer = Some(rows);
            }
        }
    };
    // What is still under way then is dropped with the set of tasks.
    let _ = tokio::time::timeout(context.left(), all).await;
    context.progress.end();
    let timeout = span::short(context.timeout);
    let late = || Problem::new("timeout", format!("no answer within {timeout}"));
    let rows = answers.into_iter().zip(subjects);
    rows.flat_map(|(rows, subject)| rows.unwrap_or_else(|| vec![Row::of_problem(subject, late())]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::block_on;
    use crate::checks::{Question, redis, udb};
    use crate::progress::Progress;
    use crate::row::tests::subject;
    use crate::row::{Service, Verdict};
    use cloud_core::System;
    use cloud_core::testing::Mock;
    use std::net::TcpListener;
    use std::time::Duration;
    use tencent_redis::DescribeInstanceBackups;
    use ucloud_udb::describe_udb_instance_backup_state::BackupState;
    use ucloud_udb::{DescribeUdbInstanceBackupState, DescribeUdbInstanceBackupStateResponse};

    fn running(id: &str) -> Check {
        let mock = Mock::new();
        mock.on::<DescribeUdbInstanceBackupState>(|_| {
            let mut answer = DescribeUdbInstanceBackupStateResponse::default();
            answer.state = Some(BackupState::Backuping);
            Ok(answer)
        });
        let question = udb::Question {
            client: mock.client(),
            request: DescribeUdbInstanceBackupState::new(1),
            max_age: None,
        };
        Check {
            subject: subject(Service::Udb, id),
            question: Question::Udb(question),
        }
    }

    fn rows_of(checks: Vec<Check>, time: Duration) -> Vec<Row> {
        let context = Context::new(Arc::new(System), time, false, Progress::none());
        block_on(run(checks, Arc::new(context)))
    }

    #[test]
    fn rows_stand_in_the_order_of_the_checks_however_many_there_are() {
        let ids: Vec<String> = (0..50).map(|number| number.to_string()).collect();
        let checks = ids.iter().map(|id| running(id)).collect();
        let rows = rows_of(checks, Duration::from_secs(60));
        let asked: Vec<&String> = rows.iter().map(|row| &row.subject.id).collect();
        assert_eq!(asked, ids.iter().collect::<Vec<_>>());
        assert!(rows.iter().all(|row| row.verdict == Verdict::Running));
    }

    #[test]
    fn who_does_not_answer_is_asked_little_and_holds_up_nobody_else() {
        // It takes connections, and says nothing.
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = tencent_redis::Client::builder()
            .endpoint(format!("http://{}", silent.local_addr().unwrap()))
            .credentials(tencent_redis::Credentials::new("id", "secret"))
            .region("ap-guangzhou")
            .build()
            .unwrap();
        let unanswered = |number: i32| {
            let mut subject = subject(Service::Redis, &format!("crs-{number}"));
            subject.account = "silent".to_owned();
            let question = redis::Question {
                client: client.clone(),
                request: DescribeInstanceBackups::new(&subject.id),
                max_age: Duration::from_secs(1),
            };
            Check {
                subject,
                question: Question::Redis(question),
            }
        };
        let checks = (0..20).map(unanswered).chain([running("1")]).collect();
        let mut rows = rows_of(checks, Duration::from_secs(1));
        assert_eq!(rows.pop().unwrap().verdict, Verdict::Running);
        for row in rows {
            let problem = row.problem.unwrap();
            assert_eq!((row.verdict, problem.kind), (Verdict::Unknown, "timeout"));
            assert_eq!(row.detail, "no answer within 1s");
        }
        silent.set_nonblocking(true).unwrap();
        let connections = silent.incoming().take_while(Result::is_ok).count();
        assert!((1..=8).contains(&connections), "{connections}");
    }
}
