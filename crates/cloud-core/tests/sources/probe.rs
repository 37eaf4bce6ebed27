//! Default chains on machines without metadata, where proxies and portals answer instead: the chain asks the sources behind it. A
//! metadata service that no setting asks for counts as present only if it names a role.

use cloud_core::credentials::Surroundings;
use cloud_core::{Client, Direct, Error, ErrorKind, RawRequest, Service};
use http::Request;

use crate::assume_role::tencent_answer;
use crate::common::memory::{Clock, environment, now};
use crate::common::services::{Hbr, Redis};
use crate::metadata::{CAM, PUT, RAM, aliyun_key, tencent_key};
use crate::token::TokenFile;
use crate::world::{Answer, ID, PROOF, SECRET, World};

/// What is no metadata server may say.
fn odd_answers() -> Vec<Answer> {
    let statuses = [
        204, 301, 302, 307, 400, 401, 403, 404, 405, 407, 408, 418, 429, 451, 500, 501, 502, 503,
        504, 511, 599,
    ];
    let long = "r".repeat(129);
    let bodies = [
        "",
        " \n",
        "<html><body>Access Denied</body></html>",
        "<!DOCTYPE html>",
        "please log in",
        "{\"error\": \"denied\"}",
        "[]",
        "../..",
        "..",
        "\u{feff}",
        "角色",
        &long,
    ];
    let statuses = statuses.into_iter().map(Answer::Status);
    let bodies = bodies.into_iter().map(Answer::from);
    let silence = [Answer::Refused, Answer::Silent];
    statuses.chain(bodies).chain(silence).collect()
}

fn send<S: Service>(world: &World) -> Result<(), Error> {
    let client: Client<S> = Client::builder()
        .environment(environment(world.variables()))
        .transport(world.clone())
        .runtime(Clock::new())
        .region("r")
        .build()
        .unwrap();
    now(client.send(RawRequest::new("Do").read())).map(drop)
}

#[test]
fn whatever_answers_instead_of_metadata_does_not_keep_web_identity_from_being_asked() {
    let file = TokenFile::new(PROOF);
    for answer in odd_answers() {
        let world = World::default()
            .answer(CAM, answer)
            .answer("POST /", tencent_answer().to_string())
            .variable("TKE_REGION", "r")
            .variable("TKE_ROLE_ARN", "r")
            .variable("TKE_PROVIDER_ID", "p")
            .variable("TKE_WEB_IDENTITY_TOKEN_FILE", file.leak());
        send::<Redis>(&world).unwrap();
        let questions = world.questions();
        assert_eq!(questions.len(), 3, "{questions:?}");
    }
}

#[test]
fn whatever_answers_instead_of_metadata_does_not_keep_the_uri_from_being_asked() {
    for hardened in ["false", "true"] {
        for for_token in odd_answers() {
            for for_role in odd_answers() {
                let world = World::default()
                    .answer(PUT, for_token.clone())
                    .answer(RAM, for_role)
                    .answer("GET /key", aliyun_key().to_string())
                    .answer("POST /", r#"{"RequestId":"r"}"#)
                    .variable("ALIBABA_CLOUD_IMDSV1_DISABLED", hardened)
                    .variable("ALIBABA_CLOUD_CREDENTIALS_URI", "http://127.0.0.1:1/key");
                send::<Hbr>(&world).unwrap();
            }
        }
    }
}

#[test]
fn one_word_for_every_question_is_no_metadata_server() {
    for word in ["ok", "OK\n", "Success"] {
        let world = World::default()
            .answer(PUT, word)
            .answer(RAM, word)
            .answer(&format!("{RAM}{}", word.trim()), word)
            .answer(CAM, word)
            .answer(&format!("{CAM}{}", word.trim()), word);
        for error in [
            send::<Redis>(&world).unwrap_err(),
            send::<Hbr>(&world).unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
            assert!(
                error.message().starts_with("no credentials: set "),
                "{error}"
            );
            let reason = "answers with the same text to every question";
            assert!(error.message().contains(reason), "{error}");
        }
    }
}

/// A machine with a role keeps its identity: a later source may have another one.
#[test]
fn metadata_that_name_a_role_have_to_give_its_key() {
    for answer in [
        Answer::Status(403),
        Answer::Status(500),
        Answer::Status(503),
        Answer::Silent,
        Answer::Refused,
        "<html>".into(),
        "{\"Code\": \"Failed\"}".into(),
    ] {
        let world = World::default()
            .answer(RAM, "role")
            .answer(&format!("{RAM}role"), answer.clone())
            .answer(CAM, "role")
            .answer(&format!("{CAM}role"), answer)
            .answer("GET /key", aliyun_key().to_string())
            .variable("ALIBABA_CLOUD_CREDENTIALS_URI", "http://127.0.0.1:1/key");
        for error in [
            send::<Redis>(&world).unwrap_err(),
            send::<Hbr>(&world).unwrap_err(),
        ] {
            assert_ne!(error.kind(), ErrorKind::Configuration, "{error}");
            assert!(
                error.message().starts_with("instance metadata: "),
                "{error}"
            );
        }
    }
}

#[test]
fn a_role_that_a_variable_names_is_configured() {
    let world = World::default()
        .answer(PUT, Answer::Status(403))
        .answer(&format!("{RAM}role"), Answer::Status(403))
        .variable("ALIBABA_CLOUD_ECS_METADATA", "role");
    let error = send::<Hbr>(&world).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PermissionDenied, "{error}");
}

#[test]
fn metadata_are_asked_without_a_proxy() {
    let world = World::default()
        .answer(CAM, "role")
        .answer(&format!("{CAM}role"), tencent_key().to_string())
        .answer(PUT, "token")
        .answer(RAM, "role")
        .answer(&format!("{RAM}role"), aliyun_key().to_string())
        .answer(
            "POST /",
            r#"{"Response":{"RequestId":"r"},"RequestId":"r"}"#,
        );
    send::<Redis>(&world).unwrap();
    send::<Hbr>(&world).unwrap();
    let requests = world.requests();
    assert_eq!(requests.len(), 7);
    for request in requests {
        let is_direct = request.extensions().get::<Direct>().is_some();
        let is_of_metadata = request.uri().scheme_str() == Some("http");
        assert_eq!(is_direct, is_of_metadata, "{}", request.uri());
        assert!(!format!("{ID}{}", request.uri()).contains(SECRET));
    }
}

#[test]
fn local_addresses_are_asked_without_a_proxy() {
    for (address, is_local) in [
        ("http://169.254.0.23/key", true),
        ("http://169.254.170.2:8080/key", true),
        ("http://[fe80::1]/key", true),
        ("http://[fe80::1]:8080/key", true),
        ("http://169.255.0.23/key", false),
        ("http://[fd00::1]/key", false),
        ("http://169.254.0.23.example.com/key", false),
        ("http://127.0.0.1:8080/key", true),
        ("http://[::1]/key", true),
        ("http://localhost/key", true),
        ("http://localhost.example.com/key", false),
        ("http://10.0.0.1/key", false),
    ] {
        let world = World::default();
        let surroundings = Surroundings::new(environment(&[]), world.clone(), Clock::new());
        let request = Request::get(address).body(bytes::Bytes::new()).unwrap();
        let _ = now(surroundings.send(request, std::time::Duration::from_secs(1)));
        let sent = &world.requests()[0];
        let is_direct = sent.extensions().get::<Direct>().is_some();
        assert_eq!(is_direct, is_local, "{address}");
    }
}
