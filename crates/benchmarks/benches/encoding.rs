//! Requests with every parameter, from the typed value to the signed `http::Request`.
//!
//! The rivals build the same bytes with code written for the one request, and sign with the tuned signers.

use std::borrow::Cow;
use std::hint::black_box;

use aliyun_hbr::describe_backup_clients::{ClientType, CrossAccountType, Filter, Tag};
use aliyun_hbr::{DescribeBackupClients, Hbr};
use bytes::Bytes;
use cloud_core::Value;
use http::Request;
use tencent_redis::describe_instance_backups::BackupStatus;
use tencent_redis::{DescribeInstanceBackups, Redis};
use ucloud_udb::{DescribeUdbInstanceBackupState, Udb};

use crate::fixtures::{NONCE, TIMESTAMP, assert_same, client, prepare};
use crate::harness::{Comparison, Mode};
use crate::signing::{acs3, tc3, ucloud};
use crate::tuned::push_all;

pub(crate) fn run(mode: Mode) {
    tencent(mode);
    aliyun(mode);
    ucloud(mode);
}

fn tencent(mode: Mode) {
    let client = client::<Redis>("ap-guangzhou");
    let request = DescribeInstanceBackups::new("crs-5a4py64p")
        .limit(5)
        .offset(10)
        .begin_time("2017-02-08 16:46:34")
        .end_time("2017-02-08 19:09:26")
        .status([BackupStatus::Running, BackupStatus::Normal])
        .instance_name("订单缓存");
    let mut tuned = tc3::Tuned::new();
    let mut theirs = |request: &DescribeInstanceBackups| {
        let mut body = Vec::with_capacity(256);
        tencent_json(&mut body, request);
        tuned.sign(
            TIMESTAMP,
            "DescribeInstanceBackups",
            "ap-guangzhou",
            body.into(),
        )
    };
    assert_same(&prepare(&client, &request), &theirs(&request));

    Comparison::new(mode, "Tencent Cloud, every parameter: JSON alone")
        .ours("serde_json over cloud_core::Value", || {
            serde_json::to_vec(&Value::Record(black_box(&request))).unwrap()
        })
        .rival("by hand", None, || {
            let mut body = Vec::with_capacity(256);
            tencent_json(&mut body, black_box(&request));
            body
        })
        .run();
    Comparison::new(mode, "Tencent Cloud, every parameter: http::Request")
        .ours("Client::prepare", || prepare(&client, black_box(&request)))
        .rival("by hand, then tuned", None, || theirs(black_box(&request)))
        .run();
}

fn tencent_json(out: &mut Vec<u8>, request: &DescribeInstanceBackups) {
    push_all(out, &["{\"InstanceId\":"]);
    push_json(out, &request.instance_id);
    for (name, number) in [("Limit", request.limit), ("Offset", request.offset)] {
        if let Some(number) = number {
            let digits = &mut itoa::Buffer::new();
            push_all(out, &[",\"", name, "\":", digits.format(number)]);
        }
    }
    for (name, text) in [
        ("BeginTime", &request.begin_time),
        ("EndTime", &request.end_time),
    ] {
        if let Some(text) = text {
            push_all(out, &[",\"", name, "\":"]);
            push_json(out, text.as_str());
        }
    }
    if let Some(status) = &request.status {
        push_all(out, &[",\"Status\":["]);
        for (index, status) in status.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            let digits = &mut itoa::Buffer::new();
            push_all(out, &[comma, digits.format(status.as_i64())]);
        }
        push_all(out, &["]"]);
    }
    if let Some(name) = &request.instance_name {
        push_all(out, &[",\"InstanceName\":"]);
        push_json(out, name);
    }
    push_all(out, &["}"]);
}

/// Nearly all text has nothing to escape.
fn push_json(out: &mut Vec<u8>, text: &str) {
    if text
        .bytes()
        .any(|byte| byte < b' ' || byte == b'"' || byte == b'\\')
    {
        serde_json::to_writer(out, text).unwrap();
    } else {
        push_all(out, &["\"", text, "\""]);
    }
}

fn aliyun(mode: Mode) {
    let client = client::<Hbr>("cn-hangzhou");
    let tag = |key: &str, value: &str| Tag::new().key(key).value(value);
    let request = DescribeBackupClients::new(ClientType::EcsClient)
        .page_number(2)
        .page_size(99)
        .cluster_id("cl-000ge4wa61b4d337xblq")
        .client_ids(["c-0001eg6mcvjs93f46s2d", "c-0001eg6mcvjs93f46s2e"])
        .instance_ids(["i-bp1hvx2l5hzdp5s9yq4f"])
        .tag([tag("env", "production"), tag("团队", "数据 平台")])
        .cross_account_type(CrossAccountType::CrossAccount)
        .cross_account_user_id(1_234_567_890_123_456)
        .cross_account_role_name("hbrcrossrole")
        .filters([Filter::new().key("status").values(["ONLINE", "UNKNOWN"])]);
    let mut tuned = acs3::Tuned::new();
    let mut theirs = |request: &DescribeBackupClients| aliyun_by_hand(&mut tuned, request);
    assert_same(&prepare(&client, &request), &theirs(&request));

    Comparison::new(mode, "Alibaba Cloud, every parameter: http::Request")
        .ours("Client::prepare", || prepare(&client, black_box(&request)))
        .rival("by hand, then tuned", None, || theirs(black_box(&request)))
        .run();
}

fn aliyun_by_hand(tuned: &mut acs3::Tuned, request: &DescribeBackupClients) -> Request<Bytes> {
    let mut query: Vec<(String, Cow<'_, str>)> = Vec::with_capacity(16);
    let mut form: Vec<(String, Cow<'_, str>)> = Vec::with_capacity(16);
    for (name, number) in [
        ("PageNumber", request.page_number.map(i64::from)),
        ("PageSize", request.page_size.map(i64::from)),
        ("CrossAccountUserId", request.cross_account_user_id),
    ] {
        let digits = &mut itoa::Buffer::new();
        query.extend(number.map(|number| {
            let digits = digits.format(number);
            (name.to_owned(), Cow::Owned(digits.to_owned()))
        }));
    }
    let cross_account_type = request.cross_account_type.as_ref();
    for (name, text) in [
        ("ClientType", Some(request.client_type.as_str())),
        ("ClusterId", request.cluster_id.as_deref()),
        (
            "CrossAccountType",
            cross_account_type.map(CrossAccountType::as_str),
        ),
        (
            "CrossAccountRoleName",
            request.cross_account_role_name.as_deref(),
        ),
    ] {
        query.extend(text.map(|text| (name.to_owned(), Cow::Borrowed(text))));
    }
    for (number, filter) in (1..).zip(request.filters.iter().flatten()) {
        let key = filter.key.as_deref();
        query.extend(key.map(|key| (format!("Filters.{number}.Key"), Cow::Borrowed(key))));
        for (index, value) in (1..).zip(filter.values.iter().flatten()) {
            let name = format!("Filters.{number}.Values.{index}");
            query.push((name, Cow::Borrowed(value)));
        }
    }
    for (name, list) in [
        ("ClientIds", &request.client_ids),
        ("InstanceIds", &request.instance_ids),
    ] {
        form.extend(list.as_ref().map(|list| {
            let list = list.get().unwrap();
            let text = serde_json::to_string(&list).unwrap();
            (name.to_owned(), Cow::Owned(text))
        }));
    }
    for (number, tag) in (1..).zip(request.tag.iter().flatten()) {
        for (part, text) in [("Key", &tag.key), ("Value", &tag.value)] {
            let name = || format!("Tag.{number}.{part}");
            form.extend(text.as_deref().map(|text| (name(), Cow::Borrowed(text))));
        }
    }
    tuned.sign(
        TIMESTAMP,
        NONCE,
        "DescribeBackupClients",
        &borrowed(&query),
        &borrowed(&form),
    )
}

fn borrowed<'a>(pairs: &'a [(String, Cow<'_, str>)]) -> Vec<(&'a str, &'a str)> {
    pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_ref()))
        .collect()
}

fn ucloud(mode: Mode) {
    let client = client::<Udb>("cn-bj2");
    let request = DescribeUdbInstanceBackupState::new(8880)
        .backup_zone("cn-bj2-05")
        .zone("cn-bj2-04")
        .project_id("org-3kopqz");
    let mut tuned = ucloud::Tuned::new();
    let mut theirs = |request: &DescribeUdbInstanceBackupState| {
        let digits = &mut itoa::Buffer::new();
        let (zone, project) = (request.zone.as_deref(), request.project_id.as_deref());
        tuned.sign(
            &[
                ("BackupId", digits.format(request.backup_id)),
                ("BackupZone", request.backup_zone.as_deref().unwrap()),
            ],
            &[
                ("Action", "DescribeUDBInstanceBackupState"),
                ("Region", "cn-bj2"),
                ("Zone", zone.unwrap()),
                ("ProjectId", project.unwrap()),
            ],
        )
    };
    assert_same(&prepare(&client, &request), &theirs(&request));

    Comparison::new(mode, "UCloud, every parameter: http::Request")
        .ours("Client::prepare", || prepare(&client, black_box(&request)))
        .rival("by hand, then tuned", None, || theirs(black_box(&request)))
        .run();
}
