//! UCloud: SHA-1 over all parameters and the private key. There is no timestamp and no nonce, so a request can be sent twice.

use std::collections::HashSet;

use http::Method;
use serde_json::{Map, Value};

use super::{Authority, Reading, hash, is_same};
use crate::call::{Arguments, Call, Provider};
use crate::denial::Denial;
use crate::record::hide_secrets;
use crate::request::{Request, flatten, scalar_text};

const PUBLIC_KEY: &str = "PublicKey";
const SIGNATURE: &str = "Signature";
const SECURITY_TOKEN: &str = "SecurityToken";

pub(super) fn read(request: &Request) -> Reading {
    let (parameters, malformed) = parameters(request);
    let value = |wanted: &str| find(&parameters, wanted).map(str::to_owned);
    let is_own = |name: &str| ![PUBLIC_KEY, SIGNATURE, SECURITY_TOKEN, "Action"].contains(&name);
    Reading {
        call: Call {
            provider: Provider::Ucloud,
            product: None,
            action: value("Action").unwrap_or_default(),
            version: None,
            region: value("Region"),
            arguments: Arguments::Flat(
                parameters
                    .into_iter()
                    .filter(|(name, _)| is_own(name))
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
    // The signature is a part of the body, so nothing can be checked in one that can't be read.
    if let Some(problem) = &reading.malformed {
        return Err(Denial::MalformedBody {
            problem: problem.clone(),
        });
    }
    let (parameters, _) = parameters(request);
    let field = |name| find(&parameters, name).ok_or(Denial::MissingField { field: name });
    field("Action")?;
    let signature = field(SIGNATURE)?;
    let account = authority.account(Provider::Ucloud, field(PUBLIC_KEY)?)?;
    let text = match request.json() {
        Some(Ok(members)) => nested_text(members, request),
        _ => flat_text(parameters.clone()),
    };
    let expected = hash::sha1_hex(format!("{text}{}", account.secret()).as_bytes());
    if !is_same(&expected, signature) {
        return Err(Denial::WrongSignature {
            shown: format!("{}<private key>", flat_text(hide_secrets(parameters))),
            string_to_sign: text,
        });
    }
    authority.check_token(&account, find(&parameters, SECURITY_TOKEN))?;
    Ok(format!(
        "the SHA-1 signature of {} over {} parameters is right",
        account.id(),
        parameters.len() - 1
    ))
}

/// All parameters of a request, flat. Some SDKs repeat the action in the query, so what stands in both counts once.
fn parameters(request: &Request) -> (Vec<(String, String)>, Option<String>) {
    let (body, malformed) = match request.json() {
        Some(members) => match members.and_then(|members| flatten(&members, 0)) {
            Ok(members) => (members, None),
            Err(problem) => (Vec::new(), Some(problem)),
        },
        None => (request.form_pairs(), None),
    };
    let mut parameters = request.query_pairs();
    let names: HashSet<&str> = body.iter().map(|(name, _)| name.as_str()).collect();
    parameters.retain(|(name, _)| !names.contains(name.as_str()));
    parameters.extend(body);
    (parameters, malformed)
}

fn find<'a>(parameters: &'a [(String, String)], wanted: &str) -> Option<&'a str> {
    parameters
        .iter()
        .find(|(name, _)| name == wanted)
        .map(|(_, value)| value.as_str())
}

/// Names and values, sorted by the bytes of the names, with nothing between them.
fn flat_text(mut parameters: Vec<(String, String)>) -> String {
    parameters.retain(|(name, _)| name != SIGNATURE);
    parameters.sort();
    parameters
        .into_iter()
        .flat_map(|(name, value)| [name, value])
        .collect()
}

/// The same over a body of JSON, which is not made flat for it: lists are their elements, objects their sorted members.
fn nested_text(mut members: Map<String, Value>, request: &Request) -> String {
    for (name, value) in request.query_pairs() {
        members.entry(name).or_insert(Value::String(value));
    }
    members.remove(SIGNATURE);
    value_text(&Value::Object(members))
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Array(items) => items.iter().map(value_text).collect(),
        Value::Object(members) => {
            let mut sorted: Vec<_> = members
                .iter()
                .filter(|(_, value)| !value.is_null())
                .collect();
            sorted.sort_by_key(|(name, _)| *name);
            sorted
                .into_iter()
                .flat_map(|(name, value)| [name.clone(), value_text(value)])
                .collect()
        }
        scalar => scalar_text(scalar),
    }
}
