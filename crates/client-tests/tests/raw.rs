//! Actions without a spec, over a real socket.

use client_tests::{Aliyun, Server, TRICKY, Tencent, Ucloud, form};
use cloud_core::Credentials;
use serde_json::json;

const SECRET: &str = "secret+/=0123456789";

fn credentials() -> Credentials {
    Credentials::new("id", SECRET)
}

#[tokio::test]
async fn ucloud() {
    let server = Server::start(
        Ucloud {
            private_key: SECRET,
        },
        r#"{"RetCode": 0, "DataSet": [{"DBId": "udb-1"}]}"#,
    );
    let client = ucloud_udb::Client::builder()
        .credentials(credentials())
        .endpoint(server.url())
        .region("cn-bj2");
    let request = ucloud_udb::RawRequest::new("DescribeUDBInstance")
        .param("ClassType", TRICKY)
        .param("Limit", 20)
        .param("Ratio", 42.0)
        .param("IsInVPC", true)
        .param("Absent", json!(null))
        .param("Labels", json!([{"Key": "a", "Value": "b"}, {"Key": "c"}]))
        .read();
    let answer = client.build().unwrap().send(request).await.unwrap();
    assert_eq!(
        answer,
        json!({"RetCode": 0, "DataSet": [{"DBId": "udb-1"}]})
    );

    let mut sent = form(server.only_request().text());
    sent.retain(|(name, _)| name != "Signature");
    sent.sort();
    let wanted = [
        ("Action", "DescribeUDBInstance"),
        ("ClassType", TRICKY),
        ("IsInVPC", "true"),
        ("Labels.0.Key", "a"),
        ("Labels.0.Value", "b"),
        ("Labels.1.Key", "c"),
        ("Limit", "20"),
        ("PublicKey", "id"),
        ("Ratio", "42"),
        ("Region", "cn-bj2"),
    ];
    assert_eq!(
        sent,
        wanted.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
}

#[tokio::test]
async fn tencent() {
    let server = Server::start(
        Tencent { secret_key: SECRET },
        r#"{"Response": {"RequestId": "r", "TaskId": 7}}"#,
    );
    let client = tencent_redis::Client::builder()
        .credentials(credentials())
        .endpoint(server.url());
    let request = tencent_redis::RawRequest::new("ManualBackupInstance")
        .param("Remark", TRICKY)
        .param("Ids", json!([1, -2]));
    let answer = client.build().unwrap().send(request).await.unwrap();
    assert_eq!(answer, json!({"RequestId": "r", "TaskId": 7}));

    let request = server.only_request();
    let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
    assert_eq!(body, json!({"Remark": TRICKY, "Ids": [1, -2]}));
    assert!(
        request
            .headers
            .iter()
            .all(|(name, _)| name != "x-tc-region"),
        "no region was set"
    );
}

#[tokio::test]
async fn aliyun() {
    let server = Server::start(
        Aliyun {
            access_key_secret: SECRET,
        },
        r#"{"RequestId": "r", "Success": true}"#,
    );
    let client = aliyun_hbr::Client::builder()
        .credentials(credentials())
        .endpoint(server.url());
    let request = aliyun_hbr::RawRequest::new("DescribeVaults")
        .param("Tag", json!([{"Key": TRICKY}]))
        .param("Ids", r#"["v"]"#);
    let answer = client.build().unwrap().send(request).await.unwrap();
    assert_eq!(answer["RequestId"], "r");

    let request = server.only_request();
    assert_eq!(
        request.query(),
        "",
        "a value without a spec may be a secret, and stays out of the address"
    );
    let wanted = [("Ids", r#"["v"]"#), ("Tag.1.Key", TRICKY)]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(form(request.text()), wanted);
}
