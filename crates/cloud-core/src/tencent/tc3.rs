//! Tencent Cloud's signature, version 3: TC3-HMAC-SHA256.
//!
//! Three steps, each a function of its own: [`canonical_request`], [`string_to_sign`], and [`SigningKey::sign`], whose result goes
//! into [`authorization`].
//!
//! Source: <https://cloud.tencent.com/document/api/239/20006>.

use zeroize::Zeroizing;

use crate::digest::{self, HmacKey, sha256_hex};
use crate::hex::Hex;
use crate::time::civil::Utc;

/// The name of the algorithm.
pub const ALGORITHM: &str = "TC3-HMAC-SHA256";

/// The request in canonical form.
///
/// `query` is the query as it is sent, without `?`. `headers` are the headers to sign, sorted, with lower-case names; their values
/// are put into lower case here. `body_hash` is the SHA-256 of the body in lower-case hex, or of the text `UNSIGNED-PAYLOAD` if the
/// header `X-TC-Content-SHA256` says so.
pub fn canonical_request(
    method: &str,
    path: &str,
    query: &str,
    headers: &[(&str, &str)],
    body_hash: &str,
) -> String {
    if headers
        .iter()
        .all(|(_, value)| !value.bytes().any(|byte| byte.is_ascii_uppercase()))
    {
        return digest::canonical_request(method, path, query, headers, body_hash);
    }
    let lower: Vec<(&str, String)> = headers
        .iter()
        .map(|(name, value)| (*name, value.to_ascii_lowercase()))
        .collect();
    let lower: Vec<(&str, &str)> = lower
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    digest::canonical_request(method, path, query, &lower, body_hash)
}

/// The date of a signature: the day in UTC, `2023-11-14`.
pub fn date(timestamp: i64) -> String {
    Utc::from_unix(timestamp).date()
}

/// The text that is signed. `date` is [`date`] of the timestamp, `service` the product's name in the host, such as `redis`.
pub fn string_to_sign(
    timestamp: i64,
    date: &str,
    service: &str,
    canonical_request: &str,
) -> String {
    let mut text = String::with_capacity(160);
    for part in [ALGORITHM, "\n", itoa::Buffer::new().format(timestamp), "\n"] {
        text.push_str(part);
    }
    push_scope(&mut text, date, service);
    text.push('\n');
    text.push_str(&sha256_hex(canonical_request.as_bytes()));
    text
}

/// The key that signs for one secret key, one day and one service. Deriving it costs three times as much as signing with it.
#[derive(Clone)]
pub struct SigningKey(HmacKey);

impl SigningKey {
    /// Derives the key.
    pub fn derive(secret_key: &str, date: &str, service: &str) -> Self {
        let first = Zeroizing::new(format!("TC3{secret_key}"));
        let date_key = Zeroizing::new(HmacKey::new(first.as_bytes()).sign(date.as_bytes()));
        let service_key = Zeroizing::new(HmacKey::new(&*date_key).sign(service.as_bytes()));
        let signing_key = Zeroizing::new(HmacKey::new(&*service_key).sign(b"tc3_request"));
        Self(HmacKey::new(&*signing_key))
    }

    /// The signature: 64 digits of lower-case hex.
    pub fn sign(&self, string_to_sign: &str) -> String {
        Hex::of(&self.0.sign(string_to_sign.as_bytes())).to_owned()
    }
}

/// The header `Authorization`. `headers` are those that were signed.
pub fn authorization(
    secret_id: &str,
    date: &str,
    service: &str,
    headers: &[(&str, &str)],
    signature: &str,
) -> String {
    let mut text = String::with_capacity(160 + secret_id.len() + signature.len());
    for part in [ALGORITHM, " Credential=", secret_id, "/"] {
        text.push_str(part);
    }
    push_scope(&mut text, date, service);
    text.push_str(", SignedHeaders=");
    digest::push_names(&mut text, headers);
    text.push_str(", Signature=");
    text.push_str(signature);
    text
}

fn push_scope(text: &mut String, date: &str, service: &str) {
    for part in [date, "/", service, "/tc3_request"] {
        text.push_str(part);
    }
}
