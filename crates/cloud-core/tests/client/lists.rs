//! A provider in memory that hands out lists, in every way there is and with every mistake that it can make.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use cloud_core::{
    AsValue, BoxFuture, Client, Credentials, Effect, Field, Metadata, Operation, Paged, PagedItems,
    Paging, Params, Position, Record, Scope, Transport, TransportError, Value,
};
use http::{Request, Response};
use serde_json::{Value as Json, json};

use crate::common::memory::{Clock, ID, SECRET, environment};
use crate::common::records::{Answer, Backup};
use crate::common::services::Redis;

const OFFSET: Paging = Paging::offset("Offset")
    .limit("Limit", Some(20))
    .items(&[&["BackupSet"]]);
const PAGE: Paging = Paging::page("Page", 1)
    .limit("Limit", Some(20))
    .items(&[&["BackupSet"]]);
/// How the lists can be paged. The answers' field `Name` carries the token.
pub(crate) const PAGINGS: [Paging; 5] = [
    OFFSET.total(&["TotalCount"]),
    OFFSET,
    PAGE.total(&["TotalCount"]),
    PAGE,
    Paging::token("Token", &["Name"])
        .limit("Limit", Some(20))
        .items(&[&["BackupSet"]]),
];
pub(crate) const OFFSET_WITH_TOTAL: usize = 0;
pub(crate) const PAGE_WITH_TOTAL: usize = 2;
pub(crate) const TOKEN: usize = 4;

/// Asks for a list with paging number `K` of [`PAGINGS`].
#[derive(Debug, Clone, Default)]
pub(crate) struct List<const K: usize> {
    pub(crate) offset: Option<i32>,
    pub(crate) page: Option<i32>,
    pub(crate) token: Option<String>,
    pub(crate) limit: Option<u64>,
}

impl<const K: usize> Record for List<K> {
    fn fields(&self) -> &'static [Field] {
        const FIELDS: &[Field] = &[
            Field::new("Offset"),
            Field::new("Page"),
            Field::new("Token"),
            Field::new("Limit"),
        ];
        FIELDS
    }

    fn value(&self, index: usize) -> Value<'_> {
        match index {
            0 => self.offset.value(),
            1 => self.page.value(),
            2 => self.token.value(),
            3 => self.limit.value(),
            _ => Value::Absent,
        }
    }
}

impl<const K: usize> Operation<Redis> for List<K> {
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

impl<const K: usize> Paged<Redis> for List<K> {
    fn paging() -> &'static Paging {
        &PAGINGS[K]
    }

    fn turn_to(&mut self, position: &Position) {
        match K {
            0 | 1 => self.offset = position.number(),
            2 | 3 => self.page = position.number(),
            _ => self.token = position.token(),
        }
    }
}

impl<const K: usize> PagedItems<Redis> for List<K> {
    type Item = Backup;

    fn into_items(response: Answer) -> Vec<Backup> {
        response.backups
    }
}

/// What the provider does wrong, or at least not as expected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Fault {
    None,
    /// Each request adds an item at the end, so many times.
    Grows(u64),
    /// The second request takes so many items from the end.
    Shrinks(u64),
    /// The request with this number, counted from 0, gets an empty page.
    EmptyPage(usize),
    /// Every page is the first.
    IgnoresPosition,
    /// All pages leave the same token.
    RepeatsToken,
    /// The third page leaves the token of the second.
    TurnsInCircles,
    /// No page has items, and each has a new token.
    Endless,
    /// All items are equal, and none has an id.
    NoIds,
    /// The same, and the list has no end.
    NoIdsNoEnd,
    /// The total is 0 on all pages but the first.
    TotalOnce,
    /// The request with this number fails.
    Fails(usize),
    /// All requests from this number on fail.
    FailsFrom(usize),
}

/// The provider.
#[derive(Clone)]
pub(crate) struct Lists(Arc<Mutex<World>>);

struct World {
    items: u64,
    /// How many items a page has at most, whatever it is asked for.
    cap: u64,
    fault: Fault,
    requests: usize,
    /// Whether the next answers keep one waiting.
    held: bool,
}

impl Lists {
    pub(crate) fn new(items: u64, cap: u64, fault: Fault) -> Self {
        Self(Arc::new(Mutex::new(World {
            items,
            cap,
            fault,
            requests: 0,
            held: false,
        })))
    }

    pub(crate) fn client(&self) -> Client<Redis> {
        Client::builder()
            .environment(environment(&[]))
            .transport(self.clone())
            .runtime(Clock::new())
            .credentials(Credentials::new(ID, SECRET))
            .region("cn-test-1")
            .build()
            .unwrap()
    }

    /// How many items there are now.
    pub(crate) fn items(&self) -> u64 {
        self.0.lock().unwrap().items
    }

    /// How many requests arrived.
    pub(crate) fn requests(&self) -> usize {
        self.0.lock().unwrap().requests
    }

    /// Keeps answers back, or lets them go.
    pub(crate) fn hold(&self, held: bool) {
        self.0.lock().unwrap().held = held;
    }
}

impl Transport for Lists {
    fn send(
        &self,
        request: Request<Bytes>,
        _timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let asked: Json = serde_json::from_slice(request.body()).unwrap();
        let answer = self.0.lock().unwrap().answer(&asked);
        let body = json!({ "Response": answer }).to_string();
        Box::pin(async move {
            std::future::poll_fn(|_| {
                if self.0.lock().unwrap().held {
                    std::task::Poll::Pending
                } else {
                    std::task::Poll::Ready(())
                }
            })
            .await;
            Ok(Response::new(Bytes::from(body)))
        })
    }
}

impl World {
    fn answer(&mut self, asked: &Json) -> Json {
        let number = self.requests;
        self.requests += 1;
        match self.fault {
            Fault::Grows(times) if (1..=times).contains(&(number as u64)) => self.items += 1,
            Fault::Shrinks(by) if number == 1 => self.items = self.items.saturating_sub(by),
            Fault::Fails(at) if number != at => {}
            Fault::FailsFrom(at) if number < at => {}
            Fault::Fails(_) | Fault::FailsFrom(_) => {
                return json!({"Error": {"Code": "InvalidParameter", "Message": "no"}, "RequestId": "r"});
            }
            _ => {}
        }
        let size = asked["Limit"].as_u64().unwrap_or(20).min(self.cap);
        let token = asked["Token"].as_str().map(|token| {
            let digits = token.trim_matches(|c: char| !c.is_ascii_digit());
            digits.parse::<u64>().unwrap()
        });
        let page = asked["Page"].as_u64().map(|page| (page - 1) * size);
        let from = token.or(page).or(asked["Offset"].as_u64()).unwrap_or(0);
        let from = if self.fault == Fault::IgnoresPosition {
            0
        } else {
            from.min(self.items)
        };
        let empty = matches!(self.fault, Fault::EmptyPage(at) if at == number)
            || self.fault == Fault::Endless;
        if self.fault == Fault::NoIdsNoEnd {
            self.items = from + 2 * size;
        }
        let to = if empty {
            from
        } else {
            (from + size).min(self.items)
        };
        let next = match self.fault {
            Fault::Endless => format!("t{number}"),
            Fault::RepeatsToken => "t0".to_owned(),
            Fault::TurnsInCircles if number == 2 => format!("t{size}"),
            _ if to >= self.items => String::new(),
            // Another token than the one that asked for the page.
            _ if empty => format!("again-{to}"),
            _ => format!("t{to}"),
        };
        let total = match self.fault {
            Fault::TotalOnce if number > 0 => 0,
            _ => self.items,
        };
        let backups: Vec<_> = (from..to)
            .map(|id| match self.fault {
                Fault::NoIds | Fault::NoIdsNoEnd => json!({"Status": 2}),
                _ => json!({"BackupId": id.to_string()}),
            })
            .collect();
        json!({"TotalCount": total, "BackupSet": backups, "Name": next, "RequestId": "r"})
    }
}
