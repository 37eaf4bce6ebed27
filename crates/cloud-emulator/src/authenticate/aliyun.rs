//! Alibaba Cloud: ACS3-HMAC-SHA256 over a query and a body, in the RPC style. `aliyun_v1` has the older signature, which is known by
//! having no header `Authorization`.

use std::time::{Duration, SystemTime};

use http::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{
    Authority, Reading, aliyun_v1, authorization_field, hash, is_same, malformed, signed_names,
};
use crate::account::Account;
use crate::call::{Arguments, Call, Provider};
use crate::clock::{parse_date_time, unix_seconds};
use crate::denial::Denial;
use crate::request::{Request, flatten};

const ALGORITHM: &str = "ACS3-HMAC-SHA256";
const TOLERANCE_SECONDS: i64 = 900;
const TOLERANCE: Duration = Duration::from_secs(900);

/// What RFC 3986 escapes.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// What newer signatures say in headers, and older ones (and calls without one) in parameters.
const COMMON: [&str; 11] = [
    "Action",
    "Version",
    "Format",
    "Timestamp",
    "AccessKeyId",
    "SecurityToken",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureType",
    "SignatureVersion",
    "Signature",
];

pub(super) fn read(request: &Request) -> Reading {
    let mut parameters = request.query_pairs();
    let mut malformed = None;
    match request.json() {
        Some(Ok(members)) => match flatten(&members, 1) {
            Ok(members) => parameters.extend(members),
            Err(problem) => malformed = Some(problem),
        },
        Some(Err(_)) if request.body.is_empty() => {}
        Some(Err(problem)) => malformed = Some(problem),
        None => parameters.extend(request.form_pairs()),
    }
    let common = |header: &str, name: &str| {
        let value = request.header(header).map(|value| value.into_owned());
        value.or_else(|| Some(parameters.iter().find(|(key, _)| key == name)?.1.clone()))
    };
    // With headers that say it, a parameter of the same name is the action's own.
    let is_common =
        |name: &str| request.header("authorization").is_none() && COMMON.contains(&name);
    Reading {
        call: Call {
            provider: Provider::Aliyun,
            product: None,
            action: common("x-acs-action", "Action").unwrap_or_default(),
            version: common("x-acs-version", "Version"),
            region: common("x-acs-region-id", "RegionId"),
            arguments: Arguments::Flat(
                parameters
                    .iter()
                    .filter(|(name, _)| !is_common(name))
                    .cloned()
                    .collect(),
            ),
        },
        malformed,
    }
}

pub(super) fn check(
    request: &Request,
    reading: &Reading,
    authority: &Authority<'_>,
) -> Result<String, Denial> {
    if request.method != Method::GET && request.method != Method::POST {
        return Err(Denial::UnsupportedMethod {
            method: request.method.to_string(),
        });
    }
    if reading.call.action.is_empty() {
        return Err(Denial::MissingField { field: "Action" });
    }
    if reading.call.version.is_none() {
        return Err(Denial::MissingField { field: "Version" });
    }
    let reason = if reading.call.action == "AssumeRoleWithOIDC" {
        "this action needs no signature".to_owned()
    } else if request.header("authorization").is_none() {
        aliyun_v1::check_signature(request, authority)?
    } else {
        check_signature(request, authority)?
    };
    match &reading.malformed {
        Some(problem) => Err(Denial::MalformedBody {
            problem: problem.clone(),
        }),
        None => Ok(reason),
    }
}

fn check_signature(request: &Request, authority: &Authority<'_>) -> Result<String, Denial> {
    let field = |header, name| {
        request
            .header(header)
            .ok_or(Denial::MissingField { field: name })
    };
    let authorization = field("authorization", "AccessKeyId")?;
    let date = field("x-acs-date", "Timestamp")?;
    let nonce = field("x-acs-signature-nonce", "SignatureNonce")?;
    let fields = authorization
        .strip_prefix(ALGORITHM)
        .and_then(|fields| fields.strip_prefix(' '))
        .ok_or_else(|| malformed(format!("the algorithm must be {ALGORITHM}")))?;
    let id = authorization_field(fields, "Credential")?;
    let signature = authorization_field(fields, "Signature")?;
    let names = signed_names(fields, request)?;
    let must_be_signed = |name: &str| name == "host" || name.starts_with("x-acs-");
    let sent = request.headers.keys().map(http::HeaderName::as_str);
    if let Some(name) = sent
        .chain(["x-acs-content-sha256"])
        .find(|name| must_be_signed(name) && !names.contains(name))
    {
        return Err(malformed(format!("{name} must be signed")));
    }
    let time = check_time(&date, authority)?;
    let account = authority.account(Provider::Aliyun, id)?;

    let canonical = canonical_request(request, &names);
    let string_to_sign = format!("{ALGORITHM}\n{}", hash::sha256_hex(canonical.as_bytes()));
    let expected = hash::hmac_sha256(account.secret().as_bytes(), &string_to_sign);
    if !is_same(&hash::hex(&expected), signature) {
        return Err(Denial::WrongSignature {
            shown: string_to_sign.clone(),
            string_to_sign,
        });
    }
    let token = request.header("x-acs-security-token");
    check_use(&account, token.as_deref(), &nonce, time, authority)?;
    Ok(format!(
        "the {ALGORITHM} signature of {id} over {} is right",
        names.join(";")
    ))
}

/// The time of a request, if it is not too far from now.
pub(super) fn check_time(text: &str, authority: &Authority<'_>) -> Result<SystemTime, Denial> {
    let time = parse_date_time(text).ok_or_else(|| Denial::MalformedTimestamp {
        text: text.to_owned(),
    })?;
    authority.check_timestamp(unix_seconds(time), TOLERANCE_SECONDS)?;
    Ok(time)
}

/// Whether a key that signed rightly may be used once more: with its token, and with a nonce of this request alone.
pub(super) fn check_use(
    account: &Account,
    token: Option<&str>,
    nonce: &str,
    time: SystemTime,
    authority: &Authority<'_>,
) -> Result<(), Denial> {
    authority.check_token(account, token)?;
    let stale_after = time.checked_add(TOLERANCE).unwrap_or(time);
    let nonces = authority.nonces;
    if nonces.take(account.id(), nonce, authority.now, stale_after) {
        Ok(())
    } else {
        Err(Denial::UsedNonce)
    }
}

/// The query stands in it decoded, sorted and escaped again, however it was sent.
fn canonical_request(request: &Request, names: &[&str]) -> String {
    let query = canonical_query(request.query_pairs());
    let headers: String = names
        .iter()
        .filter_map(|name| Some((name, request.header(name)?)))
        .map(|(name, value)| format!("{name}:{}\n", value.trim()))
        .collect();
    // The hash is that of the body itself: a header `x-acs-content-sha256` of another body makes the signature wrong.
    format!(
        "{}\n{}\n{}\n{headers}\n{}\n{}",
        request.method,
        request.path,
        query,
        names.join(";"),
        hash::sha256_hex(&request.body)
    )
}

/// Parameters sorted by their names, and escaped as RFC 3986 says.
pub(super) fn canonical_query(mut parameters: Vec<(String, String)>) -> String {
    parameters.sort();
    let pairs: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
        .collect();
    pairs.join("&")
}

pub(super) fn escape(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}
