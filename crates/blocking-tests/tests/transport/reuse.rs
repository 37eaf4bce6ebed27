//! Connections: kept and shared between clients and threads, and replaced when the server has closed them.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use cloud_core::RawRequest;
use cloud_core::blocking::Client;

use crate::common::services::{Hbr, Udb};
use crate::process::undisturbed;
use crate::server::{Server, response};
use crate::{client, transport};

const SUCCESS: &str = r#"{"RetCode":0,"Success":true,"RequestId":"r"}"#;

#[test]
fn one_connection_serves_all_calls_one_after_the_other() {
    undisturbed(|| {
        let server = Server::with_json(SUCCESS);
        let transport = transport();
        // Clones of a transport share their connections, even between clients of different providers.
        let ucloud: Client<Udb> = client(&server.url(), transport.clone());
        let aliyun: Client<Hbr> = client(&server.url(), transport);
        for _ in 0..5 {
            ucloud.send(RawRequest::new("A")).unwrap();
            aliyun.clone().send(RawRequest::new("A")).unwrap();
        }
        let seen = server.stop();
        assert_eq!((seen.requests.len(), seen.connections), (10, 1));
    });
}

#[test]
fn calls_at_the_same_time() {
    undisturbed(|| {
        let server = Server::with_json(SUCCESS);
        let client: Client<Udb> = client(&server.url(), transport());
        thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| client.send(RawRequest::new("A")).unwrap());
            }
        });
        assert_eq!(server.stop().requests.len(), 16);
    });
}

#[test]
fn a_connection_that_the_server_closed_while_it_was_idle_is_replaced() {
    undisturbed(|| {
        let (closed, is_closed) = mpsc::channel();
        let server = Server::new(move |connection| {
            connection.request()?;
            connection.write_all(&response("200 OK", "", SUCCESS))?;
            // One answer for each connection, without a word about it in the answer.
            connection.hang_up()?;
            closed.send(()).unwrap();
            connection.until_closed()
        });
        let client: Client<Udb> = client(&server.url(), transport());
        for _ in 0..3 {
            client.send(RawRequest::new("A")).unwrap();
            is_closed.recv_timeout(Duration::from_secs(10)).unwrap();
        }
        let seen = server.stop();
        assert_eq!((seen.connections, seen.requests.len()), (3, 3));
    });
}
