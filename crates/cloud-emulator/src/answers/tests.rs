//! Answers that nobody wrote.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::TOTAL;
use crate::call::{Answers, Arguments, Call, Provider, Refusal};
use crate::support::{check_answer, flat, json as as_json, sent, start, tables, world};

#[test]
fn every_operation_answers_every_request_of_its_page_with_what_its_table_says() {
    let (world, tables) = (world(), tables());
    let mut answered = 0;
    for service in tables.services() {
        for operation in &service.operations {
            for request in operation
                .examples
                .iter()
                .filter_map(|example| example.request.as_ref())
            {
                let call = Call {
                    provider: service.provider,
                    product: None,
                    action: operation.action.clone(),
                    version: service.version.clone(),
                    region: Some("somewhere".to_owned())
                        .filter(|_| service.provider == Provider::Tencent),
                    arguments: sent(service, operation, request),
                };
                let answer = world.answer(&call, start());
                let answer = Value::Object(
                    answer.unwrap_or_else(|refusal| panic!("{}: {refusal:?}", operation.action)),
                );
                let checked = check_answer(service, operation, &answer);
                assert_eq!(checked, Ok(()), "{}: {answer:#}", operation.action);
                assert_eq!(answer.get("RequestId"), None);
                // Calls that do not poll anything are answered alike.
                if operation.waiters.is_empty() && service.name.starts_with("fixture") {
                    assert_eq!(Value::Object(world.answer(&call, start()).unwrap()), answer);
                }
                answered += 1;
            }
        }
    }
    assert!(answered >= 20, "{answered}");
}

#[test]
fn the_checker_finds_what_is_wrong() {
    let tables = tables();
    let service = tables.service("fixture-tencent").unwrap();
    let operation = service.operation("DescribeTrees").unwrap();
    for (answer, expected) in [
        (
            json!({ "TotalCount": "2" }),
            ".TotalCount is \"2\", which must be an integer of 64 bits",
        ),
        (json!({ "Trees": [] }), ".Trees is in no table"),
        (
            json!({ "TreeSet": [{ "Status": 7 }] }),
            ".TreeSet[0].Status is 7, which is no canonical `TreeStatus`",
        ),
        (
            json!({ "TreeSet": [{ "Birthday": "2023-02-29" }] }),
            ".TreeSet[0].Birthday is \"2023-02-29\", which must be a day such as `2024-03-01`",
        ),
    ] {
        assert_eq!(
            check_answer(service, operation, &answer),
            Err(expected.to_owned())
        );
    }
}

/// Every id or name on all pages, in their order, and how many pages there were.
fn walk(mut page: impl FnMut(usize) -> (Vec<Value>, bool)) -> (Vec<String>, usize) {
    let mut found = Vec::new();
    for number in 0..50 {
        let (items, is_last) = page(number);
        found.extend(items.iter().map(Value::to_string));
        if is_last {
            return (found, number + 1);
        }
    }
    panic!("the pages have no end");
}

fn items(list: &Value, name: &str) -> Vec<Value> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|item| item[name].clone())
        .collect()
}

#[track_caller]
fn assert_whole((found, pages): (Vec<String>, usize), expected: usize) {
    let different: HashSet<&String> = found.iter().collect();
    assert_eq!(
        (found.len(), different.len(), pages),
        (TOTAL, TOTAL, expected)
    );
}

#[test]
fn pages_by_offset_have_each_item_once() {
    let world = world();
    assert_whole(
        walk(|page| {
            let offset = (page * 10).to_string();
            let pairs = [("Region", "island"), ("Offset", &*offset), ("Limit", "10")];
            let answer = world.ask("DescribeBoxes", flat(&pairs)).unwrap();
            assert_eq!(answer["TotalCount"], TOTAL);
            (
                items(&answer["BoxSet"], "BoxId"),
                answer["BoxSet"].as_array().unwrap().len() < 10,
            )
        }),
        3,
    );
    // The largest number of 64 bits is the page's example of an id.
    assert_whole(
        walk(|page| {
            let answer = world
                .ask(
                    "DescribeTrees",
                    as_json(json!({ "Offset": page * 23, "Limit": 23 })),
                )
                .unwrap();
            (items(&answer["TreeSet"], "TreeId"), true)
        }),
        1,
    );
    let beyond = json!({ "Offset": 100, "Limit": 10 });
    assert_eq!(
        world.ask("DescribeTrees", as_json(beyond)).unwrap()["TreeSet"],
        json!([])
    );
}

#[test]
fn pages_by_number_have_each_item_once() {
    let world = world();
    assert_whole(
        walk(|page| {
            let number = (page + 1).to_string();
            let pairs = [("PageNumber", &*number), ("PageSize", "8")];
            let answer = world.ask("DescribeBerths", flat(&pairs)).unwrap();
            assert_eq!(answer["TotalCount"], json!(TOTAL));
            let berths = &answer["Berths"]["Berth"];
            (
                items(berths, "BerthId"),
                berths.as_array().unwrap().len() < 8,
            )
        }),
        3,
    );
    // Lists and totals may be inside a record, and the size of a page may be left to the provider.
    let answer = world
        .ask("DescribeEvents", as_json(json!({ "PageNo": 3 })))
        .unwrap();
    assert_eq!(
        (
            &answer["Result"]["Total"],
            items(&answer["Result"]["Events"], "Type").len()
        ),
        (&json!(TOTAL), 3)
    );
}

#[test]
fn pages_by_token_have_each_item_once() {
    let world = world();
    let mut token = String::new();
    assert_whole(
        walk(|_| {
            let pairs = [("NextToken", &*token), ("MaxResults", "5")];
            let answer = world.ask("SearchCargo", flat(&pairs)).unwrap();
            token = answer["NextToken"].as_str().unwrap().to_owned();
            (items(&answer["Cargo"], "PieceId"), token.is_empty())
        }),
        5,
    );
    let refusal = world
        .ask("SearchCargo", flat(&[("NextToken", "mine")]))
        .unwrap_err();
    assert!(
        matches!(&refusal, Refusal::Invalid { parameter, .. } if parameter == "NextToken"),
        "{refusal:?}"
    );
}

#[test]
fn several_lists_turn_their_pages_together() {
    let answer = world()
        .ask(
            "DescribeStaff",
            as_json(json!({ "Offset": 20, "Limit": 10 })),
        )
        .unwrap();
    assert_eq!(items(&answer["Gardener"], "Name").len(), 3);
    assert_eq!(items(&answer["Picker"], "Name").len(), 3);
    assert_eq!(
        (&answer["GardenerCount"], &answer["BeeCount"]),
        (&json!(TOTAL), &json!(40000))
    );
}

#[test]
fn an_answer_depends_on_the_request_and_on_nothing_else() {
    let ask = |sealed: &str, limit: &str| {
        let pairs = [
            ("Region", "island"),
            ("Offset", "0"),
            ("Limit", limit),
            ("Sealed", sealed),
        ];
        world().ask("DescribeBoxes", flat(&pairs)).unwrap()["BoxSet"].clone()
    };
    assert_eq!(ask("true", "20"), ask("true", "20"));
    assert_ne!(ask("true", "20"), ask("false", "20"));
    // Pages of any size are of the same list.
    assert_eq!(
        ask("true", "5").as_array().unwrap()[..],
        ask("true", "20").as_array().unwrap()[..5]
    );
}

#[test]
fn what_the_page_shows_is_shown() {
    let answer = world().ask("DescribeSettings", flat(&[])).unwrap();
    assert_eq!(
        (&answer["MaxWorker"], &answer["Ratio"]),
        (&json!("007"), &json!("0.50"))
    );
    let answer = world().ask("SearchCargo", flat(&[])).unwrap();
    let first = &answer["Cargo"][0];
    assert_eq!(
        first["Routes"],
        json!([{ "Monday": ["Oslo", "Bergen"] }, {
            "first": ["routes-1", "routes-2"], "second": ["routes-1", "routes-2"]
        }])
    );
    assert_eq!(first["Weights"], json!({ "chain": 9, "hook": 3 }));
}

#[test]
fn what_was_asked_for_is_told_again() {
    let pairs = [("ClientType", "LOCAL_CLIENT"), ("PageSize", "7")];
    let answer = world().ask("DescribeBackupClients", flat(&pairs)).unwrap();
    assert_eq!(
        (&answer["PageNumber"], &answer["PageSize"]),
        (&json!(1), &json!(7))
    );
}

#[test]
fn what_one_polls_for_has_ended_well() {
    let pairs = [("Region", "island"), ("BoxId", "box-1")];
    let answer = world().ask("DescribeBoxState", flat(&pairs)).unwrap();
    assert_eq!(answer, json!({ "State": "Packed" }));
}

#[test]
fn a_record_that_holds_lists_of_itself_has_an_end() {
    let answer = world()
        .ask("DescribeTrees", as_json(json!({ "Limit": 1 })))
        .unwrap();
    let mut depth = 0;
    let mut tree = &answer["TreeSet"][0];
    while let Some(branch) = tree["Branches"]
        .as_array()
        .and_then(|branches| branches.first())
    {
        tree = branch;
        depth += 1;
        assert!(depth < 10);
    }
    assert!(depth > 1);
}

#[test]
fn odd_values_are_refused_or_answered_and_never_a_fault() {
    let (world, tables) = (world(), tables());
    let mut answered = 0;
    let odd = [
        "",
        "-1",
        "18446744073709551616",
        "1e400",
        "测",
        "a\0b",
        "true",
        "[",
        "{}",
        "null",
        "[[[[]]]]",
        "2024-13-01 25:00:00",
        "t99999999999999999999",
    ];
    for service in tables.services() {
        for operation in &service.operations {
            let mut ask = |arguments: Arguments| {
                let call = crate::support::call_of(service, &operation.action, arguments);
                if let Ok(answer) = world.answer(&call, start()) {
                    let answer = Value::Object(answer);
                    assert_eq!(
                        check_answer(service, operation, &answer),
                        Ok(()),
                        "{call:?}"
                    );
                    answered += 1;
                }
            };
            let names = operation.request.iter().map(|field| &field.name);
            for name in names.chain(operation.scope.iter().map(|field| &field.name)) {
                for value in odd {
                    let pairs = [
                        (name.clone(), value.to_owned()),
                        (format!("{name}.1.Key"), value.to_owned()),
                    ];
                    for pairs in [&pairs[..1], &pairs[1..], &pairs[..]] {
                        ask(Arguments::Flat(pairs.to_vec()));
                    }
                    ask(as_json(json!({ name: value, "Limit": -1 })));
                }
            }
        }
    }
    assert!(answered > 50, "{answered}");
}
