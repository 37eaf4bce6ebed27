//! The difference between this computer's clock and the provider's, learnt when a signature was refused for its time.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use http::header::DATE;

use crate::time::http_date::http_date;

/// In an answer that took longer, the middle of its way says too little about when the provider wrote the date.
const SLOWEST_ANSWER: Duration = Duration::from_secs(30);

/// Dates are in whole seconds, so a smaller difference can't be told from none.
const SMALLEST_MILLIS: u64 = 1_000;

/// What to add to this computer's clock, in milliseconds. Nothing until something was learnt.
#[derive(Debug, Default)]
pub(super) struct Skew(AtomicI64);

impl Skew {
    /// The provider's time at this moment of the own clock.
    pub(super) fn correct(&self, now: SystemTime) -> SystemTime {
        let millis = self.0.load(Ordering::Relaxed);
        let difference = Duration::from_millis(millis.unsigned_abs());
        let corrected = if millis < 0 {
            now.checked_sub(difference)
        } else {
            now.checked_add(difference)
        };
        corrected.unwrap_or(now)
    }

    /// Learns from the date of an answer to a request that was sent at `now`, by the own clock, and `signed` with the corrected one.
    /// `false` if the date agrees with what was signed, or is of no use: then sending it again is of no use either.
    pub(super) fn learn(
        &self,
        headers: &HeaderMap,
        now: SystemTime,
        signed: SystemTime,
        took: Duration,
    ) -> bool {
        let date = headers.get(DATE).and_then(|date| date.to_str().ok());
        let Some(date) = date.and_then(http_date) else {
            return false;
        };
        if took > SLOWEST_ANSWER {
            return false;
        }
        // The provider wrote the date in the middle of the way, and left out half a second on average.
        let way = i64::try_from(took.as_millis() / 2).unwrap_or_default();
        let theirs = unix_millis(date).saturating_add(500 - way);
        if theirs.abs_diff(unix_millis(signed)) < SMALLEST_MILLIS {
            return false;
        }
        let difference = theirs.saturating_sub(unix_millis(now));
        self.0.store(difference, Ordering::Relaxed);
        true
    }
}

fn unix_millis(time: SystemTime) -> i64 {
    let millis = |time: Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => millis(since),
        Err(before) => -millis(before.duration()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tue, 14 Nov 2023 22:13:20 GMT
    const NOW: u64 = 1_700_000_000;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn dated(date: &str) -> HeaderMap {
        HeaderMap::from_iter([(DATE, date.parse().unwrap())])
    }

    #[test]
    fn the_date_is_that_of_the_middle_of_the_way() {
        let headers = dated("Tue, 14 Nov 2023 22:13:20 GMT");
        for (sent, took, correction) in [
            (NOW - 3_600, 0, 3_600_500),
            (NOW + 3_600, 0, -3_599_500),
            (NOW - 3_600, 10, 3_595_500),
            (NOW - 3_600, 30, 3_585_500),
        ] {
            let skew = Skew::default();
            let took = Duration::from_secs(took);
            assert!(skew.learn(&headers, at(sent), at(sent), took));
            assert_eq!(skew.0.into_inner(), correction);
        }
    }

    #[test]
    fn what_says_nothing_changes_nothing() {
        let now = "Tue, 14 Nov 2023 22:13:20 GMT";
        for (headers, sent, took) in [
            (HeaderMap::new(), NOW - 3_600, 0),
            (dated("yesterday"), NOW - 3_600, 0),
            (dated(now), NOW - 3_600, 31),
            (dated(now), NOW, 0),
            (dated(now), NOW + 1, 0),
        ] {
            let skew = Skew::default();
            let took = Duration::from_secs(took);
            assert!(!skew.learn(&headers, at(sent), at(sent), took));
            assert_eq!(skew.correct(at(sent)), at(sent));
        }
    }

    #[test]
    fn what_another_call_has_learnt_meanwhile_helps_too() {
        let skew = Skew::default();
        let learn = |sent| {
            let headers = dated("Tue, 14 Nov 2023 22:13:20 GMT");
            skew.learn(&headers, at(sent), at(sent), Duration::ZERO)
        };
        assert!(learn(NOW - 900) && learn(NOW - 900));
    }

    #[test]
    fn what_is_known_is_not_learnt_again() {
        let skew = Skew::default();
        let learn = |sent, date| {
            let signed = skew.correct(at(sent));
            skew.learn(&dated(date), at(sent), signed, Duration::ZERO)
        };
        assert!(learn(NOW - 900, "Tue, 14 Nov 2023 22:13:20 GMT"));
        assert!(!learn(NOW - 890, "Tue, 14 Nov 2023 22:13:30 GMT"));
        // Somebody has set the clock right.
        assert!(learn(NOW + 20, "Tue, 14 Nov 2023 22:13:40 GMT"));
        assert_eq!(skew.correct(at(NOW)), at(NOW) + Duration::from_millis(500));
    }
}
