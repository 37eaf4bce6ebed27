//! Redis: is the newest good backup of an instance new enough?

use std::time::Duration;

use cloud_core::UnixSeconds;
use tencent_redis::describe_instance_backups::{BackupStatus, RedisBackupSet};
use tencent_redis::{Client, DescribeInstanceBackups, Error};

use super::Context;
use crate::row::{Moment, Row, Subject, Verdict};
use crate::span;

/// How far the clock of the service's texts is ahead of UTC. No page says it, but all that is known points to Beijing.
const BEIJING: i32 = 8 * 3_600;

/// How many backups a page has: as many as the provider allows.
const PAGE: i64 = 100;

/// The backups of one instance.
pub(crate) struct Question {
    pub(crate) client: Client,
    /// The instance.
    pub(crate) request: DescribeInstanceBackups,
    pub(crate) max_age: Duration,
}

impl Question {
    pub(crate) async fn ask(&self, subject: &Subject, context: &Context) -> Row {
        let backups = {
            let _permit = context.permit(subject).await;
            self.backups().await
        };
        match backups {
            Ok(backups) => judge(subject, &backups, self.max_age, context.now()),
            Err(error) => Row::of_error(subject.clone(), &error),
        }
    }

    /// All that are there or on their way. The states are named, since the provider's documents differ on what naming none
    /// means.
    async fn backups(&self) -> Result<Vec<RedisBackupSet>, Error> {
        use BackupStatus::{Converted, Converting, Normal, Running};
        let request = self.request.clone().limit(PAGE);
        let mut items = self
            .client
            .items(request.status([Running, Normal, Converting, Converted]));
        let mut backups = Vec::new();
        while let Some(backup) = items.next().await {
            backups.push(backup?);
        }
        Ok(backups)
    }
}

/// What the backups of an instance come to.
pub(crate) fn judge(
    subject: &Subject,
    backups: &[RedisBackupSet],
    max_age: Duration,
    now: UnixSeconds,
) -> Row {
    let begun = |backup: &RedisBackupSet| {
        let shown = backup.start_time.as_ref()?.get()?;
        Some(shown.at_offset(BEIJING))
    };
    // The list is not promised to be in any order. A backup holds what was there when it began.
    let newest = backups
        .iter()
        .filter(|backup| is_good(backup))
        .max_by_key(|backup| begun(backup));
    let is_running = backups
        .iter()
        .any(|backup| backup.status == Some(BackupStatus::Running));
    let with_running = |text: String| match is_running {
        true => format!("{text}; one is being made"),
        false => text,
    };
    let Some(newest) = newest else {
        let detail = with_running("no good backup".to_owned());
        return Row::new(subject.clone(), Verdict::Missing, detail);
    };
    let moment = begun(newest).map(|at| Moment::seen(at, now));
    let id = newest.backup_id.as_deref().unwrap_or("without an id");
    let (verdict, detail) = match moment {
        None => {
            let detail = format!("the newest good backup, {id}, has no time that can be read");
            (Verdict::Unknown, detail)
        }
        Some(moment) if moment.age > max_age => {
            let detail = format!("older than {}", span::short(max_age));
            (Verdict::TooOld, with_running(detail))
        }
        Some(_) => (Verdict::Ok, with_running(format!("backup {id}"))),
    };
    Row::new(subject.clone(), verdict, detail)
        .state(newest.status.as_ref().map(name))
        .moment(moment)
}

/// A backup that is exported as a file is one all the same.
fn is_good(backup: &RedisBackupSet) -> bool {
    use BackupStatus::{Converted, Converting, Normal};
    matches!(backup.status, Some(Normal | Converting | Converted))
}

/// The provider has numbers alone, which tell nobody anything.
fn name(status: &BackupStatus) -> String {
    format!("{status:?}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{block_on, context, verdict_and_detail};
    use crate::row::Service;
    use crate::row::tests::subject;
    use cloud_core::ErrorKind;
    use cloud_core::testing::{Mock, refusal};
    use tencent_redis::{DescribeInstanceBackupsResponse, Redis};

    /// 06:13:20 on 15 November 2023 in Beijing.
    const NOW: UnixSeconds = UnixSeconds(1_700_000_000);
    const DAY: Duration = Duration::from_secs(86_400);

    fn backup(id: &str, status: BackupStatus, start: &str) -> RedisBackupSet {
        let mut backup = RedisBackupSet::default();
        backup.backup_id = Some(id.to_owned());
        backup.status = Some(status);
        backup.start_time = Some(start.into());
        backup
    }

    fn judged(backups: &[RedisBackupSet]) -> Row {
        judge(&subject(Service::Redis, "crs-1"), backups, DAY, NOW)
    }

    #[test]
    fn the_newest_good_backup_decides_wherever_it_stands() {
        use BackupStatus::{Converting, Expired, Normal, Running};
        let old = backup("old", Normal, "2023-11-13 06:13:20");
        let new = backup("new", Normal, "2023-11-15 04:13:20");
        let exported = backup("exported", Converting, "2023-11-15 05:13:20");
        let running = backup("running", Running, "2023-11-15 06:00:00");
        let expired = backup("expired", Expired, "2023-11-15 06:00:00");
        let broken = backup("broken", Normal, "yesterday");
        for (backups, verdict, detail, hours) in [
            (vec![&old, &new], Verdict::Ok, "backup new", Some(2)),
            (
                vec![&new, &exported, &old],
                Verdict::Ok,
                "backup exported",
                Some(1),
            ),
            (vec![&broken, &new], Verdict::Ok, "backup new", Some(2)),
            (
                vec![&new, &running],
                Verdict::Ok,
                "backup new; one is being made",
                Some(2),
            ),
            (
                vec![&old, &expired],
                Verdict::TooOld,
                "older than 1d",
                Some(48),
            ),
            (
                vec![&running, &old],
                Verdict::TooOld,
                "older than 1d; one is being made",
                Some(48),
            ),
            (
                vec![&running],
                Verdict::Missing,
                "no good backup; one is being made",
                None,
            ),
            (vec![&expired], Verdict::Missing, "no good backup", None),
            (vec![], Verdict::Missing, "no good backup", None),
            (
                vec![&broken],
                Verdict::Unknown,
                "the newest good backup, broken, has no time that can be read",
                None,
            ),
        ] {
            let backups: Vec<RedisBackupSet> = backups.into_iter().cloned().collect();
            let row = judged(&backups);
            assert_eq!(verdict_and_detail(&row), (verdict, detail));
            assert_eq!(row.moment.map(|moment| moment.age.as_secs() / 3_600), hours);
        }
        assert_eq!(judged(&[new]).state.as_deref(), Some("Normal"));
    }

    fn asked(mock: &Mock<Redis>) -> Row {
        let question = Question {
            client: mock.client(),
            request: DescribeInstanceBackups::new("crs-1"),
            max_age: DAY * 36_500,
        };
        block_on(question.ask(&subject(Service::Redis, "crs-1"), &context(false)))
    }

    #[test]
    fn every_page_is_read() {
        let mock = Mock::<Redis>::new();
        mock.on::<DescribeInstanceBackups>(|request| {
            let from = request.offset.unwrap_or(0);
            let backups = from..150.min(from + request.limit.unwrap_or(20));
            let backup = |number: i64| match number {
                149 => backup("last", BackupStatus::Normal, "2023-11-15 04:13:20"),
                _ => backup("other", BackupStatus::Normal, "2023-11-13 04:13:20"),
            };
            let mut page = DescribeInstanceBackupsResponse::default();
            page.total_count = Some(150);
            page.backup_set = backups.map(backup).collect();
            Ok(page)
        });
        let row = asked(&mock);
        assert_eq!(verdict_and_detail(&row), (Verdict::Ok, "backup last"));
        let pages: Vec<DescribeInstanceBackups> = mock.calls();
        let offsets: Vec<_> = pages.iter().map(|page| page.offset).collect();
        assert_eq!(offsets, [None, Some(100)]);
        assert!(
            pages
                .iter()
                .all(|page| page.status.as_ref().is_some_and(|states| states.len() == 4))
        );
    }

    #[test]
    fn an_instance_that_is_not_there_is_missing_and_an_error_is_unknown() {
        for (kind, verdict) in [
            (ErrorKind::NotFound, Verdict::Missing),
            (ErrorKind::Throttled, Verdict::Unknown),
        ] {
            let mock = Mock::<Redis>::new();
            mock.on::<DescribeInstanceBackups>(move |_| Err(refusal(kind, "Code", "text")));
            let row = asked(&mock);
            assert_eq!(row.verdict, verdict);
            assert_eq!(row.problem.unwrap().kind, kind.as_str());
        }
    }
}
