//! Answers as the decoder sees them.

use std::collections::HashMap;

use super::*;
use crate::model::{Carried, EnumValue, Repr, Type, TypeDef, TypeKind};
use crate::resolve::field::plain_field;
use crate::resolve::literal::Definition;
use crate::source::Sources;
use crate::yaml;

fn field(wire: &str, ty: Type) -> Field {
    Field {
        aliases: vec![format!("Old{wire}")],
        ..plain_field(wire, &wire.to_lowercase(), ty)
    }
}

fn types() -> Vec<TypeDef> {
    let value = |wire: &str, aka: &str| EnumValue {
        name: String::new(),
        wire: wire.to_owned(),
        aliases: vec![aka.to_owned()],
        doc: String::new(),
        from: None,
        deprecated: None,
    };
    let def = |name: &str, kind| TypeDef {
        from: None,
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
                input: false,
                readable: true,
                args_name: None,
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
                repr: Repr::I64,
                values: vec![value("1", "10")],
            },
        ),
    ]
}

/// Nothing is around the data.
const PLAIN: Surrounding<'static> = Surrounding {
    wraps: None,
    beside: &[],
};

/// Everything is inside `Response`.
const WRAPPED: Surrounding<'static> = Surrounding {
    wraps: Some("Response"),
    ..PLAIN
};

/// What an answer of these fields comes to, and what is said about it.
fn canonical(envelope: Surrounding<'_>, body: &str) -> (Option<String>, String) {
    let fields = fields();
    canonical_of(&fields, envelope, body)
}

fn named(name: &str) -> Type {
    Type::Named(name.to_owned())
}

fn list(item: Type) -> Type {
    Type::List(Box::new(item))
}

fn map(of: Type) -> Type {
    Type::Map(Box::new(of))
}

fn fields() -> Vec<Field> {
    vec![
        field("Text", Type::String),
        field("Flag", Type::Bool),
        field("Small", Type::I32),
        field("Large", Type::U64),
        field("Float", Type::F64),
        field("State", named("State")),
        field("Level", named("Level")),
        field("Disk", named("Disk")),
        field("Disks", list(named("Disk"))),
    ]
}

fn canonical_of(
    fields: &[Field],
    envelope: Surrounding<'_>,
    body: &str,
) -> (Option<String>, String) {
    let types = types();
    let mut private = HashMap::new();
    for TypeDef { name, kind, .. } in &types {
        private.insert(&**name, Definition { kind, fields: &[] });
    }
    let shared = HashMap::new();
    let lookup = Lookup::new(&shared, &private);
    let mut sources = Sources::default();
    let file = sources.add("x.yaml".to_owned(), body.to_owned());
    let mut diagnostics = Diagnostics::default();
    let node = yaml::parse(&sources, file, &mut diagnostics).unwrap();
    let answer = answer(&node, fields, envelope, lookup, &mut diagnostics);
    (
        answer.map(|answer| answer.canonical.to_string()),
        diagnostics.render(&sources, false),
    )
}

fn good(body: &str) -> String {
    let (answer, said) = canonical(PLAIN, body);
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
        good("{Flag: true, Text: a}"),
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
        let (_, said) = canonical(PLAIN, body);
        assert!(said.contains(expected), "{body}: {said}");
    }
}

#[test]
fn members_of_the_envelope_are_held_against_their_types_and_left_out() {
    let beside = [field("RetCode", Type::I64), field("Action", Type::String)];
    let envelope = Surrounding {
        beside: &beside,
        ..PLAIN
    };
    let (answer, said) = canonical(envelope, "{RetCode: \"0\", Action: a, Text: b}");
    assert_eq!(
        (answer.as_deref(), &*said),
        (Some(r#"{"Text":"b","Disks":[]}"#), "")
    );
    let (_, said) = canonical(envelope, "{RetCode: none}");
    assert!(said.contains("`RetCode` must be an integer"), "{said}");
}

#[test]
fn answers_are_inside_the_member_that_wraps_them() {
    let (answer, said) = canonical(WRAPPED, "{Response: {Text: a}}");
    assert_eq!(
        (answer.as_deref(), &*said),
        (Some(r#"{"Text":"a","Disks":[]}"#), "")
    );
    for body in ["{Text: a}", "{Response: 1}", "{Response: {}, Text: a}"] {
        let (answer, said) = canonical(WRAPPED, body);
        assert_eq!(answer, None);
        assert!(said.starts_with("error[S062]"), "{body}: {said}");
    }
}

/// What an answer of one field comes to.
fn one(ty: Type, body: &str) -> String {
    let (answer, said) = canonical_of(&[field("X", ty)], PLAIN, body);
    assert_eq!(said, "");
    answer.unwrap()
}

#[test]
fn text_that_carries_something_stays_as_it_is() {
    for (body, expected) in [
        ("{X: '007'}", r#"{"X":"007"}"#),
        ("{X: 7}", r#"{"X":"7"}"#),
        ("{X: true}", r#"{"X":"true"}"#),
        ("{X: no number}", r#"{"X":"no number"}"#),
        ("{X: ''}", "{}"),
        ("{X: ~}", "{}"),
    ] {
        assert_eq!(one(Type::Text(Carried::I64), body), expected);
    }
    assert_eq!(one(Type::DownloadUrl, "{X: ''}"), "{}");
    assert_eq!(
        one(Type::UnixSeconds, "{X: '1700000000'}"),
        r#"{"X":1700000000}"#
    );
}

#[test]
fn json_is_anything() {
    for (body, expected) in [
        (
            "{X: {b: [1, ~, ''], a: 18446744073709551615}}",
            r#"{"X":{"b":[1,null,""],"a":18446744073709551615}}"#,
        ),
        ("{X: false}", r#"{"X":false}"#),
        ("{X: ''}", r#"{"X":""}"#),
        ("{X: ~}", "{}"),
    ] {
        assert_eq!(one(Type::Json, body), expected);
    }
}

#[test]
fn maps_are_sorted_and_have_no_nulls() {
    let sizes = map(Type::I64);
    assert_eq!(
        one(sizes.clone(), "{X: {b: 1, a: '2', c: ~, d: ''}}"),
        r#"{"X":{"a":2,"b":1}}"#
    );
    assert_eq!(one(sizes.clone(), "{}"), r#"{"X":{}}"#);
    assert_eq!(one(sizes.clone(), "{X: ''}"), r#"{"X":{}}"#);
    assert_eq!(one(sizes, "{X: {}, OldX: {a: 1}}"), r#"{"X":{"a":1}}"#);
    let nested = list(map(list(Type::String)));
    assert_eq!(
        one(nested, "{X: [{a: [b, '']}, ~, {}]}"),
        r#"{"X":[{"a":["b",""]},{}]}"#
    );
}

#[test]
fn a_wrapped_list_is_wrapped_again() {
    let disks = Field {
        wrapper: Some("Disk".to_owned()),
        ..field("Disks", list(named("Disk")))
    };
    let read = |body: &str| canonical_of(std::slice::from_ref(&disks), PLAIN, body);
    let full = r#"{"Disks":{"Disk":[{"Id":"a","Sizes":[]}]}}"#;
    let none = r#"{"Disks":{"Disk":[]}}"#;
    for (body, expected) in [
        ("{Disks: {Disk: [{Id: a}]}}", full),
        ("{Disks: [{Id: a}]}", full),
        ("{Disks: {Disk: []}, OldDisks: {Disk: [{Id: a}]}}", full),
        ("{Disks: {Disk: ~}}", none),
        ("{Disks: {}}", none),
        ("{Disks: ''}", none),
        ("{}", none),
    ] {
        assert_eq!(
            read(body),
            (Some(expected.to_owned()), String::new()),
            "{body}"
        );
    }
    let (_, said) = read("{Disks: {Dsik: []}}");
    assert!(
        said.contains("the object around the list `Disks` has no `Dsik`"),
        "{said}"
    );
    assert!(said.contains("did you mean `Disk`?"), "{said}");
}
