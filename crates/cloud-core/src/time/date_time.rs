//! What a calendar and a clock show together.

use std::fmt;

use super::civil::Utc;
use super::{LocalDate, LocalTime, UnixSeconds};

/// A date and a time of the day without a zone: `2024-03-01 08:00:00`.
///
/// The providers' texts don't say of which clock they are. Most are of Beijing's, which is eight hours ahead of UTC:
///
/// ```
/// # use cloud_core::LocalDateTime;
/// let shown: LocalDateTime = "2024-03-01 08:00:00".parse()?;
/// let moment = shown.at_offset(8 * 3_600);
/// assert_eq!(moment.to_string(), "2024-03-01T00:00:00Z");
/// # Ok::<(), cloud_core::InvalidTime>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalDateTime {
    date: LocalDate,
    time: LocalTime,
}

impl LocalDateTime {
    /// The time, if calendar and clock have it.
    pub const fn new(
        year: u16,
        month: u8,
        day: u8,
        hour: u8,
        minute: u8,
        second: u8,
    ) -> Option<Self> {
        match (
            LocalDate::new(year, month, day),
            LocalTime::new(hour, minute, second),
        ) {
            (Some(date), Some(time)) => Some(Self { date, time }),
            _ => None,
        }
    }

    /// A time of a day.
    pub const fn of(date: LocalDate, time: LocalTime) -> Self {
        Self { date, time }
    }

    /// The day.
    pub const fn date(self) -> LocalDate {
        self.date
    }

    /// The time of the day.
    pub const fn time(self) -> LocalTime {
        self.time
    }

    /// The year, 0 to 9999.
    pub const fn year(self) -> u16 {
        self.date.year()
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.date.month()
    }

    /// The day of the month, from 1.
    pub const fn day(self) -> u8 {
        self.date.day()
    }

    /// The hour, 0 to 23.
    pub const fn hour(self) -> u8 {
        self.time.hour()
    }

    /// The minute, 0 to 59.
    pub const fn minute(self) -> u8 {
        self.time.minute()
    }

    /// The second, 0 to 59.
    pub const fn second(self) -> u8 {
        self.time.second()
    }

    /// The moment when a clock shows this that is so many seconds ahead of UTC: 28,800 in China.
    pub fn at_offset(self, offset_seconds: i32) -> UnixSeconds {
        let utc = Utc {
            year: i64::from(self.year()),
            month: i64::from(self.month()),
            day: i64::from(self.day()),
            second_of_day: i64::from(self.hour()) * 3_600
                + i64::from(self.minute()) * 60
                + i64::from(self.second()),
        };
        UnixSeconds(utc.to_unix() - i64::from(offset_seconds))
    }

    /// `None` outside the years 0 to 9999.
    pub(super) fn from_utc(utc: Utc) -> Option<Self> {
        let small = |number: i64| u8::try_from(number).ok();
        Self::new(
            u16::try_from(utc.year).ok()?,
            small(utc.month)?,
            small(utc.day)?,
            small(utc.second_of_day / 3_600)?,
            small(utc.second_of_day / 60 % 60)?,
            small(utc.second_of_day % 60)?,
        )
    }
}

impl fmt::Display for LocalDateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The seconds are always there, other than in a time of the day alone.
        let (hour, minute, second) = (self.hour(), self.minute(), self.second());
        write!(formatter, "{} {hour:02}:{minute:02}:{second:02}", self.date)
    }
}
