//! Backups of Redis.

use super::*;

const ACTION: &str = "DescribeInstanceBackups";

fn ask(world: &World, parameters: Value) -> Result<Value, Refusal> {
    world.ask(ACTION, as_json(parameters))
}

/// Backups that began at these times, whose ids are their places in the list.
fn backups(starts: &[&str]) -> World {
    let backups = starts.iter().enumerate().map(|(index, start)| {
        json!({ "BackupId": index.to_string(), "InstanceId": "crs-1", "StartTime": start, "Status": 2 })
    });
    let backups: Vec<Value> = backups.collect();
    let instances = json!([{ "InstanceId": "crs-1", "InstanceName": "shop-orders" }, { "InstanceId": "crs-2", "Region": "ap-tokyo" }]);
    world_of(&json!({ "tencent-redis": { "instances": instances, "backups": backups } }))
}

#[test]
fn backups_come_in_pages_newest_first() {
    let world = world();
    let page = |offset: usize| {
        ask(
            &world,
            json!({ "InstanceId": "crs-5a4py64p", "Limit": 10, "Offset": offset }),
        )
        .unwrap()
    };
    let mut starts = Vec::new();
    for offset in [0, 10, 20] {
        let answer = page(offset);
        assert_eq!(answer["TotalCount"], 24);
        assert_fits(ACTION, &answer);
        starts.extend(members(&answer["BackupSet"], "StartTime"));
    }
    assert_eq!(starts.len(), 24);
    assert!(starts.is_sorted_by(|a, b| a.as_str() > b.as_str()));
    assert_eq!(page(30)["BackupSet"], json!([]));
    // The table's default.
    let answer = ask(&world, json!({ "InstanceId": "crs-5a4py64p" })).unwrap();
    assert_eq!(answer["BackupSet"].as_array().unwrap().len(), 20);
}

#[test]
fn times_are_those_of_china() {
    let answer = ask(&backups(&["now"]), json!({ "InstanceId": "crs-1" })).unwrap();
    assert_eq!(answer["BackupSet"][0]["StartTime"], "2023-11-15 06:13:20");
}

#[test]
fn a_backup_knows_its_instance() {
    let answer = ask(&backups(&["now"]), json!({ "InstanceId": "crs-1" })).unwrap();
    let backup = &answer["BackupSet"][0];
    assert_eq!(
        (&backup["InstanceName"], &backup["Region"]),
        (&json!("shop-orders"), &json!("ap-guangzhou"))
    );
}

#[test]
fn an_instance_that_is_not_there_has_the_services_own_code() {
    for parameters in [
        json!({ "InstanceId": "crs-9" }),
        // It is in another region.
        json!({ "InstanceId": "crs-2" }),
        json!({ "InstanceId": "crs-1", "InstanceName": "other" }),
    ] {
        let refusal = ask(&backups(&[]), parameters).unwrap_err();
        let message = "No instance has this id (the page says serial id).".to_owned();
        let code = "ResourceNotFound.InstanceNotExists".to_owned();
        assert_eq!(refusal, Refusal::Service { code, message });
    }
    let answer = ask(
        &backups(&[]),
        json!({ "InstanceId": "crs-1", "InstanceName": "orders" }),
    )
    .unwrap();
    assert_eq!(answer, json!({ "TotalCount": 0, "BackupSet": [] }));
}

#[test]
fn both_ends_of_the_time_are_included() {
    let world = backups(&[
        "2023-11-01 00:00:00",
        "2023-11-02 00:00:00",
        "2023-11-03 00:00:00",
    ]);
    let ids = |begin: Option<&str>, end: Option<&str>| {
        let parameters = json!({ "InstanceId": "crs-1", "BeginTime": begin, "EndTime": end });
        members(&ask(&world, parameters).unwrap()["BackupSet"], "BackupId")
    };
    let (second, third) = (Some("2023-11-02 00:00:00"), Some("2023-11-03 00:00:00"));
    assert_eq!(ids(second, third), ["2", "1"]);
    assert_eq!(ids(second, second), ["1"]);
    assert_eq!(ids(None, second), ["1", "0"]);
    assert_eq!(ids(Some("2023-11-02 00:00:01"), None), ["2"]);
}

#[test]
fn the_time_is_at_most_thirty_days() {
    let problem = |begin: &str, end: &str| {
        let parameters = json!({ "InstanceId": "crs-1", "BeginTime": begin, "EndTime": end });
        match ask(&backups(&[]), parameters) {
            Ok(_) => String::new(),
            Err(Refusal::Invalid { parameter, problem }) => format!("{parameter} {problem}"),
            Err(other) => panic!("{other:?}"),
        }
    };
    assert_eq!(problem("2023-11-01 00:00:00", "2023-12-01 00:00:00"), "");
    let expected = "EndTime must be at most 30 days after `BeginTime`";
    assert_eq!(
        problem("2023-11-01 00:00:00", "2023-12-01 00:00:01"),
        expected
    );
    let expected = "EndTime must not be before `BeginTime`";
    assert_eq!(
        problem("2023-11-02 00:00:00", "2023-11-01 00:00:00"),
        expected
    );
}

#[test]
fn states_are_looked_for_as_they_are_now() {
    let world = world();
    let count = |seconds: u64, states: Value| {
        let parameters = json!({ "InstanceId": "crs-5a4py64p", "Status": states });
        world
            .ask_later(seconds, ACTION, as_json(parameters))
            .unwrap()["TotalCount"]
            .clone()
    };
    assert_eq!(count(0, json!([1])), 1);
    assert_eq!(count(0, json!([-1, -2])), 2);
    assert_eq!(count(0, json!([3])), 1);
    // That was the third time that anybody looked.
    assert_eq!(count(0, json!([1])), 0);
    assert_eq!(count(30, json!([3])), 0);
    assert_eq!(count(30, json!([4])), 1);
    assert_eq!(count(30, json!([])), 24);
}
