//! Requests that are malformed, oversized or endless: they are refused, and the emulator lives on.

use std::time::{Duration, Instant};

use cloud_emulator::Provider::{self, Aliyun, Tencent, Ucloud};
use cloud_emulator::{Emulator, Verdict};

use crate::common::http::{Connection, Request, send};
use crate::common::sign::Caller;
use crate::common::{NOW, start, stopped};

fn assert_alive(emulator: &Emulator) {
    let request = Caller::new(Ucloud, NOW).assume_role(Ucloud);
    assert_eq!(send(emulator.address(), &request).code(), "");
}

#[test]
fn what_is_not_http() {
    let emulator = start();
    for bytes in [
        &b"\0\x01\x02\x03\r\n\r\n"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: \0\r\n\r\n",
        b"POST / HTTP/1.1\r\ncontent-length: many\r\n\r\n",
        b"POST / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let mut connection = Connection::open(emulator.address());
        connection.write(bytes).unwrap();
        let (answer, _) = connection.rest();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        assert!(
            answer.starts_with("HTTP/1.1 400") || answer.is_empty(),
            "{bytes:?}: {answer}"
        );
        assert_alive(&emulator);
    }
    // The chunks are not of the form that the head promises: there is nobody to answer to.
    let mut connection = Connection::open(emulator.address());
    connection
        .write(b"POST /?Action=X HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n")
        .unwrap();
    assert!(connection.rest().0.is_empty());
    assert_alive(&emulator);
}

#[test]
fn a_head_that_is_too_large() {
    let emulator = start();
    for head in [
        format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", "a".repeat(200_000)),
        format!(
            "GET / HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n",
            "a".repeat(200_000)
        ),
        format!("GET / HTTP/1.1\r\n{}\r\n", "x: y\r\n".repeat(1_000)),
    ] {
        let mut connection = Connection::open(emulator.address());
        // The emulator may hang up while this is still being written.
        let _ = connection.write(head.as_bytes());
        let (answer, _) = connection.rest();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        assert!(
            ["", "HTTP/1.1 431", "HTTP/1.1 414"].contains(&answer.get(..12).unwrap_or("")),
            "{answer}"
        );
        assert_alive(&emulator);
    }
}

/// A body over 10 MiB, with its length in the head or in chunks.
#[test]
fn a_body_that_is_too_large() {
    for (provider, status, code) in [
        (Ucloud, 413, "130"),
        (Tencent, 200, "RequestSizeLimitExceeded"),
        (Aliyun, 413, "InvalidParameter.Format"),
    ] {
        let emulator = start();
        let mut request = Caller::new(provider, NOW).assume_role(provider);
        request.target = "/?Action=AssumeRole".to_owned();
        request.body = vec![b'a'; 10 * 1_024 * 1_024 + 1];
        let response = send(emulator.address(), &request);
        assert_eq!(
            (response.status, response.code()),
            (status, code.to_owned())
        );
        let verdict = emulator.requests().pop().unwrap().verdict;
        assert!(matches!(verdict, Verdict::Refused { .. }), "{verdict:?}");
        assert_alive(&emulator);
    }
    let emulator = start();
    let mut connection = Connection::open(emulator.address());
    let head = b"POST /?Action=X HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
    connection.write(head).unwrap();
    let chunk = [&b"100000\r\n"[..], &vec![b'a'; 0x10_0000], b"\r\n"].concat();
    // An endless one is cut off after 20 MiB; the first chunks past that may still be on their way.
    let written = (0..64)
        .take_while(|_| connection.write(&chunk).is_ok())
        .count();
    assert!(written < 64, "{written} MiB were taken");
    assert_alive(&emulator);
}

#[test]
fn callers_that_do_not_go_on() {
    let patience = Duration::from_millis(200);
    let emulator = stopped().patience(patience).start_blocking().unwrap();
    for bytes in [
        &b""[..],
        b"POST / HT",
        b"POST / HTTP/1.1\r\nhost: x\r\n",
        b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n12345",
    ] {
        let begun = Instant::now();
        let mut connection = Connection::open(emulator.address());
        connection.write(bytes).unwrap();
        let (answer, _) = connection.rest();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 408"),
            "{answer}"
        );
        let took = begun.elapsed();
        assert!(
            took >= patience / 2 && took < 20 * patience,
            "{bytes:?}: {took:?}"
        );
    }
    // One byte now and then does not help.
    let mut connection = Connection::open(emulator.address());
    let begun = Instant::now();
    let mut bytes = b"GET / HTTP/1.1\r\nhost: x\r\nx: "
        .iter()
        .chain(std::iter::repeat(&b'a'));
    while connection.write(&[*bytes.next().unwrap()]).is_ok() {
        assert!(
            begun.elapsed() < 20 * patience,
            "the emulator still listens"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_alive(&emulator);
}

/// An answer that is not read is given up, and its memory with it.
#[test]
fn a_caller_that_does_not_read() {
    let patience = Duration::from_millis(200);
    let emulator = stopped().patience(patience).start_blocking().unwrap();
    let mut connection = Connection::open(emulator.address());
    let request = Request::own("GET", "services", emulator.address()).bytes();
    let begun = Instant::now();
    // What is sent piles up on both sides until the emulator hangs up.
    while connection.write(&request).is_ok() {
        assert!(begun.elapsed() < Duration::from_secs(30));
    }
    assert_alive(&emulator);
}

#[test]
fn requests_of_nobody() {
    let emulator = start();
    for (method, target) in [
        ("GET", "/"),
        ("GET", "/?a=b"),
        ("GET", "/favicon.ico"),
        ("DELETE", "/x?Action=AssumeRole"),
        ("OPTIONS", "*"),
    ] {
        let response = send(emulator.address(), &Request::new(method, target));
        assert_eq!(response.status, 404, "{method} {target}");
        let request = emulator.requests().pop().unwrap();
        assert_eq!((request.provider, request.action), (None, None));
        assert!(matches!(request.verdict, Verdict::Refused { .. }));
    }
}

/// Text that is not UTF-8, deep JSON and very many parameters, under a signature of another body.
#[test]
fn bodies_of_any_kind() {
    let emulator = start();
    let (deep, many) = (deep(), many());
    let bodies = [
        &b"\xff\xfe%zz%&=&&=\0"[..],
        deep.as_bytes(),
        many.as_bytes(),
        b"",
    ];
    for provider in Provider::ALL {
        for body in bodies {
            for content_type in [
                "application/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
            ] {
                let mut request = Caller::new(provider, NOW)
                    .assume_role(provider)
                    .header("content-type", content_type);
                request.target = "/?Action=AssumeRole".to_owned();
                request.body = body.to_vec();
                let code = send(emulator.address(), &request).code();
                // The signature of UCloud is one of the parameters.
                let expected = match (provider, content_type) {
                    (Ucloud, "application/json") => "230",
                    (Ucloud, _) => "170",
                    (Tencent, _) => "AuthFailure.SignatureFailure",
                    (Aliyun, _) => "SignatureDoesNotMatch",
                };
                assert_eq!(code, expected, "{provider}, {content_type}");
            }
        }
    }
    assert_alive(&emulator);
}

/// The same under a signature that is right, so that the parameters are read.
#[test]
fn signed_bodies_of_any_kind() {
    let emulator = start();
    for (number, body) in [&*deep(), &many(), "", "null", "[]", "{}"]
        .into_iter()
        .enumerate()
    {
        let caller = |provider, nonce: &str| Caller {
            nonce: nonce.to_owned(),
            ..Caller::new(provider, NOW)
        };
        let call = ("redis", "2018-04-12", "DescribeInstanceBackups");
        let request = caller(Tencent, "").tencent(call, body);
        let request = request.header("x-tc-region", "ap-guangzhou");
        let code = send(emulator.address(), &request).code();
        let expected = match body {
            "{}" => "MissingParameter",
            _ => "InvalidRequest",
        };
        assert_eq!(code, expected, "{:?}", body.get(..10));
        let call = ("2017-09-08", "DescribeBackupClients");
        let request = caller(Aliyun, &format!("{number}")).aliyun(call, "", body);
        let code = send(emulator.address(), &request).code();
        assert_eq!(code, "MissingClientType", "{:?}", body.get(..10));
    }
    assert_alive(&emulator);
}

fn deep() -> String {
    format!("{{\"a\":{}", "[".repeat(100_000))
}

/// As many parameters as the emulator reads, nearly.
fn many() -> String {
    (0..19_000)
        .map(|number| format!("a{number}={number}&"))
        .collect()
}
