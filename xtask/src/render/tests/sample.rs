//! Services that have everything.

mod kinds;

use serde_json::json;

use crate::model::{
    Answer, Argument, Call, Carried, Effect, EndpointRule, EnumValue, ErrorCode, ErrorKind,
    Example, Field, Literal, Location, Operation, Provider, RateLimit, Repr, Rules, ScopeField,
    ScopeKey, Service, Type, TypeDef, TypeKind, When,
};

/// A service with one rich operation and one that has next to nothing.
pub fn service() -> Service {
    Service {
        crate_name: "aliyun-sample".to_owned(),
        lib_name: "aliyun_sample".to_owned(),
        crate_dir: "crates/aliyun-sample".to_owned(),
        table_dir: "crates/cloud-emulator/tables/aliyun-sample".to_owned(),
        spec_dir: "specs/aliyun-sample".to_owned(),
        provider: Provider::Aliyun,
        marker: "Sample".to_owned(),
        product: "sample".to_owned(),
        version: Some("2017-09-08".to_owned()),
        title: "Alibaba Cloud Sample".to_owned(),
        description: "Samples of \"everything\", with `code` and <markup>.".to_owned(),
        documentation: "https://example.com/sample".to_owned(),
        keywords: vec!["aliyun".to_owned(), "sample".to_owned()],
        endpoints: vec![
            EndpointRule {
                host: "central.example.com".to_owned(),
                when: When::Regions(vec!["cn-wuhan".to_owned(), "cn-hangzhou-internal-test-1".to_owned(), "cn-fujian-2".to_owned()]),
                doc: "These regions have no host of their own.".to_owned(),
            },
            EndpointRule {
                host: "short.example.com".to_owned(),
                when: When::Regions((0..12).map(|number| format!("cn-{number}")).collect()),
                doc: "Neither have these.".to_owned(),
            },
            EndpointRule {
                host: "sample.{region}.example.com".to_owned(),
                when: When::Suffix("-fsi".to_owned()),
                doc: "Regions for finance are cut off from the others, and what is said about them here is long enough to need a second line.".to_owned(),
            },
            EndpointRule {
                host: "sample.example.com".to_owned(),
                when: When::Always,
                doc: "All the others.".to_owned(),
            },
        ],
        errors: vec![error("7085", ErrorKind::NotFound), error("ServiceUnavailable", ErrorKind::Unavailable)],
        provider_description: Some("Every service has it.".to_owned()),
        quirks: vec!["Answers say [nothing] about `|` and *that*.".to_owned()],
        types: vec![state(), color()],
        operations: vec![plain(), rich(), kinds::rich(), kinds::deprecated()],
    }
}

/// A service whose names get longer and longer, so that every line is once just short enough and once too long.
pub fn sweep() -> Service {
    let mut service = service();
    service.crate_name = "aliyun-sweep".to_owned();
    service.crate_dir = "crates/aliyun-sweep".to_owned();
    service.table_dir = "crates/cloud-emulator/tables/aliyun-sweep".to_owned();
    service.lib_name = "aliyun_sweep".to_owned();
    service.operations = (1..=36).map(sweep_operation).collect();
    service.errors = (1..=30)
        .map(|length| error(&name("Code", length), ErrorKind::InvalidParameter))
        .collect();
    service
}

/// A name of a type that is so many characters longer than its start.
fn name(start: &str, length: usize) -> String {
    format!("{start}{}", "x".repeat(length))
}

fn sweep_operation(length: usize) -> Operation {
    let enumeration = name("State", length);
    let record = name("Tag", length);
    let mut fields = Vec::new();
    for (number, ty) in types(&enumeration, &record).into_iter().enumerate() {
        let mut field = field(&name("", length), ty);
        field.wire = format!("{number}{}", field.wire);
        field.name = format!("f{number}_{}", field.name);
        if length.is_multiple_of(3) {
            field.deprecated = Some(name("Another note ", length + number * 6));
        }
        match number % 4 {
            1 => field.aliases = vec![name("Alias", length)],
            2 => field.location = Location::Form,
            3 => {
                field.location = Location::Form;
                field.json_text = true;
            }
            _ => {}
        }
        fields.push(field);
    }
    let request = fields.iter().take(1 + length % 4).map(required);
    let required_count = 1 + length % 4;
    let request: Vec<_> = request
        .chain(fields.iter().skip(required_count).cloned())
        .collect();
    let action = name("DescribeSomething", length);
    let answer = |field: &Field| Field {
        name: format!("answer_{}", field.name),
        ..field.clone()
    };
    let operation = Operation {
        module: format!("describe_{}", "x".repeat(length)),
        request_name: action.clone(),
        response_name: name("DescribeResponse", length),
        args_name: (required_count > 3).then(|| name("DescribeArgs", length)),
        scope: rich().scope.into_iter().take(length % 4).collect(),
        // What one line holds with few of them and no longer with more.
        response: fields
            .iter()
            .skip(length % 2)
            .take(length % 5)
            .map(answer)
            .collect(),
        request,
        types: vec![
            TypeDef {
                name: record,
                doc: "A tag.".to_owned(),
                from: None,
                kind: TypeKind::Record {
                    fields: fields
                        .iter()
                        .skip(length % 3)
                        .take(2)
                        .map(required)
                        .collect(),
                    input: !length.is_multiple_of(3) || required_count > 3,
                    in_response: length.is_multiple_of(2) || length % 5 == 4,
                    args_name: None,
                },
            },
            TypeDef {
                name: enumeration,
                doc: "A state.".to_owned(),
                from: None,
                kind: TypeKind::Enum {
                    repr: Repr::Text,
                    values: vec![
                        value(
                            &name("A", length),
                            &name("A", length),
                            &[&name("Aka", length / 2)],
                        ),
                        value("B", &name("B", length), &["b"]),
                        value(&name("C", length / 3), "c", &[]),
                    ],
                },
            },
        ],
        waiters: kinds::waiters(length),
        deprecated: length
            .is_multiple_of(4)
            .then(|| name("Use the other one ", length * 2)),
        errors: Vec::new(),
        examples: Vec::new(),
        action,
        ..plain()
    };
    Operation {
        paging: kinds::paging(&operation, length),
        ..operation
    }
}

fn types(enumeration: &str, record: &str) -> Vec<Type> {
    vec![
        Type::String,
        Type::List(Box::new(Type::Named(enumeration.to_owned()))),
        Type::Named(enumeration.to_owned()),
        Type::List(Box::new(Type::Named(record.to_owned()))),
        Type::Named(record.to_owned()),
        Type::List(Box::new(Type::I64)),
        Type::U64,
        Type::Secret,
        kinds::map(Type::Named(enumeration.to_owned())),
        kinds::map(kinds::list(Type::Named(record.to_owned()))),
        Type::Text(Carried::Bytes),
        kinds::list(Type::Text(Carried::Record(record.to_owned()))),
        Type::Text(Carried::I64),
    ]
}

fn plain() -> Operation {
    Operation {
        action: "ListRegions".to_owned(),
        spec_file: "specs/aliyun-sample/ListRegions.yaml".to_owned(),
        module: "list_regions".to_owned(),
        request_name: "ListRegions".to_owned(),
        response_name: "ListRegionsResponse".to_owned(),
        args_name: None,
        summary: "List the regions.".to_owned(),
        description: None,
        reference: "https://example.com/ListRegions".to_owned(),
        effect: Effect::Read,
        rate_limit: None,
        permission: None,
        scope: Vec::new(),
        request: Vec::new(),
        response: Vec::new(),
        paging: None,
        waiters: Vec::new(),
        completion: None,
        deprecated: None,
        types: Vec::new(),
        errors: Vec::new(),
        examples: Vec::new(),
        quirks: Vec::new(),
    }
}

fn rich() -> Operation {
    let list = |item: &str| Type::List(Box::new(Type::Named(item.to_owned())));
    Operation {
        action: "CreateBackup".to_owned(),
        spec_file: "specs/aliyun-sample/CreateBackup.yaml".to_owned(),
        module: "create_backup".to_owned(),
        request_name: "CreateBackup".to_owned(),
        response_name: "CreateBackupResponse".to_owned(),
        args_name: Some("CreateBackupArgs".to_owned()),
        summary: "Make a backup.".to_owned(),
        description: Some(
            "See https://example.com/a_b.\n\nA second paragraph, with a * and a <tag>.".to_owned(),
        ),
        effect: Effect::Write,
        rate_limit: Some(RateLimit {
            calls: 20,
            seconds: 1,
        }),
        permission: Some("sample:CreateBackup".to_owned()),
        scope: vec![
            scope(ScopeKey::Region, "Region"),
            scope(ScopeKey::Zone, "Zone"),
            scope(ScopeKey::Project, "ProjectId"),
        ],
        request: vec![
            required(&field("Name", Type::String)),
            required(&field("State", Type::Named("State".to_owned()))),
            required(&field("Password", Type::Secret)),
            required(&field("MainTag", Type::Named("Tag".to_owned()))),
            required(&field("Ids", Type::List(Box::new(Type::String)))),
            field("Size", Type::I64),
            Field {
                name: "r#type".to_owned(),
                ..field("Type", Type::Named("Owner".to_owned()))
            },
            field("Tags", list("Tag")),
            field("Colors", list("Color")),
        ],
        response: vec![
            field("BackupId", Type::String),
            Field {
                aliases: vec!["BackupInfo".to_owned(), "Backup".to_owned()],
                ..field("Backups", list("Backup"))
            },
            field("State", Type::Named("State".to_owned())),
        ],
        types: vec![
            TypeDef {
                name: "Tag".to_owned(),
                doc: "A tag.".to_owned(),
                from: None,
                kind: TypeKind::Record {
                    fields: vec![
                        required(&field("Key", Type::String)),
                        field("Value", Type::String),
                        field("Values", Type::List(Box::new(Type::String))),
                    ],
                    input: true,
                    in_response: false,
                    args_name: None,
                },
            },
            TypeDef {
                name: "Backup".to_owned(),
                doc: "A backup.".to_owned(),
                from: None,
                kind: TypeKind::Record {
                    fields: vec![
                        Field {
                            name: "r#type".to_owned(),
                            ..field("Type", Type::I32)
                        },
                        field("Colors", list("Color")),
                    ],
                    input: false,
                    in_response: true,
                    args_name: None,
                },
            },
            TypeDef {
                name: "Owner".to_owned(),
                doc: "An owner, in requests and in answers.".to_owned(),
                from: None,
                kind: TypeKind::Record {
                    fields: vec![
                        required(&field("Id", Type::I64)),
                        required(&field("Names", Type::List(Box::new(Type::String)))),
                    ],
                    input: true,
                    in_response: true,
                    args_name: None,
                },
            },
        ],
        completion: Some(kinds::completion()),
        errors: vec![error("Denied", ErrorKind::PermissionDenied)],
        examples: vec![Example {
            title: Some("As the page has it".to_owned()),
            request: Some(call()),
            sent: None,
            response: Some(Answer {
                body: json!({ "RequestId": "r-1", "BackupId": "b-1", "BackupInfo": [{ "Type": "1" }], "State": "\"#ok" }),
                canonical: json!({ "BackupId": "b-1", "Backups": [{ "Type": 1, "Colors": [] }], "State": "\"#ok" }),
            }),
        }],
        quirks: vec!["The page says so.".to_owned()],
        ..plain()
    }
}

fn call() -> Call {
    let text = |text: &str| Literal::Text(text.to_owned());
    let tag = Literal::Record {
        name: "Tag".to_owned(),
        arguments: vec![argument("key", text("k"))],
        setters: vec![argument("value", text("v"))],
    };
    let state = Literal::Variant {
        enumeration: "State".to_owned(),
        variant: "Done".to_owned(),
    };
    Call {
        arguments: vec![
            argument("name", text("a \"name\"")),
            argument("state", state),
            argument("password", text("secret")),
            argument("main_tag", tag.clone()),
            argument("ids", Literal::List(vec![text("a"), text("b")])),
        ],
        setters: vec![
            argument("size", Literal::Integer("-5".to_owned())),
            argument("tags", Literal::List(vec![tag])),
            argument("colors", Literal::List(Vec::new())),
            argument("region", text("cn-wuhan")),
        ],
    }
}

fn argument(name: &str, value: Literal) -> Argument {
    Argument {
        name: name.to_owned(),
        value,
    }
}

fn state() -> TypeDef {
    TypeDef {
        name: "State".to_owned(),
        doc: "A state.".to_owned(),
        from: None,
        kind: TypeKind::Enum {
            repr: Repr::Text,
            values: vec![
                value("Done", "DONE", &["1", "done"]),
                value("V386", "386", &[]),
                value("Failed", "FAILED", &[]),
            ],
        },
    }
}

fn color() -> TypeDef {
    TypeDef {
        name: "Color".to_owned(),
        doc: "A color.".to_owned(),
        from: None,
        kind: TypeKind::Enum {
            repr: Repr::Integer,
            values: vec![value("Red", "1", &["11"]), value("Green", "-2", &[])],
        },
    }
}

fn value(name: &str, wire: &str, aka: &[&str]) -> EnumValue {
    EnumValue {
        name: name.to_owned(),
        wire: wire.to_owned(),
        aka: aka.iter().map(|&spelling| spelling.to_owned()).collect(),
        doc: "What it means.".to_owned(),
        from: Some("In the SDK.".to_owned()),
        deprecated: None,
    }
}

fn field(wire: &str, ty: Type) -> Field {
    Field {
        wire: wire.to_owned(),
        name: heck::AsSnakeCase(wire).to_string(),
        ty,
        required: false,
        preset: None,
        aliases: Vec::new(),
        location: Location::Default,
        json_text: false,
        wrapper: None,
        rules: Rules {
            minimum: Some(1.into()),
            maximum: Some(99.into()),
            ..Rules::default()
        },
        example: Some("a`b".to_owned()),
        from: Some("In the SDK (1.2), not on this page.".to_owned()),
        deprecated: None,
        doc: "What it is.".to_owned(),
    }
}

fn required(field: &Field) -> Field {
    Field {
        required: true,
        ..field.clone()
    }
}

fn scope(key: ScopeKey, wire: &str) -> ScopeField {
    ScopeField {
        key,
        wire: wire.to_owned(),
        required: key != ScopeKey::Project,
        example: None,
        doc: "Where.".to_owned(),
    }
}

fn error(code: &str, kind: ErrorKind) -> ErrorCode {
    ErrorCode {
        code: code.to_owned(),
        kind,
        doc: "It did not work.".to_owned(),
        common: true,
    }
}
