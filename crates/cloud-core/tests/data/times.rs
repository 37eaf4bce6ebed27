//! Times: the calendar, the spellings, and what is no time.

use std::time::{Duration, UNIX_EPOCH};

use cloud_core::{
    FromText, LocalDate, LocalDateTime, LocalTime, LocalTimeRange, TextFormat, UnixMillis,
    UnixSeconds,
};

const CHINA: i32 = 28_800;

fn moment(text: &str) -> i64 {
    text.parse::<LocalDateTime>().unwrap().at_offset(0).0
}

#[test]
fn moments_are_shown_in_utc() {
    for (seconds, shown) in [
        (0, "1970-01-01T00:00:00Z"),
        (-1, "1969-12-31T23:59:59Z"),
        (1_709_280_000, "2024-03-01T08:00:00Z"),
        (-62_167_219_200, "0000-01-01T00:00:00Z"),
        (253_402_300_799, "9999-12-31T23:59:59Z"),
        (253_402_300_800, "253402300800"),
        (-62_167_219_201, "-62167219201"),
        (i64::MAX, "9223372036854775807"),
        (i64::MIN, "-9223372036854775808"),
    ] {
        assert_eq!(UnixSeconds(seconds).to_string(), shown);
    }
    for (millis, shown) in [
        (0, "1970-01-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (1_709_280_000_123, "2024-03-01T08:00:00.123Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        (253_402_300_800_000, "253402300800000"),
        (i64::MIN, "-9223372036854775808"),
    ] {
        assert_eq!(UnixMillis(millis).to_string(), shown);
    }
}

#[test]
fn every_day_of_the_calendar_comes_after_the_one_before() {
    // All that can differ differs within four centuries.
    let mut seconds = -11_676_096_000;
    let mut days = 0;
    for year in 1_600..2_000 {
        for month in 1..=12 {
            for day in (1..=31).filter_map(|day| LocalDate::new(year, month, day)) {
                let midnight = LocalTime::new(0, 0, 0).unwrap();
                let shown = LocalDateTime::of(day, midnight);
                assert_eq!(shown.at_offset(0), UnixSeconds(seconds), "{day}");
                assert_eq!(UnixSeconds(seconds).to_local(0), Some(shown), "{day}");
                seconds += 86_400;
                days += 1;
            }
        }
    }
    assert_eq!(days, 146_097);
    assert_eq!(seconds, 946_684_800, "2000-01-01");
}

#[test]
fn the_ends_of_the_calendar() {
    for (seconds, shown) in [
        (-62_167_219_200, "0000-01-01 00:00:00"),
        (253_402_300_799, "9999-12-31 23:59:59"),
    ] {
        let local = UnixSeconds(seconds).to_local(0).unwrap();
        assert_eq!(local.to_string(), shown);
        assert_eq!(local.at_offset(0), UnixSeconds(seconds));
    }
    assert_eq!(UnixSeconds(253_402_300_800).to_local(0), None);
    assert_eq!(UnixSeconds(-62_167_219_201).to_local(0), None);
}

#[test]
fn clocks_ahead_of_utc_and_behind() {
    let shown = LocalDateTime::new(2024, 3, 1, 8, 0, 0).unwrap();
    assert_eq!(shown.at_offset(CHINA).to_string(), "2024-03-01T00:00:00Z");
    assert_eq!(shown.at_offset(-3_600).to_string(), "2024-03-01T09:00:00Z");
    assert_eq!(shown.at_offset(CHINA).to_local(CHINA), Some(shown));
    let before_1970 = LocalDateTime::new(1970, 1, 1, 0, 0, 0).unwrap();
    assert_eq!(before_1970.at_offset(CHINA), UnixSeconds(-28_800));
    assert_eq!(UnixSeconds(i64::MAX).to_local(1), None);
    assert_eq!(UnixSeconds(i64::MIN).to_local(-1), None);
    // The last second of the calendar is past it in China.
    assert_eq!(UnixSeconds(253_402_300_799).to_local(CHINA), None);
    assert!(UnixSeconds(253_402_300_799).to_local(-CHINA).is_some());
}

#[test]
fn system_times_and_back() {
    for seconds in [0, 1, -1, 1_709_280_000, -62_167_219_200] {
        let time = UnixSeconds(seconds).to_system_time().unwrap();
        assert_eq!(UnixSeconds::from(time), UnixSeconds(seconds));
        let time = UnixMillis(seconds).to_system_time().unwrap();
        assert_eq!(UnixMillis::from(time), UnixMillis(seconds));
    }
    // What is no whole second is rounded towards the past on either side of 1970.
    let half = Duration::from_millis(500);
    assert_eq!(UnixSeconds::from(UNIX_EPOCH + half), UnixSeconds(0));
    assert_eq!(UnixSeconds::from(UNIX_EPOCH - half), UnixSeconds(-1));
    assert_eq!(UnixMillis::from(UNIX_EPOCH - half), UnixMillis(-500));
    // How far a system's time reaches depends on the system, but asking does no harm.
    for number in [i64::MIN, i64::MAX] {
        if let Some(time) = UnixSeconds(number).to_system_time() {
            assert_eq!(UnixSeconds::from(time), UnixSeconds(number));
        }
        if let Some(time) = UnixMillis(number).to_system_time() {
            assert_eq!(UnixMillis::from(time), UnixMillis(number));
        }
    }
}

#[test]
fn the_calendar_knows_its_days() {
    for (year, month, day) in [
        (2024, 2, 29),
        (2000, 2, 29),
        (0, 1, 1),
        (9_999, 12, 31),
        (2023, 4, 30),
    ] {
        let date = LocalDate::new(year, month, day).unwrap();
        assert_eq!((date.year(), date.month(), date.day()), (year, month, day));
    }
    for (year, month, day) in [
        (2023, 2, 29),
        (1900, 2, 29),
        (2023, 4, 31),
        (2024, 0, 1),
        (2024, 13, 1),
        (2024, 1, 0),
        (2024, 1, 32),
        (10_000, 1, 1),
        (0, 0, 0),
    ] {
        assert_eq!(
            LocalDate::new(year, month, day),
            None,
            "{year}-{month}-{day}"
        );
    }
    assert_eq!(LocalTime::new(24, 0, 0), None);
    assert_eq!(LocalTime::new(0, 60, 0), None);
    assert_eq!(LocalTime::new(0, 0, 60), None);
    assert_eq!(LocalDateTime::new(2024, 2, 30, 0, 0, 0), None);
    assert_eq!(LocalDateTime::new(2024, 2, 29, 24, 0, 0), None);
}

#[test]
fn what_is_read_is_written_the_same() {
    let shown: LocalDateTime = "2024-03-01 08:09:10".parse().unwrap();
    assert_eq!(shown.to_string(), "2024-03-01 08:09:10");
    assert_eq!((shown.year(), shown.month(), shown.day()), (2024, 3, 1));
    assert_eq!((shown.hour(), shown.minute(), shown.second()), (8, 9, 10));
    assert_eq!(shown.date().to_string(), "2024-03-01");
    assert_eq!(shown.time().to_string(), "08:09:10");
    assert_eq!("2024-03-01T08:09:10".parse(), Ok(shown));
    assert_eq!(
        "0001-01-01 00:00:00"
            .parse::<LocalDateTime>()
            .unwrap()
            .to_string(),
        "0001-01-01 00:00:00"
    );
    for text in ["02:30", "02:30:15", "23:59"] {
        assert_eq!(text.parse::<LocalTime>().unwrap().to_string(), text);
    }
    assert_eq!(
        "02:30:00".parse::<LocalTime>().unwrap().to_string(),
        "02:30"
    );
    for text in ["02:00-06:00", "22:00-02:00", "00:00-00:00"] {
        let range: LocalTimeRange = text.parse().unwrap();
        assert_eq!(range.to_string(), text);
        assert_eq!(format!("{}-{}", range.start(), range.end()), text);
    }
}

#[test]
fn what_is_no_time() {
    for text in [
        "",
        "0000-00-00 00:00:00",
        "2024-03-01",
        "2024-03-01  08:00:00",
        "2024-03-01t08:00:00",
        "2024-3-1 08:00:00",
        "2024-03-01 8:00:00",
        "2024-03-01 08:00:00Z",
        "2024-03-01 08:00:00.0",
        " 2024-03-01 08:00:00",
        "+024-03-01 08:00:00",
        "2024-03-01 08:00:+1",
        "２０２４-03-01 08:00:00",
        "20240301080000",
        "12024-03-01 08:00:00",
    ] {
        let error = text.parse::<LocalDateTime>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected a time such as 2024-03-01 08:00:00",
            "{text}"
        );
    }
    for text in [
        "0000-00-00",
        "2023-02-29",
        "2024-03",
        "2024-03-01-01",
        "2024/03/01",
    ] {
        assert!(text.parse::<LocalDate>().is_err(), "{text}");
    }
    for text in ["", "2:30", "24:00", "02:60", "02:30:60", "02:30:15:1", "02"] {
        assert!(text.parse::<LocalTime>().is_err(), "{text}");
    }
    for text in [
        "",
        "02:00",
        "02:00-",
        "02:00~06:00",
        "02:00-06:00-07:00",
        "02:00 - 06:00",
    ] {
        assert!(text.parse::<LocalTimeRange>().is_err(), "{text}");
    }
}

#[test]
fn times_are_in_order() {
    let times = [
        "2023-12-31 23:59:59",
        "2024-01-01 00:00:00",
        "2024-01-01 00:00:01",
    ]
    .map(|text| text.parse::<LocalDateTime>().unwrap());
    assert!(times.is_sorted());
    assert!(UnixSeconds(-1) < UnixSeconds(0));
    assert_eq!(moment("1970-01-02 00:00:00"), 86_400);
}

#[test]
fn times_have_a_text() {
    assert_eq!(UnixSeconds(5).format(), "5");
    assert_eq!(
        <UnixMillis as FromText>::parse(" -5 "),
        Some(UnixMillis(-5))
    );
    assert_eq!(
        <UnixSeconds as FromText>::parse("2024"),
        Some(UnixSeconds(2024))
    );
    assert_eq!(<UnixSeconds as FromText>::parse("2024-03-01"), None);
    assert_eq!(
        LocalDateTime::new(2024, 3, 1, 8, 0, 0).unwrap().format(),
        "2024-03-01 08:00:00"
    );
}
