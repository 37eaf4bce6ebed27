//! Backups of UDB.

use super::*;

fn ask(world: &World, seconds: u64, pairs: &[(&str, &str)]) -> Result<Value, Refusal> {
    let scope = [("Region", "cn-bj2"), ("Zone", "cn-bj2-02")];
    world.ask_later(
        seconds,
        "DescribeUDBInstanceBackupState",
        flat(&[&scope[..], pairs].concat()),
    )
}

#[test]
fn a_backup_has_its_state_its_end_and_its_size() {
    let answer = ask(&world(), 0, &[("BackupId", "8880")]).unwrap();
    assert_eq!(
        answer,
        json!({ "State": "Success", "BackupEndTime": 1_700_000_000 - 7200, "BackupSize": 734_003_200 })
    );
    assert_fits("DescribeUDBInstanceBackupState", &answer);
}

#[test]
fn a_backup_that_is_not_there_has_the_services_own_code() {
    let message = "No backup has this id.".to_owned();
    let expected = Refusal::Service {
        code: "7085".to_owned(),
        message,
    };
    assert_eq!(
        ask(&world(), 0, &[("BackupId", "1")]),
        Err(expected.clone())
    );
    // There is one in another region.
    assert_eq!(ask(&world(), 0, &[("BackupId", "8885")]), Err(expected));
}

#[test]
fn the_zone_of_the_standby_has_to_be_the_backups() {
    let data = json!({ "ucloud-udb": { "backups": [{ "BackupId": 1, "BackupZone": "hk-03", "State": "Failed" }] } });
    let state = |zone: &str| {
        ask(
            &world_of(&data),
            0,
            &[("BackupId", "1"), ("BackupZone", zone)],
        )
    };
    assert_eq!(state("hk-03").unwrap(), json!({ "State": "Failed" }));
    assert!(state("hk-02").is_err());
}

#[test]
fn a_running_backup_is_done_after_so_many_polls() {
    let world = world();
    let states: Vec<Value> = (0..5)
        .map(|_| ask(&world, 0, &[("BackupId", "8881")]).unwrap()["State"].clone())
        .collect();
    assert_eq!(
        states,
        ["Backuping", "Backuping", "Backuping", "Success", "Success"]
    );
}

#[test]
fn a_running_backup_is_done_after_a_while() {
    let world = world();
    let state = |seconds: u64| ask(&world, seconds, &[("BackupId", "8882")]).unwrap();
    assert_eq!(state(19), json!({ "State": "Backuping" }));
    assert_eq!(state(20)["State"], "Success");
    assert_eq!(state(20)["BackupEndTime"], 1_700_000_020);
}

#[test]
fn a_clock_before_the_start_is_the_start() {
    let world = world();
    let pairs = [("Region", "r"), ("Zone", "z"), ("BackupId", "8882")];
    let call = call(&tables(), "DescribeUDBInstanceBackupState", flat(&pairs));
    let early = after(0) - std::time::Duration::from_secs(60);
    assert_eq!(world.answer(&call, early).unwrap()["State"], "Backuping");
}
