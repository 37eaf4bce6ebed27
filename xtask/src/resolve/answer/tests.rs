//! Answers as the decoder sees them.

use super::*;
use crate::model::{EnumValue, Location, Repr, Type, TypeDef, TypeKind};
use crate::resolve::literal::by_name;
use crate::source::Sources;
use crate::yaml;

fn field(wire: &str, ty: Type) -> Field {
    Field {
        wire: wire.to_owned(),
        name: wire.to_lowercase(),
        ty,
        required: false,
        aliases: vec![format!("Old{wire}")],
        location: Location::Default,
        json_text: false,
        rules: Vec::new(),
        example: None,
        newer: None,
        doc: String::new(),
    }
}

fn types() -> Vec<TypeDef> {
    let value = |wire: &str, aka: &str| EnumValue {
        name: String::new(),
        wire: wire.to_owned(),
        aka: vec![aka.to_owned()],
        doc: String::new(),
        newer: None,
    };
    let def = |name: &str, kind| TypeDef {
        name: name.to_owned(),
        doc: String::new(),
        kind,
    };
    let fields = vec![
        field("Id", Type::String),
        field("Sizes", Type::List(Box::new(Type::I64))),
    ];
    vec![
        def(
            "Disk",
            TypeKind::Record {
                fields,
                in_request: false,
                in_response: true,
            },
        ),
        def(
            "State",
            TypeKind::Enum {
                repr: Repr::Text,
                values: vec![value("Done", "2")],
            },
        ),
        def(
            "Level",
            TypeKind::Enum {
                repr: Repr::Integer,
                values: vec![value("1", "10")],
            },
        ),
    ]
}

/// What an answer of these fields comes to, and what is said about it.
fn canonical(provider: Provider, body: &str) -> (Option<String>, String) {
    let named = |name: &str| Type::Named(name.to_owned());
    let fields = [
        field("Text", Type::String),
        field("Flag", Type::Bool),
        field("Small", Type::I32),
        field("Large", Type::U64),
        field("Float", Type::F64),
        field("State", named("State")),
        field("Level", named("Level")),
        field("Disk", named("Disk")),
        field("Disks", Type::List(Box::new(named("Disk")))),
    ];
    let types = types();
    let shared = by_name(&types);
    let lookup = Lookup {
        shared: &shared,
        private: Default::default(),
    };
    let mut sources = Sources::default();
    let file = sources.add("x.yaml".to_owned(), body.to_owned());
    let mut diagnostics = Diagnostics::default();
    let node = yaml::parse(&sources, file, &mut diagnostics).unwrap();
    let answer = answer(&node, &fields, provider, &lookup, &mut diagnostics);
    (
        answer.map(|answer| answer.canonical.to_string()),
        diagnostics.render(&sources, false),
    )
}

fn good(body: &str) -> String {
    let (answer, said) = canonical(Provider::Ucloud, body);
    assert_eq!(said, "");
    answer.unwrap()
}

#[test]
fn numbers_as_text_and_text_as_numbers_become_what_the_field_is() {
    assert_eq!(
        good("{Text: 1.0, Flag: 'TRUE', Small: '-5', Large: 18446744073709551615, Float: 2}"),
        r#"{"Text":"1","Flag":true,"Small":-5,"Large":18446744073709551615,"Float":2.0,"Disks":[]}"#
    );
    assert_eq!(
        good("{Text: false, Flag: 1, Small: 3.0, Float: '2.5'}"),
        r#"{"Text":"false","Flag":true,"Small":3,"Float":2.5,"Disks":[]}"#
    );
}

#[test]
fn spellings_become_canonical_and_unknown_values_stay() {
    assert_eq!(
        good("{State: 2, Level: '10'}"),
        r#"{"State":"Done","Level":1,"Disks":[]}"#
    );
    assert_eq!(
        good("{State: Lost, Level: -7}"),
        r#"{"State":"Lost","Level":-7,"Disks":[]}"#
    );
}

#[test]
fn what_is_absent_stays_absent_but_for_lists() {
    assert_eq!(
        good("{Text: ~, Flag: '', State: '', Disk: '', Disks: ''}"),
        r#"{"Disks":[]}"#
    );
    assert_eq!(
        good("{Text: '', Disk: {}, Disks: [~, {}]}"),
        r#"{"Text":"","Disk":{"Sizes":[]},"Disks":[{"Sizes":[]}]}"#
    );
    assert_eq!(
        good("{Disk: {Sizes: [1, '', '2', ~]}}"),
        r#"{"Disk":{"Sizes":[1,2]},"Disks":[]}"#
    );
}

#[test]
fn the_canonical_name_wins_over_an_alias_unless_it_is_empty() {
    assert_eq!(good("{OldText: a}"), r#"{"Text":"a","Disks":[]}"#);
    assert_eq!(good("{OldText: a, Text: b}"), r#"{"Text":"b","Disks":[]}"#);
    assert_eq!(good("{Text: b, OldText: a}"), r#"{"Text":"b","Disks":[]}"#);
    assert_eq!(good("{Text: ~, OldText: a}"), r#"{"Text":"a","Disks":[]}"#);
    assert_eq!(
        good("{Disks: [], OldDisks: [{Id: a}]}"),
        r#"{"Disks":[{"Id":"a","Sizes":[]}]}"#
    );
}

#[test]
fn members_come_in_the_order_of_the_fields() {
    assert_eq!(
        good("{RetCode: 0, Flag: true, Text: a, Message: ''}"),
        r#"{"Text":"a","Flag":true,"Disks":[]}"#
    );
}

#[test]
fn what_does_not_fit_is_told() {
    for (body, expected) in [
        (
            "{Small: 2147483648}",
            "`Small` must be an integer of 32 bits",
        ),
        (
            "{Large: -1}",
            "`Large` must be an integer of 64 bits without a sign",
        ),
        ("{Flag: 2}", "`Flag` must be `true` or `false`"),
        ("{Float: nan}", "`Float` must be a number"),
        ("{Level: high}", "`Level` must be an integer"),
        ("{Disk: [1]}", "`Disk` must be a mapping"),
        ("{Disks: {}}", "`Disks` must be a list"),
        ("{Disks: [{Idd: 1}]}", "`Disk` has no `Idd`"),
        ("{RequestId: 1}", "the response has no `RequestId`"),
        ("{Float: 1e999}", "no number of JSON is this large"),
    ] {
        let (_, said) = canonical(Provider::Ucloud, body);
        assert!(said.contains(expected), "{body}: {said}");
    }
}

#[test]
fn tencents_answers_are_inside_response() {
    let (answer, said) = canonical(Provider::Tencent, "{Response: {Text: a, RequestId: r}}");
    assert_eq!(
        (answer.as_deref(), &*said),
        (Some(r#"{"Text":"a","Disks":[]}"#), "")
    );
    for body in ["{Text: a}", "{Response: 1}", "{Response: {}, Text: a}"] {
        let (answer, said) = canonical(Provider::Tencent, body);
        assert_eq!(answer, None);
        assert!(said.starts_with("error[S062]"), "{body}: {said}");
    }
}
