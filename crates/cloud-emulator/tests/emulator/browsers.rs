//! What web pages of other sites can make a browser send to the emulator's own API. All of it is refused.

use cloud_emulator::Emulator;
use cloud_emulator::Provider::Ucloud;

use crate::common::NOW;
use crate::common::http::{Request, send};
use crate::common::sign::Caller;
use crate::common::start;

const RULE: &str = r#"{"fault":"transient"}"#;

fn rule(emulator: &Emulator) -> Request {
    Request::own("POST", "faults", emulator.address()).json(RULE)
}

/// Whether a call succeeds, since no fault was planted.
fn is_untouched(emulator: &Emulator) -> bool {
    let call = Caller::new(Ucloud, NOW).assume_role(Ucloud);
    send(emulator.address(), &call).code().is_empty()
}

#[test]
fn pages_of_other_sites_cannot_plant_faults() {
    let emulator = start();
    let own = emulator.address().to_string();
    let plain = "text/plain;charset=UTF-8";
    for (status, headers) in [
        // fetch(…, { mode: "no-cors" }), navigator.sendBeacon and a form with enctype text/plain
        (415, vec![("content-type", plain)]),
        (
            415,
            vec![("content-type", "application/x-www-form-urlencoded")],
        ),
        (
            403,
            vec![("origin", "https://example.com"), ("content-type", plain)],
        ),
        (403, vec![("origin", "null")]),
        (403, vec![("origin", "http://127.0.0.1:1")]),
        (403, vec![("origin", &*own)]),
        (403, vec![("sec-fetch-site", "cross-site")]),
        (403, vec![("sec-fetch-site", "same-site")]),
    ] {
        let mut request = rule(&emulator);
        for (name, value) in &headers {
            request = request.header(name, value);
        }
        let answer = send(emulator.address(), &request);
        assert_eq!(answer.status, status, "{headers:?}");
        assert!(answer.json()["error"].is_string());
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
    let without = rule(&emulator).without("content-type");
    assert_eq!(send(emulator.address(), &without).status, 415);
    let preflight = Request::own("OPTIONS", "faults", emulator.address())
        .header("origin", "https://example.com")
        .header("access-control-request-method", "DELETE");
    let answer = send(emulator.address(), &preflight);
    assert_eq!(answer.status, 403);
    assert_eq!(answer.header("access-control-allow-methods"), "");
    assert!(is_untouched(&emulator));
}

/// A name of another site that leads to this computer, which makes its page one of the same origin.
#[test]
fn other_names_of_this_computer_are_refused() {
    let emulator = start();
    let port = emulator.address().port();
    for host in [
        format!("example.com:{port}"),
        format!("127.0.0.1.example.com:{port}"),
        format!("localhost.example.com:{port}"),
        format!("0.0.0.0:{port}"),
        "127.0.0.1".to_owned(),
        "localhost:1".to_owned(),
        format!("localhost:{port}, example.com"),
        String::new(),
    ] {
        for path in ["requests", "faults", "data", "services", "page.js", "other"] {
            let request = Request::own("GET", path, emulator.address()).header("host", &host);
            assert_eq!(
                send(emulator.address(), &request).status,
                403,
                "{host} {path}"
            );
        }
        let page = Request::new("GET", "/")
            .header("host", &host)
            .header("accept", "text/html");
        assert_eq!(send(emulator.address(), &page).status, 403, "{host}");
    }
    let without = Request::own("GET", "requests", emulator.address()).without("host");
    assert_eq!(send(emulator.address(), &without).status, 403);
    // The providers' requests keep the hosts of the providers.
    assert!(is_untouched(&emulator));
}

#[test]
fn the_own_page_and_programs_are_let_in() {
    let emulator = start();
    let port = emulator.address().port();
    for name in ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"] {
        let host = format!("{name}:{port}");
        let program = rule(&emulator).header("host", &host);
        let page = program
            .clone()
            .header("origin", &format!("http://{host}"))
            .header("sec-fetch-site", "same-origin");
        for request in [program, page] {
            assert_eq!(send(emulator.address(), &request).status, 200, "{host}");
        }
    }
    // A link on another site may lead to the page.
    let page = Request::new("GET", "/")
        .header("host", &emulator.address().to_string())
        .header("accept", "text/html")
        .header("sec-fetch-site", "cross-site");
    assert_eq!(send(emulator.address(), &page).status, 200);
}
