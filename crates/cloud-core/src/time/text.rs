//! Dates and times of the day as text.

use std::error::Error as StdError;
use std::fmt;
use std::str::FromStr;

use super::{LocalDate, LocalDateTime, LocalTime, LocalTimeRange};
use crate::record::{FromText, TextFormat};

/// The text is not a time of the kind that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidTime {
    expects: &'static str,
}

impl fmt::Display for InvalidTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "expected {}", self.expects)
    }
}

impl StdError for InvalidTime {}

macro_rules! text_on_the_wire {
    ($type:ident, $parse:ident, $expects:literal) => {
        impl TextFormat for $type {
            const EXPECTS: &'static str = $expects;

            fn format(&self) -> String {
                self.to_string()
            }
        }

        impl FromText for $type {
            fn parse(text: &str) -> Option<Self> {
                $parse(text)
            }
        }

        impl FromStr for $type {
            type Err = InvalidTime;

            fn from_str(text: &str) -> Result<Self, InvalidTime> {
                $parse(text).ok_or(InvalidTime {
                    expects: <Self as TextFormat>::EXPECTS,
                })
            }
        }
    };
}

text_on_the_wire!(
    LocalDateTime,
    date_time,
    "a time such as 2024-03-01 08:00:00"
);
text_on_the_wire!(LocalDate, date, "a date such as 2024-03-01");
text_on_the_wire!(LocalTime, time, "a time of the day such as 02:30");
text_on_the_wire!(
    LocalTimeRange,
    time_range,
    "a part of the day such as 02:00-06:00"
);

fn date_time(text: &str) -> Option<LocalDateTime> {
    let (day, clock) = text.split_once([' ', 'T'])?;
    Some(LocalDateTime::of(date(day)?, time(clock)?))
}

fn date(text: &str) -> Option<LocalDate> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    LocalDate::new(digits(year, 4)?, two_digits(month)?, two_digits(day)?)
}

fn time(text: &str) -> Option<LocalTime> {
    let (hour, rest) = text.split_once(':')?;
    let (minute, second) = rest.split_once(':').unwrap_or((rest, "00"));
    LocalTime::new(two_digits(hour)?, two_digits(minute)?, two_digits(second)?)
}

fn time_range(text: &str) -> Option<LocalTimeRange> {
    let (start, end) = text.split_once('-')?;
    Some(LocalTimeRange::new(time(start)?, time(end)?))
}

fn two_digits(text: &str) -> Option<u8> {
    digits(text, 2)?.try_into().ok()
}

/// A number with exactly so many digits and nothing else: `parse` alone would take a sign.
fn digits(text: &str, count: usize) -> Option<u16> {
    let is_number = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}
