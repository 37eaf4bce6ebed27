//! Tencent Cloud: HTTP 200 and `Response`, which holds either the answer or an `Error`.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::Failure;
use crate::call::Refusal;
use crate::denial::{Denial, NO_SPEC};
use crate::reply::Reply;

pub(super) fn failure(action: &str, denial: &Denial) -> Failure {
    let (code, message) = match denial {
        Denial::UnsupportedMethod { .. } => ("UnsupportedProtocol", denial.to_string()),
        Denial::TooLarge { .. } => ("RequestSizeLimitExceeded", denial.to_string()),
        Denial::MalformedBody { .. } => ("InvalidRequest", denial.to_string()),
        Denial::MissingField { field: "authorization" } | Denial::MalformedAuthorization { .. } => {
            ("AuthFailure.InvalidAuthorization", denial.to_string())
        }
        Denial::MissingField { .. } => ("MissingParameter", denial.to_string()),
        Denial::UnknownKey { .. } => ("AuthFailure.SecretIdNotFound", "The SecretId is not found".into()),
        // It has no nonces.
        Denial::WrongSignature { .. } | Denial::UsedNonce => (
            "AuthFailure.SignatureFailure",
            "The credentials could not be validated, check the signature".into(),
        ),
        Denial::MalformedTimestamp { .. } => ("InvalidParameter", denial.to_string()),
        Denial::StaleTimestamp { .. } => (
            "AuthFailure.SignatureExpire",
            "The signature has expired: the timestamp is more than five minutes from the server's time".into(),
        ),
        Denial::MissingToken | Denial::WrongToken | Denial::ExpiredToken => {
            ("AuthFailure.TokenFailure", denial.to_string())
        }
        Denial::Throttled => (
            "RequestLimitExceeded",
            "The request limit of this action is exceeded".into(),
        ),
        Denial::Internal => ("InternalError", "An internal error has occurred".into()),
        Denial::Unavailable => ("ServiceUnavailable", "The service is unavailable for now".into()),
        Denial::Refused(refusal) => match refusal {
            Refusal::UnknownAction => ("InvalidAction", format!("The action `{action}` is not found: {NO_SPEC}")),
            Refusal::UnknownVersion { expected } => ("NoSuchVersion", format!("The version must be {expected}")),
            Refusal::Missing { parameter } => ("MissingParameter", format!("The parameter `{parameter}` is missing")),
            Refusal::Invalid { parameter, problem } => {
                ("InvalidParameterValue", format!("The parameter `{parameter}` is wrong: {problem}"))
            }
            Refusal::Unknown { parameter } => ("UnknownParameter", format!("The parameter `{parameter}` is not known")),
            Refusal::Service { code, message } => (code.as_str(), message.clone()),
        },
    };
    Failure::new(200, code, message)
}

pub(super) fn success(mut payload: Map<String, Value>, request_id: &str) -> Reply {
    payload.insert("RequestId".to_owned(), json!(request_id));
    Reply::json(StatusCode::OK, &json!({ "Response": payload }))
}

pub(super) fn refusal(failure: &Failure, request_id: &str) -> Reply {
    let error = json!({ "Code": failure.code, "Message": failure.message });
    let body = json!({ "Response": { "Error": error, "RequestId": request_id } });
    Reply::json(failure.status, &body)
}
