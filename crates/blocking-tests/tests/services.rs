//! The service crates as a program without an async runtime uses them.

#![allow(clippy::unwrap_used, reason = "tests say what is wrong by ending")]

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use bytes::Bytes;
use client_tests::{Aliyun, Check, Server, Tencent, Ucloud, form};
use cloud_core::blocking::{Client, ClientBuilder, Transport};
use cloud_core::{Credentials, Environment, ErrorKind, Outcome, Service, TransportError};
use fixture_tencent::{DescribeTask, Orchard};
use fixture_ucloud::{Depot, DescribeBoxes};
use http::{Request, Response};
use serde_json::{Value as Json, json};

const SECRET: &str = "secret+/=0123456789";

fn client<S: Service>() -> ClientBuilder<S> {
    Client::builder()
        .environment(Environment::from_iter::<[(&str, &str); 0]>([]))
        .credentials(Credentials::new("id", SECRET))
        .region("island")
}

/// A client of a server that checks every signature.
fn client_of<S: Service>(check: impl Check, answer: &str) -> (Client<S>, Server) {
    let server = Server::start(check, answer);
    (client().endpoint(server.url()).build().unwrap(), server)
}

#[test]
fn every_client_sends_what_its_provider_accepts() {
    let ucloud = || Ucloud {
        private_key: SECRET,
    };
    let (udb, server): (ucloud_udb::blocking::Client, _) =
        client_of(ucloud(), r#"{"RetCode": 0, "State": "Success"}"#);
    let request = ucloud_udb::DescribeUdbInstanceBackupState::new(8880).zone("island-1");
    let answer = udb.send(&request).unwrap();
    assert_eq!(
        answer.state,
        Some(ucloud_udb::describe_udb_instance_backup_state::BackupState::Success)
    );
    assert!(server.only_request().text().contains("BackupId=8880"));

    let (usnap, _server): (ucloud_usnap::blocking::Client, _) =
        client_of(ucloud(), r#"{"RetCode": 0, "BackupMode": "Base"}"#);
    let request = ucloud_usnap::DescribeUsnapBackupRange::new("bs-1").zone("island-1");
    let mode = usnap.send(request).unwrap().backup_mode;
    assert_eq!(
        mode,
        Some(ucloud_usnap::describe_usnap_backup_range::BackupMode::Base)
    );

    let tencent = Tencent { secret_key: SECRET };
    let (redis, _server): (tencent_redis::blocking::Client, _) = client_of(
        tencent,
        r#"{"Response": {"TotalCount": 1, "BackupSet": [{"BackupId": "b"}], "RequestId": "r-1"}}"#,
    );
    let exchange = redis
        .exchange(tencent_redis::DescribeInstanceBackups::new("crs-1"))
        .unwrap();
    assert_eq!(exchange.request_id(), Some("r-1"));
    assert_eq!(
        exchange.response.backup_set[0].backup_id.as_deref(),
        Some("b")
    );

    let aliyun = Aliyun {
        access_key_secret: SECRET,
    };
    let (hbr, _server): (aliyun_hbr::blocking::Client, _) = client_of(
        aliyun,
        r#"{"RequestId": "r-2", "Success": true, "Code": "200"}"#,
    );
    let answer = hbr
        .send(aliyun_hbr::DescribeBackupClients::new(
            aliyun_hbr::describe_backup_clients::ClientType::EcsClient,
        ))
        .unwrap();
    assert_eq!(answer.request_id.as_deref(), Some("r-2"));
}

/// A provider: a function from the parameters of each request to its answer.
struct Provider<F>(Mutex<F>);

impl<F: FnMut(&BTreeMap<String, String>) -> Json + Send + 'static> Transport for Provider<F> {
    fn send(
        &self,
        request: Request<Bytes>,
        _timeout: Duration,
    ) -> Result<Response<Bytes>, TransportError> {
        let body = std::str::from_utf8(request.body()).unwrap();
        // Tencent Cloud's body is JSON, which nothing here looks into.
        let pairs = if body.starts_with('{') {
            Vec::new()
        } else {
            form(body)
        };
        let answer = (self.0.lock().unwrap())(&pairs.into_iter().collect());
        Ok(Response::new(Bytes::from(answer.to_string())))
    }
}

#[test]
fn a_list_is_an_iterator() {
    let depot: Client<Depot> = client()
        .transport(Provider(Mutex::new(|asked: &BTreeMap<String, String>| {
            let number = |name| {
                asked
                    .get(name)
                    .map_or(0, |value: &String| value.parse().unwrap())
            };
            let (from, size): (usize, usize) = (number("Offset"), number("Limit"));
            let boxes: Vec<_> = (from..47.min(from + size))
                .map(|id| json!({"BoxId": id.to_string()}))
                .collect();
            json!({"RetCode": 0, "TotalCount": 47, "BoxSet": boxes})
        })))
        .build()
        .unwrap();
    let request = || DescribeBoxes::new().limit(10);
    let ids = |boxes: Vec<fixture_ucloud::describe_boxes::Carton>| -> Vec<usize> {
        boxes
            .into_iter()
            .map(|found| found.box_id.unwrap().parse().unwrap())
            .collect()
    };
    let all: Result<Vec<_>, _> = depot.items(request()).collect();
    assert_eq!(ids(all.unwrap()), (0..47).collect::<Vec<_>>());

    // What was read of the third page comes once more.
    let mut items = depot.items(request());
    assert!(items.by_ref().take(23).all(|item| item.is_ok()));
    let position = items.position().unwrap().clone();
    let rest: Result<Vec<_>, _> = depot.items(request()).from(position.clone()).collect();
    assert_eq!(ids(rest.unwrap()), (20..47).collect::<Vec<_>>());
    let mut pages = depot.pages(request()).from(position);
    assert_eq!(pages.next().unwrap().unwrap().box_set.len(), 10);
    assert_eq!(pages.by_ref().count(), 2);
    assert!(pages.position().is_none());
}

#[test]
fn waiting_keeps_the_thread() {
    let mut asked = 0;
    let orchard: Client<Orchard> = client()
        .transport(Provider(Mutex::new(move |_: &BTreeMap<String, String>| {
            asked += 1;
            let status = if asked < 3 { "running" } else { "failed" };
            json!({"Response": {"Steps": [{"Status": status}], "RequestId": "r"}})
        })))
        .build()
        .unwrap();
    let mut seen = Vec::new();
    let waited = orchard
        .wait(DescribeTask::new(1))
        .named("done")
        .every(Duration::from_millis(5))
        .deadline(Duration::from_secs(60))
        .on_progress(|outcome, _| seen.push(outcome))
        .run();
    let error = waited.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Failed, "{error}");
    assert!(error.elapsed() >= Duration::from_millis(10));
    assert_eq!(seen, [Outcome::Pending, Outcome::Pending, Outcome::Failure]);
}

#[test]
fn a_mock_has_a_blocking_client_too() {
    let mock = cloud_core::testing::Mock::<Depot>::new();
    mock.on::<DescribeBoxes>(|request| {
        let mut page = fixture_ucloud::DescribeBoxesResponse::default();
        page.total_count = Some(3);
        let from = request.offset.unwrap_or(0);
        page.box_set.resize(
            if from == 0 { 2 } else { 1 },
            fixture_ucloud::describe_boxes::Carton::default(),
        );
        Ok(page)
    });
    let boxes = mock.blocking_client().items(DescribeBoxes::new().limit(2));
    assert_eq!(boxes.filter(Result::is_ok).count(), 3);
    assert_eq!(mock.count(), 2);
}
