//! Dropping the future of a call, which cancels it.

use std::sync::mpsc;
use std::time::Duration;

use cloud_core::{Client, RawRequest};

use crate::common::services::Udb;
use crate::process::undisturbed;
use crate::server::{Server, response};
use crate::{IMPATIENCE, client, current_thread, multi_thread, transport};

#[test]
fn dropping_the_future_ends_the_call() {
    undisturbed(|| {
        let server = Server::answering(response("503 Busy", "Retry-After: 5\r\n", ""));
        let client: Client<Udb> = Client::builder()
            .environment(crate::common::memory::environment(&[]))
            .credentials(cloud_core::Credentials::new("id", "s3cr3t"))
            .endpoint(server.url())
            .transport(transport())
            .build()
            .unwrap();
        current_thread().block_on(async {
            let call = client.send(RawRequest::new("A").read());
            tokio::time::timeout(IMPATIENCE, call).await.unwrap_err();
        });
        assert_eq!(server.stop().requests.len(), 1);
    });
}

#[test]
fn dropping_the_future_closes_the_connection() {
    undisturbed(|| {
        let (arrived, has_arrived) = mpsc::channel();
        let (closed, is_closed) = mpsc::channel();
        let server = Server::new(move |connection| {
            connection.request()?;
            arrived.send(()).unwrap();
            connection.until_closed()?;
            closed.send(()).unwrap();
            Ok(())
        });
        let client: Client<Udb> = client(&server.url(), transport());
        let runtime = multi_thread();
        let call = runtime.spawn(client.send(RawRequest::new("A")));
        let patience = Duration::from_secs(10);
        has_arrived.recv_timeout(patience).unwrap();
        call.abort();
        // Far sooner than the call would have timed out.
        is_closed.recv_timeout(patience / 2).unwrap();
        assert_eq!(server.stop().requests.len(), 1);
    });
}
