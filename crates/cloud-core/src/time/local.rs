//! What a calendar or a clock on a wall shows: dates and times of the day, without a zone.

use std::fmt;

use super::civil;

/// A date without a zone: `2024-03-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalDate {
    year: u16,
    month: u8,
    day: u8,
}

impl LocalDate {
    /// The date, if the calendar has it; years go up to 9999.
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        if year > 9_999 || day == 0 || day > civil::days_of_month(year, month) {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// The year, 0 to 9999.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub const fn day(self) -> u8 {
        self.day
    }
}

impl fmt::Display for LocalDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{:04}-{:02}-{:02}",
            self.year, self.month, self.day
        )
    }
}

/// A time of the day without a zone: `02:30`, or `02:30:15` where the seconds matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime {
    hour: u8,
    minute: u8,
    second: u8,
}

impl LocalTime {
    /// The time, if the day has it: from 00:00:00 to 23:59:59.
    pub const fn new(hour: u8, minute: u8, second: u8) -> Option<Self> {
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        Some(Self {
            hour,
            minute,
            second,
        })
    }

    /// The hour, 0 to 23.
    pub const fn hour(self) -> u8 {
        self.hour
    }

    /// The minute, 0 to 59.
    pub const fn minute(self) -> u8 {
        self.minute
    }

    /// The second, 0 to 59.
    pub const fn second(self) -> u8 {
        self.second
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}:{:02}", self.hour, self.minute)?;
        if self.second == 0 {
            Ok(())
        } else {
            write!(formatter, ":{:02}", self.second)
        }
    }
}

/// A part of every day: `02:00-06:00`. One that ends before it starts goes past midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTimeRange {
    start: LocalTime,
    end: LocalTime,
}

impl LocalTimeRange {
    /// From one time of the day to another.
    pub const fn new(start: LocalTime, end: LocalTime) -> Self {
        Self { start, end }
    }

    /// When it begins.
    pub const fn start(self) -> LocalTime {
        self.start
    }

    /// When it ends; the next day, if that is before it begins.
    pub const fn end(self) -> LocalTime {
        self.end
    }
}

impl fmt::Display for LocalTimeRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}", self.start, self.end)
    }
}
