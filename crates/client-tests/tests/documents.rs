//! The JSON of the four source documents decodes as it stands there.
//!
//! `SOURCE_DOCUMENTS` names the folder with the documents, which are not part of the repository. The same examples are in the specs, and
//! the tests that are generated from them always run.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests say what is wrong by ending"
)]

use std::path::PathBuf;

/// The first JSON object of the document that holds this text.
fn example(file: &str, holds: &str) -> String {
    let folder = std::env::var_os("SOURCE_DOCUMENTS");
    let folder = folder.unwrap_or_else(|| panic!("SOURCE_DOCUMENTS names no folder"));
    let path = PathBuf::from(folder).join(file);
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let objects = text.match_indices("\n{").map(|(start, _)| &text[start..]);
    let decoded = objects.filter_map(|tail| {
        serde_json::Deserializer::from_str(tail)
            .into_iter()
            .next()?
            .ok()
    });
    decoded
        .map(|object: serde_json::Value| object.to_string())
        .find(|object| object.contains(holds))
        .unwrap_or_else(|| panic!("{file} has no JSON with {holds}"))
}

#[test]
#[ignore = "needs the source documents: SOURCE_DOCUMENTS"]
fn source_document_of_udb_answers_the_number_of_a_state() {
    use ucloud_udb::describe_udb_instance_backup_state::BackupState;
    use ucloud_udb::{DescribeUdbInstanceBackupStateResponse, Udb};
    let body = example("000_0b77a3236e12cc5b.txt", "State");
    let answer: DescribeUdbInstanceBackupStateResponse =
        cloud_core::decode::<Udb, _>(body.as_bytes()).unwrap();
    assert_eq!(answer.state, Some(BackupState::Failed));
}

#[test]
#[ignore = "needs the source documents: SOURCE_DOCUMENTS"]
fn source_document_of_redis_calls_its_list_by_the_name_of_its_type() {
    use tencent_redis::describe_instance_backups::BackupStatus;
    use tencent_redis::{DescribeInstanceBackupsResponse, Redis};
    let body = example("001_037cb0d127ad3c6b.txt", "RedisBackupSet");
    let answer: DescribeInstanceBackupsResponse =
        cloud_core::decode::<Redis, _>(body.as_bytes()).unwrap();
    assert_eq!(answer.backup_set.len(), 2);
    assert_eq!(answer.backup_set[0].remark.as_deref(), Some("测试使用"));
    assert_eq!(answer.backup_set[1].status, Some(BackupStatus::Normal));
}

#[test]
#[ignore = "needs the source documents: SOURCE_DOCUMENTS"]
fn source_document_of_usnap_calls_its_range_by_another_name() {
    use ucloud_usnap::describe_usnap_backup_range::{BackupMode, BackupRange};
    use ucloud_usnap::{DescribeUsnapBackupRangeResponse, Usnap};
    let body = example("002_7ecb380e42017e7f.txt", "BackupInfo");
    let answer: DescribeUsnapBackupRangeResponse =
        cloud_core::decode::<Usnap, _>(body.as_bytes()).unwrap();
    assert_eq!(answer.backup_range, Some(BackupRange::default()));
    assert_eq!(
        answer.backup_mode,
        Some(BackupMode::Unknown("AFYWYTdu".to_owned()))
    );
}

#[test]
#[ignore = "needs the source documents: SOURCE_DOCUMENTS"]
fn source_document_of_hbr_answers_a_client_with_its_settings() {
    use aliyun_hbr::describe_backup_clients::DataProxySetting;
    use aliyun_hbr::{DescribeBackupClientsResponse, Hbr};
    let body = example("003_32c1bd418c33a0fb.txt", "Clients");
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
