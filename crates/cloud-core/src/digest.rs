//! What the signers of Tencent Cloud and Alibaba Cloud share.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::hex::Hex;

/// SHA-256 as lower-case hex.
pub(crate) fn sha256_hex(bytes: &[u8]) -> Hex {
    Hex::of(&Sha256::digest(bytes))
}

/// A keyed HMAC-SHA256 whose key has been absorbed already, so that signing again does not pay for it again.
#[derive(Clone)]
pub(crate) struct HmacKey(Hmac<Sha256>);

impl HmacKey {
    pub(crate) fn new(key: &[u8]) -> Self {
        // `KeyInit::new` takes keys of the block's length only; HMAC itself takes any, and so never fails.
        Self(Hmac::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&Default::default())))
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 32] {
        let mut mac = self.0.clone();
        mac.update(message);
        mac.finalize().into_bytes().into()
    }
}

/// The request in the canonical form of both providers, with the lines joined by `\n`: method, path, query, each header, an empty
/// line, the names of the headers, the hash of the body.
pub(crate) fn canonical_request(
    method: &str,
    path: &str,
    query: &str,
    headers: &[(&str, &str)],
    body_hash: &str,
) -> String {
    let mut out = String::with_capacity(256 + query.len() + headers.len() * 64);
    for line in [method, path, query] {
        out.push_str(line);
        out.push('\n');
    }
    for (name, value) in headers {
        out.push_str(name);
        out.push(':');
        out.push_str(value.trim());
        out.push('\n');
    }
    out.push('\n');
    push_names(&mut out, headers);
    out.push('\n');
    out.push_str(body_hash);
    out
}

/// `content-type;host`
pub(crate) fn push_names(out: &mut String, headers: &[(&str, &str)]) {
    for (index, (name, _)) in headers.iter().enumerate() {
        if index > 0 {
            out.push(';');
        }
        out.push_str(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_overwritten_when_they_are_dropped() {
        fn is_overwritten<T: zeroize::ZeroizeOnDrop>() {}
        is_overwritten::<Sha256>();
        #[cfg(feature = "ucloud")]
        is_overwritten::<sha1::Sha1>();
        // It is made of two states of the hash, and does not say of itself that they are overwritten.
        assert!(std::mem::needs_drop::<HmacKey>());
    }
}
