//! The calendar: seconds since 1970 as dates in UTC, and back.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Four centuries have the same number of days wherever they begin, and their years follow the same pattern.
const DAYS_OF_ERA: i64 = 146_097;

/// The days from 1 March of the year 0 to 1 January 1970.
const DAYS_TO_1970: i64 = 719_468;

pub(super) const SECONDS_OF_DAY: i64 = 86_400;

/// A moment in UTC, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Utc {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
    pub(super) second_of_day: i64,
}

impl Utc {
    pub(crate) fn from_unix(seconds: i64) -> Self {
        let (days, second_of_day) = (
            seconds.div_euclid(SECONDS_OF_DAY),
            seconds.rem_euclid(SECONDS_OF_DAY),
        );
        // Counted from 1 March, so that the leap day is the last day of its year.
        let days = days + DAYS_TO_1970;
        let (era, day_of_era) = (days.div_euclid(DAYS_OF_ERA), days.rem_euclid(DAYS_OF_ERA));
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        // March is month 0; five months in a row have 153 days.
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        Self {
            year,
            month,
            day,
            second_of_day,
        }
    }

    /// The way back. The date must be one of the calendar, and its year have no more digits than a `u16`.
    pub(super) fn to_unix(self) -> i64 {
        let year = self.year - i64::from(self.month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let shifted_month = (self.month + 9) % 12;
        let day_of_year = (153 * shifted_month + 2) / 5 + self.day - 1;
        let day_of_era = 365 * year_of_era + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let days = era * DAYS_OF_ERA + day_of_era - DAYS_TO_1970;
        days * SECONDS_OF_DAY + self.second_of_day
    }

    /// Whether the year can be written as calendars write it.
    pub(super) fn has_four_digits(self) -> bool {
        (0..=9_999).contains(&self.year)
    }

    /// `2023-11-14`
    pub(crate) fn date(self) -> String {
        let mut out = String::with_capacity(10);
        self.push_date(&mut out);
        out
    }

    /// `2023-11-14T22:13:20`
    pub(super) fn date_time_without_zone(self) -> String {
        let mut out = String::with_capacity(24);
        self.push_date(&mut out);
        let (hour, minute, second) = (
            self.second_of_day / 3_600,
            self.second_of_day / 60 % 60,
            self.second_of_day % 60,
        );
        for (separator, number) in [('T', hour), (':', minute), (':', second)] {
            out.push(separator);
            push_two_digits(&mut out, number);
        }
        out
    }

    /// `2023-11-14T22:13:20Z`
    pub(crate) fn date_time(self) -> String {
        let mut out = self.date_time_without_zone();
        out.push('Z');
        out
    }

    fn push_date(self, out: &mut String) {
        let mut buffer = itoa::Buffer::new();
        let year = buffer.format(self.year);
        out.extend(std::iter::repeat_n('0', 4_usize.saturating_sub(year.len())));
        out.push_str(year);
        for number in [self.month, self.day] {
            out.push('-');
            push_two_digits(out, number);
        }
    }
}

fn push_two_digits(out: &mut String, number: i64) {
    if number < 10 {
        out.push('0');
    }
    out.push_str(itoa::Buffer::new().format(number));
}

/// How many days a month has; 0 if there is no such month.
pub(super) const fn days_of_month(year: u16, month: u8) -> u8 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// Whole seconds since 1970, rounded towards the past; negative before it.
pub(crate) fn unix_seconds(time: SystemTime) -> i64 {
    unix_units(time, 1_000_000_000)
}

/// The same in milliseconds.
pub(super) fn unix_millis(time: SystemTime) -> i64 {
    unix_units(time, 1_000_000)
}

fn unix_units(time: SystemTime, nanoseconds: i128) -> i64 {
    let whole = |duration: Duration| i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX);
    let since = match time.duration_since(UNIX_EPOCH) {
        Ok(since) => whole(since),
        Err(before) => -whole(before.duration()),
    };
    i64::try_from(since.div_euclid(nanoseconds)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_around_the_edges_of_the_calendar() {
        for (seconds, date) in [
            (0, "1970-01-01"),
            (-62_167_219_200, "0000-01-01"),
            (-62_162_035_201, "0000-02-29"),
            (253_402_300_799, "9999-12-31"),
            (-1, "1969-12-31"),
            (86_399, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_700_000_000, "2023-11-14"),
            (1_709_164_800, "2024-02-29"),
            (1_735_689_599, "2024-12-31"),
            (4_107_542_400, "2100-03-01"),
        ] {
            assert_eq!(Utc::from_unix(seconds).date(), date, "{seconds}");
            assert_eq!(Utc::from_unix(seconds).to_unix(), seconds, "{date}");
        }
    }

    #[test]
    fn times_of_the_day() {
        assert_eq!(
            Utc::from_unix(1_700_000_000).date_time(),
            "2023-11-14T22:13:20Z"
        );
        assert_eq!(Utc::from_unix(0).date_time(), "1970-01-01T00:00:00Z");
        assert_eq!(Utc::from_unix(86_399).date_time(), "1970-01-01T23:59:59Z");
    }
}
