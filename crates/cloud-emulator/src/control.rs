//! The emulator's own HTTP API, for tests and people in other languages. `lib.rs` documents it.

use http::{Method, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::clock::date_time;
use crate::fault::{Fault, Rule};
use crate::gateway::Gateway;
use crate::reply::Reply;
use crate::request::Request;
use crate::tables::Service;
use crate::{origin, page};

/// So many rules can be added here.
const RULES: usize = 100;
/// So many bytes may a body have; rules keep what they say.
const BODY_LIMIT: usize = 16 * 1_024;

/// No provider has a path like this.
pub(crate) const PATH: &str = "/_emulator/";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shift {
    shift_seconds: i64,
}

/// Answers a request to `path` below [`PATH`].
pub(crate) fn answer(gateway: &Gateway, request: &Request, path: &str) -> Reply {
    if let Err(problem) = admit(request) {
        return failure(problem);
    }
    if request.method == Method::GET {
        if let Some(part) = page::part(path) {
            return part;
        }
        if path == "services" {
            return Reply::new(StatusCode::OK, "application/json", services(gateway));
        }
    }
    if (&request.method, path) == (&Method::GET, "requests") {
        return match last(request) {
            // Without a tree of it first, which would take as much memory again.
            Ok(last) => Reply::json(StatusCode::OK, &gateway.records.last(last)),
            Err(problem) => failure(problem),
        };
    }
    let outcome = match (&request.method, path) {
        (&Method::GET, "data") => Ok(gateway.answers.data(gateway.clock.now())),
        (&Method::DELETE, "requests") => {
            gateway.records.clear();
            Ok(json!({}))
        }
        (&Method::GET, "faults/kinds") => Ok(json!(Fault::KINDS)),
        (&Method::GET, "faults") => Ok(rules(gateway)),
        (&Method::POST, "faults") => body(request).and_then(|rule| add(gateway, rule)),
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
        (_, "services" | "data" | "requests" | "faults" | "faults/kinds" | "clock") => Err((
            StatusCode::METHOD_NOT_ALLOWED,
            "this method is not supported here".to_owned(),
        )),
        _ => Err((StatusCode::NOT_FOUND, "there is nothing here".to_owned())),
    };
    match outcome {
        Ok(body) => Reply::json(StatusCode::OK, &body),
        Err(problem) => failure(problem),
    }
}

/// Why a request is refused, and with which status.
type Problem = (StatusCode, String);

fn failure((status, problem): Problem) -> Reply {
    Reply::json(status, &json!({ "error": problem }))
}

/// Refuses what pages of other sites can send, and bodies that no request here has.
fn admit(request: &Request) -> Result<(), Problem> {
    let forbidden = |problem: &str| Err((StatusCode::FORBIDDEN, problem.to_owned()));
    if let Err(problem) = origin::check(request) {
        return forbidden(problem);
    }
    if origin::is_cross_site(request) {
        return forbidden("pages of other sites may not use this");
    }
    let has_body = !request.body.is_empty() || ["POST", "PUT"].contains(&request.method.as_str());
    if has_body && !request.is_json() {
        let problem = "the body must be application/json".to_owned();
        return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, problem));
    }
    if request.body.len() > BODY_LIMIT {
        let problem = format!("the body has more than {BODY_LIMIT} bytes");
        return Err((StatusCode::PAYLOAD_TOO_LARGE, problem));
    }
    Ok(())
}

fn body<T: DeserializeOwned>(request: &Request) -> Result<T, Problem> {
    serde_json::from_slice(&request.body)
        .map_err(|error| (StatusCode::BAD_REQUEST, error.to_string()))
}

fn add(gateway: &Gateway, rule: Rule) -> Result<Value, Problem> {
    if gateway.faults.rules().len() >= RULES {
        let problem = format!("there are {RULES} rules already: take some back");
        return Err((StatusCode::CONFLICT, problem));
    }
    let id = gateway.faults.add(rule);
    Ok(json!({ "id": id }))
}

/// The tables as they are: who wants to know more of a service than this crate does finds it there.
fn services(gateway: &Gateway) -> String {
    let services = gateway.answers.services().iter();
    let tables: Vec<String> = services.map(Service::json).collect();
    format!("[{}]", tables.join(","))
}

/// How many requests are asked for.
fn last(request: &Request) -> Result<usize, Problem> {
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
