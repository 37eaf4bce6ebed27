//! The JSON of the four source documents decodes as it stands there.
//!
//! The documents stand beside the repository where it is developed; without them these tests say that they skip. The same
//! examples are in the specs, and the tests that are generated from them always run.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests say what is wrong by ending"
)]

use std::path::Path;

/// The first JSON object of the document that holds this text; `None`, with a word about it, if the document is not there.
fn example(file: &str, holds: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/documents")
        .join(file);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: the source document {file} is not beside the repository");
        return None;
    };
    let objects = text.match_indices("\n{").map(|(start, _)| &text[start..]);
    let decoded = objects.filter_map(|tail| {
        serde_json::Deserializer::from_str(tail)
            .into_iter()
            .next()?
            .ok()
    });
    let object = decoded
        .map(|object: serde_json::Value| object.to_string())
        .find(|object| object.contains(holds));
    Some(object.unwrap_or_else(|| panic!("{file} has no JSON with {holds}")))
}

#[test]
fn udb_answers_the_number_of_a_state() {
    use ucloud_udb::describe_udb_instance_backup_state::BackupState;
    use ucloud_udb::{DescribeUdbInstanceBackupStateResponse, Udb};
    let Some(body) = example("000_0b77a3236e12cc5b.txt", "State") else {
        return;
    };
    let answer: DescribeUdbInstanceBackupStateResponse =
        cloud_core::decode::<Udb, _>(body.as_bytes()).unwrap();
    assert_eq!(answer.state, Some(BackupState::Failed));
}

#[test]
fn redis_calls_its_list_by_the_name_of_its_type() {
    use tencent_redis::describe_instance_backups::BackupStatus;
    use tencent_redis::{DescribeInstanceBackupsResponse, Redis};
    let Some(body) = example("001_037cb0d127ad3c6b.txt", "RedisBackupSet") else {
        return;
    };
    let answer: DescribeInstanceBackupsResponse =
        cloud_core::decode::<Redis, _>(body.as_bytes()).unwrap();
    assert_eq!(answer.backup_set.len(), 2);
    assert_eq!(answer.backup_set[0].remark.as_deref(), Some("测试使用"));
    assert_eq!(answer.backup_set[1].status, Some(BackupStatus::Normal));
}

#[test]
fn usnap_calls_its_range_by_another_name_and_leaves_it_empty() {
    use ucloud_usnap::describe_usnap_backup_range::{BackupMode, BackupRange};
    use ucloud_usnap::{DescribeUsnapBackupRangeResponse, Usnap};
    let Some(body) = example("002_7ecb380e42017e7f.txt", "BackupInfo") else {
        return;
    };
    let answer: DescribeUsnapBackupRangeResponse =
        cloud_core::decode::<Usnap, _>(body.as_bytes()).unwrap();
    assert_eq!(answer.backup_range, Some(BackupRange::default()));
    assert_eq!(
        answer.backup_mode,
        Some(BackupMode::Unknown("AFYWYTdu".to_owned()))
    );
}

#[test]
fn hbr_answers_a_client_with_its_settings() {
    use aliyun_hbr::describe_backup_clients::DataProxySetting;
    use aliyun_hbr::{DescribeBackupClientsResponse, Hbr};
    let Some(body) = example("003_32c1bd418c33a0fb.txt", "Clients") else {
        return;
    };
    let answer: DescribeBackupClientsResponse =
        cloud_core::decode::<Hbr, _>(body.as_bytes()).unwrap();
    let settings = answer.clients[0].settings.as_ref().unwrap();
    assert_eq!(
        settings.data_proxy_setting,
        Some(DataProxySetting::UseControlProxy)
    );
    assert_eq!(settings.proxy_port, Some(3128));
    assert_eq!(answer.clients[0].tags[0].key.as_deref(), Some("TestKey"));
}
