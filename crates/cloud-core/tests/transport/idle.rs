//! Connections that the server closes while nobody uses them.

use std::sync::mpsc;
use std::time::Duration;

use cloud_core::{Client, RawRequest};

use crate::common::services::Udb;
use crate::process::undisturbed;
use crate::server::{Server, response};
use crate::{client, multi_thread, transport};

const SUCCESS: &str = r#"{"RetCode":0}"#;

#[test]
fn a_connection_that_the_server_closed_while_it_was_idle_is_replaced() {
    undisturbed(|| {
        let (closed, is_closed) = mpsc::channel();
        let server = Server::new(move |connection| {
            connection.request()?;
            connection.write_all(&response("200 OK", "", SUCCESS))?;
            // One answer for each connection, without a word about it in the answer.
            connection.hang_up()?;
            connection.until_closed()?;
            closed.send(()).unwrap();
            Ok(())
        });
        let client: Client<Udb> = client(&server.url(), transport());
        let runtime = multi_thread();
        for _ in 0..3 {
            runtime.block_on(client.send(RawRequest::new("A"))).unwrap();
            // The client closes its side between the calls, without being asked for anything.
            is_closed.recv_timeout(Duration::from_secs(10)).unwrap();
        }
        let seen = server.stop();
        assert_eq!((seen.connections, seen.requests.len()), (3, 3));
    });
}
