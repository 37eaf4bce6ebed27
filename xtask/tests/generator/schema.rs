//! The schemas of specs, held against specs by a validator that knows nothing of this program.

use std::fs;
use std::path::{Path, PathBuf};

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;

use crate::mistakes::cases;
use crate::workspace::files_below;

/// Codes of findings that a schema can express.
const STRUCTURAL: &[&str] = &[
    "S020", "S021", "S022", "S023", "S025", "S026", "S027", "S028",
];

/// Codes of files that have no tree, or another one than any other reader of YAML would make.
const NOT_READABLE: &[&str] = &["S002", "S003", "S010", "S011", "S012", "S013"];

/// Cases whose mistake has the code of those that a schema can express, and is none of them: what is wrong about each.
const BEYOND_A_SCHEMA: &[(&str, &str)] = &[
    ("a_day_that_never_was", "how many days a February has"),
    ("a_code_without_a_success", "which keys go with which role"),
    ("a_missing_version", "that it depends on the provider"),
    (
        "a_request_id_that_is_nowhere",
        "that one of two keys has to be there",
    ),
    (
        "an_example_of_nothing",
        "that one of two keys has to be there",
    ),
    ("six_keywords", "a rule of crates.io"),
];

struct Validator {
    schemas: Schemas,
    provider: SchemaIndex,
    service: SchemaIndex,
    types: SchemaIndex,
    operation: SchemaIndex,
}

impl Validator {
    fn new() -> Self {
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        let mut compiled = Vec::new();
        for (path, text) in xtask::schemas() {
            let schema: Value = serde_json::from_str(&text).unwrap();
            compiler.add_resource(&path, schema).unwrap();
            compiled.push(compiler.compile(&path, &mut schemas).unwrap());
        }
        let [provider, service, types, operation] = compiled[..] else {
            panic!("{compiled:?}")
        };
        Self {
            schemas,
            provider,
            service,
            types,
            operation,
        }
    }

    /// What is wrong with a spec, if something is.
    fn fault(&self, path: &Path) -> Option<String> {
        let text = fs::read_to_string(path).unwrap();
        // As YAML 1.2 reads it, and the editors.
        let options = serde_saphyr::options! {
            strict_booleans: true,
            non_finite_float_policy: serde_saphyr::options::NonFiniteFloatPolicy::PassThrough,
        };
        let value: Value = match serde_saphyr::from_str_with_options(&text, options) {
            Ok(value) => value,
            Err(error) => return Some(error.to_string()),
        };
        let is_provider = path
            .parent()
            .is_some_and(|folder| folder.ends_with("providers"));
        let schema = match path.file_name().and_then(|name| name.to_str()) {
            _ if is_provider => self.provider,
            Some("service.yaml") => self.service,
            Some("types.yaml") => self.types,
            _ => self.operation,
        };
        let checked = self.schemas.validate(&value, schema);
        checked.err().map(|error| format!("{error:#}"))
    }
}

/// The specs below a folder.
fn specs(folder: &Path) -> Vec<PathBuf> {
    let files = files_below(folder).into_keys();
    files
        .filter(|path| path.ends_with(".yaml"))
        .map(|path| folder.join(path))
        .collect()
}

#[test]
fn what_is_right_is_valid() {
    let validator = Validator::new();
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["../specs", "../fixtures/specs", "tests/generator/specs"];
    let folders = folders.map(|folder| xtask.join(folder));
    let mut checked = 0;
    for path in folders.iter().flat_map(|folder| specs(folder)) {
        assert_eq!(validator.fault(&path), None, "{}", path.display());
        checked += 1;
    }
    assert!(checked >= 12, "{checked}");
}

#[test]
fn what_is_wrong_is_valid_only_if_a_schema_cannot_know() {
    let validator = Validator::new();
    for case in cases() {
        let codes = case.codes();
        if codes.iter().any(|code| NOT_READABLE.contains(code)) {
            continue;
        }
        let mut faults = specs(&case.folder)
            .into_iter()
            .filter_map(|path| validator.fault(&path));
        let is_beyond = BEYOND_A_SCHEMA.iter().any(|(name, _)| *name == case.name);
        let is_structural = codes.iter().any(|code| STRUCTURAL.contains(code));
        let name = &case.name;
        match faults.next() {
            None => assert!(
                is_beyond || !is_structural,
                "{name}: a schema would let it pass"
            ),
            Some(fault) => assert!(is_structural && !is_beyond, "{name}: {fault}"),
        }
    }
}

#[test]
fn what_is_beyond_a_schema_is_still_a_case() {
    let cases = cases();
    for (name, _) in BEYOND_A_SCHEMA {
        assert!(cases.iter().any(|case| case.name == *name), "{name}");
    }
}

#[test]
fn the_committed_schemas_are_those_of_the_grammar() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (path, text) in xtask::schemas() {
        let committed = fs::read_to_string(root.join(&path)).unwrap_or_default();
        assert!(committed == text, "{path}: run `cargo xtask gen`");
    }
}
