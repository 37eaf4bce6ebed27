//! Documents of one's own: what they may say, and what is said about their mistakes.

use serde_json::{Value, json};

use super::{Data, Shape};
use crate::call::Answers;
use crate::models::MODELS;
use crate::support::{after, flat, start, tables, world_of};

fn problem(text: &str) -> String {
    let tables = tables();
    Data::read("mine.json", text, &tables, start())
        .unwrap_err()
        .to_string()
}

/// A message that says `mine.json:4:28: …` without the column, which is the reader's business.
fn without_column(problem: &str) -> String {
    let parts: Vec<&str> = problem.splitn(4, ':').collect();
    match parts.as_slice() {
        [file, line, _, message] => format!("{file}:{line}:{message}"),
        _ => panic!("{problem}"),
    }
}

/// A document of one backup of UDB.
fn backup(members: &str) -> String {
    format!("{{\n  \"ucloud-udb\": {{\n    \"backups\": [\n      {{ {members} }}\n    ]\n  }}\n}}")
}

#[test]
fn the_data_that_comes_along_is_right() {
    let tables = tables();
    let data = Data::demo(&tables, start()).unwrap();
    for collection in MODELS.iter().flat_map(|model| model.collections) {
        assert!(Shape::of(collection, &tables).is_some(), "{collection:?}");
        assert!(!data.list(collection).is_empty(), "{collection:?}");
    }
}

#[test]
fn a_document_may_be_empty() {
    let tables = tables();
    let data = Data::read("mine.json", "{}", &tables, start()).unwrap();
    let mut collections = MODELS.iter().flat_map(|model| model.collections);
    assert!(collections.all(|collection| data.list(collection).is_empty()));
}

#[test]
fn times_count_from_the_start() {
    let ask = |time: Value| {
        let data =
            json!({ "ucloud-udb": { "backups": [{ "BackupId": 1, "BackupEndTime": time }] } });
        let pairs = [("Region", "r"), ("Zone", "z"), ("BackupId", "1")];
        world_of(&data)
            .ask("DescribeUDBInstanceBackupState", flat(&pairs))
            .unwrap()["BackupEndTime"]
            .clone()
    };
    for (time, expected) in [
        (json!(1_600_000_000), 1_600_000_000),
        (json!("now"), 1_700_000_000),
        (json!("-90s"), 1_700_000_000 - 90),
        (json!("-5m"), 1_700_000_000 - 300),
        (json!("+2h"), 1_700_000_000 + 7200),
        (json!("-1d"), 1_700_000_000 - 86400),
    ] {
        assert_eq!(ask(time.clone()), expected, "{time}");
    }
}

#[test]
fn mistakes_are_told_with_their_line_and_what_to_do() {
    for (text, expected) in [
        (
            backup("\"BackupId\": 1, \"Sate\": \"Success\""),
            "mine.json:4: an entry of `backups` has no member `Sate`: use one of `State`",
        ),
        (
            backup("\"BackupId\": 1, \"State\": \"Done\""),
            "mine.json:4: `State` must be one of `Backuping`, `Success`, `Failed`, `Expired`",
        ),
        (
            backup("\"BackupId\": \"one\""),
            "mine.json:4: `BackupId` must be an integer of 64 bits",
        ),
        (
            backup("\"BackupId\": 1, \"BackupEndTime\": \"-2 h\""),
            "`BackupEndTime` must be a time in seconds since 1970; or a time from the start on, such as `now` or `-2h`",
        ),
        (
            backup("\"State\": \"Success\""),
            "mine.json:5: every entry of this list needs `BackupId`: add it",
        ),
        (
            backup("\"BackupId\": 1, \"BackupId\": 2"),
            "mine.json:4: `BackupId` is there twice: remove one",
        ),
        (
            backup("\"BackupId\": 1 }, { \"BackupId\": 1"),
            "two entries have the `BackupId` 1: change one, or remove it",
        ),
        (
            backup("\"BackupId\": 1, \"then\": {}, \"finishes_after\": { \"polls\": 1 }"),
            "`finishes_after` and `then` belong together",
        ),
        (
            backup("\"BackupId\": 1, \"then\": { \"State\": \"Success\" }"),
            "`finishes_after` and `then` belong together",
        ),
        (
            backup("\"BackupId\": 1, \"then\": { \"then\": {} }"),
            "an entry of `backups` has no member `then`",
        ),
        (
            backup("\"BackupId\": 1, \"finishes_after\": { \"poles\": 1 }"),
            "mine.json:4: unknown variant `poles`, expected `polls` or `seconds`",
        ),
        (
            "{\n \"ucloud-uhost\": {} }".to_owned(),
            "mine.json:2: there is no data of a service `ucloud-uhost`: use one of `aliyun-hbr`",
        ),
        (
            "{ \"ucloud-udb\": {\n \"backup\": [] } }".to_owned(),
            "mine.json:2: `ucloud-udb` has no list `backup`: use one of `backups`",
        ),
        (
            "{ \"ucloud-udb\": { \"backups\": [], \"backups\": [] } }".to_owned(),
            "mine.json:1: the list `backups` is there twice: join the two",
        ),
        (
            "{ \"ucloud-udb\": { \"backups\": [] },\n \"ucloud-udb\": { \"backups\": [] } }"
                .to_owned(),
            "mine.json:2: `ucloud-udb` is there twice: join the two",
        ),
        (
            "[]".to_owned(),
            "mine.json:1: invalid type: sequence, expected an object with a member for each service",
        ),
        ("{\n".to_owned(), "mine.json:2: EOF while parsing an object"),
        ("{} {}".to_owned(), "mine.json:1: trailing characters"),
    ] {
        let problem = without_column(&problem(&text));
        assert!(problem.contains(expected), "{problem}\nis not\n{expected}");
    }
    let clients = "{ \"aliyun-hbr\": { \"clients\": [\n{ \"ClientId\": \"c\", \"Settings\": { \"MaxWorker\": 4 } }] } }";
    let expected = "mine.json:2: `Settings.MaxWorker` must be text";
    assert_eq!(without_column(&problem(clients)), expected);
}

#[test]
fn a_file_of_ones_own_is_read() {
    let tables = tables();
    let path =
        std::env::temp_dir().join(format!("cloud-emulator-data-{}.json", std::process::id()));
    std::fs::write(&path, backup("\"BackupId\": 5")).unwrap();
    let collection = MODELS
        .iter()
        .find(|model| model.service == "ucloud-udb")
        .unwrap()
        .collections;
    let data = Data::load(&path, &tables, start()).unwrap();
    assert_eq!(data.list(&collection[0]).len(), 1);
    std::fs::remove_file(&path).unwrap();
    let error = Data::load(&path, &tables, start()).unwrap_err().to_string();
    assert!(error.contains("cannot be read"), "{error}");
}

#[test]
fn the_document_of_the_readme_is_right() {
    let readme = include_str!("../../data/README.md");
    let (_, after) = readme.split_once("```json\n").unwrap();
    let (document, _) = after.split_once("```").unwrap();
    let tables = tables();
    let data = Data::read("README.md", document, &tables, start()).unwrap();
    for collection in MODELS.iter().flat_map(|model| model.collections) {
        assert!(!data.list(collection).is_empty(), "{collection:?}");
        // The table of the README has every list, its id and its keys.
        let row = format!("| `{}` `{}` |", collection.service, collection.name);
        let row = readme.lines().find(|line| line.starts_with(&row)).unwrap();
        let keys = collection.keys.iter().copied().chain([collection.id]);
        for name in keys {
            assert!(row.contains(&format!("`{name}`")), "{name}: {row}");
        }
    }
}

/// What is shown of the data could have been the file that they come from.
#[test]
fn a_document_of_what_is_there_can_be_read_again() {
    let entries = json!([
        { "BackupId": 1, "State": "Success", "BackupEndTime": "-2h" },
        { "BackupId": 2, "State": "Backuping", "finishes_after": { "polls": 2 }, "then": { "State": "Success" } },
        { "BackupId": 3, "State": "Backuping", "finishes_after": { "seconds": 60 }, "then": { "State": "Failed" } },
    ]);
    let world = world_of(&json!({ "ucloud-udb": { "backups": entries } }));
    let shown = |seconds: u64| world.data(after(seconds))["ucloud-udb"]["backups"].clone();
    let mut expected = entries;
    expected[0]["BackupEndTime"] = json!(1_700_000_000 - 7200);
    assert_eq!(shown(0), expected);
    assert_eq!(shown(0), expected, "looking at it is no poll");

    let poll = || {
        let pairs = [("Region", "r"), ("Zone", "z"), ("BackupId", "2")];
        world
            .ask("DescribeUDBInstanceBackupState", flat(&pairs))
            .unwrap()
    };
    assert_eq!(poll()["State"], "Backuping");
    let later = shown(20);
    assert_eq!(later[1]["finishes_after"], json!({ "polls": 1 }));
    assert_eq!(later[2]["finishes_after"], json!({ "seconds": 40 }));
    assert_eq!(poll()["State"], "Backuping");
    assert_eq!(shown(60)[1], json!({ "BackupId": 2, "State": "Success" }));
    assert_eq!(shown(60)[2], json!({ "BackupId": 3, "State": "Failed" }));
    assert_eq!(poll()["State"], "Success");

    let document = world.data(after(20));
    assert_eq!(world_of(&document).data(start()), document);
}
