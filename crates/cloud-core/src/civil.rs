//! Calendar dates of the signatures: seconds since 1970 as UTC.

use std::time::{SystemTime, UNIX_EPOCH};

/// A moment in UTC, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Utc {
    year: i64,
    month: i64,
    day: i64,
    second_of_day: i64,
}

impl Utc {
    pub(crate) fn from_unix(seconds: i64) -> Self {
        let (days, second_of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        // Counted from 1 March of the year 0, so that the leap day is the last day of its year. 400 years have 146,097 days.
        let days = days + 719_468;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
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

    /// `2023-11-14`
    pub(crate) fn date(self) -> String {
        let mut out = String::with_capacity(10);
        self.push_date(&mut out);
        out
    }

    /// `2023-11-14T22:13:20Z`
    #[cfg(feature = "aliyun")]
    pub(crate) fn date_time(self) -> String {
        let mut out = String::with_capacity(20);
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
        out.push('Z');
        out
    }

    fn push_date(self, out: &mut String) {
        out.push_str(itoa::Buffer::new().format(self.year));
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

/// Seconds since 1970; negative before it.
pub(crate) fn unix_seconds(time: SystemTime) -> i64 {
    let whole =
        |duration: std::time::Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => whole(since),
        Err(before) => -whole(before.duration()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_around_the_edges_of_the_calendar() {
        for (seconds, date) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (86_399, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_700_000_000, "2023-11-14"),
            (1_709_164_800, "2024-02-29"),
            (1_735_689_599, "2024-12-31"),
            (4_107_542_400, "2100-03-01"),
        ] {
            assert_eq!(Utc::from_unix(seconds).date(), date, "{seconds}");
        }
    }

    #[cfg(feature = "aliyun")]
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
