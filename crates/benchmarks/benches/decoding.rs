//! Decoding an answer of Tencent Cloud into typed records: a list of 1,000 backups, and one of 2.
//!
//! The rivals are what one would write with serde for the same fields of the same types. They know nothing of the provider's
//! failures, of numbers sent as text or of second names; ours does all of that in the time that is compared.

use std::fmt;
use std::hint::black_box;

use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};
use tencent_redis::{DescribeInstanceBackupsResponse, Redis};

use crate::fixtures::backups_json;
use crate::harness::{Comparison, Mode};

pub(crate) fn run(mode: Mode) {
    for count in [1_000, 2] {
        let body = backups_json(count);
        check(body.as_bytes(), count);
        let task = format!("decode {count} backups, {} bytes", body.len());
        let bytes = || black_box(body.as_bytes());
        Comparison::new(mode, &task)
            .ours("cloud_core::decode", || ours(bytes()))
            .rival("serde derived, from bytes", 0.85, || derived(bytes()))
            .rival(
                "serde derived, from text that is checked once",
                None,
                || {
                    let text = std::str::from_utf8(bytes()).unwrap();
                    serde_json::from_str::<Derived>(text).unwrap()
                },
            )
            .rival("serde derived, by way of serde_json::Value", None, || {
                let value: serde_json::Value = serde_json::from_slice(bytes()).unwrap();
                serde_json::from_value::<Derived>(value).unwrap()
            })
            .run();
    }
}

fn ours(body: &[u8]) -> DescribeInstanceBackupsResponse {
    cloud_core::decode::<Redis, _>(body).unwrap()
}

pub(crate) fn derived(body: &[u8]) -> Derived {
    serde_json::from_slice(body).unwrap()
}

/// Both sides read the same, and all of it. The records have the same names, and so the same `Debug`.
fn check(body: &[u8], count: usize) {
    let (ours, theirs) = (ours(body), derived(body).response);
    assert_eq!(ours.backup_set.len(), count);
    assert_eq!(
        format!("{:?}", ours.backup_set),
        format!("{:?}", theirs.backup_set)
    );
    assert_eq!(
        (&ours.total_count, &ours.request_id),
        (&theirs.total_count, &theirs.request_id)
    );
    let json: serde_json::Value = serde_json::from_slice(body).unwrap();
    assert_eq!(serde_json::to_value(&ours).unwrap(), json["Response"]);
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Derived {
    response: Answer,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Answer {
    total_count: Option<i64>,
    backup_set: Vec<RedisBackupSet>,
    request_id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct RedisBackupSet {
    start_time: Option<String>,
    backup_id: Option<String>,
    backup_type: Option<BackupType>,
    status: Option<BackupStatus>,
    remark: Option<String>,
    #[serde(deserialize_with = "flag")]
    locked: Option<bool>,
    backup_size: Option<i64>,
    full_backup: Option<i64>,
    instance_type: Option<i64>,
    instance_id: Option<String>,
    instance_name: Option<String>,
    region: Option<String>,
    end_time: Option<String>,
    file_type: Option<String>,
    expire_time: Option<String>,
    encrypted: Option<bool>,
}

/// A number that is 0 for no and 1 for yes.
fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    let number = Option::<u8>::deserialize(deserializer)?;
    Ok(number.map(|number| number == 1))
}

#[derive(Debug)]
enum BackupType {
    Manual,
    Automatic,
    ConfigurationChange,
    #[expect(dead_code, reason = "only its `Debug` is looked at")]
    Unknown(String),
}

#[derive(Debug)]
enum BackupStatus {
    Running,
    Normal,
    Converting,
    Converted,
    Expired,
    Deleted,
    #[expect(dead_code, reason = "only its `Debug` is looked at")]
    Unknown(i64),
}

/// As fast as serde lets an open enum be.
impl<'de> Deserialize<'de> for BackupType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = BackupType;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("text")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<BackupType, E> {
                Ok(match text {
                    "0" => BackupType::Manual,
                    "1" => BackupType::Automatic,
                    "2" => BackupType::ConfigurationChange,
                    other => BackupType::Unknown(other.to_owned()),
                })
            }
        }

        deserializer.deserialize_str(Text)
    }
}

impl<'de> Deserialize<'de> for BackupStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match i64::deserialize(deserializer)? {
            1 => Self::Running,
            2 => Self::Normal,
            3 => Self::Converting,
            4 => Self::Converted,
            -1 => Self::Expired,
            -2 => Self::Deleted,
            other => Self::Unknown(other),
        })
    }
}
