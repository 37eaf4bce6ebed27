//! The time that the emulator goes by: signatures, expiries and the header `Date` all use it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Some years before calendars run out of digits. The clock shows no time outside 1970 and this.
const LAST_MOMENT: Duration = Duration::from_secs(253_000_000_000);

/// A clock, and how far it is put wrong. Clones are the same clock.
#[derive(Debug, Clone)]
pub struct Clock {
    /// The moment at which the clock stands still; `None` for one that runs.
    stands_at: Option<SystemTime>,
    shift: Arc<AtomicI64>,
}

impl Clock {
    /// This computer's clock.
    pub fn system() -> Self {
        Self {
            stands_at: None,
            shift: Arc::default(),
        }
    }

    /// A clock that stands still, and moves only by [`shift`](Self::shift).
    pub fn stopped_at(moment: SystemTime) -> Self {
        Self {
            stands_at: Some(moment),
            shift: Arc::default(),
        }
    }

    /// What the clock shows.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place of the emulator that reads the clock"
    )]
    pub fn now(&self) -> SystemTime {
        let base = self.stands_at.unwrap_or_else(SystemTime::now);
        let seconds = self.shift_seconds();
        let distance = Duration::from_secs(seconds.unsigned_abs());
        let shifted = if seconds < 0 {
            base.checked_sub(distance)
        } else {
            base.checked_add(distance)
        };
        let last = SystemTime::UNIX_EPOCH + LAST_MOMENT;
        shifted.unwrap_or(base).clamp(SystemTime::UNIX_EPOCH, last)
    }

    /// Puts the clock wrong by so many seconds, ahead or (negative) behind. 0 puts it right again.
    pub fn shift(&self, seconds: i64) {
        self.shift.store(seconds, Ordering::Relaxed);
    }

    /// By how many seconds the clock is wrong.
    pub fn shift_seconds(&self) -> i64 {
        self.shift.load(Ordering::Relaxed)
    }
}

/// Whole seconds since 1970; negative before it.
pub(crate) fn unix_seconds(time: SystemTime) -> i64 {
    OffsetDateTime::from(time).unix_timestamp()
}

/// `2023-11-14T22:13:20Z`
pub(crate) fn date_time(time: SystemTime) -> String {
    OffsetDateTime::from_unix_timestamp(unix_seconds(time))
        .ok()
        .and_then(|time| time.format(&Rfc3339).ok())
        .unwrap_or_default()
}

/// Reads `2023-11-14T22:13:20Z`.
pub(crate) fn parse_date_time(text: &str) -> Option<SystemTime> {
    let is_utc = text.len() == 20 && text.ends_with('Z');
    is_utc
        .then(|| OffsetDateTime::parse(text, &Rfc3339).ok())?
        .map(SystemTime::from)
}

/// The date in UTC of a moment in seconds since 1970: `2023-11-14`. Empty outside the calendar.
pub(crate) fn utc_date(seconds: i64) -> String {
    OffsetDateTime::from_unix_timestamp(seconds)
        .map(|time| time.date().to_string())
        .unwrap_or_default()
}
