//! Proxies, as the environment names them.

use bytes::Bytes;
use cloud_core::{Direct, ErrorKind, RawRequest};
use http::Request;

use crate::common::services::Udb;
use crate::process::{again_with, in_two_processes};
use crate::server::{Server, response};
use crate::{Client, PATIENCE, carry, client, runner, transport};

const SUCCESS: &str = r#"{"RetCode":0}"#;

#[test]
fn no_proxy_names_the_exceptions() {
    in_two_processes(
        |test| {
            let (proxy, server) = (Server::with_json(SUCCESS), Server::with_json(SUCCESS));
            let variables = [("HTTP_PROXY", &*proxy.url()), ("NO_PROXY", "127.0.0.1")];
            again_with(test, &server.url(), &variables);
            assert_eq!(server.stop().requests.len(), 1);
            assert_eq!(proxy.stop().connections, 0);
        },
        |endpoint| {
            let client: Client<Udb> = client(&endpoint, transport());
            runner().call(client.send(RawRequest::new("A"))).unwrap();
        },
    );
}

#[test]
fn what_is_marked_as_direct_passes_by_the_proxies() {
    in_two_processes(
        |test| {
            let (proxy, server) = (Server::with_json(SUCCESS), Server::with_json(SUCCESS));
            let url = proxy.url();
            let variables = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];
            let variables = variables.map(|name| (name, &*url));
            again_with(test, &server.url(), &variables);
            assert_eq!(server.stop().requests.len(), 2);
            // The other request shows that the variables count.
            assert_eq!(proxy.stop().connections, 1);
        },
        |endpoint| {
            let transport = transport();
            for is_direct in [true, false, true] {
                let mut request = Request::post(&endpoint).body(Bytes::new()).unwrap();
                if is_direct {
                    request.extensions_mut().insert(Direct);
                }
                let answer = carry(&transport, request, PATIENCE);
                // This proxy knows no tunnels, which ureq asks for.
                if is_direct {
                    assert_eq!(answer.unwrap().body(), SUCCESS);
                }
            }
        },
    );
}

#[test]
fn https_asks_the_proxy_for_a_tunnel() {
    in_two_processes(
        |test| {
            let proxy = Server::answering(response("403 Forbidden", "", "not through here"));
            again_with(
                test,
                "https://api.example.invalid",
                &[("HTTPS_PROXY", &proxy.url())],
            );
            let [request] = &proxy.stop().requests[..] else {
                panic!("one tunnel was asked for")
            };
            assert!(
                request.starts_with("CONNECT api.example.invalid:443 HTTP/1.1\r\n"),
                "{request}"
            );
            // What is meant for the provider is not for the proxy.
            assert!(!request.contains("Action"), "{request}");
        },
        |endpoint| {
            let client: Client<Udb> = client(&endpoint, transport());
            let error = runner()
                .call(client.send(RawRequest::new("A")))
                .unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
            assert!(!error.may_have_arrived(), "{error}");
        },
    );
}

#[test]
fn the_password_of_a_proxy_is_not_shown() {
    in_two_processes(
        |test| {
            let proxy = Server::new(|_| Ok(()));
            let address = format!("http://user:hunter2@127.0.0.1:{}", proxy.port());
            again_with(
                test,
                "http://api.example.invalid",
                &[("HTTP_PROXY", &address)],
            );
            assert!(proxy.stop().connections > 0);
        },
        |endpoint| {
            let transport = transport();
            assert!(
                !format!("{transport:?}").contains("hunter2"),
                "{transport:?}"
            );
            let client: Client<Udb> = client(&endpoint, transport);
            let error = runner()
                .call(client.send(RawRequest::new("A")))
                .unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("hunter2"), "{shown}");
        },
    );
}
