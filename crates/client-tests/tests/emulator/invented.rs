//! Operations that nobody has written anything for but a spec: the invented services of `fixtures/specs`, served from their tables.

use cloud_core::{Policy, blocking};
use cloud_emulator::{Emulator, Provider, Verdict};
use fixture_aliyun::{DescribeBerths, Harbor, OpenHarbor, SearchCargo};
use fixture_tencent::{DescribeTask, DescribeTrees, Orchard};
use fixture_ucloud::label_box::NewLabel;
use fixture_ucloud::{Depot, DescribeBoxState, DescribeBoxes, LabelBox};

use crate::{Async, Caller as _, Make as _, key};

const TABLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tables");

fn emulator() -> Emulator {
    Emulator::builder().tables(TABLES).start_blocking().unwrap()
}

fn client<S: cloud_core::Service>(emulator: &Emulator, provider: Provider) -> blocking::Client<S> {
    blocking::Client::make(emulator, key(provider), Policy::new().attempts(1))
}

/// The same list read in pages of several lengths, and nothing twice.
macro_rules! assert_all {
    ($client:expr, $id:ident, [$($request:expr),+]) => {
        $({
            let items: Result<Vec<_>, _> = $client.items($request).collect();
            let mut ids: Vec<_> = items.unwrap().into_iter().map(|item| format!("{:?}", item.$id)).collect();
            assert_eq!(ids.len(), 23);
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), 23);
        })+
    };
}

#[test]
fn lists_are_read_to_their_end() {
    let emulator = emulator();
    let depot: blocking::Client<Depot> = client(&emulator, Provider::Ucloud);
    assert_all!(
        depot,
        box_id,
        [
            DescribeBoxes::new(),
            DescribeBoxes::new().limit(7),
            DescribeBoxes::new().limit(100)
        ]
    );
    let orchard: blocking::Client<Orchard> = client(&emulator, Provider::Tencent);
    assert_all!(orchard, tree_id, [DescribeTrees::new()]);
    let harbor: blocking::Client<Harbor> = client(&emulator, Provider::Aliyun);
    assert_all!(
        harbor,
        berth_id,
        [DescribeBerths::new(), DescribeBerths::new().page_size(4)]
    );
    assert_all!(
        harbor,
        piece_id,
        [SearchCargo::new(), SearchCargo::new().max_results(5)]
    );
    for request in emulator.requests() {
        assert!(
            matches!(request.verdict, Verdict::Accepted { .. }),
            "{request:#?}"
        );
    }
}

#[test]
fn what_is_waited_for_comes() {
    let emulator = emulator();
    let orchard: blocking::Client<Orchard> = client(&emulator, Provider::Tencent);
    orchard.wait(DescribeTask::new(1)).run().unwrap();
    let depot: blocking::Client<Depot> = client(&emulator, Provider::Ucloud);
    depot.wait(DescribeBoxState::new("b-1")).run().unwrap();
}

#[test]
fn a_write_is_answered_too() {
    let emulator = emulator();
    let depot: Async<Depot> = Async::make(&emulator, key(Provider::Ucloud), Policy::new());
    let label = NewLabel::new("fragile").value("yes");
    depot.send(LabelBox::new("b-1", [label])).unwrap();
    assert_eq!(emulator.requests().len(), 1);
}

#[test]
fn an_answer_has_the_envelope_that_its_spec_says() {
    let emulator = emulator();
    let harbor: blocking::Client<Harbor> = client(&emulator, Provider::Aliyun);
    let bare = harbor.exchange(OpenHarbor::new()).unwrap();
    assert!(bare.request_id().is_some());
    let usual = harbor.exchange(DescribeBerths::new()).unwrap();
    for (exchange, has_all) in [(bare.body(), false), (usual.body(), true)] {
        let body: serde_json::Value = serde_json::from_slice(exchange).unwrap();
        for member in ["Success", "Code", "Message"] {
            assert_eq!(body.get(member).is_some(), has_all, "{member} in {body}");
        }
    }
}
