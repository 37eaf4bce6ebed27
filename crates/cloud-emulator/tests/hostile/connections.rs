//! Connections that are opened and left, or that do not go on.

use std::io::Write;
use std::time::Duration;

use cloud_emulator::Provider::{Tencent, Ucloud};

use crate::Input;
use crate::common::http::Request;
use crate::target::Target;

/// More than the program keeps open.
const MANY: usize = 700;

const CHUNKED: &[u8] = b"POST /?Action=X HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";

pub(crate) const ALL: &[Input] = &[
    ("answers that are not read", answers_that_are_not_read),
    ("bodies that do not end", bodies_that_do_not_end),
    ("connections that say nothing", connections_that_say_nothing),
    ("heads that do not end", heads_that_do_not_end),
    ("chunks of one byte", chunks_of_one_byte),
    ("extensions of chunks", extensions_of_chunks),
    ("trailers without end", trailers_without_end),
    ("pipelined requests", pipelined_requests),
    ("bodies that are waited for", bodies_that_are_waited_for),
    ("large bodies side by side", large_bodies_side_by_side),
    ("connections that come and go", connections_that_come_and_go),
    ("what is not HTTP", what_is_not_http),
    ("all of it again, at once", all_at_once),
];

fn answers_that_are_not_read(target: &Target) {
    for path in ["requests", "services"] {
        let request = Request::own("GET", path, target.address).bytes();
        let unread = target.leave(60, &request.repeat(20));
        std::thread::sleep(Duration::from_millis(500));
        drop(unread);
    }
}

fn bodies_that_do_not_end(target: &Target) {
    let head = b"POST /?Action=X HTTP/1.1\r\nhost: a\r\ncontent-length: 10485760\r\n\r\n";
    let mut body = head.to_vec();
    body.resize(9 * 1_024 * 1_024, b'a');
    drop(target.leave(40, &body));
    body.truncate(100_000);
    drop(target.leave(MANY, &body));
}

fn connections_that_say_nothing(target: &Target) {
    drop(target.leave(2 * MANY, b""));
}

fn heads_that_do_not_end(target: &Target) {
    let head = format!("GET / HTTP/1.1\r\nhost: a\r\na: {}", "a".repeat(60_000));
    drop(target.leave(MANY, head.as_bytes()));
}

fn chunks_of_one_byte(target: &Target) {
    let chunks = [CHUNKED, &b"1\r\na\r\n".repeat(200_000)].concat();
    drop(target.leave(20, &chunks));
}

fn extensions_of_chunks(target: &Target) {
    let chunk = format!("1;a={}\r\na\r\n", "a".repeat(10_000));
    drop(target.leave(20, &[CHUNKED, chunk.repeat(300).as_bytes()].concat()));
}

fn trailers_without_end(target: &Target) {
    let trailers = "a: b\r\n".repeat(300_000);
    drop(target.leave(20, &[CHUNKED, b"0\r\n", trailers.as_bytes()].concat()));
}

fn pipelined_requests(target: &Target) {
    let request = target.caller(Ucloud).assume_role(Ucloud).bytes();
    drop(target.leave(20, &request.repeat(2_000)));
}

fn bodies_that_are_waited_for(target: &Target) {
    let head =
        b"POST / HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 99999\r\n\r\n";
    drop(target.leave(MANY, head));
}

fn large_bodies_side_by_side(target: &Target) {
    let body = format!(r#"{{"a":"{}"}}"#, "a".repeat(10_000_000));
    let caller = target.caller(Tencent);
    let request = caller.tencent(("redis", "v", "X"), &body).bytes();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| target.fire(&request));
        }
    });
}

fn connections_that_come_and_go(target: &Target) {
    for _ in 0..3_000 {
        let mut stream = target.open();
        let _ = stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    }
}

fn what_is_not_http(target: &Target) {
    let hello = [&b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc"[..], &[0; 508]].concat();
    let long = format!("{} / HTTP/1.1\r\nhost: a\r\n\r\n", "M".repeat(60_000));
    for bytes in [&*hello, long.as_bytes(), &[0xff; 60_000], b"\r\n\r\n\r\n"] {
        drop(target.leave(100, bytes));
    }
}

fn all_at_once(target: &Target) {
    std::thread::scope(|scope| {
        for (_, input) in &ALL[..ALL.len() - 1] {
            scope.spawn(|| input(target));
        }
    });
}
