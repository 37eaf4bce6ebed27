//! What the tests of all providers' signed requests share: the requests, and the hashes recomputed from the crates they come from.

use std::collections::BTreeMap;

use hmac::{Hmac, KeyInit as _, Mac as _};
use http::{HeaderMap, Request};
use sha2::{Digest as _, Sha256};

use crate::common::services::{DescribeBackups, Tag};

/// A request with every kind of a parameter, and with characters that must be escaped.
pub(crate) fn full() -> DescribeBackups {
    DescribeBackups {
        instance: Some("crs-1".into()),
        limit: Some(20),
        status: vec![2, -2],
        tags: vec![
            Tag {
                key: Some("a b*c~d+e".into()),
                value: Some("备 😀/?&=%".into()),
            },
            Tag {
                key: Some("no value".into()),
                value: None,
            },
        ],
        clients: Some(["c-1", "c \"2\""].into()),
        note: Some("in the form".into()),
        zone: Some("cn-test-1-01".into()),
        project: Some("org-1".into()),
        region: None,
    }
}

/// The parameters of a form body or a query. None may come twice.
pub(crate) fn form(body: impl AsRef<[u8]>) -> BTreeMap<String, String> {
    let body = std::str::from_utf8(body.as_ref()).unwrap();
    let decode = |text: &str| {
        percent_encoding::percent_decode_str(&text.replace('+', " "))
            .decode_utf8()
            .unwrap()
            .into_owned()
    };
    let mut parameters = BTreeMap::new();
    for pair in body.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap();
        let before = parameters.insert(decode(name), decode(value));
        assert_eq!(before, None, "{name} comes twice");
    }
    parameters
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(crate) fn hmac_sha256(key: &[u8], message: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(message.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// All headers of a request, in the order of their names.
pub(crate) fn headers<B>(request: &Request<B>) -> BTreeMap<&str, &str> {
    let headers: &HeaderMap = request.headers();
    assert_eq!(headers.len(), headers.keys_len(), "no header comes twice");
    headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap()))
        .collect()
}

/// The names of the headers that must not be shown.
pub(crate) fn sensitive<B>(request: &Request<B>) -> Vec<&str> {
    let mut names: Vec<&str> = request
        .headers()
        .iter()
        .filter(|(_, value)| value.is_sensitive())
        .map(|(name, _)| name.as_str())
        .collect();
    names.sort_unstable();
    names
}
