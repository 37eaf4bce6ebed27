//! Pages: where the next one begins, and which is the last.

use cloud_core::{AsValue, Field, Paged, PagedItems, Paging, Position, Record, Value};

use crate::common::kinds::Vault;
use crate::common::records::{Answer, Backup};
use crate::common::services::Redis;

/// A request for a page, by whatever marks it.
#[derive(Default)]
struct Request {
    offset: Option<i64>,
    limit: Option<i64>,
    token: Option<String>,
}

impl Record for Request {
    fn fields(&self) -> &'static [Field] {
        &const {
            [
                Field::new("Offset"),
                Field::new("Limit"),
                Field::new("NextToken"),
            ]
        }
    }

    fn value(&self, index: usize) -> Value<'_> {
        match index {
            0 => self.offset.value(),
            1 => self.limit.value(),
            2 => self.token.value(),
            _ => Value::Absent,
        }
    }
}

/// An answer with two lists, one of them further inside.
#[derive(Default)]
struct Page {
    result: Option<Inner>,
    backups: Vec<Backup>,
    total: Option<String>,
    token: Option<String>,
}

#[derive(Default)]
struct Inner {
    vaults: Vec<Vault>,
}

impl Record for Page {
    fn fields(&self) -> &'static [Field] {
        &const {
            [
                Field::new("Result"),
                Field::new("BackupSet"),
                Field::new("TotalCount"),
                Field::new("NextToken"),
            ]
        }
    }

    fn value(&self, index: usize) -> Value<'_> {
        match index {
            0 => self.result.value(),
            1 => self.backups.value(),
            2 => self.total.value(),
            3 => self.token.value(),
            _ => Value::Absent,
        }
    }
}

cloud_core::input! {
    Inner {
        "Vaults" / "Vault" => vaults,
    }
}

const OFFSET: Paging = Paging::offset("Offset")
    .limit("Limit", Some(20))
    .items(&[&["BackupSet"], &["Result", "Vaults"]]);
const OFFSET_WITH_TOTAL: Paging = OFFSET.total(&["TotalCount"]);
const PAGE: Paging = Paging::page("Offset", 1)
    .limit("Limit", Some(20))
    .items(&[&["BackupSet"]]);
const PAGE_WITH_TOTAL: Paging = PAGE.total(&["TotalCount"]);
const TOKEN: Paging = Paging::token("NextToken", &["NextToken"]).items(&[&["BackupSet"]]);

fn request(offset: Option<i64>, limit: Option<i64>) -> Request {
    Request {
        offset,
        limit,
        token: None,
    }
}

fn page(count: usize, total: Option<&str>) -> Page {
    Page {
        backups: vec![Backup::default(); count],
        total: total.map(str::to_owned),
        ..Page::default()
    }
}

fn next(paging: Paging, request: &Request, page: &Page) -> Option<u64> {
    paging.next(request, page).map(|position| match position {
        Position::Number(number) => number,
        other => panic!("{other:?}"),
    })
}

#[test]
fn where_a_request_begins() {
    let set = request(Some(40), None);
    let unset = Request::default();
    assert_eq!(OFFSET.position(&set), Some(Position::Number(40)));
    assert_eq!(OFFSET.position(&unset), Some(Position::Number(0)));
    assert_eq!(PAGE.position(&set), Some(Position::Number(40)));
    assert_eq!(PAGE.position(&unset), Some(Position::Number(1)));
    assert_eq!(
        Paging::page("Offset", 0).position(&unset),
        Some(Position::Number(0))
    );
    // What makes no sense is not sent on.
    assert_eq!(
        OFFSET.position(&request(Some(-1), None)),
        Some(Position::Number(0))
    );
    assert_eq!(TOKEN.position(&unset), None);
    for (token, position) in [("", None), ("t", Some(Position::Token("t".into())))] {
        let request = Request {
            token: Some(token.into()),
            ..Request::default()
        };
        assert_eq!(TOKEN.position(&request), position);
    }
}

#[test]
fn how_long_a_page_may_be() {
    assert_eq!(OFFSET.limit_of(&request(None, Some(5))), Some(5));
    assert_eq!(OFFSET.limit_of(&request(None, None)), Some(20));
    assert_eq!(
        Paging::offset("Offset")
            .limit("Limit", None)
            .limit_of(&request(None, None)),
        None
    );
    assert_eq!(TOKEN.limit_of(&request(None, Some(5))), None);
}

#[test]
fn how_many_items_there_are() {
    let both = Page {
        result: Some(Inner {
            vaults: vec![Vault::default(); 3],
        }),
        backups: vec![Backup::default(); 2],
        total: Some("7".into()),
        token: None,
    };
    assert_eq!(OFFSET.count(&both), 3, "the longer one counts");
    assert_eq!(PAGE.count(&both), 2);
    assert_eq!(OFFSET.count(&Page::default()), 0);
    assert_eq!(Paging::offset("Offset").count(&both), 0);
    assert_eq!(OFFSET_WITH_TOTAL.total_of(&both), Some(7));
    assert_eq!(OFFSET.total_of(&both), None);
    assert_eq!(OFFSET_WITH_TOTAL.total_of(&page(1, Some("many"))), None);
    // Through a record as the decoder fills it.
    let answer: Answer = serde_json::from_str(r#"{"Total":9,"BackupSet":[{},{}]}"#).unwrap();
    assert_eq!(OFFSET_WITH_TOTAL.count(&answer), 2);
    assert_eq!(OFFSET_WITH_TOTAL.total_of(&answer), Some(9));
}

#[test]
fn pages_by_offset() {
    for (offset, limit, count, next_offset) in [
        (None, None, 20, Some(20)),
        // Shorter than the limit: the provider may let no page be longer.
        (None, None, 19, Some(19)),
        (None, None, 0, None),
        (Some(20), None, 20, Some(40)),
        (None, Some(5), 5, Some(5)),
        (None, Some(5), 4, Some(4)),
        // A provider that sends more than it was asked for is believed.
        (Some(10), Some(5), 7, Some(17)),
        (Some(i64::MAX), None, 20, Some(9_223_372_036_854_775_827)),
    ] {
        let request = request(offset, limit);
        assert_eq!(next(OFFSET, &request, &page(count, None)), next_offset);
    }
    for (offset, count, total, next_offset) in [
        (None, 20, "41", Some(20)),
        (Some(20), 20, "41", Some(40)),
        (Some(40), 1, "41", None),
        (Some(21), 20, "41", None),
        // Shorter than the limit, but there is more.
        (None, 7, "41", Some(7)),
        (None, 0, "41", None),
        (None, 20, "0", Some(20)),
        // No total after all.
        (None, 20, "", Some(20)),
        (None, 19, "", Some(19)),
        // A total that is less than what there is.
        (Some(20), 20, "20", Some(40)),
    ] {
        let request = request(offset, None);
        let page = page(count, Some(total));
        assert_eq!(next(OFFSET_WITH_TOTAL, &request, &page), next_offset);
    }
    // Without a limit only an empty page is the last.
    let endless = Paging::offset("Offset").items(&[&["BackupSet"]]);
    assert_eq!(next(endless, &Request::default(), &page(1, None)), Some(1));
    assert_eq!(next(endless, &Request::default(), &page(0, None)), None);
}

#[test]
fn pages_by_number() {
    for (number, count, next_number) in [
        (None, 20, Some(2)),
        (Some(2), 20, Some(3)),
        (Some(2), 19, Some(3)),
        (Some(2), 0, None),
        (Some(0), 20, Some(1)),
    ] {
        let request = request(number, None);
        assert_eq!(next(PAGE, &request, &page(count, None)), next_number);
    }
    for (number, count, total, next_number) in [
        (None, 20, "40", Some(2)),
        (Some(2), 20, "40", None),
        (Some(2), 20, "41", Some(3)),
        // The pages before may have been shorter than the limit, too.
        (Some(3), 1, "41", Some(4)),
        (Some(1), 19, "40", Some(2)),
    ] {
        let request = request(number, None);
        let page = page(count, Some(total));
        assert_eq!(next(PAGE_WITH_TOTAL, &request, &page), next_number);
    }
    // How many items came before is not known without a limit: an empty page tells.
    let unlimited = Paging::page("Offset", 1)
        .items(&[&["BackupSet"]])
        .total(&["TotalCount"]);
    assert_eq!(
        next(unlimited, &request(None, None), &page(20, Some("20"))),
        None
    );
    assert_eq!(
        next(unlimited, &request(Some(2), None), &page(5, Some("25"))),
        Some(3)
    );
    assert_eq!(
        next(unlimited, &request(Some(3), None), &page(0, Some("25"))),
        None
    );
}

#[test]
fn pages_by_token() {
    let with = |token: Option<&str>| Page {
        token: token.map(str::to_owned),
        ..Page::default()
    };
    let request = Request::default();
    // A page may be empty and still not be the last.
    assert_eq!(
        TOKEN.next(&request, &with(Some("t"))),
        Some(Position::Token("t".into()))
    );
    assert_eq!(TOKEN.next(&request, &with(Some(""))), None);
    assert_eq!(TOKEN.next(&request, &with(None)), None);
}

#[test]
fn positions_become_parameters_of_every_type() {
    let number = Position::Number(300);
    assert_eq!(number.number::<i64>(), Some(300));
    assert_eq!(number.number::<u8>(), None);
    assert_eq!(number.token().as_deref(), Some("300"));
    let token = Position::Token("17".into());
    assert_eq!(token.number::<i32>(), Some(17));
    assert_eq!(token.token().as_deref(), Some("17"));
    assert_eq!(Position::Token("x".into()).number::<i32>(), None);
}

mod operation {
    use cloud_core::{Effect, Metadata, Operation, Params, Scope};

    use super::*;

    impl Operation<Redis> for Request {
        type Response = Answer;

        fn metadata(&self) -> Metadata<'_> {
            Metadata::new("DescribeBackups", Effect::Read)
        }

        fn scope(&self) -> Scope<'_> {
            Scope::default()
        }

        fn encode(&self, params: &mut Params) {
            params.record(self);
        }

        fn as_any(&self) -> &dyn std::any::Any {
            self
        }
    }

    impl Paged<Redis> for Request {
        fn paging() -> &'static Paging {
            &OFFSET_WITH_TOTAL
        }

        fn turn_to(&mut self, position: &Position) {
            self.offset = position.number();
        }
    }

    impl PagedItems<Redis> for Request {
        type Item = Backup;

        fn into_items(response: Answer) -> Vec<Backup> {
            response.backups
        }
    }
}

#[test]
fn a_list_is_read_to_its_end() {
    fn all<O: PagedItems<Redis> + Record>(
        mut request: O,
        answer: impl Fn(&O) -> O::Response,
    ) -> Vec<O::Item> {
        let mut items = Vec::new();
        loop {
            let response = answer(&request);
            let next = O::paging().next(&request, &response);
            items.extend(O::into_items(response));
            match next {
                Some(position) => request.turn_to(&position),
                None => return items,
            }
        }
    }
    for total in [0_i64, 1, 19, 20, 21, 40, 41] {
        let items = all(Request::default(), |request| {
            let offset = request.offset.unwrap_or(0);
            let count = usize::try_from((total - offset).min(20)).unwrap();
            Answer {
                total_count: Some(total),
                backups: vec![Backup::default(); count],
                ..Answer::default()
            }
        });
        assert_eq!(items.len() as i64, total);
    }
}
