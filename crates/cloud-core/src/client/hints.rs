//! How long a server asks to be left alone, in the headers of its answer.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, HeaderName, RETRY_AFTER};

use crate::time::http_date::http_date;

/// Alibaba Cloud's own hint, in milliseconds.
const X_ACS_RETRY_AFTER: HeaderName = HeaderName::from_static("x-acs-retry-after");

/// The longest time that the headers ask for; nothing if they do not ask. `now` is for dates in an answer without one of its own.
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Duration {
    let standard = text(headers, RETRY_AFTER).and_then(|text| match number(text) {
        Some(seconds) => Some(Duration::from_secs(seconds)),
        None => {
            let now = text_date(headers, DATE).unwrap_or(now);
            http_date(text)?.duration_since(now).ok()
        }
    });
    standard.unwrap_or_default().max(acs(headers))
}

/// Whether Alibaba Cloud asks for fewer requests.
pub(super) fn is_throttled(headers: &HeaderMap) -> bool {
    !acs(headers).is_zero()
}

fn acs(headers: &HeaderMap) -> Duration {
    let millis = text(headers, X_ACS_RETRY_AFTER).and_then(number);
    Duration::from_millis(millis.unwrap_or_default())
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

fn text_date(headers: &HeaderMap, name: HeaderName) -> Option<SystemTime> {
    text(headers, name).and_then(http_date)
}

/// A whole number; one that is too long is the longest, which no deadline allows.
fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::UNIX_EPOCH;

    #[test]
    fn the_forms_of_a_hint() {
        let now = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let date = "Tue, 14 Nov 2023 22:13:20 GMT";
        for (headers, millis) in [
            (&[][..], 0),
            (&[("retry-after", "7")], 7_000),
            (&[("retry-after", " 0 ")], 0),
            (&[("retry-after", "-1")], 0),
            (&[("retry-after", "1.5")], 0),
            (&[("retry-after", "soon")], 0),
            (&[("retry-after", "")], 0),
            (&[("retry-after", "Tue, 14 Nov 2023 22:13:32 GMT")], 12_000),
            (&[("retry-after", date)], 0),
            (&[("retry-after", "Tue, 14 Nov 2023 22:13:00 GMT")], 0),
            (
                &[
                    ("date", "Tue, 14 Nov 2023 21:00:00 GMT"),
                    ("retry-after", "Tue, 14 Nov 2023 21:00:05 GMT"),
                ],
                5_000,
            ),
            (&[("x-acs-retry-after", "1500")], 1_500),
            (&[("x-acs-retry-after", "x")], 0),
            (
                &[("retry-after", "2"), ("x-acs-retry-after", "1500")],
                2_000,
            ),
            (
                &[("retry-after", "1"), ("x-acs-retry-after", "1500")],
                1_500,
            ),
        ] {
            let headers: HeaderMap = headers
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
                .collect();
            let expected = Duration::from_millis(millis);
            assert_eq!(retry_after(&headers, now), expected, "{headers:?}");
        }
    }

    #[test]
    fn no_number_is_too_long() {
        let long = "9".repeat(40);
        let headers = HeaderMap::from_iter([(RETRY_AFTER, long.parse().unwrap())]);
        let asked = retry_after(&headers, UNIX_EPOCH);
        assert_eq!(asked, Duration::from_secs(u64::MAX));
    }
}
