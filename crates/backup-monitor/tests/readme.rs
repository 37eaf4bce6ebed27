//! The output in the README is that of the command above it.

#![allow(clippy::unwrap_used, reason = "tests say what is wrong by ending")]

use std::process::Command;

use cloud_emulator::Emulator;

const README: &str = include_str!("../README.md");
const PROMPT: &str = "$ cargo run -p backup-monitor -- ";
/// Where the emulator is if it is not told otherwise.
const URL: &str = "http://127.0.0.1:4080";

/// The cells of each line, without what differs between two runs: request ids, and short ages.
fn cells(output: &str) -> Vec<Vec<String>> {
    let cell = |text: &str| {
        let text = text.trim();
        if let Some((before, id)) = text.split_once("request id ") {
            let (_, after) = id.split_once([',', ')']).unwrap();
            return format!("{before}request id …{after}");
        }
        let is_part = |part: &str| {
            part.strip_suffix(['m', 's'])
                .is_some_and(|number| number.parse::<u32>().is_ok())
        };
        match text.split(' ').all(is_part) {
            true => "minutes and seconds".to_owned(),
            false => text.to_owned(),
        }
    };
    let cells = |line: &str| {
        let cells = line.split("  ").filter(|text| !text.is_empty());
        cells.map(cell).collect()
    };
    output.lines().map(cells).collect()
}

#[test]
fn the_output_in_the_readme_is_that_of_its_command() {
    let (_, block) = README.split_once("```console\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    let (command, expected) = block.split_once('\n').unwrap();
    let arguments = command.strip_prefix(PROMPT).unwrap();
    assert!(arguments.contains(URL), "{arguments}");

    let emulator = Emulator::start_blocking().unwrap();
    let arguments = arguments.replace(URL, &emulator.url());
    let output = Command::new(env!("CARGO_BIN_EXE_backup-monitor"))
        .args(arguments.split(' '))
        .env_clear()
        .output()
        .unwrap();
    let found = String::from_utf8(output.stdout).unwrap();
    assert_eq!(cells(&found), cells(expected), "the output is\n{found}");
}
