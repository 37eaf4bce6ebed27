//! Tencent Cloud: TC3-HMAC-SHA256 over POST with JSON and over GET. The official SDKs use the older HmacSHA1 and HmacSHA256
//! only when told to; they are refused here.

use http::Method;
use serde_json::Map;

use super::{Authority, Reading, authorization_field, hash, is_same, malformed, signed_names};
use crate::call::{Arguments, Call, Provider};
use crate::clock::utc_date;
use crate::denial::Denial;
use crate::request::Request;

const ALGORITHM: &str = "TC3-HMAC-SHA256";
const TOLERANCE_SECONDS: i64 = 300;

/// What stands in `Authorization` where nothing can be signed yet.
const UNSIGNED: &str = "SKIP";

pub(super) fn read(request: &Request) -> Reading {
    let header = |name| request.header(name).map(|value| value.into_owned());
    let (arguments, malformed) = match request.json() {
        _ if request.method == Method::GET => (Arguments::Flat(request.query_pairs()), None),
        Some(Ok(members)) => (Arguments::Json(members), None),
        Some(Err(problem)) => (Arguments::Json(Map::new()), Some(problem)),
        None => (
            Arguments::Json(Map::new()),
            Some("the content type must be application/json".to_owned()),
        ),
    };
    Reading {
        call: Call {
            provider: Provider::Tencent,
            product: header("authorization")
                .and_then(|text| authorization_scope(&text).map(|[_, _, service]| service)),
            action: header("x-tc-action").unwrap_or_default(),
            version: header("x-tc-version"),
            region: header("x-tc-region"),
            arguments,
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
    let field = |name| {
        request
            .header(name)
            .ok_or(Denial::MissingField { field: name })
    };
    field("x-tc-action")?;
    field("x-tc-version")?;
    let timestamp = field("x-tc-timestamp")?;
    let authorization = field("authorization")?;
    let reason = if authorization == UNSIGNED {
        if reading.call.action != "AssumeRoleWithWebIdentity" {
            return Err(malformed("this action must be signed"));
        }
        "this action needs no signature".to_owned()
    } else {
        check_signature(request, &authorization, &timestamp, authority)?
    };
    match &reading.malformed {
        Some(problem) => Err(Denial::MalformedBody {
            problem: problem.clone(),
        }),
        None => Ok(reason),
    }
}

fn check_signature(
    request: &Request,
    authorization: &str,
    timestamp: &str,
    authority: &Authority<'_>,
) -> Result<String, Denial> {
    let fields = authorization
        .strip_prefix(ALGORITHM)
        .and_then(|fields| fields.strip_prefix(' '))
        .ok_or_else(|| malformed(format!("the algorithm must be {ALGORITHM}")))?;
    let [id, date, service] = authorization_scope(authorization)
        .ok_or_else(|| malformed("Credential must be ID/DATE/SERVICE/tc3_request"))?;
    let names = signed_names(fields, request)?;
    for required in ["content-type", "host"] {
        if !names.contains(&required) {
            return Err(malformed(format!("{required} must be signed")));
        }
    }
    let signature = authorization_field(fields, "Signature")?;
    let seconds: i64 = timestamp.parse().map_err(|_| Denial::MalformedTimestamp {
        text: timestamp.to_owned(),
    })?;
    authority.check_timestamp(seconds, TOLERANCE_SECONDS)?;
    if utc_date(seconds) != date {
        return Err(malformed(format!("{date} is not the date of {seconds}")));
    }
    let account = authority.account(Provider::Tencent, &id)?;

    let canonical = canonical_request(request, &names);
    let string_to_sign = format!(
        "{ALGORITHM}\n{timestamp}\n{date}/{service}/tc3_request\n{}",
        hash::sha256_hex(canonical.as_bytes())
    );
    let key = [&*date, &*service, "tc3_request"].into_iter().fold(
        format!("TC3{}", account.secret()).into_bytes(),
        |key, part| hash::hmac_sha256(&key, part),
    );
    let expected = hash::hex(&hash::hmac_sha256(&key, &string_to_sign));
    if !is_same(&expected, signature) {
        return Err(Denial::WrongSignature {
            shown: string_to_sign.clone(),
            string_to_sign,
        });
    }
    authority.check_token(&account, request.header("x-tc-token").as_deref())?;
    Ok(format!(
        "the {ALGORITHM} signature of {} over {} is right",
        account.id(),
        names.join(";")
    ))
}

/// The parts of `Credential` that differ: key id, date, service.
fn authorization_scope(authorization: &str) -> Option<[String; 3]> {
    let fields = authorization.split_once(' ')?.1;
    let credential = authorization_field(fields, "Credential").ok()?;
    let [id, date, service, "tc3_request"] = credential.split('/').collect::<Vec<_>>()[..] else {
        return None;
    };
    Some([id, date, service].map(str::to_owned))
}

/// The query stands in it as it was sent: the SDKs escape it each in their own way.
fn canonical_request(request: &Request, names: &[&str]) -> String {
    let headers: String = names
        .iter()
        .filter_map(|name| Some((name, request.header(name)?)))
        .map(|(name, value)| format!("{name}:{}\n", value.trim().to_lowercase()))
        .collect();
    let unsigned = "UNSIGNED-PAYLOAD";
    let payload = match request.header("x-tc-content-sha256") {
        Some(value) if value == unsigned => unsigned.as_bytes(),
        _ if request.method == Method::GET => b"",
        _ => &request.body[..],
    };
    format!(
        "{}\n{}\n{}\n{headers}\n{}\n{}",
        request.method,
        request.path,
        request.query,
        names.join(";"),
        hash::sha256_hex(payload)
    )
}
