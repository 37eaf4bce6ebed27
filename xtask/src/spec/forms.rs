//! The forms that some texts of a spec keep.

use super::shape::Form;

/// A day: `2023-08-08`.
pub const DATE: Form = Form {
    what: "a date",
    example: "2023-08-08",
    fits: is_date,
};

/// An address on the web.
pub const URL: Form = Form {
    what: "an address",
    example: "https://example.com/page",
    fits: is_url,
};

/// How often something may be called.
pub const RATE: Form = Form {
    what: "a rate per s, min, h or day",
    example: "20/s",
    fits: is_rate,
};

/// A host, with `{region}` where the region belongs.
pub const HOST: Form = Form {
    what: "a host",
    example: "redis.{region}.example.com",
    fits: is_host,
};

/// A word under which a crate is found.
pub const KEYWORD: Form = Form {
    what: "a keyword of crates.io (at most 20 letters, digits, `-`, `_` or `+`)",
    example: "redis",
    fits: is_keyword,
};

fn is_date(text: &str) -> bool {
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
    text.split_once('/').is_some_and(|(count, unit)| {
        count.parse::<u32>().is_ok_and(|count| count > 0)
            && ["s", "min", "h", "day"].contains(&unit)
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

    #[test]
    fn each_form_knows_its_example() {
        for form in [DATE, URL, RATE, HOST, KEYWORD] {
            assert!((form.fits)(form.example), "{}", form.what);
        }
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
            (HOST, ["https://x.y", "x.y/z", "{zone}.x.y", "localhost"]),
            (KEYWORD, ["", "a b", "-a", "a-word-of-twenty-one-"]),
        ] {
            for text in wrong {
                assert!(!(form.fits)(text), "{} `{text}`", form.what);
            }
        }
    }
}
