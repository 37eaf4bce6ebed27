//! What specs come to: from the text of two files to the model.

use crate::model::{
    Argument, Carried, Completion, CompletionSource, CompletionStep, CompletionTarget, Condition,
    Effect, Field, Literal, Operation, Outcome, PagedBy, RateLimit, Rules, ScopeKey, Service, Type,
    TypeKind,
};
use crate::pipeline::{PROVIDERS, run_on};

const SERVICE: &str = r#"# yaml-language-server: $schema=../service.schema.json
provider: aliyun
marker: AcmeVault
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
    service_with("", None, operations)
}

/// The same with more in `service.yaml`, and with shared types.
fn service_with(more: &str, types: Option<&str>, operations: &[(&str, &str)]) -> Service {
    let service = format!("{SERVICE}{more}");
    let types =
        types.map(|types| format!("# yaml-language-server: $schema=../types.schema.json\n{types}"));
    let texts: Vec<String> = operations
        .iter()
        .map(|(_, text)| {
            format!(
                "# yaml-language-server: $schema=../operation.schema.json\nsummary: \"Do it.\"\nreference: https://acme.example\n{text}"
            )
        })
        .collect();
    let operations = operations
        .iter()
        .zip(&texts)
        .map(|((action, _), text)| (*action, text.as_str()));
    let files: Vec<(&str, &str)> = PROVIDERS
        .into_iter()
        .chain([("service", service.as_str())])
        .chain(types.iter().map(|types| ("types", types.as_str())))
        .chain(operations)
        .collect();
    let outcome = run_on(&files);
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
  Times: { type: { map: unix_millis }, doc: "x" }
  Sizes: { type: [{ text: u64 }], doc: "x" }
  Box: { type: { json: [Sides] }, doc: "x" }
  Link: { type: download_url, doc: "x" }
  Keys: { type: { map: string }, sensitive: true, doc: "x" }
  Start: { type: hour, doc: "x" }
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
        (
            "Box",
            Type::JsonText(Box::new(list(Type::Named("Sides".to_owned())))),
        ),
        ("Link", Type::DownloadUrl),
        ("Keys", map(Type::Secret)),
        ("Start", Type::Hour),
    ] {
        assert_eq!(field(&operation.response, wire).ty, expected, "{wire}");
    }
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
      BOX: { aliases: ["1"], doc: "x", deprecated: "Use `BAG`." }
      BAG: "x"
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
    input: true
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
      RUNNING: { aliases: ["1"], doc: "x" }
      DONE: "x"
"#;
    let starts = r#"effect: write
response:
  Result: { type: Started, doc: "x" }
completion: { operation: DescribeTask, with: { TaskId: $response.Result.Id }, waiter: done }
types:
  Started: { doc: "x", fields: { Id: { type: i32, doc: "x" } } }
"#;
    let service = service(&[("CreateVault", starts), ("DescribeTask", tells)]);
    let [creates, tells] = service.operations.as_slice() else {
        panic!("two operations");
    };
    let task_id = CompletionTarget {
        name: "task_id".to_owned(),
        ty: Type::I64,
        required: true,
    };
    let step = |name: &str, ty| CompletionStep {
        name: name.to_owned(),
        ty,
        optional: true,
    };
    let result = step("result", Type::Named("Started".to_owned()));
    let id = step("id", Type::I32);
    assert_eq!(
        creates.completion,
        Some(Completion {
            operation_module: "describe_task".to_owned(),
            request_name: "DescribeTask".to_owned(),
            args_name: None,
            waiter: "done".to_owned(),
            is_default_waiter: true,
            fields: vec![(task_id, CompletionSource::Response(vec![result, id]))],
            scope: vec![ScopeKey::Region],
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
  Size: { type: { text: i64 }, doc: "x" }
  Key: { type: base64, doc: "x" }
  Day: { type: date, doc: "x" }
  Since: { type: unix_seconds, doc: "x" }
  Any: { type: any, doc: "x" }
  Sizes: { type: { json: { map: [bool] } }, doc: "x" }
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
        Literal::Text(r#"{"b":[true],"a":[]}"#.to_owned()),
    ];
    assert_eq!(values, expected.iter().collect::<Vec<_>>());
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

#[test]
fn an_operation_takes_from_its_service_and_its_provider_what_it_does_not_say() {
    let more = r#"rate_limit: 5/s
permission: "vault:{action}"
pages: { page: PageNumber, limit: PageSize, total: TotalCount }
sources: { sdk: "in the SDK" }
errors:
  Vault.NotFound: { kind: not_found, doc: "x" }
  Throttling: { kind: throttled, doc: "x" }
"#;
    let own = r#"effect: read
rate_limit: 1/s
scope: { Region: { required: false, doc: "Where.", example: moon } }
request: { Token: { type: string, doc: "x" }, Size: { type: i64, doc: "x" } }
response: { Token: { type: string, doc: "x" }, List: { type: [string], doc: "x" } }
pages: { token: Token, items: List }
"#;
    let plain = r#"effect: read
request: { PageNumber: { type: i64, doc: "x" }, PageSize: { type: i64, from: sdk, doc: "x" } }
response: { List: { type: [string], doc: "x" }, TotalCount: { type: i64, doc: "x" } }
pages: { items: List }
errors: [Vault.NotFound]
"#;
    let service = service_with(
        more,
        None,
        &[("DescribeOwn", own), ("DescribePlain", plain)],
    );
    let [own, plain] = service.operations.as_slice() else {
        panic!("two operations");
    };
    let per_second = |calls| Some(RateLimit { calls, seconds: 1 });
    assert_eq!(
        (own.rate_limit, plain.rate_limit),
        (per_second(1), per_second(5))
    );
    assert_eq!(plain.permission.as_deref(), Some("vault:DescribePlain"));
    let (by_token, by_page) = (own.paging.as_ref().unwrap(), plain.paging.as_ref().unwrap());
    assert!(matches!(by_token.by, PagedBy::Token { .. }));
    assert_eq!((&by_token.limit, &by_token.total), (&None, &None));
    assert_eq!(by_page.by, PagedBy::Page { first: 1 });
    assert_eq!(by_page.limit.as_ref().unwrap().wire, "PageSize");
    assert!(by_page.total.is_some());

    let scope = |operation: &Operation| {
        let [region] = operation.scope.as_slice() else {
            panic!("a region");
        };
        (region.required, region.doc.clone(), region.example.clone())
    };
    let moon = Some("moon".to_owned());
    assert_eq!(scope(own), (false, "Where.".to_owned(), moon));
    assert_eq!(scope(plain), (true, "Region to ask.".to_owned(), None));

    let names: Vec<&str> = plain.response.iter().map(|field| &*field.name).collect();
    assert_eq!(names, ["list", "total_count", "request_id"]);
    assert_eq!(plain.request[1].from.as_deref(), Some("in the SDK"));
    let codes: Vec<(&str, bool)> = service
        .errors
        .iter()
        .map(|error| (&*error.code, error.common))
        .collect();
    assert_eq!(codes, [("Vault.NotFound", false), ("Throttling", true)]);
    assert_eq!((own.errors.len(), plain.errors.len()), (0, 1));
}

#[test]
fn a_record_has_the_members_of_the_one_that_it_includes() {
    let types = r#"Case:
  doc: "x"
  fields:
    Id: { type: string, doc: "x" }
    Side: { type: Side, doc: "x" }
    Size: { type: i64, doc: "x" }
Side: { doc: "x", fields: { Left: { type: i64, doc: "x" } } }
"#;
    let text = r#"effect: read
response: { Crate: { type: Crate, doc: "x" }, Case: { type: Case, doc: "x" }, Side: { type: Side, doc: "x" } }
types:
  Crate: { doc: "x", include: Inner, fields: { Lid: { type: bool, doc: "x" } } }
  Inner: { doc: "x", include: Case, without: [Id], fields: { Size: { type: f64, doc: "x" } } }
  Side: { doc: "x", include: Side, fields: { Right: { type: string, doc: "x" } } }
"#;
    let service = service_with("", Some(types), &[("DescribeCases", text)]);
    let members = |types: &[crate::model::TypeDef], name: &str| -> Vec<String> {
        let def = types.iter().find(|def| def.name == name).unwrap();
        let TypeKind::Record { fields, .. } = &def.kind else {
            panic!("a record");
        };
        fields
            .iter()
            .map(|field| format!("{}: {:?}", field.wire, field.ty))
            .collect()
    };
    let own = &service.operations[0].types;
    assert_eq!(
        members(own, "Inner"),
        ["Side: Named(\"Side\")", "Size: F64"]
    );
    assert_eq!(
        members(own, "Crate"),
        ["Side: Named(\"Side\")", "Size: F64", "Lid: Bool"]
    );
    // The operation's `Side` includes the shared one, which it shadows.
    assert_eq!(members(own, "Side"), ["Left: I64", "Right: String"]);
    assert_eq!(members(&service.types, "Side"), ["Left: I64"]);
}

#[test]
fn a_shared_record_holds_shared_types_even_where_an_operation_shadows_them() {
    let types = r#"Case: { doc: "x", fields: { Side: { type: Side, doc: "x" } } }
Side: { doc: "x", fields: { Left: { type: i64, doc: "x" }, State: { type: State, doc: "x" } } }
State: { enum: string, doc: "x", values: { UP: "x" } }
"#;
    let text = r#"effect: read
response: { Case: { type: Case, doc: "x" }, Side: { type: Side, doc: "x" } }
waiters: { done: { doc: "x", path: Case.Side.State, success: [UP] } }
types:
  Side: { doc: "x", fields: { Right: { type: string, doc: "x" }, State: { type: State, doc: "x" } } }
  State: { enum: string, doc: "x", values: { DOWN: "x" } }
examples:
  - response: { RequestId: r, Case: { Side: { Left: 1 } }, Side: { Right: a } }
"#;
    let service = service_with("", Some(types), &[("DescribeCases", text)]);
    let answer = service.operations[0].examples[0].response.as_ref().unwrap();
    let expected = serde_json::json!(
        { "Case": { "Side": { "Left": 1 } }, "Side": { "Right": "a" }, "RequestId": "r" }
    );
    assert_eq!(answer.canonical, expected);
}
