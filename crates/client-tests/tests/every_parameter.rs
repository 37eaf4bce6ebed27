//! Every parameter of every operation, over a real socket, to a server that recomputes the signature from the raw bytes.

#![allow(clippy::unwrap_used, reason = "tests say what is wrong by ending")]

use std::collections::BTreeMap;

use client_tests::{Aliyun, Received, Server, TRICKY, Tencent, Ucloud, form};
use cloud_core::Credentials;
use serde_json::{Value as Json, json};

const ID: &str = "id-0123456789@example.com";
const SECRET: &str = "secret+/=0123456789";
const TOKEN: &str = "token+/= %2B&x==";

fn credentials() -> Credentials {
    Credentials::new(ID, SECRET).with_token(TOKEN)
}

/// The parameters by name; a name that was sent twice fails.
fn parameters(encoded: &str) -> BTreeMap<String, String> {
    let pairs = form(encoded);
    let count = pairs.len();
    let map: BTreeMap<_, _> = pairs.into_iter().collect();
    assert_eq!(map.len(), count, "a parameter was sent twice: {encoded}");
    map
}

fn expected<const N: usize>(pairs: [(&str, &str); N]) -> BTreeMap<String, String> {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn no_secret_in_the_address(request: &Received) {
    for secret in [SECRET, TOKEN] {
        assert!(!request.target.contains(secret));
    }
}

fn udb(server: &Server) -> ucloud_udb::Client {
    ucloud_udb::Client::builder()
        .credentials(credentials())
        .endpoint(server.url())
        .region("cn-bj2")
        .zone("cn-bj2-02")
        .project_id("org-of-the-client")
        .build()
        .unwrap()
}

#[tokio::test]
async fn udb_with_every_parameter() {
    let server = Server::start(
        Ucloud {
            private_key: SECRET,
        },
        r#"{"RetCode": "0", "Action": "DescribeUDBInstanceBackupStateResponse", "State": 1, "BackupEndTime": "1700000000",
            "BackupSize": 9223372036854775807, "Message": null, "New": {"deep": [1]}}"#,
    );
    let request = ucloud_udb::DescribeUdbInstanceBackupState::new(i64::MIN)
        .region("cn-sh2")
        .zone(TRICKY)
        .project_id("")
        .backup_zone(TRICKY);
    let answer = udb(&server).send(request).await.unwrap();
    assert_eq!(
        answer.state,
        Some(ucloud_udb::describe_udb_instance_backup_state::BackupState::Success)
    );
    assert_eq!(
        answer.backup_end_time,
        Some(ucloud_udb::UnixSeconds(1_700_000_000))
    );
    assert_eq!(answer.backup_size, Some(i64::MAX));

    let request = server.only_request();
    no_secret_in_the_address(&request);
    let mut sent = parameters(request.text());
    assert!(sent.remove("Signature").is_some());
    let wanted = expected([
        ("Action", "DescribeUDBInstanceBackupState"),
        ("BackupId", "-9223372036854775808"),
        ("BackupZone", TRICKY),
        ("ProjectId", ""),
        ("PublicKey", ID),
        ("Region", "cn-sh2"),
        ("SecurityToken", TOKEN),
        ("Zone", TRICKY),
    ]);
    assert_eq!(sent, wanted);
}

#[tokio::test]
async fn udb_takes_its_scope_from_the_client() {
    let server = Server::start(
        Ucloud {
            private_key: SECRET,
        },
        r#"{"RetCode": 0, "State": "Gone"}"#,
    );
    let answer = udb(&server)
        .send(ucloud_udb::DescribeUdbInstanceBackupState::new(8880))
        .await
        .unwrap();
    assert_eq!(
        answer.state,
        Some(
            ucloud_udb::describe_udb_instance_backup_state::BackupState::Unknown("Gone".to_owned())
        )
    );

    let sent = parameters(server.only_request().text());
    for (name, value) in [
        ("Region", "cn-bj2"),
        ("Zone", "cn-bj2-02"),
        ("ProjectId", "org-of-the-client"),
    ] {
        assert_eq!(sent[name], value);
    }
    assert!(!sent.contains_key("BackupZone"));
}

#[tokio::test]
async fn usnap_with_every_parameter() {
    let server = Server::start(
        Ucloud {
            private_key: SECRET,
        },
        r#"{"RetCode": 0, "BackupRange": {"Journal": 12, "Hour": "24", "Day": 7}, "BackupMode": " Primer"}"#,
    );
    let client = ucloud_usnap::Client::builder()
        .credentials(credentials())
        .endpoint(server.url())
        .build()
        .unwrap();
    let request = ucloud_usnap::DescribeUsnapBackupRange::new(TRICKY)
        .region("cn-bj2")
        .zone("cn-bj2-04")
        .project_id(TRICKY);
    let answer = client.send(request).await.unwrap();
    let range = answer.backup_range.unwrap();
    assert_eq!(
        (range.journal, range.hour, range.day),
        (Some(12), Some(24), Some(7))
    );
    assert_eq!(
        answer.backup_mode,
        Some(ucloud_usnap::describe_usnap_backup_range::BackupMode::Primer)
    );

    let mut sent = parameters(server.only_request().text());
    assert!(sent.remove("Signature").is_some());
    let wanted = expected([
        ("Action", "DescribeUSnapBackupRange"),
        ("ProjectId", TRICKY),
        ("PublicKey", ID),
        ("Region", "cn-bj2"),
        ("SecurityToken", TOKEN),
        ("VDiskId", TRICKY),
        ("Zone", "cn-bj2-04"),
    ]);
    assert_eq!(sent, wanted);
}

#[tokio::test]
async fn redis_with_every_parameter() {
    use tencent_redis::describe_instance_backups::BackupStatus;
    use tencent_redis::{Client, DescribeInstanceBackups};

    let server = Server::start(
        Tencent { secret_key: SECRET },
        r#"{"Response": {"TotalCount": 1, "BackupSet": [{"Status": -2, "BackupType": 1, "Locked": "0"}], "RequestId": "r"}}"#,
    );
    let client = Client::builder()
        .credentials(credentials())
        .endpoint(server.url())
        .region("ap-guangzhou")
        .language("en-US")
        .build()
        .unwrap();
    let request = DescribeInstanceBackups::new(TRICKY)
        .region("ap-shanghai-fsi")
        .limit(i64::MAX)
        .offset(i64::MIN)
        .begin_time("2017-02-08 16:46:34")
        .end_time("")
        .status([
            BackupStatus::Normal,
            BackupStatus::Expired,
            BackupStatus::Unknown(-9_007_199_254_740_993),
        ])
        .instance_name(TRICKY);
    let answer = client.send(request).await.unwrap();
    assert_eq!(answer.total_count, Some(1));
    assert_eq!(answer.backup_set[0].status, Some(BackupStatus::Deleted));
    assert_eq!(
        answer.backup_set[0].backup_type,
        Some(tencent_redis::describe_instance_backups::BackupType::Automatic)
    );
    assert_eq!(answer.request_id.as_deref(), Some("r"));

    let request = server.only_request();
    no_secret_in_the_address(&request);
    let body: Json = serde_json::from_slice(&request.body).unwrap();
    let wanted = json!({
        "InstanceId": TRICKY,
        "Limit": i64::MAX,
        "Offset": i64::MIN,
        "BeginTime": "2017-02-08 16:46:34",
        "EndTime": "",
        "Status": [2, -1, -9_007_199_254_740_993_i64],
        "InstanceName": TRICKY,
    });
    assert_eq!(body, wanted);
    for (name, value) in [
        ("x-tc-action", "DescribeInstanceBackups"),
        ("x-tc-version", "2018-04-12"),
        ("x-tc-region", "ap-shanghai-fsi"),
        ("x-tc-token", TOKEN),
        ("x-tc-language", "en-US"),
    ] {
        assert_eq!(request.header(name), value, "{name}");
    }
}

#[tokio::test]
async fn redis_sends_an_empty_list_but_not_an_absent_one() {
    use tencent_redis::describe_instance_backups::BackupStatus;
    use tencent_redis::{Client, DescribeInstanceBackups};

    for (request, wanted) in [
        (
            DescribeInstanceBackups::new("crs-1"),
            r#"{"InstanceId":"crs-1"}"#,
        ),
        (
            DescribeInstanceBackups::new("crs-1").status([] as [BackupStatus; 0]),
            r#"{"InstanceId":"crs-1","Status":[]}"#,
        ),
    ] {
        let server = Server::start(
            Tencent { secret_key: SECRET },
            r#"{"Response": {"RequestId": "r"}}"#,
        );
        let client = Client::builder()
            .credentials(Credentials::new(ID, SECRET))
            .endpoint(server.url())
            .region("r");
        client.build().unwrap().send(request).await.unwrap();
        let request = server.only_request();
        assert_eq!(request.text(), wanted);
        assert_eq!(
            request.header("x-tc-token"),
            "",
            "a permanent key has no token"
        );
    }
}

#[tokio::test]
async fn hbr_with_every_parameter() {
    use aliyun_hbr::describe_backup_clients::{ClientType, CrossAccountType, Filter, Tag};
    use aliyun_hbr::{Client, DescribeBackupClients};

    let server = Server::start(
        Aliyun {
            access_key_secret: SECRET,
        },
        r#"{"RequestId": "r", "Success": true, "Code": 200, "TotalCount": "8", "PageNumber": 2,
            "Clients": [{"Status": "UNKNOWN", "ArchType": 386, "Tags": null, "Settings": {"ProxyPassword": "hunter2"}}]}"#,
    );
    let client = Client::builder()
        .credentials(credentials())
        .endpoint(server.url())
        .region("cn-hangzhou")
        .build()
        .unwrap();
    let request = DescribeBackupClients::new(ClientType::LocalClient)
        .page_number(i32::MIN)
        .page_size(99)
        .cluster_id(TRICKY)
        .client_ids(["c-1", TRICKY, ""])
        .instance_ids([] as [&str; 0])
        .tag([
            Tag::new().key(TRICKY).value(""),
            Tag::new().key("only a key"),
        ])
        .cross_account_type(CrossAccountType::Unknown(TRICKY.to_owned()))
        .cross_account_user_id(i64::MAX)
        .cross_account_role_name("")
        .filters([Filter::new().key("InstanceId").values(["i-1", TRICKY])]);
    let answer = client.send(request).await.unwrap();
    assert_eq!(answer.total_count, Some(8));
    let found = &answer.clients[0];
    assert_eq!(
        found.status,
        Some(aliyun_hbr::describe_backup_clients::ClientStatus::Disconnected)
    );
    assert_eq!(
        found.arch_type,
        Some(aliyun_hbr::describe_backup_clients::ArchType::I386)
    );
    assert_eq!(
        found
            .settings
            .as_ref()
            .unwrap()
            .proxy_password
            .as_ref()
            .unwrap()
            .expose(),
        "hunter2"
    );
    assert!(!format!("{answer:?}").contains("hunter2"));
    // What a web handler would send on.
    let shown = serde_json::to_string(&answer).unwrap();
    assert!(!shown.contains("ProxyPassword"), "{shown}");
    let stored = serde_json::to_string(&cloud_core::with_secrets(&answer)).unwrap();
    assert!(stored.contains(r#""ProxyPassword":"hunter2""#), "{stored}");

    let request = server.only_request();
    no_secret_in_the_address(&request);
    let wanted = expected([
        ("ClientType", "LOCAL_CLIENT"),
        ("ClusterId", TRICKY),
        ("CrossAccountRoleName", ""),
        ("CrossAccountType", TRICKY),
        ("CrossAccountUserId", "9223372036854775807"),
        ("Filters.1.Key", "InstanceId"),
        ("Filters.1.Values.1", "i-1"),
        ("Filters.1.Values.2", TRICKY),
        ("PageNumber", "-2147483648"),
        ("PageSize", "99"),
    ]);
    assert_eq!(parameters(request.query()), wanted);
    let client_ids = serde_json::to_string(&["c-1", TRICKY, ""]).unwrap();
    let wanted = expected([
        ("ClientIds", &*client_ids),
        ("InstanceIds", "[]"),
        ("Tag.1.Key", TRICKY),
        ("Tag.1.Value", ""),
        ("Tag.2.Key", "only a key"),
    ]);
    assert_eq!(parameters(request.text()), wanted);
    for (name, value) in [
        ("x-acs-action", "DescribeBackupClients"),
        ("x-acs-version", "2017-09-08"),
        ("x-acs-accesskey-id", ID),
        ("x-acs-security-token", TOKEN),
    ] {
        assert_eq!(request.header(name), value, "{name}");
    }
}

#[tokio::test]
async fn a_wrong_key_is_noticed_by_all_three_checks() {
    let wrong = || Credentials::new(ID, "another-s3cr3t");
    let server = Server::start(
        Ucloud {
            private_key: SECRET,
        },
        "{}",
    );
    let client = ucloud_udb::Client::builder()
        .credentials(wrong())
        .endpoint(server.url())
        .region("r")
        .zone("z");
    let error = client
        .build()
        .unwrap()
        .send(ucloud_udb::DescribeUdbInstanceBackupState::new(1))
        .await
        .unwrap_err();
    assert_eq!(error.status(), Some(403), "{error}");

    let server = Server::start(Tencent { secret_key: SECRET }, "{}");
    let client = tencent_redis::Client::builder()
        .credentials(wrong())
        .endpoint(server.url())
        .region("r");
    let error = client
        .build()
        .unwrap()
        .send(tencent_redis::DescribeInstanceBackups::new("i"))
        .await
        .unwrap_err();
    assert_eq!(error.status(), Some(403), "{error}");

    let server = Server::start(
        Aliyun {
            access_key_secret: SECRET,
        },
        "{}",
    );
    let client = aliyun_hbr::Client::builder()
        .credentials(wrong())
        .endpoint(server.url())
        .region("r");
    let request = aliyun_hbr::DescribeBackupClients::new(
        aliyun_hbr::describe_backup_clients::ClientType::EcsClient,
    );
    let error = client.build().unwrap().send(request).await.unwrap_err();
    assert_eq!(error.status(), Some(403), "{error}");
}
