//! The forms that some texts of a spec keep.

use super::shape::Form;
use crate::model::RateLimit;

/// A day: `2023-08-08`.
pub const DATE: Form = Form {
    what: "a date",
    example: "2023-08-08",
    fits: is_date,
    pattern: r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
};

/// An address on the web.
pub const URL: Form = Form {
    what: "an address",
    example: "https://example.com/page",
    fits: is_url,
    pattern: r"^https?://\S+$",
};

/// How often something may be called.
pub const RATE: Form = Form {
    what: "a rate per s, min, h or day",
    example: "20/s",
    fits: is_rate,
    pattern: r"^[1-9][0-9]*/(s|min|h|day)$",
};

/// How long to wait.
pub const INTERVAL: Form = Form {
    what: "a time in s or min",
    example: "5s",
    fits: is_interval,
    pattern: r"^[1-9][0-9]*(s|min)$",
};

/// Members of an answer, from the answer down.
pub const PATH: Form = Form {
    what: "a path",
    example: "BackupSet[].Status",
    fits: is_path,
    pattern: r"^[^\s.\[\]]+(\[\])?(\.[^\s.\[\]]+(\[\])?)*$",
};

/// A member of an answer, or of a record in it.
pub const MEMBER: Form = Form {
    example: "Result.Items",
    ..PATH
};

/// A name in Rust of a field.
pub const FIELD_NAME: Form = Form {
    what: "a name in small letters, digits and single `_`",
    example: "vault_count",
    fits: is_field_name,
    pattern: r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$",
};

/// A host, with `{region}` where the region belongs.
pub const HOST: Form = Form {
    what: "a host",
    example: "redis.{region}.example.com",
    fits: is_host,
    pattern: r"^([a-z0-9-]|\{region\})+(\.([a-z0-9-]|\{region\})+)+$",
};

/// A word under which a crate is found.
pub const KEYWORD: Form = Form {
    what: "a keyword of crates.io (at most 20 letters, digits, `-`, `_` or `+`)",
    example: "redis",
    fits: is_keyword,
    pattern: r"^[A-Za-z0-9][A-Za-z0-9_+-]{0,19}$",
};

/// Whether a text is a day of the calendar: `2024-02-29`.
pub fn is_date(text: &str) -> bool {
    let number = |part: &str, digits: usize| {
        (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<u32>().unwrap_or(0))
    };
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let Some((year, month, day)) =
        number(year, 4).and_then(|year| Some((year, number(month, 2)?, number(day, 2)?)))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => 0,
    };
    (1..=days).contains(&day)
}

fn is_url(text: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| {
        text.strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
    })
}

fn is_rate(text: &str) -> bool {
    rate(text).is_some()
}

/// The rate that a text says.
pub fn rate(text: &str) -> Option<RateLimit> {
    let (calls, unit) = text.split_once('/')?;
    let calls = calls.parse().ok().filter(|calls| *calls > 0)?;
    let seconds = seconds_of(unit)?;
    Some(RateLimit { calls, seconds })
}

/// How many seconds a unit of time has.
fn seconds_of(unit: &str) -> Option<u32> {
    match unit {
        "s" => Some(1),
        "min" => Some(60),
        "h" => Some(60 * 60),
        "day" => Some(24 * 60 * 60),
        _ => None,
    }
}

fn is_interval(text: &str) -> bool {
    interval(text).is_some()
}

/// The seconds that a time to wait has: `2min`.
pub fn interval(text: &str) -> Option<u32> {
    let unit_at = text.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = text.split_at_checked(unit_at)?;
    let seconds = match unit {
        "s" | "min" => seconds_of(unit)?,
        _ => return None,
    };
    let count: u32 = count.parse().ok()?;
    count
        .checked_mul(seconds)
        .filter(|_| !text.starts_with('0'))
}

/// Whether a text is a path, wherever it leads.
pub fn is_path(text: &str) -> bool {
    text.split('.').all(|step| {
        let name = step.strip_suffix("[]").unwrap_or(step);
        !name.is_empty() && !name.contains(|c: char| c == '[' || c == ']' || c.is_whitespace())
    })
}

/// Whether a text is a name of a field in Rust as one writes it: `vault_count`.
pub fn is_field_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.split('_').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

fn is_host(text: &str) -> bool {
    let host = text.replace("{region}", "region");
    host.contains('.')
        && host.split('.').all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        })
}

fn is_keyword(text: &str) -> bool {
    text.len() <= 20
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_+".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::Regex;

    #[test]
    fn each_form_knows_its_example() {
        for form in [
            DATE, URL, RATE, INTERVAL, PATH, MEMBER, FIELD_NAME, HOST, KEYWORD,
        ] {
            assert!((form.fits)(form.example), "{}", form.what);
            let pattern = Regex::new(form.pattern).unwrap();
            assert!(pattern.is_match(form.example), "{}", form.what);
        }
    }

    #[test]
    fn rates_and_times_are_read() {
        let rate_of = |calls, seconds| Some(RateLimit { calls, seconds });
        assert_eq!(rate("20/s"), rate_of(20, 1));
        assert_eq!(rate("1/day"), rate_of(1, 86_400));
        assert_eq!(interval("5s"), Some(5));
        assert_eq!(interval("2min"), Some(120));
        assert_eq!(interval("99999999min"), None);
    }

    #[test]
    fn each_form_knows_what_is_wrong() {
        for (form, wrong) in [
            (
                DATE,
                ["2023-02-29", "2023-8-8", "2023-08-08T00:00", "0000-00-00"],
            ),
            (URL, ["example.com", "https://", "https://a b", "ftp://x"]),
            (RATE, ["20", "0/s", "20/second", "x/s"]),
            (INTERVAL, ["5", "0s", "1h", "min"]),
            (PATH, ["", "A..B", "A[0].B", "A b"]),
            (FIELD_NAME, ["VaultCount", "_a", "a__b", "a-b"]),
            (HOST, ["https://x.y", "x.y/z", "{zone}.x.y", "localhost"]),
            (KEYWORD, ["", "a b", "-a", "a-word-of-twenty-one-"]),
        ] {
            for text in wrong {
                assert!(!(form.fits)(text), "{} `{text}`", form.what);
                // That February has fewer days than others is more than a pattern needs to know.
                let matches = Regex::new(form.pattern).unwrap().is_match(text);
                assert!(!matches || text == "2023-02-29", "{} `{text}`", form.what);
            }
        }
    }
}
