//! What the official SDKs signed is let in; with one byte changed it is not.

use cloud_emulator::{Account, Clock, Emulator, Provider, Verdict};
use serde_json::Value as Json;

use crate::common::http::{Connection, Request};
use crate::common::{at, sign};

/// A request that somebody else has signed.
struct Vector {
    id: String,
    account: Account,
    now: u64,
    request: Request,
}

/// The files are those of `cloud-core`'s tests; the README beside them says where they come from.
macro_rules! vectors {
    ($file:literal) => {
        include_str!(concat!("../../../cloud-core/tests/vectors/", $file))
    };
}

fn read(file: &str, algorithm: &str) -> Vec<Json> {
    let file: Json = serde_json::from_str(file).unwrap();
    let sections = file.as_object().unwrap().values();
    sections
        .flat_map(|section| section.as_array().unwrap())
        .filter(|vector| vector["algorithm"] == algorithm)
        .cloned()
        .collect()
}

fn text<'a>(value: &'a Json, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn signature(vector: &Json) -> &str {
    let captured = vector["signature"].as_str();
    captured.or(vector["expected_signature"].as_str()).unwrap()
}

fn account(provider: Provider, id: &str, secret: &str, token: Option<&str>) -> Account {
    let account = Account::new(provider, id, secret);
    match token {
        Some(token) => account.with_token(token, at(4_000_000_000)),
        None => account,
    }
}

/// The method, query and headers of a canonical request.
fn request(canonical: &str, target: &str, body: &str) -> Request {
    let lines: Vec<&str> = canonical.split('\n').collect();
    let [method, _, query, headers @ .., "", _, _] = &lines[..] else {
        panic!("{canonical}")
    };
    let target = match target {
        "" => format!("/?{query}"),
        target => target.to_owned(),
    };
    let mut request = Request::new(method, &target).body(body);
    for line in headers {
        let (name, value) = line.split_once(':').unwrap();
        request = request.header(name, value);
    }
    request
}

fn ucloud(vector: &Json) -> Vector {
    let keys = &vector["credentials"];
    let form = match vector["body"].as_str() {
        Some(body) => body.to_owned(),
        None => {
            let mut parameters = vector["params"].as_object().unwrap().clone();
            parameters.insert("PublicKey".into(), keys["public_key"].clone());
            parameters.insert("Signature".into(), signature(vector).into());
            let pairs = parameters
                .iter()
                .map(|(name, value)| format!("{name}={}", sign::escape(value.as_str().unwrap())));
            pairs.collect::<Vec<_>>().join("&")
        }
    };
    let token = form
        .split('&')
        .find_map(|pair| pair.strip_prefix("SecurityToken="));
    let token = token.map(|token| token.replace('+', " "));
    let token = token.map(|token| {
        percent_encoding::percent_decode_str(&token)
            .decode_utf8()
            .unwrap()
            .into_owned()
    });
    Vector {
        id: text(vector, "id").to_owned(),
        account: account(
            Provider::Ucloud,
            text(keys, "public_key"),
            text(keys, "private_key"),
            token.as_deref(),
        ),
        now: 0,
        request: Request::new("POST", "/")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(&form),
    }
}

fn tencent(vector: &Json) -> Vector {
    let keys = &vector["credentials"];
    let now = vector["timestamp"].as_u64().unwrap();
    let canonical = text(vector, "canonical_request");
    let (names, scope) = (
        canonical.split('\n').rev().nth(1).unwrap(),
        text(vector, "string_to_sign").split('\n').nth(2).unwrap(),
    );
    let authorization = format!(
        "TC3-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, Signature={}",
        text(keys, "secret_id"),
        signature(vector)
    );
    let mut request = request(canonical, text(vector, "target"), text(vector, "body"))
        .header("authorization", &authorization)
        .header("x-tc-timestamp", &now.to_string())
        .header("x-tc-version", "2018-04-12");
    let token = keys["token"].as_str();
    if let Some(token) = token {
        request = request.header("x-tc-token", token);
    }
    if !names.contains("x-tc-action") {
        request = request.header("x-tc-action", "DescribeInstanceBackups");
    }
    Vector {
        id: text(vector, "id").to_owned(),
        account: account(
            Provider::Tencent,
            text(keys, "secret_id"),
            text(keys, "secret_key"),
            token,
        ),
        now,
        request,
    }
}

fn aliyun(vector: &Json) -> Vector {
    let keys = &vector["credentials"];
    let canonical = text(vector, "canonical_request");
    let names = canonical.split('\n').rev().nth(1).unwrap();
    let authorization = format!(
        "ACS3-HMAC-SHA256 Credential={},SignedHeaders={names},Signature={}",
        text(keys, "access_key_id"),
        signature(vector)
    );
    // The example of the documentation has its own time: 2023-10-26T10:22:32Z.
    let now = vector["timestamp"].as_u64().unwrap_or(1_698_315_752);
    let token = keys["security_token"].as_str();
    Vector {
        id: text(vector, "id").to_owned(),
        account: account(
            Provider::Aliyun,
            text(keys, "access_key_id"),
            text(keys, "access_key_secret"),
            token,
        ),
        now,
        request: request(canonical, text(vector, "target"), text(vector, "body"))
            .header("authorization", &authorization),
    }
}

/// The older signature: everything is a parameter.
fn aliyun_v1(vector: &Json) -> Vector {
    let keys = &vector["credentials"];
    let mut parameters = vector["params"].as_object().unwrap().clone();
    parameters.insert("Signature".into(), signature(vector).into());
    let pairs: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!("{name}={}", sign::escape(value.as_str().unwrap())))
        .collect();
    let form = pairs.join("&");
    let request = match text(vector, "http_method") {
        "GET" => Request::new("GET", &format!("/?{form}")),
        method => Request::new(method, "/")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(&form),
    };
    let now = match text(&vector["params"], "Timestamp") {
        "2016-02-23T12:46:24Z" => 1_456_231_584,
        "2023-03-13T08:34:30Z" => 1_678_696_470,
        other => panic!("{other}"),
    };
    Vector {
        id: text(vector, "id").to_owned(),
        account: account(
            Provider::Aliyun,
            text(keys, "access_key_id"),
            text(keys, "access_key_secret"),
            None,
        ),
        now,
        request,
    }
}

/// The same text with one letter or digit changed, at up to 40 places.
fn changed(original: &str) -> Vec<String> {
    let places: Vec<usize> = (0..original.len())
        .filter(|place| original.as_bytes()[*place].is_ascii_alphanumeric())
        .collect();
    let step = places.len().div_ceil(40).max(1);
    let change = |place: usize| {
        let mut bytes = original.as_bytes().to_vec();
        bytes[place] = match bytes[place] {
            b'9' | b'z' | b'Z' => b'1',
            byte => byte + 1,
        };
        String::from_utf8(bytes).unwrap()
    };
    places.into_iter().step_by(step).map(change).collect()
}

/// Requests that differ from the signed one in one byte of what is signed.
fn changes(vector: &Vector) -> Vec<Request> {
    let original = &vector.request;
    let mut requests = Vec::new();
    for body in changed(std::str::from_utf8(&original.body).unwrap()) {
        requests.push(original.clone().body(&body));
    }
    for target in changed(&original.target) {
        let target = target.clone();
        requests.push(Request {
            target,
            ..original.clone()
        });
    }
    let authorization = original
        .headers
        .iter()
        .find(|(name, _)| name == "authorization");
    let signed = authorization.map_or("", |(_, value)| value);
    for (name, value) in &original.headers {
        if name == "authorization" || signed.contains(&**name) || name == "x-tc-timestamp" {
            let value = changed(value).pop().unwrap();
            requests.push(original.clone().header(name, &value));
        }
    }
    assert!(requests.len() > 3, "{}", vector.id);
    requests
}

fn check(vectors: &[Vector], has_nonces: bool) {
    for vector in vectors {
        let emulator = Emulator::builder()
            .clock(Clock::stopped_at(at(vector.now)))
            .account(vector.account.clone())
            .start_blocking()
            .unwrap();
        let mut connection = Connection::open(emulator.address());
        let mut verdict = |request: &Request| {
            connection.send(request).unwrap();
            emulator.requests().pop().unwrap().verdict
        };
        for request in changes(vector) {
            let verdict = verdict(&request);
            assert!(
                matches!(verdict, Verdict::Unauthenticated { .. }),
                "{}: {verdict:?} for {request:?}",
                vector.id
            );
        }
        // No service has these actions here: that they are looked for shows that the signature was right.
        for is_replay in [false, true] {
            let verdict = verdict(&vector.request);
            let is_let_in = !matches!(verdict, Verdict::Unauthenticated { .. });
            assert_eq!(
                is_let_in,
                !(is_replay && has_nonces),
                "{}: {verdict:?}",
                vector.id
            );
        }
    }
}

#[test]
fn ucloud_vectors() {
    let vectors = read(vectors!("ucloud.json"), "SHA1-concat");
    // The rest are parameters without an action, and so no requests.
    let vectors: Vec<Vector> = vectors
        .iter()
        .filter(|vector| vector["body"].is_string() || vector["params"]["Action"].is_string())
        .map(ucloud)
        .collect();
    assert_eq!(vectors.len(), 21);
    check(&vectors, false);
}

#[test]
fn tencent_vectors() {
    let vectors: Vec<Vector> = read(vectors!("tencent.json"), "TC3-HMAC-SHA256")
        .iter()
        .map(tencent)
        .collect();
    assert_eq!(vectors.len(), 18);
    check(&vectors, false);
}

#[test]
fn aliyun_vectors() {
    let vectors: Vec<Vector> = read(vectors!("aliyun.json"), "ACS3-HMAC-SHA256")
        .iter()
        .map(aliyun)
        .collect();
    assert_eq!(vectors.len(), 13);
    check(&vectors, true);
}

#[test]
fn aliyun_v1_vectors() {
    let vectors = read(vectors!("aliyun.json"), "HMAC-SHA1");
    let vectors: Vec<Vector> = vectors.iter().map(aliyun_v1).collect();
    assert_eq!(vectors.len(), 3);
    check(&vectors, true);
}
