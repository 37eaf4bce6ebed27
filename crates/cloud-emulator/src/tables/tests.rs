//! Finding operations, and loading tables of one's own.

use std::fs;
use std::path::Path;

use serde_json::json;

use super::*;
use crate::call::Provider;
use crate::support::{flat, json as as_json, tables, world};

/// The names of what is in a folder, sorted.
fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn every_table_is_built_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tables");
    let tables = Tables::built_in().unwrap();
    let services = tables.services().iter();
    let names: Vec<&str> = services.map(|service| &*service.name).collect();
    assert_eq!(names, names_in(&folder));
    for service in tables.services() {
        let mut files: Vec<String> = service
            .operations
            .iter()
            .map(|operation| format!("{}.json", operation.action))
            .collect();
        files.push("service.json".to_owned());
        files.sort_unstable();
        assert_eq!(files, names_in(&folder.join(&service.name)));
    }
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
fn a_service_that_is_loaded_replaces_the_one_of_its_name() {
    let root = std::env::temp_dir().join(format!("cloud-emulator-tables-{}", std::process::id()));
    let folder = root.join("ucloud-udb");
    fs::create_dir_all(&folder).unwrap();
    let service =
        r#"{ "crate": "ucloud-udb", "provider": "ucloud", "product": "udb", "title": "x" }"#;
    fs::write(folder.join("service.json"), service).unwrap();
    let operation = r#"{ "action": "New", "summary": "x", "reference": "x" }"#;
    fs::write(folder.join("New.json"), operation).unwrap();
    // The folder of the service, and the folder that holds it.
    for path in [&folder, &root] {
        let mut tables = Tables::built_in().unwrap();
        let built_in = tables.services().len();
        tables.load(path).unwrap();
        let udb = tables.service("ucloud-udb").unwrap();
        let actions: Vec<&str> = udb
            .operations
            .iter()
            .map(|operation| &*operation.action)
            .collect();
        assert_eq!(actions, ["New"]);
        assert_eq!(tables.services().len(), built_in);
        let json: serde_json::Value = serde_json::from_str(&udb.json()).unwrap();
        assert_eq!(
            (&json["title"], &json["operations"][0]["action"]),
            (&json!("x"), &json!("New"))
        );
    }

    let mut tables = Tables::built_in().unwrap();
    fs::write(folder.join("New.json"), "{\n  \"action\": 5\n}").unwrap();
    let error = tables.load(&folder).unwrap_err().to_string();
    let expected = "New.json:2:13: invalid type: integer `5`, expected a string\nhelp: `cargo xtask gen` writes tables";
    assert!(error.contains(expected), "{error}");
    fs::remove_file(folder.join("service.json")).unwrap();
    let error = tables.load(&root).unwrap_err().to_string();
    assert!(
        error.contains("there is no `service.json` in this folder"),
        "{error}"
    );
    fs::remove_dir_all(&root).unwrap();
    let error = tables.load(&root).unwrap_err().to_string();
    assert!(error.contains("cannot be listed"), "{error}");
}
