//! Moments counted from 1970.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::LocalDateTime;
use super::civil::{self, Utc};
use crate::record::{AsValue, FromScalar, FromText, Scalar, TextFormat, Value};

/// A moment in whole seconds since 1970, as providers count it. `Display` is the moment in UTC.
///
/// ```
/// # use cloud_core::UnixSeconds;
/// let moment = UnixSeconds(1_709_280_000);
/// assert_eq!(moment.to_string(), "2024-03-01T08:00:00Z");
/// // Beijing is eight hours ahead.
/// let there = moment.to_local(8 * 3_600).ok_or("no such year")?;
/// assert_eq!(there.to_string(), "2024-03-01 16:00:00");
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixSeconds(pub i64);

impl UnixSeconds {
    /// The moment as the standard library has it; `None` if that reaches less far.
    pub fn to_system_time(self) -> Option<SystemTime> {
        from_1970(self.0 < 0, Duration::from_secs(self.0.unsigned_abs()))
    }

    /// What a clock shows that is this many seconds ahead of UTC; `None` outside the years 0 to 9999.
    pub fn to_local(self, offset_seconds: i32) -> Option<LocalDateTime> {
        LocalDateTime::from_utc(Utc::from_unix(
            self.0.checked_add(i64::from(offset_seconds))?,
        ))
    }
}

impl From<SystemTime> for UnixSeconds {
    fn from(time: SystemTime) -> Self {
        Self(civil::unix_seconds(time))
    }
}

impl fmt::Display for UnixSeconds {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let utc = Utc::from_unix(self.0);
        if utc.has_four_digits() {
            formatter.write_str(&utc.date_time())
        } else {
            fmt::Display::fmt(&self.0, formatter)
        }
    }
}

/// A moment in milliseconds since 1970, as providers count it. `Display` is the moment in UTC.
///
/// ```
/// let moment = cloud_core::UnixMillis(1_709_280_000_123);
/// assert_eq!(moment.to_string(), "2024-03-01T08:00:00.123Z");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// The moment as the standard library has it; `None` if that reaches less far.
    pub fn to_system_time(self) -> Option<SystemTime> {
        from_1970(self.0 < 0, Duration::from_millis(self.0.unsigned_abs()))
    }
}

impl From<SystemTime> for UnixMillis {
    fn from(time: SystemTime) -> Self {
        Self(civil::unix_millis(time))
    }
}

impl fmt::Display for UnixMillis {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let utc = Utc::from_unix(self.0.div_euclid(1_000));
        if utc.has_four_digits() {
            let second = utc.date_time_without_zone();
            write!(formatter, "{second}.{:03}Z", self.0.rem_euclid(1_000))
        } else {
            fmt::Display::fmt(&self.0, formatter)
        }
    }
}

fn from_1970(is_before: bool, distance: Duration) -> Option<SystemTime> {
    if is_before {
        UNIX_EPOCH.checked_sub(distance)
    } else {
        UNIX_EPOCH.checked_add(distance)
    }
}

macro_rules! integer_on_the_wire {
    ($type:ident, $expects:literal) => {
        impl From<i64> for $type {
            fn from(number: i64) -> Self {
                Self(number)
            }
        }

        impl AsValue for $type {
            fn value(&self) -> Value<'_> {
                Value::I64(self.0)
            }
        }

        impl FromScalar for $type {
            const EXPECTS: &'static str = $expects;

            fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
                i64::from_scalar(scalar).map(Self)
            }
        }

        impl TextFormat for $type {
            const EXPECTS: &'static str = <Self as FromScalar>::EXPECTS;

            fn format(&self) -> String {
                self.0.to_string()
            }
        }

        impl FromText for $type {
            fn parse(text: &str) -> Option<Self> {
                Self::from_scalar(Scalar::Text(text))
            }
        }

        crate::scalar_field!($type);
    };
}

integer_on_the_wire!(UnixSeconds, "a time in seconds since 1970");
integer_on_the_wire!(UnixMillis, "a time in milliseconds since 1970");
