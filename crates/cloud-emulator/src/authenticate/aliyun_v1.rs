//! Alibaba Cloud's first signature, HMAC-SHA1 over the parameters. The official libraries that fetch credentials and the older cores
//! still sign with it.

use super::aliyun::{canonical_query, check_time, check_use, escape};
use super::{Authority, hash, is_same, malformed};
use crate::call::Provider;
use crate::denial::Denial;
use crate::record::hide_secrets;
use crate::request::Request;

const ALGORITHM: &str = "HMAC-SHA1";

pub(super) fn check_signature(
    request: &Request,
    authority: &Authority<'_>,
) -> Result<String, Denial> {
    let mut parameters = request.query_pairs();
    parameters.extend(request.form_pairs());
    let find = |name: &str| {
        let mut pairs = parameters.iter();
        pairs
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
    };
    let field = |name| find(name).ok_or(Denial::MissingField { field: name });
    let id = field("AccessKeyId")?;
    let signature = field("Signature")?;
    let nonce = field("SignatureNonce")?;
    let time = check_time(&field("Timestamp")?, authority)?;
    let token = find("SecurityToken");
    if find("SignatureMethod").is_some_and(|method| method != ALGORITHM) {
        return Err(malformed(format!("SignatureMethod must be {ALGORITHM}")));
    }
    let account = authority.account(Provider::Aliyun, &id)?;

    parameters.retain(|(name, _)| name != "Signature");
    let shown = hide_secrets(parameters.clone());
    let [string_to_sign, shown] = [parameters, shown].map(|parameters| {
        let query = canonical_query(parameters);
        format!("{}&%2F&{}", request.method, escape(&query))
    });
    let key = format!("{}&", account.secret());
    let expected = hash::hmac_sha1_base64(key.as_bytes(), &string_to_sign);
    if !is_same(&expected, &signature) {
        return Err(Denial::WrongSignature {
            string_to_sign,
            shown,
        });
    }
    check_use(&account, token.as_deref(), &nonce, time, authority)?;
    Ok(format!(
        "the {ALGORITHM} signature of {id} over all parameters is right"
    ))
}
