//! Chains of backups of USnap.

use super::*;

fn ask(world: &World, id: &str) -> Result<Value, Refusal> {
    let pairs = [("Region", "hk"), ("Zone", "hk-02"), ("VDiskId", id)];
    world.ask("DescribeUSnapBackupRange", flat(&pairs))
}

#[test]
fn a_disk_has_its_chain() {
    let answer = ask(&world(), "BWsRxFYA").unwrap();
    assert_eq!(
        answer,
        json!({ "BackupRange": { "Journal": 12, "Hour": 24, "Day": 7 }, "BackupMode": "Ultimate" })
    );
    assert_fits("DescribeUSnapBackupRange", &answer);
}

#[test]
fn a_chain_grows() {
    let world = world();
    let hours: Vec<Value> = (0..3)
        .map(|_| ask(&world, "bsm-w6d3h9pa").unwrap()["BackupRange"]["Hour"].clone())
        .collect();
    assert_eq!(hours, [0, 0, 1]);
}

#[test]
fn a_disk_that_is_not_there_is_a_wrong_parameter() {
    let problem = "is the id of no disk".to_owned();
    let parameter = "VDiskId".to_owned();
    let expected = Refusal::Invalid { parameter, problem };
    assert_eq!(ask(&world(), "bsm-none"), Err(expected.clone()));
    // There is one in another region.
    assert_eq!(ask(&world(), "bsm-0q4zt7wc"), Err(expected));
}
