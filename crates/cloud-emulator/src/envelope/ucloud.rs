//! UCloud: HTTP 200 and a `RetCode`, whatever happened. The request id is in a header alone.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::Failure;
use crate::call::{Call, Refusal};
use crate::denial::{Denial, NO_SPEC};
use crate::reply::Reply;

pub(super) fn failure(action: &str, denial: &Denial) -> Failure {
    let (code, message) = match denial {
        // The gateway refuses these before it knows that they are calls.
        Denial::UnsupportedMethod { .. } => return Failure::new(405, "130", denial.to_string()),
        Denial::TooLarge { .. } => return Failure::new(413, "130", denial.to_string()),
        Denial::MalformedBody { .. } => ("230", "Params [body] not available".into()),
        Denial::MissingField { field: "Action" } => ("160", "Missing Action".into()),
        Denial::MissingField { field: "PublicKey" } | Denial::UnknownKey { .. } => {
            ("172", "User Not Exists".into())
        }
        Denial::MissingField { .. } | Denial::MalformedAuthorization { .. } => {
            ("170", "Missing signature".into())
        }
        // UCloud has neither timestamps nor nonces; nothing here says that there are.
        Denial::WrongSignature { .. }
        | Denial::MalformedTimestamp { .. }
        | Denial::StaleTimestamp { .. }
        | Denial::UsedNonce => ("171", "Signature VerifyAC Error".into()),
        Denial::MissingToken | Denial::WrongToken | Denial::ExpiredToken => {
            ("174", "Token not exists or expired".into())
        }
        Denial::Throttled => ("153", "Too many requests".into()),
        Denial::Internal => ("130", "Internal gateway error".into()),
        Denial::Unavailable => ("150", "Service unavailable".into()),
        Denial::Refused(refusal) => match refusal {
            Refusal::UnknownAction => ("161", format!("Action [{action}] not found: {NO_SPEC}")),
            Refusal::UnknownVersion { .. } => ("161", format!("Action [{action}] not found")),
            Refusal::Missing { parameter } => ("220", format!("Missing params [{parameter}]")),
            Refusal::Invalid { parameter, .. } | Refusal::Unknown { parameter } => {
                ("230", format!("Params [{parameter}] not available"))
            }
            Refusal::Service { code, message } => (code.as_str(), message.clone()),
        },
    };
    Failure::new(200, code, message)
}

pub(super) fn success(call: &Call, mut payload: Map<String, Value>, request_id: &str) -> Reply {
    payload.insert("RetCode".to_owned(), json!(0));
    payload.insert(
        "Action".to_owned(),
        json!(format!("{}Response", call.action)),
    );
    reply(StatusCode::OK, payload, request_id)
}

pub(super) fn refusal(action: &str, failure: &Failure, request_id: &str) -> Reply {
    let code = failure
        .code
        .parse::<i64>()
        .map_or_else(|_| json!(failure.code), Value::from);
    let mut body = Map::new();
    body.insert("RetCode".to_owned(), code);
    body.insert("Message".to_owned(), json!(failure.message));
    if !action.is_empty() {
        body.insert("Action".to_owned(), json!(format!("{action}Response")));
    }
    reply(failure.status, body, request_id)
}

fn reply(status: StatusCode, body: Map<String, Value>, request_id: &str) -> Reply {
    Reply::json(status, &Value::Object(body)).header("x-ucloud-request-uuid", request_id)
}
