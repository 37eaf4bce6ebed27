//! What all the hand-written rivals are made of: bytes pushed into one buffer that is kept.

use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};

use bytes::Bytes;

pub(crate) fn push_all(out: &mut Vec<u8>, parts: &[&str]) {
    for part in parts {
        out.extend_from_slice(part.as_bytes());
    }
}

/// Hex in place; `N` is twice the number of bytes.
pub(crate) fn hex<const N: usize>(bytes: &[u8]) -> [u8; N] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = [0; N];
    for (digits, byte) in out.chunks_exact_mut(2).zip(bytes) {
        digits[0] = DIGITS[usize::from(byte >> 4)];
        digits[1] = DIGITS[usize::from(byte & 15)];
    }
    out
}

pub(crate) fn push_sha256_hex(out: &mut Vec<u8>, hash: &[u8]) {
    out.extend_from_slice(&hex::<64>(hash));
}

/// Percent-encodes; whole runs of bytes that stay as they are get copied at once.
pub(crate) fn push_escaped(out: &mut Vec<u8>, text: &str, space: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    const PLAIN: [bool; 256] = {
        let mut plain = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            let b = byte as u8;
            plain[byte] = b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~');
            byte += 1;
        }
        plain
    };
    let mut rest = text.as_bytes();
    loop {
        let run = rest.iter().position(|&byte| !PLAIN[usize::from(byte)]);
        let (plain, escaped) = rest.split_at(run.unwrap_or(rest.len()));
        out.extend_from_slice(plain);
        match escaped.split_first() {
            None => return,
            Some((b' ', after)) => {
                out.extend_from_slice(space);
                rest = after;
            }
            Some((byte, after)) => {
                out.extend_from_slice(&[
                    b'%',
                    DIGITS[usize::from(byte >> 4)],
                    DIGITS[usize::from(byte & 15)],
                ]);
                rest = after;
            }
        }
    }
}

/// `name=value&…`
pub(crate) fn push_pairs(out: &mut Vec<u8>, pairs: &[(&str, &str)], space: &[u8]) {
    for (index, (name, value)) in pairs.iter().enumerate() {
        if index > 0 {
            out.push(b'&');
        }
        push_escaped(out, name, space);
        out.push(b'=');
        push_escaped(out, value, space);
    }
}

/// Sorts up to 32 pairs without touching the heap.
pub(crate) fn with_sorted<T>(pairs: &[(&str, &str)], then: impl FnOnce(&[(&str, &str)]) -> T) -> T {
    let mut sorted = [("", ""); 32];
    let sorted = &mut sorted[..pairs.len()];
    sorted.copy_from_slice(pairs);
    sorted.sort_unstable();
    then(sorted)
}

/// A header whose value is not known before the program runs.
pub(crate) fn insert(headers: &mut HeaderMap, name: &'static HeaderName, value: &[u8]) {
    headers.insert(name, HeaderValue::from_bytes(value).unwrap());
}

pub(crate) fn post(uri: Uri, headers: HeaderMap, body: impl Into<Bytes>) -> Request<Bytes> {
    let mut request = Request::new(body.into());
    *request.method_mut() = Method::POST;
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    request
}
