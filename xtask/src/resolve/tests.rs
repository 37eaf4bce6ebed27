//! What specs come to: from the text of two files to the model.

use crate::model::{
    Argument, Carried, Completion, CompletionSource, CompletionStep, CompletionTarget, Condition,
    Effect, Field, Literal, Operation, Outcome, PagedBy, RateLimit, Rules, Service, Type, TypeKind,
};
use crate::pipeline::run_on;

const SERVICE: &str = r#"# yaml-language-server: $schema=../service.schema.json
provider: aliyun
service: AcmeVault
product: vault
version: "2024-01-31"
title: "Vault"
description: "It keeps things."
documentation: https://acme.example/vault
keywords: [vault]
endpoints:
  - { host: vault.acme.example, doc: "Every region." }
"#;

/// The service of operations without mistakes or warnings. Each begins with its name; what every operation has is added.
fn service(operations: &[(&str, &str)]) -> Service {
    let texts: Vec<String> = operations
        .iter()
        .map(|(_, text)| {
            format!(
                "# yaml-language-server: $schema=../operation.schema.json\nsummary: \"Do it.\"\nreference: https://acme.example\n{text}"
            )
        })
        .collect();
    let operations: Vec<(&str, &str)> = operations
        .iter()
        .zip(&texts)
        .map(|((action, _), text)| (*action, text.as_str()))
        .collect();
    let outcome = run_on(SERVICE, &operations);
    let mut services = outcome.services;
    // Examples are not what these tests are about.
    let found = outcome.diagnostics.render(&outcome.sources, false);
    let others: Vec<&str> = found
        .lines()
        .filter(|line| line.starts_with("error") || line.starts_with("warning"))
        .filter(|line| !line.starts_with("warning[S085]"))
        .collect();
    assert!(others.is_empty(), "{found}");
    services.pop().unwrap()
}

fn operation(text: &str) -> Operation {
    service(&[("DescribeVaults", text)]).operations.remove(0)
}

fn field<'o>(fields: &'o [Field], wire: &str) -> &'o Field {
    fields.iter().find(|field| field.wire == wire).unwrap()
}

#[test]
fn types_are_nested_and_have_formats() {
    let operation = operation(
        r#"effect: read
response:
  Any: { type: any, doc: "x" }
  Table: { type: [{ map: [i64] }], doc: "x" }
  Times: { type: { map: i64 }, format: unix_millis, doc: "x" }
  Sizes: { type: [string], format: u64, doc: "x" }
  Box: { type: string, format: Sides, doc: "x" }
  Link: { type: string, format: download_url, doc: "x" }
  Keys: { type: { map: string }, sensitive: true, doc: "x" }
  Start: { type: i64, format: hour, doc: "x" }
types:
  Sides: { doc: "x", fields: { Left: { type: i64, doc: "x" } } }
"#,
    );
    let list = |ty| Type::List(Box::new(ty));
    let map = |ty| Type::Map(Box::new(ty));
    for (wire, expected) in [
        ("Any", Type::Json),
        ("Table", list(map(list(Type::I64)))),
        ("Times", map(Type::UnixMillis)),
        ("Sizes", list(Type::Text(Carried::U64))),
        ("Box", Type::Text(Carried::Record("Sides".to_owned()))),
        ("Link", Type::DownloadUrl),
        ("Keys", map(Type::Secret)),
        ("Start", Type::I64),
    ] {
        assert_eq!(field(&operation.response, wire).ty, expected, "{wire}");
    }
    assert!(field(&operation.response, "Start").rules.hour);
}

#[test]
fn a_record_that_the_text_of_a_request_carries_is_read_too() {
    let operation = operation(
        r#"effect: read
request:
  Box: { type: string, format: Sides, doc: "x" }
  Plain: { type: Plain, doc: "x" }
types:
  Sides: { doc: "x", fields: { Inner: { type: [Inner], doc: "x" } } }
  Inner: { doc: "x", fields: { Left: { type: i64, doc: "x" } } }
  Plain: { doc: "x", fields: { Text: { type: string, format: Deep, doc: "x" } } }
  Deep: { doc: "x", fields: { Left: { type: i64, doc: "x" } } }
"#,
    );
    let uses: Vec<(&str, bool, bool)> = operation
        .types
        .iter()
        .filter_map(|def| match def.kind {
            TypeKind::Record {
                in_request,
                in_response,
                ..
            } => Some((&*def.name, in_request, in_response)),
            TypeKind::Enum { .. } => None,
        })
        .collect();
    assert_eq!(
        uses,
        [
            ("Sides", true, true),
            ("Inner", true, true),
            ("Plain", true, false),
            ("Deep", true, true)
        ]
    );
}

#[test]
fn fields_have_rules_names_and_what_to_use_instead() {
    let operation = operation(
        r#"effect: read
deprecated: "Use `ListVaults`."
request:
  Kind: { type: Kind, doc: "x" }
  Level: { type: i64, doc: "x" }
  Name:
    type: string
    name: full_name
    pattern: "[a-z]+"
    min_length: 1
    max_length: 8
    deprecated: "Use `Id`."
    only_when: { Kind: ["1", BAG], Level: 2 }
    doc: "x"
  Names: { type: [string], max_length: 1, required_when: { Kind: BOX }, doc: "x" }
types:
  Kind:
    enum: string
    doc: "x"
    values:
      - { value: BOX, aka: ["1"], doc: "x", deprecated: "Use `BAG`." }
      - { value: BAG, doc: "x" }
"#,
    );
    assert_eq!(operation.deprecated.as_deref(), Some("Use `ListVaults`."));
    let name = field(&operation.request, "Name");
    assert_eq!(
        (&*name.name, name.deprecated.as_deref()),
        ("full_name", Some("Use `Id`."))
    );
    let condition = |field: &str, values: &[&str]| Condition {
        field: field.to_owned(),
        values: values.iter().map(|&value| value.to_owned()).collect(),
    };
    assert_eq!(
        name.rules,
        Rules {
            min_length: Some(1),
            max_length: Some(8),
            pattern: Some("[a-z]+".to_owned()),
            only_when: vec![
                condition("Kind", &["BOX", "BAG"]),
                condition("Level", &["2"])
            ],
            ..Rules::default()
        }
    );
    assert_eq!(
        field(&operation.request, "Names").rules,
        Rules {
            max_length: Some(1),
            required_when: vec![condition("Kind", &["BOX"])],
            ..Rules::default()
        }
    );
    let TypeKind::Enum { values, .. } = &operation.types[0].kind else {
        panic!("an enum");
    };
    assert_eq!(values[0].deprecated.as_deref(), Some("Use `BAG`."));
}

#[test]
fn a_required_page_is_preset_and_no_argument() {
    let operation = operation(
        r#"effect: read
rate_limit: 3/min
request:
  A: { type: string, required: true, doc: "x" }
  B: { type: string, required: true, doc: "x" }
  C: { type: Sides, required: true, doc: "x" }
  PageNumber: { type: i32, required: true, default: 0, doc: "x" }
  PageSize: { type: i64, default: 20, doc: "x" }
response:
  Result: { type: Found, doc: "x" }
pages: { page: PageNumber, limit: PageSize, first: 0, items: [Result.Vaults, Result.Boxes], total: Result.Total }
types:
  Found:
    doc: "x"
    fields:
      Vaults: { type: [string], wrapper: Vault, doc: "x" }
      Boxes: { type: [string], doc: "x" }
      Total: { type: u64, doc: "x" }
  Sides:
    doc: "x"
    fields:
      Left: { type: i64, required: true, doc: "x" }
      Right: { type: i64, required: true, doc: "x" }
      Top: { type: i64, required: true, doc: "x" }
      Bottom: { type: i64, required: true, doc: "x" }
"#,
    );
    let page = field(&operation.request, "PageNumber");
    assert_eq!(
        (page.required, &page.preset),
        (false, &Some(Literal::Integer("0".to_owned())))
    );
    assert_eq!(page.rules.default.as_deref(), Some("0"));
    assert_eq!(operation.args_name.as_deref(), Some("DescribeVaultsArgs"));
    assert!(
        matches!(&operation.types[1].kind, TypeKind::Record { args_name: Some(name), .. } if name == "SidesArgs")
    );
    assert_eq!(
        operation.rate_limit,
        Some(RateLimit {
            calls: 3,
            seconds: 60
        })
    );

    let paging = operation.paging.unwrap();
    assert_eq!(paging.by, PagedBy::Page { first: 0 });
    assert_eq!(paging.limit.unwrap().default, Some(20));
    let items: Vec<Vec<&str>> = paging
        .items
        .iter()
        .map(|path| path.iter().map(|member| &*member.name).collect())
        .collect();
    assert_eq!(items, [["result", "vaults"], ["result", "boxes"]]);
    assert_eq!(paging.total.unwrap()[1].ty, Type::U64);
}

#[test]
fn pages_by_token_find_the_token_of_the_same_name() {
    let text = |next: &str| {
        format!(
            r#"effect: read
request:
  Token: {{ type: string, doc: "x" }}
response:
  Token: {{ type: string, doc: "x" }}
  Next: {{ type: string, doc: "x" }}
  Vaults: {{ type: [string], doc: "x" }}
pages: {{ token: Token, {next}items: Vaults }}
"#
        )
    };
    for (next, expected) in [("", "Token"), ("next: Next, ", "Next")] {
        let paging = operation(&text(next)).paging.unwrap();
        let PagedBy::Token { next } = paging.by else {
            panic!("a token");
        };
        assert_eq!(next[0].wire, expected);
    }
}

#[test]
fn waiters_have_canonical_values_and_work_says_how_to_wait() {
    let tells = r#"effect: read
request:
  TaskId: { type: i64, required: true, doc: "x" }
response:
  Tasks: { type: [Task], doc: "x" }
waiters:
  done:
    doc: "It is done."
    path: "Tasks[].State"
    any: true
    pending: ["1"]
    success: [DONE]
    not_found: success
    interval: 2min
types:
  Task: { doc: "x", fields: { State: { type: State, doc: "x" } } }
  State:
    enum: string
    doc: "x"
    values:
      - { value: RUNNING, aka: ["1"], doc: "x" }
      - { value: DONE, doc: "x" }
"#;
    let starts = r#"effect: write
response:
  Result: { type: Started, doc: "x" }
completion: { operation: DescribeTask, parameters: { TaskId: Result.Id }, waiter: done }
types:
  Started: { doc: "x", fields: { Id: { type: i32, doc: "x" } } }
"#;
    let service = service(&[("CreateVault", starts), ("DescribeTask", tells)]);
    let [creates, tells] = service.operations.as_slice() else {
        panic!("two operations");
    };
    assert_eq!(
        creates.completion,
        Some(Completion {
            operation_module: "describe_task".to_owned(),
            request_name: "DescribeTask".to_owned(),
            args_name: None,
            waiter: "done".to_owned(),
            is_default_waiter: true,
            fields: vec![(
                CompletionTarget {
                    name: "task_id".to_owned(),
                    ty: Type::I64,
                    required: true,
                },
                CompletionSource::Response(vec![
                    CompletionStep {
                        name: "result".to_owned(),
                        ty: Type::Named("Started".to_owned()),
                        optional: true,
                    },
                    CompletionStep {
                        name: "id".to_owned(),
                        ty: Type::I32,
                        optional: true,
                    },
                ]),
            )],
        })
    );
    assert_eq!(
        (creates.effect, tells.effect),
        (Effect::Write, Effect::Read)
    );
    let [waiter] = tells.waiters.as_slice() else {
        panic!("a waiter");
    };
    assert_eq!(
        (&waiter.pending, &waiter.success),
        (&vec!["RUNNING".to_owned()], &vec!["DONE".to_owned()])
    );
    assert_eq!(
        (waiter.any, waiter.not_found, waiter.interval),
        (true, Outcome::Success, Some(120))
    );
    let steps: Vec<(&str, bool)> = waiter
        .path
        .iter()
        .map(|member| (&*member.wire, member.each))
        .collect();
    assert_eq!(steps, [("Tasks", true), ("State", false)]);
}

#[test]
fn values_of_examples_are_what_their_types_are() {
    let operation = operation(
        r#"effect: read
request:
  Size: { type: string, format: i64, doc: "x" }
  Key: { type: string, format: base64, doc: "x" }
  Day: { type: string, format: date, doc: "x" }
  Since: { type: i64, format: unix_seconds, doc: "x" }
  Any: { type: any, doc: "x" }
  Sizes: { type: { map: [bool] }, encoding: json_text, doc: "x" }
examples:
  - request:
      Size: "8"
      Key: aGk=
      Day: "2024-02-29"
      Since: 1700000000
      Any: { a: [1, ~] }
      Sizes: { b: [true], a: [] }
"#,
    );
    let call = operation.examples[0].request.as_ref().unwrap();
    let values: Vec<&Literal> = call
        .setters
        .iter()
        .map(|Argument { value, .. }| value)
        .collect();
    let expected = [
        Literal::Integer("8".to_owned()),
        Literal::Bytes(b"hi".to_vec()),
        Literal::Text("2024-02-29".to_owned()),
        Literal::Integer("1700000000".to_owned()),
        Literal::Json(serde_json::json!({ "a": [1, null] })),
        Literal::Map(vec![
            ("b".to_owned(), Literal::List(vec![Literal::Bool(true)])),
            ("a".to_owned(), Literal::List(Vec::new())),
        ]),
    ];
    assert_eq!(values, expected.iter().collect::<Vec<_>>());
    assert!(field(&operation.request, "Sizes").json_text);
}

#[test]
fn operations_may_have_types_of_one_name() {
    let text = |doc: &str| {
        format!(
            "effect: read\nresponse:\n  State: {{ type: State, doc: \"x\" }}\ntypes:\n  State: {{ doc: \"{doc}\", fields: {{ Name: {{ type: string, doc: \"x\" }} }} }}\n"
        )
    };
    let service = service(&[
        ("DescribeOne", &text("One.")),
        ("DescribeOther", &text("Other.")),
    ]);
    let docs: Vec<_> = service
        .operations
        .iter()
        .map(|operation| (&*operation.types[0].name, &*operation.types[0].doc))
        .collect();
    assert_eq!(docs, [("State", "One."), ("State", "Other.")]);
}
