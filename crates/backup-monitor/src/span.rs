//! Spans of time as people write and read them: `26h`, `1d 2h`.

use std::time::Duration;

/// The units of [`short`], the longest first, in seconds.
const UNITS: &[(u64, &str)] = &[(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")];

/// Reads `26h`, `90m`, `1d 12h`. Nothing and an eternity are no limits that anybody means.
///
/// # Errors
///
/// What to write instead, in words.
pub(crate) fn read(text: &str) -> Result<Duration, String> {
    match humantime::parse_duration(text) {
        Ok(span) if span < Duration::from_secs(1) => Err("it is shorter than a second".to_owned()),
        Ok(span) => Ok(span),
        Err(_) => Err("write a number and a unit, as in `90m`, `26h` or `7d`".to_owned()),
    }
}

/// The two longest units of it: `3d 4h`, `26m`, `0s`.
pub(crate) fn short(span: Duration) -> String {
    let mut rest = span.as_secs();
    let mut parts = Vec::new();
    for &(seconds, unit) in UNITS {
        let number = rest / seconds;
        rest %= seconds;
        if number > 0 {
            parts.push(format!("{number}{unit}"));
        } else if !parts.is_empty() {
            break;
        }
        if parts.len() == 2 {
            break;
        }
    }
    if parts.is_empty() {
        return "0s".to_owned();
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_shown_alike() {
        for (text, seconds, shown) in [
            ("26h", 26 * 3_600, "1d 2h"),
            ("90m", 5_400, "1h 30m"),
            ("1d 12h", 36 * 3_600, "1d 12h"),
            ("7d", 7 * 86_400, "7d"),
            ("45s", 45, "45s"),
        ] {
            let span = read(text).unwrap();
            assert_eq!(span, Duration::from_secs(seconds));
            assert_eq!(short(span), shown);
        }
    }

    #[test]
    fn two_units_are_enough_and_they_are_neighbours() {
        let shown = |seconds| short(Duration::from_secs(seconds));
        assert_eq!(shown(0), "0s");
        assert_eq!(shown(86_400 + 5), "1d");
        assert_eq!(shown(2 * 86_400 + 3 * 3_600 + 59 * 60), "2d 3h");
    }

    #[test]
    fn what_is_no_limit_is_refused() {
        for text in ["", "26", "h", "26 elephants", "0s", "500ms", "-1h"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
