//! Each operation with every parameter.

use std::collections::BTreeMap;

use aliyun_hbr::describe_backup_clients::{ClientType, CrossAccountType, Filter, Tag};
use aliyun_hbr::{DescribeBackupClients, Hbr};
use cloud_core::{Policy, Service, blocking};
use cloud_emulator::{Emulator, Provider, RecordedRequest, Verdict};
use tencent_redis::describe_instance_backups::BackupStatus;
use tencent_redis::{DescribeInstanceBackups, Redis};
use ucloud_udb::describe_udb_instance_backup_state::BackupState;
use ucloud_udb::{DescribeUdbInstanceBackupState, Udb};
use ucloud_usnap::{DescribeUsnapBackupRange, Usnap};

use crate::{Caller as _, Kind, Make as _, both, key};

both!(every_operation, every_operation_is_accepted);

fn client<K: Kind, S: Service>(emulator: &Emulator, provider: Provider) -> K::Client<S> {
    K::Client::make(emulator, key(provider), Policy::new().attempts(1))
}

/// The only request so far, which was accepted.
fn accepted(emulator: &Emulator) -> RecordedRequest {
    let mut requests = emulator.requests();
    emulator.clear_requests();
    assert_eq!(requests.len(), 1, "{requests:#?}");
    let request = requests.remove(0);
    assert!(
        matches!(request.verdict, Verdict::Accepted { .. }),
        "{request:#?}"
    );
    request
}

fn every_operation_is_accepted<K: Kind>() {
    let emulator = Emulator::start_blocking().unwrap();

    let udb: K::Client<Udb> = client::<K, _>(&emulator, Provider::Ucloud);
    let request = DescribeUdbInstanceBackupState::new(8885)
        .region("hk")
        .zone("hk-02")
        .project_id("org-1")
        .backup_zone("hk-03");
    let answer = udb.send(request).unwrap();
    assert_eq!(answer.state, Some(BackupState::Success));
    assert!(answer.backup_size.is_some_and(|size| size > 0));
    let seen = accepted(&emulator);
    for (name, value) in [
        ("BackupId", "8885"),
        ("Region", "hk"),
        ("Zone", "hk-02"),
        ("ProjectId", "org-1"),
        ("BackupZone", "hk-03"),
    ] {
        assert_eq!(seen.parameter(name), Some(value), "{name}");
    }

    let usnap: K::Client<Usnap> = client::<K, _>(&emulator, Provider::Ucloud);
    let request = DescribeUsnapBackupRange::new("BWsRxFYA")
        .region("cn-bj2")
        .zone("cn-bj2-02")
        .project_id("org-1");
    let range = usnap.send(request).unwrap().backup_range.unwrap();
    assert_eq!(
        (range.journal, range.hour, range.day),
        (Some(12), Some(24), Some(7))
    );
    assert_eq!(accepted(&emulator).parameter("VDiskId"), Some("BWsRxFYA"));

    let redis: K::Client<Redis> = client::<K, _>(&emulator, Provider::Tencent);
    let request = DescribeInstanceBackups::new("crs-5a4py64p")
        .region("ap-guangzhou")
        .limit(2)
        .offset(2)
        .begin_time("2000-01-01 00:00:00")
        .end_time("2000-01-30 00:00:00")
        .status([BackupStatus::Normal, BackupStatus::Deleted])
        .instance_name("orders");
    let answer = redis.send(request).unwrap();
    assert_eq!((answer.total_count, answer.backup_set.len()), (Some(0), 0));
    let seen = accepted(&emulator);
    assert_eq!(seen.parameter("Status.1"), Some("-2"));
    assert_eq!(seen.header("x-tc-region"), Some("ap-guangzhou"));

    let hbr: K::Client<Hbr> = client::<K, _>(&emulator, Provider::Aliyun);
    let request = DescribeBackupClients::new(ClientType::EcsClient)
        .page_number(1)
        .page_size(99)
        .cluster_id("cl-1")
        .client_ids(["c-1", "中文备份 😀 a+b*c~d%e&f=g"])
        .instance_ids(["i-1"])
        .tag([
            Tag::new().key("team").value("a shop"),
            Tag::new().key("stage"),
        ])
        .cross_account_type(CrossAccountType::CrossAccount)
        .cross_account_user_id(i64::MAX)
        .cross_account_role_name("backup+role")
        .filters([Filter::new().key("InstanceId").values(["i-1", "i-2"])])
        .region("cn-hangzhou");
    let answer = hbr.send(request).unwrap();
    assert_eq!((answer.total_count, answer.page_size), (Some(0), Some(99)));
    let seen = accepted(&emulator);
    for (name, value) in [
        ("Tag.1.Value", "a shop"),
        ("Filters.1.Values.2", "i-2"),
        ("CrossAccountUserId", "9223372036854775807"),
        ("ClientIds", r#"["c-1","中文备份 😀 a+b*c~d%e&f=g"]"#),
    ] {
        assert_eq!(seen.parameter(name), Some(value), "{name}");
    }
}

#[test]
fn what_the_emulator_says_to_paste_is_all_that_a_client_needs() {
    fn client<S: Service>(emulator: &Emulator) -> blocking::Client<S> {
        let builder = blocking::Client::builder();
        // Of a user who works with temporary keys and profiles. What must not be set is empty, which counts as not set.
        let users = [
            ("UCLOUD_PROFILE", "work"),
            ("UCLOUD_SECURITY_TOKEN", "token-of-a-user"),
            ("TENCENTCLOUD_TOKEN", "token-of-a-user"),
            ("TENCENTCLOUD_SESSION_TOKEN", "token-of-a-user"),
            ("TENCENTCLOUD_SECURITY_TOKEN", "token-of-a-user"),
            ("TCCLI_PROFILE", "work"),
            ("ALIBABA_CLOUD_SECURITY_TOKEN", "token-of-a-user"),
            ("ALIBABA_CLOUD_PROFILE", "work"),
        ];
        let users = users.map(|(name, value)| (name, value.to_owned()));
        let environment = users.into_iter().chain(emulator.environment());
        let environment: BTreeMap<_, _> = environment.collect();
        builder
            .environment(environment.into_iter().collect())
            .build()
            .unwrap()
    }

    let emulator = Emulator::start_blocking().unwrap();
    let request = DescribeUdbInstanceBackupState::new(8880);
    client::<Udb>(&emulator).send(request).unwrap();
    let request = DescribeUsnapBackupRange::new("BWsRxFYA");
    client::<Usnap>(&emulator).send(request).unwrap();
    let request = DescribeInstanceBackups::new("crs-5a4py64p");
    client::<Redis>(&emulator).send(request).unwrap();
    let request = DescribeBackupClients::new(ClientType::EcsClient);
    client::<Hbr>(&emulator).send(request).unwrap();
    assert_eq!(emulator.requests().len(), 4);
}
