//! Prose of any shape: what is generated from it is Rust, and the prose stays in comments.

use crate::workspace::Workspace;

const SERVICE: &str = "specs/acme-vault/service.yaml";
const OPERATION: &str = "specs/acme-vault/DescribeVaults.yaml";
const TYPES: &str = "specs/acme-vault/types.yaml";
const PROVIDER: &str = "specs/providers/aliyun.yaml";

/// Generates from a spec with a text replaced, and looks at each line that has the word `zebra` in it: a comment in Rust, and in the
/// README a line that begins as wanted.
#[track_caller]
fn generate(spec: &str, from: &str, to: &str, in_readme: Option<&str>) -> Workspace {
    let workspace = Workspace::new();
    workspace.edit(spec, from, to);
    let run = workspace.xtask(&["gen"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let mut lines = 0;
    for (path, contents) in workspace.files() {
        let text = String::from_utf8(contents).unwrap();
        let is_rust = path.ends_with(".rs");
        if is_rust {
            let parsed = syn::parse_file(&text);
            assert!(parsed.is_ok(), "{path}: {:?}", parsed.err());
        }
        let is_readme = path.ends_with("acme-vault/README.md");
        for line in text.lines().filter(|line| line.contains("zebra")) {
            lines += usize::from(is_rust || is_readme);
            if is_rust {
                assert!(line.trim_start().starts_with("//"), "{path}: {line}");
            } else if is_readme {
                let start = in_readme.unwrap_or("no such line");
                assert!(line.starts_with(start), "{path}: {line}");
            }
        }
    }
    assert!(lines > 0, "the prose is nowhere");
    workspace
}

#[test]
fn a_blank_line_in_a_folded_summary() {
    let summary = "summary: >-\n  List the vaults.\n\n  With a zebra.\nreference:";
    let workspace = generate(
        OPERATION,
        "summary: \"List the vaults.\"\nreference:",
        summary,
        Some("| "),
    );
    let readme = workspace.read("crates/acme-vault/README.md");
    assert!(
        readme.contains("| List the vaults. With a zebra. |"),
        "{readme}"
    );
    // In the documentation it begins a paragraph.
    let module = workspace.read("crates/acme-vault/src/describe_vaults.rs");
    assert!(
        module.contains("/// List the vaults.\n///\n/// With a zebra.\n"),
        "{module}"
    );
}

#[test]
fn a_line_break_in_a_title() {
    let workspace = generate(
        SERVICE,
        "title: \"Acme Vault\"",
        "title: \"Acme Vault\\nwith a zebra\"",
        Some("A typed client of Acme Vault with a zebra"),
    );
    let library = workspace.read("crates/acme-vault/src/lib.rs");
    assert!(
        library.contains("    /// A client of Acme Vault with a zebra that does everything"),
        "{library}"
    );
}

#[test]
fn a_line_break_in_an_example() {
    let workspace = generate(
        OPERATION,
        "Offset: { type: i64,",
        "Stripes: { type: string, example: \"a\\nzebra\\r\\rb\", doc: \"Its stripes.\" }\n  Offset: { type: i64,",
        None,
    );
    let module = workspace.read("crates/acme-vault/src/describe_vaults.rs");
    assert!(module.contains("/// Example: `a zebra b`.\n"), "{module}");
}

#[test]
fn a_line_break_in_a_code_span() {
    let workspace = generate(
        OPERATION,
        "doc: \"How many to skip.\"",
        "doc: \"How many to skip: `a\\nzebra`.\"",
        None,
    );
    let module = workspace.read("crates/acme-vault/src/describe_vaults.rs");
    assert!(
        module.contains("/// How many to skip: `a zebra`.\n"),
        "{module}"
    );
}

#[test]
fn line_breaks_in_every_other_prose() {
    for (spec, from) in [
        (SERVICE, "An invented service that keeps things."),
        (SERVICE, "The moon has one host."),
        (SERVICE, "Too many calls."),
        (SERVICE, "No vault has this id."),
        (SERVICE, "in the SDK"),
        (TYPES, "Key of the tag."),
        (PROVIDER, "Region to ask."),
        (PROVIDER, "Id of the request."),
        (OPERATION, "State of a vault."),
        (OPERATION, "It is open."),
        (OPERATION, "Two vaults"),
        (OPERATION, "The page's example calls the list `VaultSet`."),
    ] {
        let to = format!("{from} `a\\nzebra`\\r\\n\\r\\nzebra\\n\\nzebra");
        generate(spec, from, &to, Some(""));
    }
}

#[test]
fn backticks_in_a_default() {
    let workspace = generate(
        OPERATION,
        "Offset: { type: i64,",
        "Stripes: { type: string, default: \"a`b\\nzebra\", doc: \"Its stripes.\" }\n  Offset: { type: i64,",
        None,
    );
    let module = workspace.read("crates/acme-vault/src/describe_vaults.rs");
    assert!(module.contains("/// Default: ``a`b zebra``.\n"), "{module}");
}
