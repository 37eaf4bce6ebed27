//! Lists that are read to their end, and ends that are waited for, with generated crates as a consumer has them.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests say what is wrong by ending"
)]

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use client_tests::form;
use cloud_core::{
    BoxFuture, Client, Credentials, Environment, ErrorKind, Runtime, Service, Transport,
    TransportError,
};
use fixture_aliyun::{DescribeBerths, Harbor, SearchCargo};
use fixture_tencent::{
    DescribeEvents, DescribeStaff, DescribeTask, DescribeTaskResponse, DescribeTrees, Orchard,
};
use fixture_ucloud::{Depot, DescribeBoxState, DescribeBoxes};
use http::{Request, Response};
use serde_json::{Value as Json, json};

/// A time that passes only where somebody waits.
#[derive(Clone, Default)]
struct Clock(Arc<Mutex<Duration>>);

impl Runtime for Clock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_700_000_000) + self.instant()
    }

    fn instant(&self) -> Duration {
        *self.0.lock().unwrap()
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        *self.0.lock().unwrap() += time;
        Box::pin(async {})
    }

    fn nonce(&self) -> u128 {
        1
    }
}

/// A provider: a function from the parameters of each request to its answer.
struct Provider<F>(Mutex<F>);

impl<F: FnMut(&BTreeMap<String, String>) -> Json + Send + 'static> Transport for Provider<F> {
    fn send(
        &self,
        request: Request<Bytes>,
        _timeout: Duration,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let query = request.uri().query().unwrap_or_default();
        let mut parameters: BTreeMap<_, _> = form(query).into_iter().collect();
        let body = std::str::from_utf8(request.body()).unwrap();
        match serde_json::from_str(body) {
            Ok(Json::Object(object)) => {
                let pairs = object.into_iter();
                parameters.extend(pairs.map(|(name, value)| (name, value.to_string())));
            }
            _ => parameters.extend(form(body)),
        }
        let answer = (self.0.lock().unwrap())(&parameters).to_string();
        Box::pin(async { Ok(Response::new(Bytes::from(answer))) })
    }
}

fn client<S: Service>(
    answer: impl FnMut(&BTreeMap<String, String>) -> Json + Send + 'static,
) -> Client<S> {
    Client::builder()
        .environment(Environment::from_iter::<[(&str, &str); 0]>([]))
        .transport(Provider(Mutex::new(answer)))
        .runtime(Clock::default())
        .credentials(Credentials::new("id", "s3cr3t"))
        .region("island")
        .build()
        .unwrap()
}

/// Runs a future that has nothing to wait for but the clock above.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("nothing here has to wait"),
    }
}

/// All items of a list.
macro_rules! all {
    ($client:expr, $request:expr) => {{
        let mut items = $client.items($request);
        let mut found = Vec::new();
        while let Some(item) = now(items.next()) {
            found.push(item.unwrap());
        }
        found
    }};
}

fn number(parameters: &BTreeMap<String, String>, name: &str, otherwise: usize) -> usize {
    parameters
        .get(name)
        .map_or(otherwise, |value| value.parse().unwrap())
}

/// The names of a page's items.
fn page(from: usize, size: usize, total: usize) -> impl Iterator<Item = String> {
    (from..total.min(from + size)).map(|number| format!("n-{number}"))
}

fn names(total: usize) -> Vec<Option<String>> {
    page(0, total, total).map(Some).collect()
}

#[test]
fn a_list_by_offset() {
    let depot = client::<Depot>(|asked| {
        let page = page(number(asked, "Offset", 0), number(asked, "Limit", 20), 47);
        let boxes: Vec<_> = page.map(|name| json!({"BoxId": name})).collect();
        json!({"RetCode": 0, "Action": "DescribeBoxesResponse", "TotalCount": 47, "BoxSet": boxes})
    });
    for request in [
        DescribeBoxes::new(),
        DescribeBoxes::new().limit(1),
        DescribeBoxes::new().limit(100),
    ] {
        let boxes = all!(depot, request);
        let ids: Vec<_> = boxes.into_iter().map(|found| found.box_id).collect();
        assert_eq!(ids, names(47));
    }
    let orchard = client::<Orchard>(|asked| {
        let from = number(asked, "Offset", 0);
        let trees: Vec<_> = (from..21.min(from + 20))
            .map(|id| json!({"TreeId": id}))
            .collect();
        json!({"Response": {"TotalCount": 21, "TreeSet": trees, "RequestId": "r"}})
    });
    assert_eq!(all!(orchard, DescribeTrees::new()).len(), 21);
}

#[test]
fn a_list_by_page_number() {
    let harbor = client::<Harbor>(|asked| {
        let size = number(asked, "PageSize", 10);
        let page = page((number(asked, "PageNumber", 1) - 1) * size, size, 23);
        let berths: Vec<_> = page.map(|name| json!({"BerthId": name})).collect();
        json!({"RequestId": "r", "Success": true, "Code": "200", "TotalCount": 23, "Berths": {"Berth": berths}})
    });
    for request in [DescribeBerths::new(), DescribeBerths::new().page_size(4)] {
        let ids: Vec<_> = all!(harbor, request)
            .into_iter()
            .map(|found| found.berth_id)
            .collect();
        assert_eq!(ids, names(23));
    }
    let orchard = client::<Orchard>(|asked| {
        // No page has more than 3, whatever is asked for.
        let page = page((number(asked, "PageNo", 1) - 1) * 3, 3, 8);
        let events: Vec<_> = page.map(|name| json!({"Type": name})).collect();
        json!({"Response": {"Result": {"Total": 8, "Events": events}, "RequestId": "r"}})
    });
    let events = all!(orchard, DescribeEvents::new().page_size(100));
    let types: Vec<_> = events.into_iter().map(|found| found.r#type).collect();
    assert_eq!(types, names(8));
}

#[test]
fn a_list_by_token() {
    let harbor = client::<Harbor>(|asked| {
        let from = number(asked, "NextToken", 0);
        let size = number(asked, "MaxResults", 10);
        let cargo: Vec<_> = page(from, size, 23)
            .map(|name| json!({"PieceId": name}))
            .collect();
        let next = if from + size < 23 {
            (from + size).to_string()
        } else {
            String::new()
        };
        json!({"RequestId": "r", "NextToken": next, "Cargo": cargo})
    });
    for request in [SearchCargo::new(), SearchCargo::new().max_results(7)] {
        let ids: Vec<_> = all!(harbor, request)
            .into_iter()
            .map(|found| found.piece_id)
            .collect();
        assert_eq!(ids, names(23));
    }
}

#[test]
fn pages_with_several_lists() {
    let orchard = client::<Orchard>(|asked| {
        let (from, size) = (number(asked, "Offset", 0), number(asked, "Limit", 10));
        let people = |total| page(from, size, total).map(|name| json!({"Name": name}));
        let (gardeners, pickers): (Vec<_>, Vec<_>) = (people(12).collect(), people(25).collect());
        json!({"Response": {"Gardener": gardeners, "Picker": pickers, "RequestId": "r"}})
    });
    let mut pages = orchard.pages(DescribeStaff::new().limit(10)).read_ahead();
    let (mut gardeners, mut pickers) = (0, 0);
    while let Some(page) = now(pages.next()) {
        let page = page.unwrap();
        gardeners += page.gardener.len();
        pickers += page.picker.len();
    }
    assert_eq!((gardeners, pickers), (12, 25));
}

#[test]
fn a_task_that_ends_well_or_not() {
    let orchard = |last: &'static str| {
        let mut asked = 0;
        client::<Orchard>(move |_| {
            asked += 1;
            let status = if asked < 4 { "running" } else { last };
            json!({"Response": {"Steps": [{"Status": "succeed"}, {"Status": status}], "RequestId": "r"}})
        })
    };
    let done = now(orchard("succeed").wait(DescribeTask::new(1)).into_future()).unwrap();
    assert_eq!(done.steps.len(), 2);

    let mut seen = 0;
    let orchard = orchard("failed");
    let wait = orchard.wait(DescribeTask::new(1)).named("done");
    let error = now(wait.on_progress(|_, _| seen += 1).into_future()).unwrap_err();
    assert_eq!((seen, error.kind()), (4, ErrorKind::Failed));
    let answer: &DescribeTaskResponse = error.answer().unwrap();
    assert_eq!(answer.steps.len(), 2);
    // The spec says 2 seconds: 2 + 3 + 4.5.
    assert_eq!(error.elapsed(), Duration::from_millis(9500));
}

#[test]
fn a_box_that_goes_away() {
    // The provider may say so in a state, or know the box no longer.
    for last in [
        json!({"RetCode": 0, "Action": "DescribeBoxStateResponse", "State": "Removed"}),
        json!({"RetCode": 8039, "Action": "DescribeBoxStateResponse", "Message": "no such box"}),
    ] {
        let mut asked = 0;
        let depot = client::<Depot>(move |_| {
            asked += 1;
            match asked {
                3 => last.clone(),
                _ => json!({"RetCode": 0, "Action": "DescribeBoxStateResponse", "State": "Packed"}),
            }
        });
        let gone = depot.wait(DescribeBoxState::new("b-1")).named("gone");
        assert!(now(gone.into_future()).is_ok());
    }
}
