//! Reading lists to their end: each item once, and always to an end.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use cloud_core::{Error, ErrorKind, Position};
use proptest::prelude::*;

use crate::common::memory::now;
use crate::common::records::Backup;
use crate::lists::{Fault, List, Lists, OFFSET_WITH_TOTAL, PAGE_WITH_TOTAL, TOKEN};

const NO_CAP: u64 = 1000;

/// The items that came, by their numbers, and the error that ended it.
fn read<const K: usize>(lists: &Lists, request: List<K>) -> (Vec<u64>, Option<Error>) {
    let mut items = lists.client().items(request);
    let mut found = Vec::new();
    let mut error = None;
    while let Some(item) = now(items.next()) {
        match item {
            Ok(item) => found.push(item.id.unwrap().parse().unwrap()),
            Err(problem) => {
                assert!(error.is_none(), "nothing comes after an error");
                error = Some(problem);
            }
        }
    }
    assert!(now(items.next()).is_none(), "an end is an end");
    assert_eq!(items.position().is_none(), error.is_none());
    (found, error)
}

fn list<const K: usize>(limit: Option<u64>) -> List<K> {
    List {
        limit,
        ..List::default()
    }
}

/// Reads a list in the way number `kind`.
fn read_kind(kind: usize, lists: &Lists, limit: Option<u64>) -> (Vec<u64>, Option<Error>) {
    match kind {
        0 => read::<0>(lists, list(limit)),
        1 => read::<1>(lists, list(limit)),
        2 => read::<2>(lists, list(limit)),
        3 => read::<3>(lists, list(limit)),
        _ => read::<4>(lists, list(limit)),
    }
}

/// Reads so many pages, stores the position, and reads on from there.
fn read_twice<const K: usize>(lists: &Lists, limit: Option<u64>, count: usize) -> Vec<u64> {
    let ids = |backups: Vec<Backup>| {
        let id = |backup: Backup| backup.id.unwrap().parse::<u64>().unwrap();
        backups.into_iter().map(id).collect::<Vec<_>>()
    };
    let mut found = Vec::new();
    let mut pages = lists.client().pages(list::<K>(limit));
    for _ in 0..count {
        if let Some(page) = now(pages.next()) {
            found.extend(ids(page.unwrap().backups));
        }
    }
    let stored = serde_json::to_string(&pages.position()).unwrap();
    if pages.position().is_some() {
        let position: Position = serde_json::from_str(&stored).unwrap();
        let mut pages = lists.client().pages(list::<K>(limit)).from(position);
        while let Some(page) = now(pages.next()) {
            found.extend(ids(page.unwrap().backups));
        }
    }
    found
}

/// How many requests a list of so many items may cost.
fn bound(items: u64, limit: Option<u64>, cap: u64) -> usize {
    usize::try_from(items.div_ceil(limit.unwrap_or(20).min(cap))).unwrap() + 2
}

fn faults() -> impl Strategy<Value = Fault> {
    prop_oneof![
        (0_u64..50).prop_map(Fault::Grows),
        (1_u64..50).prop_map(Fault::Shrinks),
        (0_usize..6).prop_map(Fault::EmptyPage),
        Just(Fault::IgnoresPosition),
        Just(Fault::RepeatsToken),
        Just(Fault::TurnsInCircles),
        Just(Fault::TotalOnce),
        (0_usize..6).prop_map(Fault::Fails),
    ]
}

proptest! {
    #[test]
    fn each_item_comes_once(
        kind in 0_usize..5,
        items in 0_u64..150,
        limit in proptest::option::of(1_u64..60),
        cap in prop_oneof![Just(NO_CAP), 1_u64..30],
    ) {
        let lists = Lists::new(items, cap, Fault::None);
        let (found, error) = read_kind(kind, &lists, limit);
        prop_assert!(error.is_none(), "{:?}", error);
        prop_assert_eq!(found, (0..items).collect::<Vec<_>>());
        prop_assert!(lists.requests() <= bound(items, limit, cap));
    }

    /// What is read on from a stored position is the rest, even where one can't know how long the pages before it were.
    #[test]
    fn the_rest_of_a_list_comes_once(
        kind in 0_usize..5,
        items in 0_u64..150,
        limit in proptest::option::of(1_u64..60),
        cap in prop_oneof![Just(NO_CAP), 1_u64..30],
        pages in 0_usize..8,
    ) {
        let lists = Lists::new(items, cap, Fault::None);
        let found = match kind {
            0 => read_twice::<0>(&lists, limit, pages),
            1 => read_twice::<1>(&lists, limit, pages),
            2 => read_twice::<2>(&lists, limit, pages),
            3 => read_twice::<3>(&lists, limit, pages),
            _ => read_twice::<4>(&lists, limit, pages),
        };
        prop_assert_eq!(found, (0..items).collect::<Vec<_>>());
        prop_assert!(lists.requests() <= bound(items, limit, cap) + 2);
    }

    /// Whatever the provider does wrong: there is an end, no item comes twice, and none is left out unless an error says so.
    #[test]
    fn a_fault_is_no_endless_loop_and_no_silent_gap(
        kind in 0_usize..5,
        fault in faults(),
        items in 0_u64..150,
        limit in proptest::option::of(1_u64..60),
        cap in prop_oneof![Just(NO_CAP), 1_u64..30],
    ) {
        let lists = Lists::new(items, cap, fault);
        let (found, error) = read_kind(kind, &lists, limit);
        prop_assert!(lists.requests() <= bound(lists.items().max(items), limit, cap) + 50);
        // From the beginning, without a gap.
        prop_assert_eq!(&found, &(0..found.len() as u64).collect::<Vec<_>>());
        // The total is all that tells an empty page from the end, and what grows behind the last page is new.
        let cannot_know = match fault {
            Fault::EmptyPage(_) => matches!(kind, 1 | 3),
            Fault::Grows(_) => found.len() as u64 >= items,
            _ => false,
        };
        if error.is_none() && !cannot_know {
            prop_assert!(found.len() as u64 >= lists.items());
        }
        if let Some(error) = error {
            let expected = match fault {
                Fault::Fails(_) => ErrorKind::InvalidParameter,
                _ => ErrorKind::Paging,
            };
            prop_assert_eq!(error.kind(), expected, "{}", error);
        }
    }
}

#[test]
fn a_list_with_a_total_costs_no_request_too_many() {
    for (items, requests) in [(0, 1), (1, 1), (20, 1), (21, 2), (40, 2)] {
        for kind in [OFFSET_WITH_TOTAL, PAGE_WITH_TOTAL, TOKEN] {
            let lists = Lists::new(items, NO_CAP, Fault::None);
            read_kind(kind, &lists, None);
            assert_eq!(lists.requests(), requests, "{items} items, kind {kind}");
        }
    }
}

#[test]
fn a_list_without_a_total_ends_at_a_short_page_once_one_was_full() {
    for (items, requests) in [(0, 1), (1, 2), (20, 2), (21, 2), (40, 3), (41, 3)] {
        for kind in [1, 3] {
            let lists = Lists::new(items, NO_CAP, Fault::None);
            read_kind(kind, &lists, None);
            assert_eq!(lists.requests(), requests, "{items} items, kind {kind}");
        }
    }
}

#[test]
fn a_total_that_changes_is_followed() {
    for kind in [OFFSET_WITH_TOTAL, PAGE_WITH_TOTAL] {
        let grown = Lists::new(30, NO_CAP, Fault::Grows(11));
        let (found, error) = read_kind(kind, &grown, Some(10));
        assert!(error.is_none());
        // Four requests after the first, each of which found one more.
        assert_eq!(found.len(), 33);
        let shrunk = Lists::new(30, NO_CAP, Fault::Shrinks(15));
        let (found, error) = read_kind(kind, &shrunk, Some(10));
        assert!(error.is_none());
        assert_eq!((found.len(), shrunk.requests()), (15, 2));
    }
}

#[test]
fn what_is_said_of_pages_that_do_not_fit_together() {
    let problem = |kind, fault| {
        let lists = Lists::new(50, NO_CAP, fault);
        let (found, error) = read_kind(kind, &lists, Some(10));
        (found.len(), lists.requests(), error.unwrap().to_string())
    };
    let name = "DescribeBackups: the pages don't fit together:";
    for kind in [OFFSET_WITH_TOTAL, PAGE_WITH_TOTAL] {
        let text =
            "the provider sent an empty page, but has 50 items in all, of which 20 came before it";
        assert_eq!(
            problem(kind, Fault::EmptyPage(2)),
            (20, 3, format!("{name} {text}"))
        );
    }
    for (kind, parameter) in [(0, "Offset"), (1, "Offset"), (2, "Page"), (3, "Page")] {
        let text = format!(
            "the provider sent the page of 10 items again that it had sent before, as if it ignored `{parameter}`"
        );
        assert_eq!(
            problem(kind, Fault::IgnoresPosition),
            (10, 2, format!("{name} {text}"))
        );
    }
}

/// How many items a list without ids has, and the error that ended it.
fn count<const K: usize>(lists: &Lists, limit: u64) -> (usize, Option<Error>) {
    let mut items = lists.client().items(list::<K>(Some(limit)));
    let mut count = 0;
    loop {
        match now(items.next()) {
            Some(Ok(_)) => count += 1,
            Some(Err(error)) => return (count, Some(error)),
            None => return (count, None),
        }
    }
}

#[test]
fn items_without_ids_may_be_equal() {
    for limit in [1, 10] {
        let lists = || Lists::new(50, NO_CAP, Fault::NoIds);
        for (count, error) in [
            count::<0>(&lists(), limit),
            count::<1>(&lists(), limit),
            count::<2>(&lists(), limit),
            count::<3>(&lists(), limit),
            count::<TOKEN>(&lists(), limit),
        ] {
            assert!(error.is_none(), "{error:?}");
            assert_eq!(count, 50);
        }
    }
}

#[test]
fn equal_pages_without_end_come_to_an_end() {
    let lists = || Lists::new(0, NO_CAP, Fault::NoIdsNoEnd);
    for (count, error) in [
        count::<0>(&lists(), 5),
        count::<1>(&lists(), 5),
        count::<TOKEN>(&lists(), 5),
    ] {
        assert_eq!(error.unwrap().kind(), ErrorKind::Paging);
        assert_eq!(count, 5 * 1_001);
    }
}

#[test]
fn tokens() {
    // An empty page is not the end as long as it leaves a token.
    let lists = Lists::new(50, NO_CAP, Fault::EmptyPage(2));
    let (found, error) = read_kind(TOKEN, &lists, Some(10));
    assert!(error.is_none());
    assert_eq!((found.len(), lists.requests()), (50, 6));
    // Each page leaves the mark of the first one.
    let lists = Lists::new(50, NO_CAP, Fault::RepeatsToken);
    let (found, error) = read_kind(TOKEN, &lists, Some(10));
    assert_eq!(error.unwrap().kind(), ErrorKind::Paging);
    assert_eq!((found.len(), lists.requests()), (10, 2));
    // The third page is right, but what it leaves leads back to the second.
    let lists = Lists::new(50, NO_CAP, Fault::TurnsInCircles);
    let (found, error) = read_kind(TOKEN, &lists, Some(10));
    assert_eq!(error.unwrap().kind(), ErrorKind::Paging);
    assert_eq!((found.len(), lists.requests()), (30, 3));
    // New marks without end.
    let lists = Lists::new(50, NO_CAP, Fault::Endless);
    let (found, error) = read_kind(TOKEN, &lists, Some(10));
    assert_eq!(error.unwrap().kind(), ErrorKind::Paging);
    assert_eq!((found.len(), lists.requests()), (0, 1001));
}

#[test]
fn a_position_can_be_stored_and_read_on_from() {
    fn check<const K: usize>() {
        let whole = Lists::new(47, NO_CAP, Fault::None);
        let mut pages = whole.client().pages(list::<K>(Some(10)));
        let mut stored = vec![serde_json::to_string(&pages.position()).unwrap()];
        while now(pages.next()).is_some() {
            stored.push(serde_json::to_string(&pages.position()).unwrap());
        }
        assert_eq!(stored.pop().unwrap(), "null", "after the last page");
        if K == TOKEN {
            assert_eq!(stored, ["null", "\"t10\"", "\"t20\"", "\"t30\"", "\"t40\""]);
        }
        for (index, position) in stored.iter().enumerate() {
            let position: Position = serde_json::from_str(position).unwrap();
            let lists = Lists::new(47, NO_CAP, Fault::None);
            let mut items = lists.client().items(list::<K>(Some(10))).from(position);
            let mut found = Vec::new();
            while let Some(item) = now(items.next()) {
                found.push(item.unwrap().id.unwrap().parse::<usize>().unwrap());
            }
            assert_eq!(found, (index * 10..47).collect::<Vec<_>>());
        }
    }
    check::<0>();
    check::<2>();
    check::<3>();
    check::<TOKEN>();
}

#[test]
fn after_an_error_one_goes_on_where_it_was() {
    let lists = Lists::new(50, NO_CAP, Fault::Fails(2));
    let client = lists.client();
    let mut items = client.items(list::<OFFSET_WITH_TOTAL>(Some(10)));
    let mut count = 0;
    while let Some(Ok(_)) = now(items.next()) {
        count += 1;
    }
    let position = items.position().cloned().unwrap();
    assert_eq!((count, &position), (20, &Position::Number(20)));
    let mut rest = client
        .items(list::<OFFSET_WITH_TOTAL>(Some(10)))
        .from(position);
    while let Some(item) = now(rest.next()) {
        item.unwrap();
        count += 1;
    }
    assert_eq!(count, 50);
}

#[test]
fn the_position_of_an_item_is_that_of_its_page() {
    let lists = Lists::new(4, NO_CAP, Fault::None);
    let mut items = lists.client().items(list::<OFFSET_WITH_TOTAL>(Some(2)));
    let mut positions = vec![items.position().cloned()];
    while now(items.next()).is_some() {
        positions.push(items.position().cloned());
    }
    let number = |number| Some(Position::Number(number));
    // The second item of a page comes again; the first of the next one does not.
    assert_eq!(
        positions,
        [number(0), number(0), number(2), number(2), None]
    );
}

#[test]
fn a_position_of_another_list_is_refused() {
    let lists = Lists::new(50, NO_CAP, Fault::None);
    for position in [
        Position::Token("x".into()),
        Position::Start,
        // More than the parameter can say.
        Position::Number(u64::MAX),
    ] {
        let mut pages = lists
            .client()
            .pages(list::<OFFSET_WITH_TOTAL>(None))
            .from(position);
        let error = now(pages.next()).unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
        assert!(now(pages.next()).is_none());
    }
    assert_eq!(lists.requests(), 0);
}

#[test]
fn only_reading_ahead_asks_for_what_nobody_wants_yet() {
    let lists = Lists::new(25, NO_CAP, Fault::None);
    let mut pages = lists.client().pages(list::<OFFSET_WITH_TOTAL>(Some(10)));
    for request in [1, 2, 3] {
        now(pages.next()).unwrap().unwrap();
        assert_eq!(lists.requests(), request);
    }
    let lists = Lists::new(25, NO_CAP, Fault::None);
    let client = lists.client();
    let mut items = client
        .items(list::<OFFSET_WITH_TOTAL>(Some(10)))
        .read_ahead();
    assert_eq!(lists.requests(), 0, "nothing happens before the first item");
    for (item, requests) in [(0, 2), (9, 2), (10, 3), (20, 3), (24, 3)] {
        while now(items.next()).unwrap().unwrap().id.unwrap() != item.to_string() {}
        assert_eq!(lists.requests(), requests, "item {item}");
    }
    assert!(now(items.next()).is_none());
}

#[test]
fn who_stops_waiting_for_a_page_finds_it_later() {
    let lists = Lists::new(3, NO_CAP, Fault::None);
    let mut pages = lists.client().pages(list::<OFFSET_WITH_TOTAL>(None));
    lists.hold(true);
    for _ in 0..3 {
        let mut context = Context::from_waker(Waker::noop());
        assert!(matches!(
            pin!(pages.next()).poll(&mut context),
            Poll::Pending
        ));
    }
    lists.hold(false);
    assert_eq!(now(pages.next()).unwrap().unwrap().backups.len(), 3);
    assert_eq!(lists.requests(), 1);
}

#[test]
fn they_are_streams() {
    fn stream<T: futures_core::Stream + Send + Unpin>(_: &T) {}
    let client = Lists::new(0, NO_CAP, Fault::None).client();
    stream(&client.pages(list::<TOKEN>(None)));
    stream(&client.items(list::<TOKEN>(None)));
    let mut items = client.items(list::<TOKEN>(None));
    println!("the future of next: {} bytes", size_of_val(&items.next()));
    assert!(size_of_val(&items.next()) < 100);
}
