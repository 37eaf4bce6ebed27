//! The guide to specs shows parts of the fixtures as they are.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests say what is wrong by ending"
)]

use std::fs;
use std::path::Path;

#[test]
fn every_snippet_of_the_guide_stands_in_its_fixture() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let guide = fs::read_to_string(root.join("specs/README.md")).unwrap();
    let blocks: Vec<(&str, &str)> = guide
        .match_indices("```yaml\n")
        .map(|(start, fence)| {
            let (before, after) = (&guide[..start], &guide[start + fence.len()..]);
            (before, after.split_once("```").unwrap().0)
        })
        .collect();
    assert!(blocks.len() > 20, "the guide lost its snippets");
    let mut stale = Vec::new();
    for (before, snippet) in blocks {
        let source = before.trim_end().lines().last().unwrap();
        let Some(path) = source
            .strip_prefix("<!-- ")
            .and_then(|rest| rest.strip_suffix(" -->"))
        else {
            panic!("the snippet after `{source}` does not say which fixture it is from")
        };
        let fixture = fs::read_to_string(root.join(path)).unwrap();
        // Whole lines, one after the other.
        if !format!("\n{fixture}").contains(&format!("\n{snippet}")) {
            stale.push(format!("{path}:\n{snippet}"));
        }
    }
    assert!(
        stale.is_empty(),
        "the guide shows what its fixtures do not say:\n\n{}",
        stale.join("\n")
    );
}

#[test]
fn every_link_of_the_guide_leads_to_a_section() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let guide = fs::read_to_string(root.join("specs/README.md")).unwrap();
    let anchors: Vec<String> = guide
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .map(|title| {
            title
                .to_lowercase()
                .replace(' ', "-")
                .replace([',', '.', '`'], "")
        })
        .collect();
    for link in guide.split("](#").skip(1) {
        let anchor = link.split_once(')').unwrap().0;
        // GitHub drops dots from anchors.
        assert!(
            anchors.iter().any(|known| known == anchor),
            "no section is called #{anchor}"
        );
    }
}
