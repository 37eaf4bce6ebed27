//! The difference between this computer's clock and the provider's, learnt when a signature was refused for its time.

use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use http::header::DATE;

use crate::time::http_date::http_date;

/// In an answer that took longer, the middle of its way says too little about when the provider wrote the date.
const SLOWEST_ANSWER: Duration = Duration::from_secs(30);

/// Dates are in whole seconds, so a smaller difference can't be told from none.
const SMALLEST_MILLIS: u64 = 1_000;

/// So many signatures in a row with a corrected time are refused before the correction counts as wrong, whatever the dates say.
const MOST_REFUSED: u32 = 3;

/// A moment, by the clock of this computer and by that of the provider as far as it is known. Either may be wrong.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) own: SystemTime,
    pub(crate) provider: SystemTime,
}

impl Moment {
    /// Whether both clocks have passed that time.
    pub(crate) fn is_past(self, time: SystemTime) -> bool {
        time <= self.own && time <= self.provider
    }
}

/// What to add to this computer's clock. Nothing until something was learnt.
#[derive(Debug, Default)]
pub(crate) struct Skew {
    millis: AtomicI64,
    /// How many signatures with a corrected time were refused for it since the last that was not.
    refused: AtomicU32,
}

impl Skew {
    /// The provider's time at this moment of the own clock.
    pub(crate) fn correct(&self, now: SystemTime) -> SystemTime {
        let millis = self.millis.load(Ordering::Relaxed);
        let difference = Duration::from_millis(millis.unsigned_abs());
        let corrected = if millis < 0 {
            now.checked_sub(difference)
        } else {
            now.checked_add(difference)
        };
        corrected.unwrap_or(now)
    }

    /// The provider has accepted the time of a signature.
    pub(super) fn accepted(&self) {
        if self.refused.load(Ordering::Relaxed) > 0 {
            self.refused.store(0, Ordering::Relaxed);
        }
    }

    /// Learns from an answer that refuses the time of a signature. The request was sent at `now`, by the own clock, and `signed` with
    /// the corrected one. A correction that was refused is forgotten if the date of the answer gives no other one, or if too many of
    /// them were refused: then the dates are wrong, and the own clock is tried again.
    ///
    /// `false` if the next request would be signed with the same time again.
    pub(super) fn learn(
        &self,
        headers: &HeaderMap,
        now: SystemTime,
        signed: SystemTime,
        took: Duration,
    ) -> bool {
        let correction = unix_millis(signed).saturating_sub(unix_millis(now));
        let is_corrected = correction != 0;
        let refused = match is_corrected {
            true => self.refused.fetch_add(1, Ordering::Relaxed) + 1,
            false => 0,
        };
        let theirs = provider_millis(headers, took)
            .filter(|theirs| theirs.abs_diff(unix_millis(signed)) >= SMALLEST_MILLIS)
            .filter(|_| refused < MOST_REFUSED);
        match theirs {
            Some(theirs) => {
                let difference = theirs.saturating_sub(unix_millis(now));
                self.millis.store(difference, Ordering::Relaxed);
            }
            None if is_corrected => self.forget(correction),
            None => return false,
        }
        true
    }

    /// Forgets a correction, unless another call has learnt something else meanwhile.
    fn forget(&self, correction: i64) {
        let relaxed = Ordering::Relaxed;
        let forgotten = self
            .millis
            .compare_exchange(correction, 0, relaxed, relaxed);
        if forgotten.is_ok() {
            self.accepted();
        }
    }
}

/// When the provider received the request, by its own clock, as far as the answer says it.
fn provider_millis(headers: &HeaderMap, took: Duration) -> Option<i64> {
    if took > SLOWEST_ANSWER {
        return None;
    }
    let date = http_date(headers.get(DATE)?.to_str().ok()?)?;
    // The provider wrote the date in the middle of the way, and left out half a second on average.
    let way = i64::try_from(took.as_millis() / 2).unwrap_or_default();
    Some(unix_millis(date).saturating_add(500 - way))
}

fn unix_millis(time: SystemTime) -> i64 {
    let millis = |time: Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => millis(since),
        // Rounded down like the others, so that differences stay what they are.
        Err(before) => -millis(before.duration() + Duration::from_nanos(999_999)),
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
            assert_eq!(skew.millis.into_inner(), correction);
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
    fn a_clock_that_was_set_right_is_learnt_again() {
        let skew = Skew::default();
        let learn = |sent, date| {
            let signed = skew.correct(at(sent));
            skew.learn(&dated(date), at(sent), signed, Duration::ZERO)
        };
        assert!(learn(NOW - 900, "Tue, 14 Nov 2023 22:13:20 GMT"));
        assert!(learn(NOW + 20, "Tue, 14 Nov 2023 22:13:40 GMT"));
        assert_eq!(skew.correct(at(NOW)), at(NOW) + Duration::from_millis(500));
    }

    #[test]
    fn a_correction_that_did_not_help_is_forgotten() {
        let wrong = "Tue, 14 Nov 2023 23:13:20 GMT";
        for useless in [dated(wrong), dated("yesterday"), HeaderMap::new()] {
            let skew = Skew::default();
            let learn = |headers: &HeaderMap| {
                let signed = skew.correct(at(NOW));
                skew.learn(headers, at(NOW), signed, Duration::ZERO)
            };
            assert!(learn(&dated(wrong)));
            assert!(learn(&useless));
            assert_eq!(skew.correct(at(NOW)), at(NOW));
        }
    }

    #[test]
    fn dates_that_are_always_wrong_are_not_believed_for_ever() {
        let skew = Skew::default();
        // Written two minutes after the last one each time, and hours away.
        let tried: Vec<bool> = (0..5)
            .map(|minutes| {
                let date = format!("Tue, 14 Nov 2023 23:1{}:20 GMT", 2 * minutes);
                let now = at(NOW);
                let signed = skew.correct(now);
                skew.learn(&dated(&date), now, signed, Duration::ZERO);
                signed == now
            })
            .collect();
        assert_eq!(tried, [true, false, false, false, true]);
    }

    #[test]
    fn what_another_call_has_learnt_is_not_forgotten() {
        let skew = Skew::default();
        let wrong = dated("Wed, 15 Nov 2023 00:13:20 GMT");
        assert!(skew.learn(&wrong, at(NOW), at(NOW), Duration::ZERO));
        let signed = skew.correct(at(NOW));
        let right = dated("Tue, 14 Nov 2023 22:43:20 GMT");
        assert!(skew.learn(&right, at(NOW), signed, Duration::ZERO));
        assert!(skew.learn(&wrong, at(NOW), signed, Duration::ZERO));
        assert_ne!(skew.correct(at(NOW)), at(NOW));
    }
}
