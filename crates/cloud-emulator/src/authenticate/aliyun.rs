//! Alibaba Cloud: ACS3-HMAC-SHA256 over a query and a body, in the RPC style.

use std::time::Duration;

use http::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Authority, Reading, authorization_field, hash, is_same, malformed, signed_names};
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

/// Parameters that say what the headers say as well, in calls without a signature.
const COMMON: [&str; 5] = ["Action", "Version", "Format", "Timestamp", "SignatureNonce"];

pub(super) fn read(request: &Request) -> Reading {
    let mut parameters = request.query_pairs();
    let mut malformed = None;
    match request.json() {
        Some(Ok(members)) => parameters.extend(flatten(&members, 1)),
        Some(Err(_)) if request.body.is_empty() => {}
        Some(Err(problem)) => malformed = Some(problem),
        None => parameters.extend(request.form_pairs()),
    }
    let common = |header: &str, name: &str| {
        let value = request.header(header).map(|value| value.into_owned());
        value.or_else(|| Some(parameters.iter().find(|(key, _)| key == name)?.1.clone()))
    };
    // With headers that say it, a parameter of the same name is the action's own.
    let is_common = |name: &str| request.header("x-acs-action").is_none() && COMMON.contains(&name);
    Reading {
        call: Call {
            provider: Provider::Aliyun,
            product: None,
            action: common("x-acs-action", "Action").unwrap_or_default(),
            version: common("x-acs-version", "Version"),
            region: common("x-acs-region-id", "RegionId"),
            language: None,
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
    let time = parse_date_time(&date).ok_or_else(|| Denial::MalformedTimestamp {
        text: date.to_string(),
    })?;
    authority.check_timestamp(unix_seconds(time), TOLERANCE_SECONDS)?;
    let account = authority.account(Provider::Aliyun, id)?;

    let canonical = canonical_request(request, &names);
    let string_to_sign = format!("{ALGORITHM}\n{}", hash::sha256_hex(canonical.as_bytes()));
    let expected = hash::hmac_sha256(account.secret().as_bytes(), &string_to_sign);
    if !is_same(&hash::hex(&expected), signature) {
        return Err(Denial::WrongSignature { string_to_sign });
    }
    authority.check_token(&account, request.header("x-acs-security-token").as_deref())?;
    let stale_after = time.checked_add(TOLERANCE).unwrap_or(time);
    if !authority
        .nonces
        .take(id, &nonce, authority.now, stale_after)
    {
        return Err(Denial::UsedNonce);
    }
    Ok(format!(
        "the {ALGORITHM} signature of {id} over {} is right",
        names.join(";")
    ))
}

/// The query stands in it decoded, sorted and escaped again, however it was sent.
fn canonical_request(request: &Request, names: &[&str]) -> String {
    let mut parameters = request.query_pairs();
    parameters.sort();
    let escape = |text: &str| utf8_percent_encode(text, ESCAPED).to_string();
    let query: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
        .collect();
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
        query.join("&"),
        names.join(";"),
        hash::sha256_hex(&request.body)
    )
}
