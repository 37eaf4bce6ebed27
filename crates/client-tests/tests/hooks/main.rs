//! What hooks and exchanges let one see of a call.

#![allow(clippy::unwrap_used, reason = "tests say what is wrong by ending")]

#[path = "../observing/world.rs"]
mod world;

use std::time::Duration;

use cloud_core::{ErrorKind, Hooks};

use world::{Diary, answer, client, now, read, reset};

/// The lines that a diary has without those that show everything.
fn short(diary: &Diary) -> Vec<String> {
    let mut lines = diary.lines();
    lines.retain(|line| line.starts_with(char::is_numeric));
    lines
}

#[test]
fn hooks_see_every_attempt() {
    let diary = Diary::default();
    let success = r#"{"Response":{"RequestId":"r"}}"#;
    let client =
        client::<tencent_redis::Redis>(vec![reset(), answer(503, "busy"), answer(200, success)])
            .hooks(diary.clone())
            .hooks(Quiet)
            .build()
            .unwrap();
    now(client.send(read())).unwrap();
    let place = "tencent_cloud redis Describe at redis.tencentcloudapi.com in cn-beijing";
    assert_eq!(
        short(&diary),
        [
            format!("1: {place}"),
            "1: None Some(Transport) 20ms Some(50ms)".to_owned(),
            format!("2: {place}"),
            "2: Some(\"busy\") Some(Unavailable) 20ms Some(100ms)".to_owned(),
            format!("3: {place}"),
            format!("3: Some({success:?}) None 20ms None"),
        ]
    );
}

/// Neither method has to be there.
struct Quiet;

impl Hooks for Quiet {}

#[test]
fn hooks_see_the_answer_of_a_call_that_failed() {
    let diary = Diary::default();
    let refusal = r#"{"Code":"InvalidParameter","Message":"no","RequestId":"r-9"}"#;
    let client = client::<aliyun_hbr::Hbr>(vec![answer(400, refusal)])
        .hooks(diary.clone())
        .build()
        .unwrap();
    let error = now(client.send(read())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidParameter);
    let lines = short(&diary);
    assert_eq!(lines.len(), 2);
    assert_eq!(
        lines[1],
        format!("1: Some({refusal:?}) Some(InvalidParameter) 20ms None")
    );
}

#[test]
fn an_exchange_keeps_what_came_with_the_answer() {
    let body = r#"{"Response": {"RequestId": "r-1", "TotalCount": 2, "New": true}}"#;
    let client = client::<tencent_redis::Redis>(vec![answer(502, ""), answer(200, body)])
        .build()
        .unwrap();
    let request = tencent_redis::DescribeInstanceBackups::new("crs-1");
    let exchange = now(client.exchange(request)).unwrap();
    assert_eq!(exchange.response.total_count, Some(2));
    assert_eq!(exchange.request_id(), Some("r-1"));
    assert_eq!(exchange.status(), 200);
    assert_eq!(exchange.headers()["x-trace"], "t-1");
    assert_eq!(exchange.body(), body);
    assert_eq!(exchange.attempts(), 2);
    // Two answers and half of what the first wait may be.
    assert_eq!(exchange.elapsed(), Duration::from_millis(90));
    let shown = format!("{exchange:?}");
    assert!(
        shown.contains("r-1") && !shown.contains("New") && !shown.contains("t-1"),
        "{shown}"
    );
}

#[test]
fn the_request_id_of_an_exchange_may_stand_in_a_header() {
    let mut in_header = answer(200, r#"{"RetCode": 0}"#);
    if let Ok(answer) = &mut in_header {
        answer
            .headers_mut()
            .insert("x-ucloud-request-uuid", "u-1".parse().unwrap());
    }
    let client = client::<ucloud_udb::Udb>(vec![in_header]).build().unwrap();
    assert_eq!(
        now(client.exchange(read())).unwrap().request_id(),
        Some("u-1")
    );
}
