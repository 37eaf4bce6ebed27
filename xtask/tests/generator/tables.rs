//! The tables that the emulator serves from: what they hold, and that `gen` owns their folder.

use serde_json::{Value, json};

use crate::workspace::Workspace;

const TABLES: &str = "crates/cloud-emulator/tables";

fn table(workspace: &Workspace, service: &str, name: &str) -> Value {
    let text = workspace.read(&format!("{TABLES}/{service}/{name}.json"));
    serde_json::from_str(&text).unwrap()
}

fn named<'v>(list: &'v Value, name: &str) -> &'v Value {
    let mut items = list.as_array().unwrap().iter();
    items.find(|item| item["name"] == name).unwrap()
}

#[test]
fn a_table_has_what_a_server_needs() {
    let workspace = Workspace::generated();
    let service = table(&workspace, "acme-vault", "service");
    for (key, value) in [
        ("crate", json!("acme-vault")),
        ("provider", json!("aliyun")),
        ("product", json!("vault")),
        ("version", json!("2024-01-31")),
        (
            "endpoints",
            json!([
                { "host": "vault.acme.example", "regions": ["moon-1", "moon-2"] },
                { "host": "vault.{region}.acme.example" }
            ]),
        ),
        (
            "errors",
            json!([
                { "code": "Vault.NotFound", "kind": "not_found", "doc": "No vault has this id." },
                { "code": "Throttling", "kind": "throttled", "doc": "Too many calls." }
            ]),
        ),
    ] {
        assert_eq!(service[key], value, "{key}");
    }
    assert_eq!(
        service["types"]["Tag"]["fields"][0],
        json!({
            "name": "Key", "type": "string", "not_empty": true, "not_prefix": ["acs:", "acme"]
        })
    );

    let operation = table(&workspace, "acme-vault", "DescribeVaults");
    for (key, value) in [
        ("action", json!("DescribeVaults")),
        ("effect", json!("read")),
        ("rate_limit", json!({ "calls": 20, "seconds": 1 })),
        (
            "scope",
            json!([{ "name": "Region", "scope": "region", "required": true }]),
        ),
        (
            "pages",
            json!({ "by": "offset", "position": "Offset", "limit": "Limit", "items": ["Vaults"], "total": "TotalCount" }),
        ),
    ] {
        assert_eq!(operation[key], value, "{key}");
    }
    let request = &operation["request"];
    assert_eq!(
        *named(request, "Limit"),
        json!({ "name": "Limit", "type": "i64", "example": "5", "default": "20", "minimum": 1, "maximum": 100 })
    );
    assert_eq!(
        *named(request, "State"),
        json!({ "name": "State", "type": { "json": ["VaultState"] }, "in": "form" })
    );
    assert_eq!(
        *named(request, "Tag"),
        json!({ "name": "Tag", "type": ["Tag"], "in": "form", "min_items": 1, "max_items": 20 })
    );
    assert_eq!(
        *named(&operation["response"], "Vaults"),
        json!({ "name": "Vaults", "type": ["Vault"], "aliases": ["VaultSet"] })
    );
    let types = &operation["types"];
    assert_eq!(
        types["Level"],
        json!({ "enum": "i64", "values": [{ "value": 1 }, { "value": -1 }] })
    );
    assert_eq!(
        types["VaultState"]["values"][0],
        json!({ "value": "OPEN", "aliases": ["1"] })
    );
    assert_eq!(
        *named(&types["Vault"]["fields"], "Password"),
        json!({ "name": "Password", "type": "string", "sensitive": true })
    );
    // The request is as the page has it; the answer has canonical names and spellings.
    let example = &operation["examples"][0];
    assert_eq!(example["request"]["Region"], "moon-1");
    assert_eq!(example["response"]["Vaults"][0]["State"], "CLOSED");
}

#[test]
fn types_rules_and_waiters_are_in_the_tables_too() {
    let workspace = Workspace::new();
    workspace.write(
        "specs/acme-disk/DescribeJob.yaml",
        r#"# yaml-language-server: $schema=../operation.schema.json
summary: "Tell how a job goes."
reference: https://acme.example/disk/describe-job
effect: read
request:
  Page: { type: i64, required: true, default: 1, doc: "x" }
  Start: { type: hour, multiple_of: 2, doc: "x" }
  Since: { type: unix_millis, only_when: { Page: [1, 2] }, doc: "x" }
  Until: { type: date_time, required_when: { Page: 2 }, only_with: Since, doc: "x" }
  Crate: { type: { json: [Crate] }, sensitive: true, required_unless: [Start, Size], doc: "x" }
  Size: { type: { text: flag }, doc: "x" }
response:
  Result: { type: { map: Crate }, doc: "x" }
  Boxes: { type: [Crate], wrapper: Crate, doc: "x" }
pages: { page: Page, items: Boxes, first: 1 }
waiters:
  done: { doc: "It is done.", path: "Boxes[].Level", pending: [0], success: [1], not_found: pending }
types:
  Crate:
    doc: "x"
    input: true
    fields:
      Ratio: { type: f64, minimum: 0.5, doc: "x" }
      Level: { type: i64, doc: "x" }
"#,
    );
    let run = workspace.xtask(&["gen"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let service = table(&workspace, "acme-disk", "service");
    assert_eq!(service["version"], Value::Null);
    let operation = table(&workspace, "acme-disk", "DescribeJob");
    assert_eq!(
        operation["request"],
        json!([
            // What `new` presets is required all the same.
            { "name": "Page", "type": "i64", "required": true, "default": "1" },
            { "name": "Start", "type": "hour", "multiple_of": 2 },
            { "name": "Since", "type": "unix_millis", "only_when": { "Page": ["1", "2"] } },
            { "name": "Until", "type": "date_time", "required_when": { "Page": ["2"] }, "only_with": ["Since"] },
            { "name": "Crate", "type": { "json": ["Crate"] }, "sensitive": true, "required_unless": ["Start", "Size"] },
            { "name": "Size", "type": { "text": "flag" } }
        ])
    );
    assert_eq!(
        operation["response"],
        json!([
            { "name": "Result", "type": { "map": "Crate" } },
            { "name": "Boxes", "type": ["Crate"], "wrapper": "Crate" }
        ])
    );
    assert_eq!(
        operation["pages"],
        json!({ "by": "page", "position": "Page", "first": 1, "items": ["Boxes"] })
    );
    assert_eq!(
        operation["waiters"],
        json!([{ "name": "done", "path": "Boxes.Level", "pending": ["0"], "success": ["1"], "not_found": "pending" }])
    );
    assert_eq!(
        operation["types"]["Crate"]["fields"][0]["minimum"],
        json!(0.5)
    );
}

#[test]
fn a_new_operation_changes_no_table_that_is_there() {
    let workspace = Workspace::generated();
    let tables = |workspace: &Workspace| {
        let mut files = workspace.files();
        files.retain(|path, _| path.starts_with(TABLES));
        files
    };
    let before = tables(&workspace);
    workspace.write(
        "specs/acme-vault/CountVaults.yaml",
        r#"# yaml-language-server: $schema=../operation.schema.json
summary: "Count the vaults."
reference: https://acme.example/vault/count
effect: read
request: {}
response: { Vaults: { type: i64, doc: "How many vaults there are." } }
"#,
    );
    let run = workspace.xtask(&["gen"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let mut after = tables(&workspace);
    let new = after.remove(&format!("{TABLES}/acme-vault/CountVaults.json"));
    assert!(new.is_some());
    assert_eq!(after, before);
}

#[test]
fn a_service_that_is_gone_takes_its_table_along() {
    let workspace = Workspace::generated();
    workspace.write("crates/cloud-emulator/src/lib.rs", "// Written by hand.");
    std::fs::remove_dir_all(workspace.path("specs/acme-disk")).unwrap();
    let run = workspace.xtask(&["gen"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(!workspace.path(&format!("{TABLES}/acme-disk")).exists());
    assert!(workspace.path("crates/cloud-emulator/src/lib.rs").exists());
}

#[test]
fn check_guards_the_tables_and_not_the_crate_around_them() {
    let workspace = Workspace::generated();
    workspace.write("crates/cloud-emulator/src/lib.rs", "// Written by hand.");
    let run = workspace.xtask(&["gen", "--check"]);
    assert_eq!((run.code, &*run.err), (Some(0), ""), "{run:?}");

    workspace.edit(
        &format!("{TABLES}/acme-vault/DescribeVaults.json"),
        "\"maximum\":100",
        "\"maximum\":50",
    );
    workspace.write(&format!("{TABLES}/mine.json"), "{}");
    let run = workspace.xtask(&["gen", "--check"]);
    assert_eq!(run.code, Some(1));
    for line in [
        "stale    crates/cloud-emulator/tables/acme-vault/DescribeVaults.json\n",
        "stray    crates/cloud-emulator/tables/mine.json (not on the list of generated files)\n",
    ] {
        assert!(run.err.contains(line), "{line}\n{}", run.err);
    }
}
