//! UCloud's signature: SHA-1 over every parameter, sorted by name, and the private key.
//!
//! Names and values are joined without any separator, as the provider wants it. There is neither a time nor a nonce in the
//! signature, so a request that was recorded can be sent again by anybody who has it: use HTTPS.
//!
//! Source: <https://docs.ucloud.cn/api/summary/signature>.

use sha1::{Digest, Sha1};
use zeroize::Zeroize;

use crate::hex::Hex;

/// The text that is hashed: the parameters sorted by the bytes of their names, then the private key.
///
/// The parameters are all that is sent, `Action` and `PublicKey` included, but for `Signature` itself. **The text holds the private
/// key.**
pub fn string_to_sign<'a>(
    parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
    private_key: &str,
) -> String {
    let mut sorted: Vec<(&str, &str)> = parameters.into_iter().collect();
    sorted.sort_unstable();
    let length = sorted
        .iter()
        .map(|(name, value)| name.len() + value.len())
        .sum::<usize>()
        + private_key.len();
    let mut text = String::with_capacity(length);
    for (name, value) in sorted {
        text.push_str(name);
        text.push_str(value);
    }
    text.push_str(private_key);
    text
}

/// The parameter `Signature`: 40 digits of lower-case hex.
///
/// ```
/// let parameters = [("Region", "cn-bj2"), ("Action", "DescribeUHostInstance"), ("PublicKey", "my_public_key")];
/// let signature = cloud_core::ucloud::sign::signature(parameters, "my_private_key");
/// assert_eq!(signature.len(), 40);
/// ```
pub fn signature<'a>(
    parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
    private_key: &str,
) -> String {
    let mut text = string_to_sign(parameters, private_key);
    let signature = Hex::of(&Sha1::digest(text.as_bytes())).to_owned();
    text.zeroize();
    signature
}
