//! `new`, `list` and `explain`.

use serde_json::Value;

use crate::workspace::Workspace;

#[test]
fn a_new_service_and_its_operation_are_written_and_told_to_be_filled_in() {
    let workspace = Workspace::new();
    let run = workspace.xtask(&["new", "tencent-moon", "--title", "Moon: the \"far\" side"]);
    assert_eq!((run.code, &*run.err), (Some(0), ""), "{run:?}");
    assert!(
        run.out
            .starts_with("wrote specs/tencent-moon/service.yaml\nhelp: ")
            && run.out.contains("`cargo xtask gen`"),
        "{run:?}"
    );
    let service = workspace.read("specs/tencent-moon/service.yaml");
    assert!(
        service.starts_with("# yaml-language-server: $schema=../service.schema.json\n"),
        "{service}"
    );
    let run = workspace.xtask(&["new", "tencent-moon", "DescribeCraters"]);
    assert_eq!(run.code, Some(0), "{run:?}");

    // What was not filled in is no spec yet, and nothing else is wrong with it.
    let run = workspace.xtask(&["gen"]);
    assert_eq!(run.code, Some(1));
    let mistakes = run.err.matches("error[").count();
    assert!(mistakes > 5, "{run:?}");
    assert_eq!(run.err.matches("error[S027]").count(), mistakes, "{run:?}");

    for path in [
        "specs/tencent-moon/service.yaml",
        "specs/tencent-moon/DescribeCraters.yaml",
    ] {
        let lines = workspace.read(path);
        let lines = lines.lines().map(|line| match line.split_once("\"TODO") {
            None => line.to_owned(),
            Some((key, _)) if key.starts_with("version") => format!("{key}\"2024-02-29\""),
            Some((key, _)) if key.starts_with("reference") || key.starts_with("documentation") => {
                format!("{key}https://moon.example/page")
            }
            Some((key, _)) => format!("{key}\"Something about it.\""),
        });
        workspace.write(path, lines.map(|line| line + "\n").collect::<String>());
    }
    let run = workspace.xtask(&["gen"]);
    assert_eq!((run.code, &*run.err), (Some(0), ""), "{run:?}");
    assert!(workspace.path("crates/tencent-moon/src/lib.rs").exists());
}

#[test]
fn new_never_overwrites_and_writes_nothing_that_cannot_be() {
    let workspace = Workspace::generated();
    workspace.write("crates/acme-core/src/lib.rs", "");
    let files = workspace.files();
    for (arguments, code, said) in [
        (&["new"][..], 2, "which crate?"),
        (&["new", "acme-vault"], 2, "--provider"),
        (
            &["new", "Acme", "--provider", "ucloud"],
            2,
            "the name of a crate",
        ),
        (
            &["new", "acme-moon", "--provider", "acme"],
            2,
            "`ucloud`, `tencent` or `aliyun`",
        ),
        (
            &["new", "acme-vault", "describe-vaults"],
            2,
            "the name of an action",
        ),
        (
            &["new", "acme-vault", "--provider=aliyun"],
            1,
            "specs/acme-vault/service.yaml is there already",
        ),
        (
            &["new", "acme-vault", "DescribeVaults"],
            1,
            "specs/acme-vault/DescribeVaults.yaml is there already",
        ),
        (
            &["new", "tencent-moon", "DescribeCraters"],
            1,
            "`cargo xtask new tencent-moon` writes one",
        ),
        (
            &["new", "acme-valt", "DescribeVaults"],
            1,
            "did you mean `acme-vault`?",
        ),
        (
            &["new", "acme-core", "--provider=aliyun"],
            1,
            "crates/acme-core is there already, and no spec makes it",
        ),
    ] {
        let run = workspace.xtask(arguments);
        assert_eq!((run.code, &*run.out), (Some(code), ""), "{run:?}");
        assert!(run.err.contains(said), "{run:?}");
    }
    assert_eq!(workspace.files(), files);
}

#[test]
fn the_list_shows_what_is_covered() {
    let workspace = Workspace::new();
    let run = workspace.xtask(&["list"]);
    assert_eq!((run.code, &*run.err), (Some(0), ""), "{run:?}");
    let rows: Vec<Vec<&str>> = run
        .out
        .lines()
        .map(|line| line.split_whitespace().take(5).collect())
        .collect();
    assert_eq!(
        rows,
        [
            ["crate", "operations", "request", "response", "records"],
            ["acme-disk", "1", "5/5", "0/0", "0/0"],
            ["acme-vault", "1", "6/6", "3/3", "7/7"],
            ["total", "2", "11/11", "3/3", "7/7"],
        ]
    );
    let widths: Vec<usize> = run.out.lines().map(str::len).collect();
    assert!(
        widths.iter().all(|width| *width == widths[0]),
        "{}",
        run.out
    );
}

#[test]
fn the_list_of_one_crate_is_for_programs_too() {
    let workspace = Workspace::new();
    let run = workspace.xtask(&["list", "acme-vault", "--json"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let list: Value = serde_json::from_str(&run.out).unwrap();
    let row = &list["rows"][0];
    assert_eq!(row["action"], "DescribeVaults");
    assert_eq!(row["request"]["fields"], 6);
    // The shared type is the service's.
    assert_eq!(row["records"]["documented"], 5);
    assert_eq!(list["total"]["records"]["documented"], 7);
    assert_eq!(row["operations_with_example_responses"], 1);
    assert_eq!(row["quirks"], 1);
    let run = workspace.xtask(&["list", "acme-valt"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("did you mean `acme-vault`?"), "{run:?}");
}

#[test]
fn codes_are_explained() {
    let workspace = Workspace::new();
    let run = workspace.xtask(&["explain", "S012"]);
    assert_eq!(run.code, Some(0));
    assert!(
        run.out.starts_with("S012: YAML that specs do without") && run.out.contains("\nWrong:\n"),
        "{run:?}"
    );
    let run = workspace.xtask(&["explain"]);
    assert_eq!(run.out.lines().count(), xtask::codes().count());
    let run = workspace.xtask(&["explain", "S01"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("did you mean `S001`?"), "{run:?}");
}
