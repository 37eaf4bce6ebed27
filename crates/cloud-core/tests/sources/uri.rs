//! An address that answers with a key.

use cloud_core::aliyun::credentials::CredentialsUri;
use serde_json::json;

use crate::metadata::aliyun_key;
use crate::world::{Answer, PROOF, SECRET, World, header};

const VARIABLE: &str = "ALIBABA_CLOUD_CREDENTIALS_URI";
const URI: &str = "http://127.0.0.1:8080/secret-path/key?account=1";
const QUESTION: &str = "GET /secret-path/key";

#[test]
fn the_address_of_the_variable_or_of_the_code() {
    let world = World::default().answer(QUESTION, aliyun_key().to_string());
    assert_eq!(
        world.outcome(&CredentialsUri::from_env()),
        "absent: ALIBABA_CLOUD_CREDENTIALS_URI is not set"
    );
    assert_eq!(
        world.outcome(&CredentialsUri::new(URI)),
        "temporary key until 2023-11-15T04:13:20Z: the credentials URI, http://127.0.0.1:8080/…"
    );
    assert_eq!(world.questions(), [format!("GET {URI}")]);
    assert_eq!(header(&world.requests()[0], "host"), "127.0.0.1:8080");
    assert_eq!(
        world
            .variable(VARIABLE, URI)
            .outcome(&CredentialsUri::from_env()),
        "temporary key until 2023-11-15T04:13:20Z: ALIBABA_CLOUD_CREDENTIALS_URI, http://127.0.0.1:8080/…"
    );
}

/// The official SDK for Python wants a code, that for Go does not.
#[test]
fn a_code_may_be_missing() {
    let mut key = aliyun_key();
    key.as_object_mut().unwrap().remove("Code");
    let world = World::default().answer(QUESTION, key.to_string());
    let outcome = world.outcome(&CredentialsUri::new(URI));
    assert!(outcome.starts_with("temporary key"), "{outcome}");
}

#[test]
fn nonsense() {
    let mut failed = aliyun_key();
    failed["Code"] = json!("Failed");
    let mut without = aliyun_key();
    without.as_object_mut().unwrap().remove("SecurityToken");
    for (answer, expected) in [
        (
            Answer::Status(404),
            "decode: the answer can't be read: WHAT: it answers with HTTP 404",
        ),
        (
            Answer::Status(401),
            "permission_denied: permission denied: WHAT: it answers with HTTP 401",
        ),
        (
            Answer::Status(429),
            "throttled: throttled: WHAT: it answers with HTTP 429",
        ),
        (
            Answer::Status(503),
            "unavailable: service unavailable: WHAT: it answers with HTTP 503",
        ),
        // It was named, so somebody must be there.
        (
            Answer::Silent,
            "timeout: timed out: WHAT: nothing within 10 s",
        ),
        (
            Answer::Refused,
            "transport: the connection failed: WHAT: connection refused",
        ),
        (
            format!("<html>{SECRET}").into(),
            "decode: the answer can't be read: WHAT: it answers with HTML or XML, as proxies and login pages send it",
        ),
        (
            failed.to_string().into(),
            "decode: the answer can't be read: WHAT: it answers with the code `Failed`",
        ),
        (
            without.to_string().into(),
            "decode: the answer can't be read: WHAT: it answers with no `SecurityToken`",
        ),
    ] {
        let world = World::default()
            .answer(QUESTION, answer)
            .variable(VARIABLE, URI);
        let shown = "ALIBABA_CLOUD_CREDENTIALS_URI, http://127.0.0.1:8080/…";
        let outcome = world.outcome(&CredentialsUri::from_env());
        assert_eq!(outcome, expected.replace("WHAT", shown));
    }
}

#[test]
fn no_address() {
    for uri in [
        PROOF,
        "ftp://h/key",
        "http:///key",
        "/key",
        "http://user:eyJhbGciOi@h/key",
        "http://h:port/",
    ] {
        assert_eq!(
            World::default().outcome(&CredentialsUri::new(uri)),
            "configuration: the client can't send this: the credentials URI, …: it is no address such as http://127.0.0.1:8080/key",
            "{uri}"
        );
    }
}
