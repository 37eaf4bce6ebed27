//! What is recorded of requests, and what is not.

use cloud_emulator::Provider::{Aliyun, Tencent, Ucloud};
use cloud_emulator::{Account, Emulator, Verdict};

use crate::common::http::{Connection, send};
use crate::common::sign::Caller;
use crate::common::{NOW, at, start, stopped};

#[test]
fn a_request_as_the_test_wants_it() {
    let emulator = start();
    let body = r#"{"InstanceId":"crs-1","Limit":5,"Status":[1,-2],"Filters":[{"Name":"n","Values":["a"]}],"Off":false}"#;
    let request =
        Caller::new(Tencent, NOW).tencent(("redis", "2018-04-12", "DescribeInstanceBackups"), body);
    send(emulator.address(), &request);
    let [request] = &emulator.requests()[..] else {
        panic!("one request was sent")
    };
    assert_eq!((request.number, request.time), (1, at(NOW)));
    assert_eq!((&*request.method, &*request.path), ("POST", "/"));
    assert_eq!(request.provider, Some(Tencent));
    assert_eq!(request.action.as_deref(), Some("DescribeInstanceBackups"));
    for (name, value) in [
        ("InstanceId", "crs-1"),
        ("Limit", "5"),
        ("Status.0", "1"),
        ("Status.1", "-2"),
        ("Filters.0.Name", "n"),
        ("Filters.0.Values.0", "a"),
        ("Off", "false"),
    ] {
        assert_eq!(request.parameter(name), Some(value), "{name}");
    }
    assert_eq!(request.header("x-tc-version"), Some("2018-04-12"));
    assert_eq!(request.parameter("Action"), None);
}

#[test]
fn secrets_are_left_out() {
    let token = "top-secret-token";
    for provider in [Ucloud, Tencent, Aliyun] {
        let account =
            Account::new(provider, "id", "top-secret-key").with_token(token, at(NOW + 60));
        assert!(!format!("{account:?}").contains("top-secret"));
        let emulator = stopped().account(account).start_blocking().unwrap();
        let caller = Caller {
            id: "id".into(),
            secret: "top-secret-key".into(),
            token: Some(token.into()),
            ..Caller::new(provider, NOW)
        };
        let request = match provider {
            Ucloud => caller.ucloud(&[
                ("Action", "A"),
                ("AdminPassword", "top-secret"),
                ("NextToken", "page-2"),
            ]),
            Tencent => caller.tencent(
                ("redis", "v", "A"),
                r#"{"AdminPassword":"top-secret","NextToken":"page-2"}"#,
            ),
            Aliyun => caller.aliyun(("v", "A"), "NextToken=page-2", "AdminPassword=top-secret"),
        };
        let mut stranger = request.clone();
        stranger.body.push(b' ');
        for request in [request, stranger] {
            send(emulator.address(), &request);
            let recorded = emulator.requests().pop().unwrap();
            assert_eq!(
                recorded.parameter("NextToken"),
                Some("page-2"),
                "{provider}"
            );
            let text = format!("{recorded:?}");
            assert!(!text.contains("top-secret"), "{text}");
            let authorization = recorded.header("authorization");
            let authorization = authorization.unwrap_or("Signature=***");
            assert!(authorization.ends_with("Signature=***"), "{authorization}");
        }
        let first = &emulator.requests()[0];
        assert_eq!(first.parameter("AdminPassword"), Some("***"), "{provider}");
        let verdicts = emulator
            .requests()
            .into_iter()
            .map(|request| request.verdict);
        let is_known = verdicts.map(|verdict| !matches!(verdict, Verdict::Unauthenticated { .. }));
        assert_eq!(is_known.collect::<Vec<_>>(), [true, false], "{provider}");
    }
}

#[test]
fn only_the_last_requests_are_kept() {
    let emulator = start();
    let mut connection = Connection::open(emulator.address());
    let request = Caller::new(Ucloud, NOW).assume_role(Ucloud);
    for _ in 0..1_010 {
        connection.send(&request).unwrap();
    }
    let numbers = |emulator: &Emulator| {
        let requests = emulator.requests();
        (
            requests.len(),
            requests.first().map(|request| request.number),
        )
    };
    assert_eq!(numbers(&emulator), (1_000, Some(11)));
    emulator.clear_requests();
    assert_eq!(numbers(&emulator), (0, None));
    connection.send(&request).unwrap();
    assert_eq!(numbers(&emulator), (1, Some(1_011)));
}

#[test]
fn a_big_request_is_kept_in_part() {
    let emulator = start();
    let long = "x".repeat(100_000);
    let parameters = [
        ("Action", "A"),
        ("Short", "1"),
        ("Long", &long),
        ("After", "2"),
    ];
    send(
        emulator.address(),
        &Caller::new(Ucloud, NOW).ucloud(&parameters),
    );
    let request = emulator.requests().pop().unwrap();
    assert_eq!(request.parameter("Short"), Some("1"));
    assert_eq!(
        (request.parameter("Long"), request.parameter("After")),
        (None, None)
    );
}
