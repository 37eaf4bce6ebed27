//! The emulator's own HTTP API, for tests and people in other languages. `lib.rs` documents it.

use http::{Method, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::clock::date_time;
use crate::fault::Rule;
use crate::gateway::Gateway;
use crate::reply::Reply;
use crate::request::Request;

/// No provider has a path like this.
pub(crate) const PATH: &str = "/_emulator/";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shift {
    shift_seconds: i64,
}

/// Answers a request to `path` below [`PATH`].
pub(crate) fn answer(gateway: &Gateway, request: &Request, path: &str) -> Reply {
    let outcome = match (&request.method, path) {
        (&Method::GET, "requests") => Ok(json!(gateway.records.all())),
        (&Method::DELETE, "requests") => {
            gateway.records.clear();
            Ok(json!({}))
        }
        (&Method::GET, "faults") => Ok(rules(gateway)),
        (&Method::POST, "faults") => body(request).map(|rule: Rule| {
            let id = gateway.faults.add(rule);
            json!({ "id": id })
        }),
        (&Method::DELETE, "faults") => {
            gateway.faults.clear();
            Ok(json!({}))
        }
        (&Method::DELETE, path) if path.starts_with("faults/") => {
            let id = path["faults/".len()..].parse().ok();
            match id {
                Some(id) if gateway.faults.remove(id) => Ok(json!({})),
                _ => Err((StatusCode::NOT_FOUND, "there is no such rule".to_owned())),
            }
        }
        (&Method::GET, "clock") => Ok(clock(gateway)),
        (&Method::PUT, "clock") => body(request).map(|shift: Shift| {
            gateway.clock.shift(shift.shift_seconds);
            clock(gateway)
        }),
        (_, "requests" | "faults" | "clock") => Err((
            StatusCode::METHOD_NOT_ALLOWED,
            "this method is not supported here".to_owned(),
        )),
        _ => Err((StatusCode::NOT_FOUND, "there is nothing here".to_owned())),
    };
    match outcome {
        Ok(body) => Reply::json(StatusCode::OK, &body),
        Err((status, problem)) => Reply::json(status, &json!({ "error": problem })),
    }
}

fn body<T: DeserializeOwned>(request: &Request) -> Result<T, (StatusCode, String)> {
    serde_json::from_slice(&request.body)
        .map_err(|error| (StatusCode::BAD_REQUEST, error.to_string()))
}

fn rules(gateway: &Gateway) -> Value {
    gateway
        .faults
        .rules()
        .into_iter()
        .map(|(id, rule)| json!({ "id": id, "rule": rule }))
        .collect()
}

fn clock(gateway: &Gateway) -> Value {
    json!({
        "now": date_time(gateway.clock.now()),
        "shift_seconds": gateway.clock.shift_seconds(),
    })
}
