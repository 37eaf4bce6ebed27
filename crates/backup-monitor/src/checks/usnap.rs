//! USnap: how far back can a disk go?

use std::time::Duration;

use ucloud_usnap::describe_usnap_backup_range::BackupRange;
use ucloud_usnap::{Client, DescribeUsnapBackupRange, DescribeUsnapBackupRangeResponse};

use super::Context;
use crate::row::{Row, Subject, Verdict};
use crate::span;

/// The chain of one disk.
pub(crate) struct Question {
    pub(crate) client: Client,
    pub(crate) request: DescribeUsnapBackupRange,
    pub(crate) min_reach: Option<Duration>,
}

impl Question {
    pub(crate) async fn ask(&self, subject: &Subject, context: &Context) -> Row {
        let _permit = context.permit(subject).await;
        match self.client.send(&self.request).await {
            Ok(answer) => judge(subject, &answer, self.min_reach),
            Err(error) => Row::of_error(subject.clone(), &error),
        }
    }
}

/// What the reach of a chain comes to: as far back as its longest part.
pub(crate) fn judge(
    subject: &Subject,
    answer: &DescribeUsnapBackupRangeResponse,
    min_reach: Option<Duration>,
) -> Row {
    let parts = answer.backup_range.as_ref().map(parts).unwrap_or_default();
    let reach = parts.iter().map(|(_, span)| *span).max();
    let (verdict, detail) = match reach {
        None => {
            let detail = "the answer does not say how far back the chain reaches";
            (Verdict::Unknown, detail.to_owned())
        }
        Some(reach) if reach.is_zero() => (Verdict::Missing, "the chain has no backup".to_owned()),
        Some(reach) => match min_reach {
            Some(limit) if reach < limit => {
                let (reach, limit) = (span::short(reach), span::short(limit));
                (
                    Verdict::Missing,
                    format!("reaches back {reach}, not {limit}"),
                )
            }
            _ => (Verdict::Ok, in_words(&parts)),
        },
    };
    let mode = answer.backup_mode.as_ref().map(|mode| mode.as_str());
    Row::new(subject.clone(), verdict, detail).state(mode)
}

/// The parts of a chain that the answer tells of: what there is a backup of, and for how long.
fn parts(range: &BackupRange) -> Vec<(&'static str, Duration)> {
    let part = |name, number: Option<i64>, seconds: u64| {
        let number = u64::try_from(number?).ok()?;
        Some((name, Duration::from_secs(number.saturating_mul(seconds))))
    };
    let parts = [
        part("second", range.journal, 3_600),
        part("hour", range.hour, 3_600),
        part("day", range.day, 86_400),
    ];
    parts.into_iter().flatten().collect()
}

fn in_words(parts: &[(&str, Duration)]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .filter(|(_, span)| !span.is_zero())
        .map(|(name, span)| format!("every {name} for {}", span::short(*span)))
        .collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{block_on, context, verdict_and_detail};
    use crate::row::Service;
    use crate::row::tests::subject;
    use cloud_core::ErrorKind;
    use cloud_core::testing::{Mock, refusal};
    use ucloud_usnap::Usnap;
    use ucloud_usnap::describe_usnap_backup_range::BackupMode;

    const WEEK: Duration = Duration::from_secs(7 * 86_400);

    fn answer(journal: i64, hour: i64, day: i64) -> DescribeUsnapBackupRangeResponse {
        let mut range = BackupRange::default();
        range.journal = Some(journal);
        range.hour = Some(hour);
        range.day = Some(day);
        let mut answer = DescribeUsnapBackupRangeResponse::default();
        answer.backup_range = Some(range);
        answer.backup_mode = Some(BackupMode::Ultimate);
        answer
    }

    #[test]
    fn the_longest_part_of_the_chain_is_its_reach() {
        let whole = "every second for 12h, every hour for 1d, every day for 7d";
        for (answer, min_reach, expected) in [
            (answer(12, 24, 7), Some(WEEK), (Verdict::Ok, whole)),
            (answer(12, 24, 7), None, (Verdict::Ok, whole)),
            (
                answer(0, 200, 0),
                Some(WEEK),
                (Verdict::Ok, "every hour for 8d 8h"),
            ),
            (
                answer(12, 24, 3),
                Some(WEEK),
                (Verdict::Missing, "reaches back 3d, not 7d"),
            ),
            (
                answer(0, 0, 0),
                None,
                (Verdict::Missing, "the chain has no backup"),
            ),
        ] {
            let row = judge(&subject(Service::Usnap, "bsm-1"), &answer, min_reach);
            assert_eq!(verdict_and_detail(&row), expected);
            assert_eq!(row.state.as_deref(), Some("Ultimate"));
        }
    }

    #[test]
    fn an_empty_range_tells_nothing() {
        let mut answer = answer(0, 0, 0);
        for range in [None, Some(BackupRange::default())] {
            answer.backup_range = range;
            let row = judge(&subject(Service::Usnap, "bsm-1"), &answer, None);
            assert_eq!(row.verdict, Verdict::Unknown);
        }
    }

    #[test]
    fn a_refusal_is_a_row() {
        let mock = Mock::<Usnap>::new();
        let refused = || refusal(ErrorKind::PermissionDenied, "299", "no");
        mock.on::<DescribeUsnapBackupRange>(move |_| Err(refused()));
        let question = Question {
            client: mock.client(),
            request: DescribeUsnapBackupRange::new("bsm-1"),
            min_reach: None,
        };
        let row = block_on(question.ask(&subject(Service::Usnap, "bsm-1"), &context(false)));
        let problem = row.problem.unwrap();
        assert_eq!(
            (row.verdict, problem.kind),
            (Verdict::Unknown, "permission_denied")
        );
        assert_eq!(row.detail, "DescribeUSnapBackupRange: 299: no (HTTP 200)");
    }
}
