//! Finding operations, and loading tables of one's own.

use std::fs;

use serde_json::json;

use super::*;
use crate::call::Provider;
use crate::support::{flat, json as as_json, tables, world};

#[test]
fn every_service_has_its_table() {
    let tables = Tables::built_in().unwrap();
    let names: Vec<&str> = tables
        .services()
        .iter()
        .map(|service| &*service.name)
        .collect();
    assert_eq!(
        names,
        ["aliyun-hbr", "tencent-redis", "ucloud-udb", "ucloud-usnap"]
    );
}

#[test]
fn an_operation_is_found_by_provider_product_action_and_version() {
    let tables = tables();
    let call = |action: &str| crate::support::call(&tables, action, flat(&[]));
    let (service, operation) = tables.find(&call("DescribeTrees")).unwrap();
    assert_eq!(
        (&*service.name, &*operation.action),
        ("fixture-tencent", "DescribeTrees")
    );

    let mut other = call("DescribeTrees");
    other.action = "DescribeShrubs".to_owned();
    assert_eq!(tables.find(&other).unwrap_err(), Refusal::UnknownAction);
    let mut other = call("DescribeTrees");
    other.product = Some("redis".to_owned());
    assert_eq!(tables.find(&other).unwrap_err(), Refusal::UnknownAction);
    let mut other = call("DescribeTrees");
    other.provider = Provider::Aliyun;
    assert_eq!(tables.find(&other).unwrap_err(), Refusal::UnknownAction);
    let mut other = call("DescribeTrees");
    other.version = Some("2019-01-01".to_owned());
    let expected = "2020-02-02".to_owned();
    assert_eq!(
        tables.find(&other).unwrap_err(),
        Refusal::UnknownVersion { expected }
    );
    let mut other = call("OpenHarbor");
    other.version = None;
    let parameter = "Version".to_owned();
    assert_eq!(
        tables.find(&other).unwrap_err(),
        Refusal::Missing { parameter }
    );
    // UCloud has no versions, whatever a request says.
    let mut other = call("DescribeBoxes");
    other.version = Some("1".to_owned());
    assert!(tables.find(&other).is_ok());
}

#[test]
fn an_operation_that_a_table_describes_is_served_without_code() {
    let answer = world()
        .ask("DescribeTask", as_json(json!({ "TaskId": 12 })))
        .unwrap();
    assert_eq!(answer["Steps"][0]["Status"], "succeed");
}

#[test]
fn a_table_of_the_same_service_takes_its_place() {
    let folder = std::env::temp_dir().join(format!("cloud-emulator-tables-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("ucloud-udb.json");
    let text = r#"{ "crate": "ucloud-udb", "provider": "ucloud", "product": "udb", "title": "x",
        "operations": [{ "action": "New", "summary": "x", "reference": "x" }] }"#;
    fs::write(&file, text).unwrap();
    let mut tables = Tables::built_in().unwrap();
    tables.load(&file).unwrap();
    let udb = tables.service("ucloud-udb").unwrap();
    assert!(
        udb.operation("New").is_some() && udb.operation("DescribeUDBInstanceBackupState").is_none()
    );
    assert_eq!(tables.services().len(), 4);

    fs::write(&file, "{\n  \"crate\": 5\n}").unwrap();
    let error = tables.load(&folder).unwrap_err().to_string();
    let expected = "ucloud-udb.json:2:12: invalid type: integer `5`, expected a string\nhelp: `cargo xtask gen` writes tables";
    assert!(error.contains(expected), "{error}");
    fs::remove_file(&file).unwrap();
    assert!(
        tables
            .load(&folder)
            .unwrap_err()
            .to_string()
            .contains("there is no table")
    );
    fs::remove_dir(&folder).unwrap();
    assert!(
        tables
            .load(&folder)
            .unwrap_err()
            .to_string()
            .contains("cannot be read")
    );
}
