//! Times: as numbers of seconds and of milliseconds, and as the providers' text without a zone.

use std::time::{Duration, UNIX_EPOCH};

use cloud_core::{
    LocalDate, LocalDateTime, LocalTime, LocalTimeRange, Text, UnixMillis, UnixSeconds,
};
use fixture_aliyun::{DescribeBerthsResponse, Harbor};
use fixture_tencent::describe_trees::Tree;
use fixture_tencent::{DescribeTrees, DescribeTreesResponse, Orchard};
use fixture_ucloud::SetBoxSchedule;
use serde_json::json;

use crate::common::{body, decode, json as sent_json, sent};

#[test]
fn seconds_and_milliseconds_are_different_types() {
    let answer: DescribeBerthsResponse = decode::<Harbor, _>(&json!({
        "RequestId": "r", "Success": true, "Code": "200",
        "Berths": {"Berth": [{"BuiltTime": 1_554_347_313, "ArrivalTime": "1554347313123"}]},
    }));
    let berth = &answer.berths[0];
    assert_eq!(berth.built_time, Some(UnixSeconds(1_554_347_313)));
    assert_eq!(berth.arrival_time, Some(UnixMillis(1_554_347_313_123)));
    let built = berth.built_time.unwrap();
    assert_eq!(built.to_string(), "2019-04-04T03:08:33Z");
    assert_eq!(
        built.to_system_time(),
        Some(UNIX_EPOCH + Duration::from_secs(1_554_347_313))
    );
    assert_eq!(
        berth.arrival_time.unwrap().to_string(),
        "2019-04-04T03:08:33.123Z"
    );
}

#[test]
fn seconds_travel_as_text_where_the_page_says_so() {
    let request = SetBoxSchedule::new("box-1", b"x").recovery_time(UnixSeconds(1_700_000_000));
    assert_eq!(body(&sent(request))["RecoveryTime"], "1700000000");
}

#[test]
fn an_hour_is_a_number() {
    let request = SetBoxSchedule::new("box-1", b"x").pack_time(4);
    assert_eq!(body(&sent(request))["PackTime"], "4");
}

fn tree(members: serde_json::Value) -> Tree {
    let body = json!({"Response": {"TreeSet": [members], "RequestId": "r"}});
    let mut answer: DescribeTreesResponse = decode::<Orchard, _>(&body);
    answer.tree_set.remove(0)
}

#[test]
fn local_times_have_no_zone() {
    let planted = tree(json!({"PlantTime": "2024-03-01 08:00:00"}))
        .plant_time
        .unwrap();
    assert_eq!(planted.as_str(), "2024-03-01 08:00:00");
    let local = planted.get().unwrap();
    assert_eq!(local, LocalDateTime::new(2024, 3, 1, 8, 0, 0).unwrap());
    // Whoever knows where the provider's clock stands can say when that was.
    assert_eq!(local.at_offset(8 * 3600), UnixSeconds(1_709_251_200));
}

#[test]
fn a_time_of_zeros_is_kept_and_is_no_time() {
    let planted = tree(json!({"PlantTime": "0000-00-00 00:00:00"}))
        .plant_time
        .unwrap();
    assert_eq!(planted.as_str(), "0000-00-00 00:00:00");
    assert_eq!(planted.get(), None);
}

#[test]
fn dates_times_and_ranges_are_text() {
    let tree = tree(json!({
        "Birthday": "2024-02-29", "WaterTime": "06:30", "TimePeriod": "22:00-23:30",
    }));
    assert_eq!(
        tree.birthday.unwrap().get(),
        Some(LocalDate::new(2024, 2, 29).unwrap())
    );
    assert_eq!(
        tree.water_time.unwrap().get(),
        Some(LocalTime::new(6, 30, 0).unwrap())
    );
    let range: LocalTimeRange = tree.time_period.unwrap().get().unwrap();
    assert_eq!(range.to_string(), "22:00-23:30");
}

#[test]
fn local_times_can_be_given_as_text_or_as_values() {
    let day = LocalDateTime::new(2024, 3, 1, 8, 0, 0).unwrap();
    for request in [
        DescribeTrees::new().begin_time(day),
        DescribeTrees::new().begin_time("2024-03-01 08:00:00"),
        DescribeTrees::new().begin_time(Text::from(day)),
    ] {
        assert_eq!(sent_json(request)["BeginTime"], "2024-03-01 08:00:00");
    }
}
