//! The hashes of the signatures, in lower-case hex where nothing else is said.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};

pub(super) fn sha1_hex(bytes: &[u8]) -> String {
    hex(&Sha1::digest(bytes))
}

pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(super) fn hmac_sha256(key: &[u8], message: &str) -> Vec<u8> {
    // A key of HMAC can have any length, so there is nothing to fail.
    Hmac::<Sha256>::new_from_slice(key)
        .map(|hmac| hmac.chain_update(message).finalize().into_bytes().to_vec())
        .unwrap_or_default()
}

pub(super) fn hmac_sha1_base64(key: &[u8], message: &str) -> String {
    Hmac::<Sha1>::new_from_slice(key)
        .map(|hmac| BASE64_STANDARD.encode(hmac.chain_update(message).finalize().into_bytes()))
        .unwrap_or_default()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a `String` can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
