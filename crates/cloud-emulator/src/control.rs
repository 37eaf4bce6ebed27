//! The emulator's own HTTP API, for tests and people in other languages. `lib.rs` documents it.

use http::{Method, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::clock::date_time;
use crate::fault::Rule;
use crate::gateway::Gateway;
use crate::page;
use crate::reply::Reply;
use crate::request::Request;
use crate::tables::Service;

/// No provider has a path like this.
pub(crate) const PATH: &str = "/_emulator/";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shift {
    shift_seconds: i64,
}

/// Answers a request to `path` below [`PATH`].
pub(crate) fn answer(gateway: &Gateway, request: &Request, path: &str) -> Reply {
    if request.method == Method::GET {
        if let Some(part) = page::part(path) {
            return part;
        }
        if path == "services" {
            return Reply::new(StatusCode::OK, "application/json", services(gateway));
        }
    }
    let outcome = match (&request.method, path) {
        (&Method::GET, "data") => Ok(gateway.answers.data(gateway.clock.now())),
        (&Method::GET, "requests") => last(request).map(|last| json!(gateway.records.last(last))),
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
        (_, "services" | "data" | "requests" | "faults" | "clock") => Err((
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

/// The tables as they are: who wants to know more of a service than this crate does finds it there.
fn services(gateway: &Gateway) -> String {
    let services = gateway.answers.services().iter();
    let tables: Vec<String> = services.map(Service::json).collect();
    format!("[{}]", tables.join(","))
}

/// How many requests are asked for.
fn last(request: &Request) -> Result<usize, (StatusCode, String)> {
    let pairs = request.query_pairs();
    match pairs.iter().find(|(name, _)| name == "last") {
        Some((_, number)) => number
            .parse()
            .map_err(|_| (StatusCode::BAD_REQUEST, "`last` is a number".to_owned())),
        None => Ok(usize::MAX),
    }
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
