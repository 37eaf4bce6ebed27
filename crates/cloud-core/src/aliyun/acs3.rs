//! Alibaba Cloud's signature, version 3: ACS3-HMAC-SHA256, for actions called in the RPC style.
//!
//! Four steps, each a function of its own: [`canonical_query`], [`canonical_request`], [`string_to_sign`], and [`SigningKey::sign`],
//! whose result goes into [`authorization`].
//!
//! Source: <https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature>.

use crate::digest::{self, HmacKey, sha256_hex};
use crate::hex::Hex;
use crate::params::push_query;

/// The name of the algorithm.
pub const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// The query in canonical form: sorted by the bytes of the names, names and values percent-encoded. It is also fit to be sent.
pub fn canonical_query<'a>(parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut sorted: Vec<(&str, &str)> = parameters.into_iter().collect();
    sorted.sort_unstable();
    let mut query = String::with_capacity(
        sorted
            .iter()
            .map(|(name, value)| name.len() + value.len() + 8)
            .sum(),
    );
    for (name, value) in sorted {
        if !query.is_empty() {
            query.push('&');
        }
        push_query(&mut query, name);
        query.push('=');
        push_query(&mut query, value);
    }
    query
}

/// The request in canonical form.
///
/// `headers` are the headers to sign, sorted, with lower-case names: `host`, `content-type` if there is a body, and all that begin
/// with `x-acs-`. `body_hash` is the SHA-256 of the body in lower-case hex, the same as the header `x-acs-content-sha256`.
pub fn canonical_request(
    method: &str,
    path: &str,
    query: &str,
    headers: &[(&str, &str)],
    body_hash: &str,
) -> String {
    digest::canonical_request(method, path, query, headers, body_hash)
}

/// The text that is signed.
pub fn string_to_sign(canonical_request: &str) -> String {
    let mut text = String::with_capacity(ALGORITHM.len() + 65);
    text.push_str(ALGORITHM);
    text.push('\n');
    text.push_str(&sha256_hex(canonical_request.as_bytes()));
    text
}

/// The key that signs: the secret of the access key, as it is.
#[derive(Clone)]
pub struct SigningKey(HmacKey);

impl SigningKey {
    /// Takes the secret of an access key.
    pub fn new(access_key_secret: &str) -> Self {
        Self(HmacKey::new(access_key_secret.as_bytes()))
    }

    /// The signature: 64 digits of lower-case hex.
    pub fn sign(&self, string_to_sign: &str) -> String {
        Hex::of(&self.0.sign(string_to_sign.as_bytes())).to_owned()
    }
}

/// The header `Authorization`. `headers` are those that were signed.
pub fn authorization(access_key_id: &str, headers: &[(&str, &str)], signature: &str) -> String {
    let mut text = String::with_capacity(320 + access_key_id.len() + signature.len());
    for part in [ALGORITHM, " Credential=", access_key_id, ",SignedHeaders="] {
        text.push_str(part);
    }
    digest::push_names(&mut text, headers);
    text.push_str(",Signature=");
    text.push_str(signature);
    text
}
