//! Plain HTTP through a proxy: reqwest asks it for the address itself, where ureq asks for a tunnel.

use cloud_core::{Client, RawRequest};

use crate::common::services::Udb;
use crate::process::{again_with, in_two_processes};
use crate::server::Server;
use crate::{client, runner, transport};

#[test]
fn http_goes_through_the_proxy() {
    in_two_processes(
        |test| {
            let proxy = Server::with_json(r#"{"RetCode":0}"#);
            again_with(
                test,
                "http://api.example.invalid",
                &[("HTTP_PROXY", &proxy.url())],
            );
            let [request] = &proxy.stop().requests[..] else {
                panic!("one request was sent")
            };
            assert!(
                request.starts_with("POST http://api.example.invalid/ HTTP/1.1\r\n"),
                "{request}"
            );
            assert!(
                request
                    .to_lowercase()
                    .contains("\r\nhost: api.example.invalid\r\n"),
                "{request}"
            );
        },
        |endpoint| {
            let client: Client<Udb> = client(&endpoint, transport());
            runner().call(client.send(RawRequest::new("A"))).unwrap();
        },
    );
}
