//! Operations with every kind of value, with pages, with ends to wait for, and with what is deprecated.

use serde_json::{Value, json};

use super::{argument, field, name, plain, required};
use crate::model::{
    Answer, Argument, Call, Carried, Completion, Example, Field, Literal, Member, Operation,
    Outcome, PagedBy, Paging, PagingParameter, RateLimit, Type, TypeDef, TypeKind, Waiter,
};

/// An operation whose fields have every type, whose answers come in pages, and that can be waited for.
pub fn rich() -> Operation {
    Operation {
        action: "DescribeJobs".to_owned(),
        spec_file: "specs/aliyun-sample/DescribeJobs.yaml".to_owned(),
        module: "describe_jobs".to_owned(),
        request_name: "DescribeJobs".to_owned(),
        response_name: "DescribeJobsResponse".to_owned(),
        args_name: Some("DescribeJobsArgs".to_owned()),
        rate_limit: Some(RateLimit {
            calls: 1,
            seconds: 60,
        }),
        request: request(),
        response: vec![
            Field {
                aliases: vec!["Page".to_owned()],
                ..field("Result", named("JobPage"))
            },
            field("Extra", Type::Json),
            field("ByName", map(named("Job"))),
        ],
        paging: Some(Paging {
            by: PagedBy::Offset,
            position: parameter("Offset", Type::I32, None),
            limit: Some(parameter("Limit", Type::I64, Some(20))),
            items: vec![vec![
                member("Result", named("JobPage"), false),
                member("Jobs", list(named("Job")), false),
            ]],
            total: Some(vec![
                member("Result", named("JobPage"), false),
                member("Total", Type::I64, false),
            ]),
        }),
        waiters: vec![
            waiter("finished", &["Failed", "386"]),
            Waiter {
                any: true,
                pending: Vec::new(),
                not_found: Outcome::Success,
                interval: Some(5),
                ..waiter("gone", &[])
            },
        ],
        types: vec![
            record("JobPage", page(), [false, true]),
            record("Job", every_type(false), [false, true]),
            TypeDef {
                kind: TypeKind::Record {
                    fields: every_type(true).iter().take(5).map(required).collect(),
                    input: true,
                    in_response: true,
                    args_name: Some("FilterArgs".to_owned()),
                },
                ..record("Filter", Vec::new(), [true, true])
            },
        ],
        examples: vec![Example {
            title: None,
            request: Some(call()),
            sent: None,
            response: Some(answer()),
        }],
        ..plain()
    }
}

/// An operation that is deprecated, by a note that is just too long for one line and is told by a token where the next page is.
pub fn deprecated() -> Operation {
    let token = field("NextToken", Type::String);
    Operation {
        action: "ListJobs".to_owned(),
        spec_file: "specs/aliyun-sample/ListJobs.yaml".to_owned(),
        module: "list_jobs".to_owned(),
        request_name: "ListJobs".to_owned(),
        response_name: "ListJobsResponse".to_owned(),
        deprecated: Some(
            "`DescribeJobs` tells more, and takes less time for it than this one ever did."
                .to_owned(),
        ),
        request: vec![
            Field {
                deprecated: Some("Nothing reads it.".to_owned()),
                ..token.clone()
            },
            field("Old", Type::Bool),
        ],
        response: vec![
            token,
            Field {
                deprecated: Some("Use `DescribeJobs`.".to_owned()),
                ..field("Ids", list(Type::Text(Carried::I64)))
            },
        ],
        paging: Some(Paging {
            by: PagedBy::Token {
                next: vec![member("NextToken", Type::String, false)],
            },
            position: parameter("NextToken", Type::String, None),
            limit: None,
            items: vec![vec![member("Ids", list(Type::Text(Carried::I64)), false)]],
            total: None,
        }),
        ..plain()
    }
}

/// How one finds out that a backup is made.
pub fn completion() -> Completion {
    Completion {
        request_name: "DescribeJobs".to_owned(),
        parameters: vec![("Name".to_owned(), "BackupId".to_owned())],
        waiter: None,
    }
}

/// Pages, and something to wait for, with names so much longer than usual.
pub fn paging(operation: &Operation, length: usize) -> Option<Paging> {
    let lists: Vec<_> = operation
        .response
        .iter()
        .filter(|field| matches!(field.ty, Type::List(_)))
        .map(|field| vec![of_field(field)])
        .collect();
    let position = of_field(
        operation
            .request
            .iter()
            .find(|field| field.ty == Type::U64)?,
    );
    (!lists.is_empty()).then(|| Paging {
        by: match length % 3 {
            0 => PagedBy::Offset,
            1 => PagedBy::Page { first: 1 },
            _ => PagedBy::Token {
                next: vec![member(&name("Next", length), Type::String, false)],
            },
        },
        position: PagingParameter {
            wire: position.wire.clone(),
            name: position.name,
            ty: Type::U64,
            default: None,
        },
        limit: (length % 4 > 1).then(|| parameter(&position.wire, Type::I64, Some(10))),
        items: lists,
        total: length
            .is_multiple_of(2)
            .then(|| vec![member(&name("Total", length * 2), Type::I64, false)]),
    })
}

/// Something to wait for, with names so much longer than usual.
pub fn waiters(length: usize) -> Vec<Waiter> {
    (0..length % 3)
        .map(|number| Waiter {
            pending: (0..length / 4).map(|value| value.to_string()).collect(),
            success: vec![name("S", length), name("T", length / 2)],
            interval: (number == 1).then_some(5),
            path: vec![
                member(&name("A", length), list(Type::String), number == 0),
                member("B", Type::String, false),
            ],
            ..waiter(&name(["v", "w"][number], length), &[])
        })
        .collect()
}

/// A waiter that looks at the states of all jobs.
fn waiter(name: &str, failure: &[&str]) -> Waiter {
    let text = |text: &&str| (*text).to_owned();
    Waiter {
        name: name.to_owned(),
        doc: "The jobs have ended.".to_owned(),
        path: vec![
            member("Result", named("JobPage"), false),
            member("Jobs", list(named("Job")), true),
            member("State", named("State"), false),
        ],
        any: false,
        pending: vec!["FAILED".to_owned()],
        success: vec!["DONE".to_owned()],
        failure: failure.iter().map(text).collect(),
        not_found: Outcome::Failure,
        interval: None,
    }
}

fn request() -> Vec<Field> {
    let preset = |wire: &str, ty: Type, value: &str| Field {
        preset: Some(Literal::Integer(value.to_owned())),
        ..field(wire, ty)
    };
    let mut fields = every_type(true);
    for field in &mut fields {
        field.required = matches!(
            field.name.as_str(),
            "as_number" | "as_bytes" | "labels" | "at" | "as_json" | "groups"
        );
        field.json_text = matches!(field.name.as_str(), "labels" | "any");
        if field.name == "as_flag" {
            field.deprecated = Some("Use `AsNumber`.".to_owned());
        }
    }
    fields.push(field("Filters", list(named("Filter"))));
    fields.push(preset("Offset", Type::I32, "0"));
    fields.push(preset("Limit", Type::I64, "20"));
    fields
}

fn page() -> Vec<Field> {
    vec![
        Field {
            wrapper: Some("Job".to_owned()),
            aliases: vec!["JobSet".to_owned()],
            ..field("Jobs", list(named("Job")))
        },
        field("Total", Type::I64),
    ]
}

/// One field of each type: what a request may have, too, or all that answers have.
fn every_type(in_request: bool) -> Vec<Field> {
    let mut types = vec![
        ("AsNumber", Type::Text(Carried::I64)),
        ("AsBytes", Type::Text(Carried::Bytes)),
        ("Labels", map(Type::String)),
        ("At", Type::UnixSeconds),
        ("AsJson", Type::Text(Carried::Json)),
        ("Groups", list(list(Type::String))),
        ("AsFlag", Type::Text(Carried::Bool)),
        ("AsCount", Type::Text(Carried::U64)),
        ("AsRatio", Type::Text(Carried::F64)),
        ("AsSeconds", Type::Text(Carried::UnixSeconds)),
        ("AsMillis", Type::Text(Carried::UnixMillis)),
        ("AsDateTime", Type::Text(Carried::DateTime)),
        ("AsDate", Type::Text(Carried::Date)),
        ("AsTime", Type::Text(Carried::Time)),
        ("AsTimeRange", Type::Text(Carried::TimeRange)),
        ("AtMillis", Type::UnixMillis),
        ("Any", Type::Json),
        ("Anything", list(Type::Json)),
        ("Numbers", list(Type::Text(Carried::I64))),
        ("Blobs", list(Type::Text(Carried::Bytes))),
        ("Times", map(Type::Text(Carried::DateTime))),
        ("Tree", map(map(list(Type::UnixSeconds)))),
        ("Link", Type::DownloadUrl),
        ("State", named("State")),
        ("AsOwner", Type::Text(Carried::Record("Filter".to_owned()))),
    ];
    if in_request {
        types.retain(|(wire, _)| *wire != "State");
    }
    types
        .into_iter()
        .map(|(wire, ty)| field(wire, ty))
        .collect()
}

fn call() -> Call {
    let text = |text: &str| Literal::Text(text.to_owned());
    let integer = |digits: &str| Literal::Integer(digits.to_owned());
    let entry = |key: &str, value: Literal| Literal::Map(vec![(key.to_owned(), value)]);
    let json = || {
        Literal::Json(json!({
            "a": [1, -5_000_000_000_i64, 1.5, null],
            "b": { "c": true },
            "d": [],
            "e": {},
            "f": "text",
        }))
    };
    let set = |name: &str, value: Literal| argument(name, value);
    Call {
        arguments: vec![
            set("as_number", integer("5")),
            set("as_bytes", Literal::Bytes(b"a\"\0\xff".to_vec())),
            set("labels", entry("k", text("v"))),
            set("at", integer("1700000000")),
            set("as_json", text("{\"a\": \"b\"}")),
            set(
                "groups",
                Literal::List(vec![Literal::List(vec![text("a")]), Literal::List(vec![])]),
            ),
        ],
        setters: setters(&text, &integer, &entry, json()),
    }
}

fn setters(
    text: &dyn Fn(&str) -> Literal,
    integer: &dyn Fn(&str) -> Literal,
    entry: &dyn Fn(&str, Literal) -> Literal,
    json: Literal,
) -> Vec<Argument> {
    vec![
        argument("as_flag", Literal::Bool(true)),
        argument("as_count", integer("7")),
        argument("as_ratio", Literal::Float("0.5".to_owned())),
        argument("as_seconds", integer("-1")),
        argument("as_millis", integer("1700000000123")),
        argument("as_date_time", text("2024-03-01 08:00:00")),
        argument("as_date", text("2024-03-01")),
        argument("as_time", text("08:00")),
        argument("as_time_range", text("08:00-09:00")),
        argument("at_millis", integer("999")),
        argument("any", json.clone()),
        argument(
            "anything",
            Literal::List(vec![json, Literal::Json(json!(0))]),
        ),
        argument("numbers", Literal::List(vec![integer("1"), integer("2")])),
        argument("blobs", Literal::List(vec![Literal::Bytes(vec![1, 2])])),
        argument("times", entry("k", text("2024-03-01 08:00:00"))),
        argument(
            "tree",
            entry("a", entry("b", Literal::List(vec![integer("1700000000")]))),
        ),
        argument("link", text("https://example.com/a?b=c")),
        argument("as_owner", text("{\"AsNumber\": \"5\"}")),
        argument("filters", Literal::List(vec![filter(text, integer)])),
        argument("limit", integer("5")),
    ]
}

/// A record whose `new` takes a struct.
fn filter(text: &dyn Fn(&str) -> Literal, integer: &dyn Fn(&str) -> Literal) -> Literal {
    Literal::Record {
        name: "Filter".to_owned(),
        arguments: vec![
            argument("as_number", integer("5")),
            argument("as_bytes", Literal::Bytes(Vec::new())),
            argument("labels", Literal::Map(Vec::new())),
            argument("at", integer("0")),
            argument("as_json", text("{}")),
        ],
        setters: Vec::new(),
    }
}

fn answer() -> Answer {
    let job = json!({
        "AsNumber": "5", "AsBytes": "aGk=", "Labels": { "a": "b" }, "At": 1700000000, "AsJson": "{}",
        "Groups": [["a"], []], "AsDateTime": "2024-03-01 08:00:00", "Any": [1], "Numbers": ["1"],
        "Tree": { "a": { "b": [1] } }, "Link": "https://example.com/a?b=c", "State": "DONE",
    });
    let mut canonical = job.clone();
    for (empty, value) in [
        ("Anything", json!([])),
        ("Blobs", json!([])),
        ("Times", json!({})),
    ] {
        canonical[empty] = value;
    }
    let answer = |job: &Value| {
        json!({
            "Result": { "Jobs": { "Job": [job] }, "Total": 1 },
            "Extra": { "a": 1 },
            "ByName": { "j": job },
        })
    };
    let mut body = answer(&job);
    body["RequestId"] = json!("r-1");
    Answer {
        body,
        canonical: answer(&canonical),
    }
}

fn record(name: &str, fields: Vec<Field>, [in_request, in_response]: [bool; 2]) -> TypeDef {
    TypeDef {
        name: name.to_owned(),
        doc: "A record.".to_owned(),
        from: None,
        kind: TypeKind::Record {
            fields,
            input: in_request,
            in_response,
            args_name: None,
        },
    }
}

fn parameter(wire: &str, ty: Type, default: Option<u64>) -> PagingParameter {
    let Field { name, wire, ty, .. } = field(wire, ty);
    PagingParameter {
        wire,
        name,
        ty,
        default,
    }
}

fn member(wire: &str, ty: Type, each: bool) -> Member {
    Member {
        each,
        ..of_field(&field(wire, ty))
    }
}

fn of_field(field: &Field) -> Member {
    Member {
        wire: field.wire.clone(),
        name: field.name.clone(),
        ty: field.ty.clone(),
        each: false,
    }
}

fn named(name: &str) -> Type {
    Type::Named(name.to_owned())
}

/// A list of these.
pub fn list(item: Type) -> Type {
    Type::List(Box::new(item))
}

/// A map of these.
pub fn map(value: Type) -> Type {
    Type::Map(Box::new(value))
}
