//! Whose request it is, on a port that three providers share.

use serde_json::Map;

use crate::call::Provider;
use crate::request::{FORM_LIMIT, Request};

/// Each provider's requests have headers or parameters that no other has.
pub(crate) fn provider_of(request: &Request) -> Option<Provider> {
    if request.path != "/" {
        return None;
    }
    let authorization = request.header("authorization").unwrap_or_default();
    let has_header = |prefix: &str| {
        let mut names = request.headers.keys();
        names.any(|name| name.as_str().starts_with(prefix))
    };
    if has_header("x-tc-") || authorization.starts_with("TC3-") {
        return Some(Provider::Tencent);
    }
    if has_header("x-acs-") || authorization.starts_with("ACS3-") {
        return Some(Provider::Aliyun);
    }
    let mut parameters = request.query_pairs();
    let mut members = Map::new();
    if request.body.len() <= FORM_LIMIT {
        parameters.extend(request.form_pairs());
        members = request.json().and_then(Result::ok).unwrap_or_default();
    }
    let has = |names: &[&str]| {
        names.iter().any(|name| {
            members.contains_key(*name) || parameters.iter().any(|(key, _)| key == name)
        })
    };
    let is_oidc = parameters
        .iter()
        .any(|(name, value)| name == "Action" && value == "AssumeRoleWithOIDC");
    if has(&["SecretId"]) {
        Some(Provider::Tencent)
    } else if is_oidc || has(&["AccessKeyId", "SignatureNonce", "SignatureVersion"]) {
        Some(Provider::Aliyun)
    } else if has(&["Action", "PublicKey", "Signature"]) {
        Some(Provider::Ucloud)
    } else {
        None
    }
}
