//! Connections: kept and shared, many at a time, and closed when nobody waits for the answer any more.

use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use cloud_core::{Client, RawRequest};
use serde_json::Value as Json;
use tokio::runtime::Runtime;

use crate::common::services::{Hbr, Udb};
use crate::process::undisturbed;
use crate::server::{Server, response};
use crate::{client, current_thread, multi_thread, transport};

const SUCCESS: &str = r#"{"RetCode":0,"Success":true,"RequestId":"r"}"#;

/// Lets the connection of the last answer find its way back to the pool.
async fn settle() {
    for _ in 0..32 {
        tokio::task::yield_now().await;
    }
}

fn one_connection_serves_all(runtime: &Runtime) {
    let server = Server::with_json(SUCCESS);
    let transport = transport();
    // Clones of a transport share their connections, even between clients of different providers.
    let ucloud: Client<Udb> = client(&server.url(), transport.clone());
    let aliyun: Client<Hbr> = client(&server.url(), transport);
    runtime.block_on(async {
        for _ in 0..5 {
            ucloud.send(RawRequest::new("A")).await.unwrap();
            settle().await;
            ucloud.clone().send(RawRequest::new("A")).await.unwrap();
            settle().await;
            aliyun.send(RawRequest::new("A")).await.unwrap();
            settle().await;
        }
    });
    let seen = server.stop();
    assert_eq!(seen.requests.len(), 15);
    assert_eq!(seen.connections, 1);
}

#[test]
fn one_connection_serves_all_calls_one_after_the_other() {
    undisturbed(|| one_connection_serves_all(&current_thread()));
}

/// Runs calls that the server answers only when all of them have arrived.
fn all_at_once(runtime: &Runtime) {
    const CALLS: usize = 32;
    let arrived = Arc::new((Mutex::new(0), Condvar::new()));
    let server = Server::new(move |connection| {
        while let Some(request) = connection.request()? {
            let (count, changed) = &*arrived;
            let mut count = count.lock().unwrap();
            *count += 1;
            changed.notify_all();
            let patience = Duration::from_secs(10);
            let (count, waited) = changed
                .wait_timeout_while(count, patience, |count| *count < CALLS)
                .unwrap();
            drop(count);
            // Who got the wrong answer could not tell, if all were the same.
            let number = request.split("Number=").nth(1).unwrap();
            let number = number.split('&').next().unwrap();
            let body = format!(r#"{{"RetCode":0,"Number":{number}}}"#);
            let status = if waited.timed_out() {
                "504 Late"
            } else {
                "200 OK"
            };
            connection.write_all(&response(status, "", body))?;
        }
        Ok(())
    });
    let client: Client<Udb> = client(&server.url(), transport());
    runtime.block_on(async {
        let calls: Vec<_> = (0..CALLS)
            .map(|number| tokio::spawn(client.send(RawRequest::new("A").param("Number", number))))
            .collect();
        for (number, call) in calls.into_iter().enumerate() {
            let answer: Json = call.await.unwrap().unwrap();
            assert_eq!(answer["Number"], number);
        }
    });
    assert_eq!(server.stop().requests.len(), CALLS);
}

#[test]
fn calls_at_the_same_time_on_one_thread() {
    undisturbed(|| all_at_once(&current_thread()));
}

#[test]
fn calls_at_the_same_time_on_several_threads() {
    undisturbed(|| all_at_once(&multi_thread()));
}
