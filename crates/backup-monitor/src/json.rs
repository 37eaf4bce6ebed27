//! The same as JSON, for programs. The README documents the shape; members may be added to it, and none is taken away.

use serde::Serialize;

use crate::report::Report;
use crate::row::{Problem, Row, Verdict};

#[derive(Serialize)]
struct Document<'a> {
    outcome: &'static str,
    exit_code: u8,
    asked_at: String,
    counts: Counts,
    rows: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Counts {
    ok: usize,
    running: usize,
    too_old: usize,
    missing: usize,
    failed: usize,
    unknown: usize,
}

#[derive(Serialize)]
struct Line<'a> {
    verdict: &'static str,
    service: &'static str,
    account: &'a str,
    region: &'a str,
    zone: Option<&'a str>,
    id: &'a str,
    state: Option<&'a str>,
    time: Option<String>,
    age_seconds: Option<u64>,
    detail: &'a str,
    error: Option<Failure<'a>>,
}

#[derive(Serialize)]
struct Failure<'a> {
    kind: &'static str,
    code: Option<&'a str>,
    message: &'a str,
    request_id: Option<&'a str>,
}

/// The whole report. Every member is always there; what is not known is `null`.
pub(crate) fn write(report: &Report) -> Result<String, serde_json::Error> {
    let outcome = report.outcome();
    let document = Document {
        outcome: outcome.id(),
        exit_code: outcome.exit_code(),
        asked_at: report.asked_at.to_string(),
        counts: Counts {
            ok: report.count(Verdict::Ok),
            running: report.count(Verdict::Running),
            too_old: report.count(Verdict::TooOld),
            missing: report.count(Verdict::Missing),
            failed: report.count(Verdict::Failed),
            unknown: report.count(Verdict::Unknown),
        },
        rows: report.rows.iter().map(line).collect(),
    };
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    Ok(text)
}

fn line(row: &Row) -> Line<'_> {
    let subject = &row.subject;
    Line {
        verdict: row.verdict.id(),
        service: subject.service.id(),
        account: &subject.account,
        region: &subject.region,
        zone: subject.zone.as_deref(),
        id: &subject.id,
        state: row.state.as_deref(),
        time: row.moment.map(|moment| moment.at.to_string()),
        age_seconds: row.moment.map(|moment| moment.age.as_secs()),
        detail: &row.detail,
        error: row.problem.as_ref().map(failure),
    }
}

fn failure(problem: &Problem) -> Failure<'_> {
    Failure {
        kind: problem.kind,
        code: problem.code.as_deref(),
        message: &problem.message,
        request_id: problem.request_id.as_deref(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::report;
    use crate::row::tests::subject;
    use crate::row::{Moment, Service};
    use cloud_core::{ErrorKind, UnixSeconds, testing::refusal};
    use serde_json::{Value, json};

    #[test]
    fn the_shape_is_the_documented_one() {
        let mut report = report(&[]);
        let now = report.asked_at;
        let good = Row::new(subject(Service::Udb, "8880"), Verdict::Ok, "700 MiB")
            .state(Some("Success"))
            .moment(Some(Moment::seen(UnixSeconds(now.0 - 60), now)));
        let error = refusal(ErrorKind::Throttled, "RequestLimitExceeded", "slow down");
        let refused = Row::of_error(subject(Service::Redis, "crs-1"), &error);
        report.rows = vec![good, refused];
        let written: Value = serde_json::from_str(&write(&report).unwrap()).unwrap();
        assert_eq!(
            written,
            json!({
                "outcome": "unknown",
                "exit_code": 3,
                "asked_at": "2023-11-14T22:13:20Z",
                "counts": {"ok": 1, "running": 0, "too_old": 0, "missing": 0, "failed": 0, "unknown": 1},
                "rows": [
                    {
                        "verdict": "ok", "service": "udb", "account": "shop", "region": "cn-bj2", "zone": null,
                        "id": "8880", "state": "Success", "time": "2023-11-14T22:12:20Z", "age_seconds": 60,
                        "detail": "700 MiB", "error": null
                    },
                    {
                        "verdict": "unknown", "service": "redis", "account": "shop", "region": "cn-bj2", "zone": null,
                        "id": "crs-1", "state": null, "time": null, "age_seconds": null,
                        "detail": "RequestLimitExceeded: slow down (HTTP 200)",
                        "error": {
                            "kind": "throttled", "code": "RequestLimitExceeded", "message": "slow down",
                            "request_id": null
                        }
                    }
                ]
            })
        );
    }
}
