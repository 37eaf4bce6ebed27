//! Alibaba Cloud: what failed has a status of its own; what succeeded says so in the body.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::Failure;
use crate::call::{Call, Refusal};
use crate::denial::{Denial, NO_SPEC};
use crate::reply::Reply;
use crate::request::Request;
use crate::sts;

pub(super) fn failure(denial: &Denial) -> Failure {
    let (status, code, message) = match denial {
        Denial::UnsupportedMethod { .. } => {
            (403, "UnsupportedHTTPMethod".into(), denial.to_string())
        }
        Denial::TooLarge { .. } => (413, "InvalidParameter.Format".into(), denial.to_string()),
        Denial::MalformedBody { .. } => (400, "InvalidParameter.Format".into(), denial.to_string()),
        Denial::MissingField { field } => (
            400,
            format!("Missing{field}"),
            format!("{field} is mandatory for this action"),
        ),
        Denial::MalformedAuthorization { .. } => {
            (400, "IncompleteSignature".into(), denial.to_string())
        }
        Denial::UnknownKey { .. } => (
            404,
            "InvalidAccessKeyId.NotFound".into(),
            "The access key is not found".into(),
        ),
        // Programs look for what stands after the colon, and compare it with their own string to sign.
        Denial::WrongSignature { string_to_sign, .. } => (
            400,
            "SignatureDoesNotMatch".into(),
            format!(
                "The signature does not match our calculation. server string to sign is:{string_to_sign}"
            ),
        ),
        Denial::MalformedTimestamp { .. } => (
            400,
            "InvalidTimeStamp.Format".into(),
            "The time stamp is not well formatted".into(),
        ),
        Denial::StaleTimestamp { .. } => (
            400,
            "InvalidTimeStamp.Expired".into(),
            "The time stamp is more than fifteen minutes from the server's time".into(),
        ),
        Denial::UsedNonce => (
            400,
            "SignatureNonceUsed".into(),
            "The signature nonce was used already".into(),
        ),
        Denial::MissingToken => (400, "MissingSecurityToken".into(), denial.to_string()),
        Denial::WrongToken => (
            400,
            "InvalidSecurityToken.MismatchWithAccessKey".into(),
            denial.to_string(),
        ),
        Denial::ExpiredToken => (
            400,
            "InvalidSecurityToken.Expired".into(),
            "The security token has expired".into(),
        ),
        Denial::Throttled => (
            400,
            "Throttling.User".into(),
            "The request was denied due to user flow control".into(),
        ),
        Denial::Internal => (
            500,
            "InternalError".into(),
            "An internal error has occurred".into(),
        ),
        Denial::Unavailable => (
            503,
            "ServiceUnavailable".into(),
            "The service is unavailable for now".into(),
        ),
        Denial::Refused(refusal) => match refusal {
            Refusal::UnknownAction => (
                404,
                "InvalidApi.NotFound".into(),
                format!("The api is not found, check the action and the version: {NO_SPEC}"),
            ),
            Refusal::UnknownVersion { expected } => (
                400,
                "InvalidVersion".into(),
                format!("The version must be {expected}"),
            ),
            Refusal::Missing { parameter } => (
                400,
                format!("Missing{}", top_level(parameter)),
                format!("{parameter} is mandatory for this action"),
            ),
            Refusal::Invalid { parameter, problem } => (
                400,
                format!("Invalid{}", top_level(parameter)),
                format!("The parameter {parameter} is not valid: {problem}"),
            ),
            Refusal::Unknown { parameter } => (
                400,
                "UnsupportedParameter".into(),
                format!("The parameter {parameter} is not supported"),
            ),
            Refusal::Service { code, message } => (400, code.clone(), message.clone()),
        },
    };
    Failure::new(status, code, message)
}

/// `Tag` of `Tag.1.Key`.
fn top_level(parameter: &str) -> &str {
    parameter.split('.').next().unwrap_or(parameter)
}

pub(super) fn success(
    call: &Call,
    mut payload: Map<String, Value>,
    members: Option<&[String]>,
    request_id: &str,
) -> Reply {
    let request_id = request_id.to_uppercase();
    // STS answers without what the other services say in each success.
    if call.version.as_deref() != Some(sts::ALIYUN_VERSION) {
        for (name, value) in [
            ("Success", json!(true)),
            ("Code", json!("200")),
            ("Message", json!("successful")),
        ] {
            if members.is_none_or(|members| members.iter().any(|member| member == name)) {
                payload.entry(name).or_insert(value);
            }
        }
    }
    payload.insert("RequestId".to_owned(), json!(request_id));
    reply(StatusCode::OK, &Value::Object(payload), &request_id)
}

pub(super) fn refusal(request: &Request, failure: &Failure, request_id: &str) -> Reply {
    let request_id = request_id.to_uppercase();
    let mut body = json!({
        "Code": failure.code,
        "Message": failure.message,
        "RequestId": request_id,
        "HostId": request.header("host").unwrap_or_default(),
    });
    // A failure that comes with HTTP 200 has nothing else to be told by.
    if failure.status == StatusCode::OK {
        body["Success"] = json!(false);
    }
    reply(failure.status, &body, &request_id)
}

fn reply(status: StatusCode, body: &Value, request_id: &str) -> Reply {
    Reply::json(status, body).header("x-acs-request-id", request_id)
}
