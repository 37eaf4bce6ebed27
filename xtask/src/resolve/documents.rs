//! The names and values of the four documents that the first specs were written from, held against what the specs come to.
//!
//! Each file of `tests/documents` has those of one document, a fact a line: `request BackupId i64 required`. What has no place in the
//! model, such as what a page gets wrong, is a `text` of the specs.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::model::{Carried, Field, Operation, Rules, Service, Step, Type, TypeDef, TypeKind};
use crate::pipeline;

/// What the specs say of one document.
struct Said<'m> {
    service: &'m Service,
    operation: &'m Operation,
    /// The words of the specs of the operation, its service and its provider, with one blank between two.
    text: String,
}

#[test]
fn the_specs_have_every_name_and_value_of_the_documents() {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    let outcome = pipeline::run(&xtask.join(".."));
    assert_eq!(outcome.diagnostics.errors(), 0);
    let mut missing = Vec::new();
    let mut documents = 0;
    for entry in fs::read_dir(xtask.join("tests/documents")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let said = Said::of(name.split_once('-').unwrap().1, &outcome.services);
        let facts = fs::read_to_string(&path).unwrap();
        let facts: Vec<&str> = facts
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        let distinct: HashSet<&&str> = facts.iter().collect();
        assert_eq!(distinct.len(), facts.len(), "{name}: a fact stands twice");
        let missed = facts.iter().filter(|fact| !said.has(fact));
        missing.extend(missed.map(|fact| format!("{name}: {fact}")));
        documents += 1;
    }
    assert_eq!(documents, 4);
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn what_no_spec_says_is_missed() {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    let outcome = pipeline::run(&xtask.join(".."));
    let said = Said::of("DescribeInstanceBackups", &outcome.services);
    for fact in [
        "request Limit i64 required",
        "request Limits i64 optional",
        "response TotalCount string",
        "member RedisBackupSet Id string",
        "value BackupStatus 9",
        "alias BackupSet Backups",
        "rule Limit default 30",
        "error InternalError.Other",
        "rate 10 1",
        "example request Limit 6",
        "text no such words",
    ] {
        assert!(!said.has(fact), "{fact}");
    }
}

impl<'m> Said<'m> {
    fn of(action: &str, services: &'m [Service]) -> Self {
        let mut all = services.iter().flat_map(|service| {
            let operations = service.operations.iter();
            operations.map(move |operation| (service, operation))
        });
        let (service, operation) = all
            .find(|(_, operation)| operation.action == action)
            .unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let provider = service.crate_name.split_once('-').unwrap().0;
        let specs = [
            operation.spec_file.clone(),
            format!("{}/service.yaml", service.spec_dir),
            format!("{}/types.yaml", service.spec_dir),
            format!("specs/providers/{provider}.yaml"),
        ];
        // Not every service has shared types.
        let texts = specs
            .iter()
            .filter_map(|spec| fs::read_to_string(root.join(spec)).ok());
        let text: String = texts.collect::<Vec<_>>().join(" ");
        Self {
            service,
            operation,
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        }
    }

    fn has(&self, fact: &str) -> bool {
        let (kind, rest) = fact.split_once(' ').unwrap();
        let words: Vec<&str> = rest.split(' ').collect();
        match (kind, words.as_slice()) {
            ("text" | "host", _) => self.text.contains(rest),
            ("parameter", names) => names
                .iter()
                .all(|name| self.text.contains(&format!("`{name}`"))),
            ("envelope", names) => names
                .iter()
                .all(|name| self.text.contains(&format!(" {name}: {{ role: "))),
            ("version", [version]) => self.service.version.as_deref() == Some(*version),
            ("rate", [calls, seconds]) => self.operation.rate_limit.is_some_and(|rate| {
                [rate.calls, rate.seconds].map(|number| number.to_string()) == [*calls, *seconds]
            }),
            ("error", [code]) => {
                let mut errors = self.operation.errors.iter();
                errors.any(|error| error.code == *code)
            }
            ("scope", [name, presence]) => self.operation.scope.iter().any(|parameter| {
                parameter.wire == *name && parameter.required == (*presence == "required")
            }),
            ("request", [name, ty, presence]) => {
                find(&self.operation.request, name).is_some_and(|field| {
                    is(&field.ty, ty) && field.required == (*presence == "required")
                })
            }
            ("response", [name, ty]) => {
                find(&self.operation.response, name).is_some_and(|field| is(&field.ty, ty))
            }
            ("member", [record, name, ty]) => {
                find(self.members(record), name).is_some_and(|field| is(&field.ty, ty))
            }
            ("alias", [name, alias]) => find(&self.operation.response, name)
                .is_some_and(|field| field.aliases.iter().any(|known| known == alias)),
            ("value", [name, value, others @ ..]) => self.value(name, value, others),
            ("rule", [field, rule, value]) => match field.split_once('.') {
                Some((record, name)) => find(self.members(record), name),
                None => find(&self.operation.request, field),
            }
            .is_some_and(|field| follows(&field.rules, rule, value)),
            ("example", [side, name, value @ ..]) => self.example(side, name, &value.join(" ")),
            _ => panic!("`{fact}` is no fact"),
        }
    }

    fn definition(&self, name: &str) -> Option<&TypeKind> {
        let mut types = self.operation.types.iter().chain(&self.service.types);
        let def: Option<&TypeDef> = types.find(|def| def.name == name);
        def.map(|def| &def.kind)
    }

    fn members(&self, record: &str) -> &[Field] {
        match self.definition(record) {
            Some(TypeKind::Record { fields, .. }) => fields,
            _ => &[],
        }
    }

    fn value(&self, name: &str, value: &str, others: &[&str]) -> bool {
        let Some(TypeKind::Enum { values, .. }) = self.definition(name) else {
            return false;
        };
        let value = value.trim_matches('"');
        let mut values = values.iter();
        values.any(|known| {
            let has = |other: &&str| known.aliases.iter().any(|aka| aka == other);
            known.wire == value && others.iter().all(has)
        })
    }

    /// Whether some example has a member with this value, or just the member where no value is given. A value in quotes is text.
    fn example(&self, side: &str, name: &str, value: &str) -> bool {
        let mut found = Vec::new();
        for example in &self.operation.examples {
            match side {
                "request" => found.extend(example.sent.as_ref().map(|sent| named(sent, name))),
                _ => found.extend(
                    example
                        .response
                        .as_ref()
                        .map(|answer| named(&answer.body, name)),
                ),
            }
        }
        found.iter().flatten().any(|found| match found {
            _ if value.is_empty() => true,
            Value::String(text) => text == value.trim_matches('"'),
            // A number or a boolean.
            other => serde_json::from_str(value).is_ok_and(|value: Value| **other == value),
        })
    }
}

fn find<'f>(fields: &'f [Field], name: &str) -> Option<&'f Field> {
    fields.iter().find(|field| field.wire == name)
}

/// The values of the members of this name, however deep.
fn named<'v>(value: &'v Value, name: &str) -> Vec<&'v Value> {
    match value {
        Value::Object(members) => members
            .iter()
            .flat_map(|(key, value)| {
                let own = (key == name).then_some(value);
                own.into_iter().chain(named(value, name))
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(|item| named(item, name)).collect(),
        _ => Vec::new(),
    }
}

/// Whether a type is the one that a fact calls so.
fn is(ty: &Type, name: &str) -> bool {
    match ty {
        Type::String => name == "string",
        Type::Secret => name == "secret",
        Type::Bool => name == "bool",
        Type::Flag => name == "flag",
        Type::I32 => name == "i32",
        Type::I64 => name == "i64",
        Type::UnixSeconds => name == "unix_seconds",
        Type::Text(Carried::DateTime) => name == "date_time",
        Type::Text(_) => name == "text",
        Type::JsonText(of) => name.strip_prefix("json:").is_some_and(|name| is(of, name)),
        Type::Named(own) => own == name,
        Type::List(item) => name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'))
            .is_some_and(|name| is(item, name)),
        other => panic!("{other:?} has no name in the facts"),
    }
}

fn follows(rules: &Rules, rule: &str, value: &str) -> bool {
    let has = |texts: &[String]| texts.iter().any(|text| text == value);
    let is = |limit: Option<String>| limit.as_deref() == Some(value);
    match rule {
        "default" => rules.default.as_deref() == Some(value),
        "minimum" => is(rules.minimum.as_ref().map(ToString::to_string)),
        "maximum" => is(rules.maximum.as_ref().map(ToString::to_string)),
        "multiple_of" => match &rules.multiple_of {
            Some(Step::Field(name)) => name == value,
            Some(Step::Number(number)) => number.to_string() == value,
            None => false,
        },
        "min_items" => is(rules.min_items.map(|count| count.to_string())),
        "max_items" => is(rules.max_items.map(|count| count.to_string())),
        "not_empty" => rules.not_empty.to_string() == value,
        "not_prefix" => has(&rules.not_prefix),
        "not_containing" => has(&rules.not_containing),
        "only_when" => rules.only_when.iter().any(|condition| {
            format!("{}={}", condition.field, condition.values.join(",")) == value
        }),
        other => panic!("`{other}` is no rule of the facts"),
    }
}
