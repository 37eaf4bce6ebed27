//! Answers in each provider's own wrapping, and refusals with its own codes.

mod aliyun;
mod tencent;
mod ucloud;

use http::StatusCode;
use serde_json::{Map, Value};

use crate::call::{Call, Provider};
use crate::denial::Denial;
use crate::reply::Reply;
use crate::request::Request;

/// So many characters of a code and a message are sent.
const LONGEST_CODE: usize = 256;
const LONGEST_MESSAGE: usize = 16 * 1_024;

/// A failure as a provider reports it.
pub(crate) struct Failure {
    pub(crate) status: StatusCode,
    pub(crate) code: String,
    pub(crate) message: String,
}

impl Failure {
    fn new(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            // The tables hold statuses that there are.
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            code: cut(code.into(), LONGEST_CODE),
            message: cut(message.into(), LONGEST_MESSAGE),
        }
    }
}

/// Both quote the request, which may be long.
fn cut(mut text: String, limit: usize) -> String {
    if let Some((end, _)) = text.char_indices().nth(limit) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// What this provider says about a denial.
pub(crate) fn failure(provider: Provider, action: &str, denial: &Denial) -> Failure {
    match provider {
        Provider::Ucloud => ucloud::failure(action, denial),
        Provider::Tencent => tencent::failure(action, denial),
        Provider::Aliyun => aliyun::failure(denial),
    }
}

/// The answer to a call that succeeded.
///
/// `members` are those of the envelope that it has, where it does not have all of them.
pub(crate) fn success(
    call: &Call,
    payload: Map<String, Value>,
    members: Option<&[String]>,
    request_id: &str,
) -> Reply {
    match call.provider {
        Provider::Ucloud => ucloud::success(call, payload, request_id),
        Provider::Tencent => tencent::success(payload, request_id),
        Provider::Aliyun => aliyun::success(call, payload, members, request_id),
    }
}

/// The answer to one that did not.
pub(crate) fn refusal(
    provider: Provider,
    action: &str,
    request: &Request,
    failure: &Failure,
    request_id: &str,
) -> Reply {
    match provider {
        Provider::Ucloud => ucloud::refusal(action, failure, request_id),
        Provider::Tencent => tencent::refusal(failure, request_id),
        Provider::Aliyun => aliyun::refusal(request, failure, request_id),
    }
}
