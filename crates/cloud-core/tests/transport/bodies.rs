//! Bodies: compressed, in chunks, until the end of the connection, and longer than one wants.

use std::io::Write as _;

use cloud_core::Delivery;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::process::undisturbed;
use crate::server::{Server, chunked, response};
use crate::{DefaultTransport, PATIENCE, assert_failed, exchange, failure, transport};

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn compressed_with_gzip() {
    undisturbed(|| {
        let text = "备份 ".repeat(10_000);
        let compressed = gzip(text.as_bytes());
        let server = Server::answering(response(
            "200 OK",
            "Content-Encoding: gzip\r\n",
            &compressed,
        ));
        let answer = exchange(&transport(), &server.url(), PATIENCE).unwrap();
        assert_eq!(answer.body(), text.as_bytes());
        // Whoever looks at the headers must not decompress it again.
        assert!(!answer.headers().contains_key("content-encoding"));
        assert!(!answer.headers().contains_key("content-length"));
    });
}

#[test]
fn broken_while_compressed() {
    undisturbed(|| {
        let mut compressed = gzip(b"some text that is long enough to be broken");
        compressed[20] ^= 0xff;
        let server =
            Server::answering(response("200 OK", "Content-Encoding: gzip\r\n", compressed));
        let error = failure(&transport(), &server.url(), PATIENCE);
        assert_failed(&error, Delivery::MaybeSent, false);
    });
}

#[test]
fn in_chunks() {
    undisturbed(|| {
        let parts: Vec<Vec<u8>> = (0..100_u8)
            .map(|part| vec![part; usize::from(part) + 1])
            .collect();
        let server = Server::answering(chunked(parts.iter().map(Vec::as_slice)));
        let answer = exchange(&transport(), &server.url(), PATIENCE).unwrap();
        assert_eq!(answer.body(), &parts.concat());
    });
}

#[test]
fn in_pieces_that_arrive_one_by_one() {
    undisturbed(|| {
        // Each piece is a read of its own at the client more often than not, and a piece may end anywhere.
        let body = "备".repeat(3_000);
        let bytes = response("200 OK", "", &body);
        let server = Server::new(move |connection| {
            connection.request()?;
            for piece in bytes.chunks(100) {
                connection.write_all(piece)?;
            }
            Ok(())
        });
        let answer = exchange(&transport(), &server.url(), PATIENCE).unwrap();
        assert_eq!(answer.body(), body.as_bytes());
    });
}

#[test]
fn until_the_end_of_the_connection() {
    undisturbed(|| {
        let server = Server::new(|connection| {
            connection.request()?;
            connection.write_all(b"HTTP/1.0 200 OK\r\n\r\nall of it")
        });
        let answer = exchange(&transport(), &server.url(), PATIENCE).unwrap();
        assert_eq!(&answer.body()[..], b"all of it");
    });
}

#[test]
fn none_at_all() {
    undisturbed(|| {
        for bytes in [
            response("200 OK", "", ""),
            b"HTTP/1.1 204 No Content\r\n\r\n".to_vec(),
        ] {
            let server = Server::answering(bytes);
            let answer = exchange(&transport(), &server.url(), PATIENCE).unwrap();
            assert!(answer.body().is_empty());
        }
    });
}

const LIMIT: usize = 1_000;

fn limited() -> DefaultTransport {
    DefaultTransport::builder().max_body(LIMIT).build().unwrap()
}

#[test]
fn as_long_as_the_limit() {
    undisturbed(|| {
        let body = vec![b'x'; LIMIT];
        for bytes in [
            response("200 OK", "", &body),
            chunked(body.chunks(300)),
            response("200 OK", "Content-Encoding: gzip\r\n", gzip(&body)),
        ] {
            let server = Server::answering(bytes);
            let answer = exchange(&limited(), &server.url(), PATIENCE).unwrap();
            assert_eq!(answer.body(), &body);
        }
    });
}

#[test]
fn longer_than_the_limit() {
    undisturbed(|| {
        let body = vec![b'x'; LIMIT + 1];
        // What counts is how long it is when it is decompressed: 10 MB of the same letter are 10 kB before.
        let bomb = gzip(&vec![b'x'; 10_000_000]);
        for bytes in [
            response("200 OK", "", &body),
            chunked(body.chunks(300)),
            response("200 OK", "Content-Encoding: gzip\r\n", gzip(&body)),
            response("200 OK", "Content-Encoding: gzip\r\n", bomb),
        ] {
            let server = Server::answering(bytes);
            let error = failure(&limited(), &server.url(), PATIENCE);
            assert_failed(&error, Delivery::MaybeSent, false);
            assert_eq!(
                error.to_string(),
                "the answer is longer than the limit of 1000 bytes"
            );
        }
    });
}

#[test]
fn without_an_end() {
    undisturbed(|| {
        let server = Server::new(|connection| {
            connection.request()?;
            connection.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
            // Until the client has had enough.
            loop {
                connection.write_all(b"a\r\n0123456789\r\n")?;
            }
        });
        let error = failure(&limited(), &server.url(), PATIENCE);
        assert!(error.to_string().contains("limit of 1000 bytes"), "{error}");
    });
}
