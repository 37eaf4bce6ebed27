//! A service of any size, made of operations as large as those of the four real services are on average.
//!
//! Their 305 operations have 1,742 parameters, 871 members of answers, and 215 records with 1,565 members; that is 6, 3 and 5 for an
//! operation. Error codes, an example and an enum of four values are added, as a spec has them.

use std::fs;
use std::path::Path;

/// The package.
pub(crate) const CRATE: &str = "tencent-synthetic";

const SERVICE: &str = r#"# yaml-language-server: $schema=../service.schema.json
provider: tencent
marker: Synthetic
product: synthetic
version: "2020-02-02"
title: "Synthetic"
description: "A service of any size."
documentation: https://docs.example.com/synthetic
keywords: [synthetic]
endpoints:
  - { host: synthetic.example.com, doc: "Every region." }
rate_limit: 20/s
errors:
  InvalidParameter: { kind: invalid_parameter, doc: "A parameter is wrong." }
  ResourceNotFound.InstanceNotExists: { kind: not_found, doc: "No instance has this id." }
"#;

const PROVIDER: &str = include_str!("../../../specs/providers/tencent.yaml");

const OPERATION: &str = r#"# yaml-language-server: $schema=../operation.schema.json

summary: "List the backups of instance group NUMBER, with their states."
reference: https://docs.example.com/synthetic/describe-backups-NUMBER
effect: read

request:
  InstanceId: { type: string, required: true, doc: "Id of the instance. The console shows it beside the name." }
  Limit: { type: i64, default: 20, minimum: 1, maximum: 100, doc: "How many backups to return at most." }
  Offset: { type: i64, default: 0, multiple_of: Limit, doc: "How many backups to skip." }
  Status: { type: [StateNUMBER], max_items: 4, doc: "States of the backups to list. Absent means all of them." }
  Name: { type: string, min_length: 1, max_length: 60, doc: "Text that the name of a backup has to contain. Absent means no restriction." }

response:
  TotalCount: { type: i64, doc: "How many backups match in all, on every page together." }
  BackupSet: { type: [BackupNUMBER], doc: "The backups of this page, the newest first." }

pages: { offset: Offset, limit: Limit, items: BackupSet, total: TotalCount }

types:
  BackupNUMBER:
    doc: "One backup of an instance."
    fields:
      BackupId: { type: string, doc: "Id of the backup." }
      StartTime: { type: date_time, doc: "When the backup was begun." }
      Size: { type: i64, doc: "How large the backup is, in bytes. It is 0 while the backup is being made." }
      Status: { type: StateNUMBER, doc: "State of the backup." }
      Locked: { type: bool, doc: "Whether the backup is locked against changes." }
  StateNUMBER:
    enum: i64
    doc: "State of a backup."
    values:
      1: { name: Running, doc: "It is being made." }
      2: { name: Normal, doc: "It can be restored." }
      3: { name: Restoring, doc: "It is being restored." }
      -1: { name: Expired, doc: "It is gone." }

errors: [InvalidParameter, ResourceNotFound.InstanceNotExists]

examples:
  - title: "One backup"
    request: { InstanceId: crs-5a4py64p, Limit: 5, Offset: 0 }
    response:
      Response:
        TotalCount: 1
        BackupSet: [{ BackupId: b-1, StartTime: "2018-01-23 09:59:30", Size: 1024, Status: 2, Locked: false }]
        RequestId: e9310b4b-b3b3-4b9c-8f5f-6c5e0d5f9a3e
"#;

/// Writes the specs of a service with so many operations below `specs`, and says how long they are together.
pub(crate) fn write(specs: &Path, operations: usize) -> usize {
    let folder = specs.join(CRATE);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("service.yaml"), SERVICE).unwrap();
    let providers = specs.join("providers");
    fs::create_dir_all(&providers).unwrap();
    fs::write(providers.join("tencent.yaml"), PROVIDER).unwrap();
    let mut bytes = SERVICE.len();
    for number in 0..operations {
        let text = OPERATION.replace("NUMBER", &number.to_string());
        bytes += text.len();
        fs::write(folder.join(format!("{}.yaml", action(number))), text).unwrap();
    }
    bytes
}

/// The name of an operation.
pub(crate) fn action(number: usize) -> String {
    format!("DescribeBackups{number}")
}
