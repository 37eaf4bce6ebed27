//! Tencent Cloud: a body of 200 bytes.

use std::hint::black_box;

use bytes::Bytes;
use cloud_core::tencent::tc3;
use cloud_core::{Effect, Field, Metadata, Need, Operation, Params, Record, Scope, Service, Value};
use hmac::{Hmac, KeyInit, Mac};
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Uri};
use sha2::{Digest, Sha256};
use tencent_redis::Redis;

use crate::fixtures::{KEY_ID, KEY_SECRET, TIMESTAMP, assert_same, client, prepare};
use crate::harness::{Comparison, Mode};
use crate::tuned::{hex, insert, post, push_all, push_sha256_hex};

const ACTION: &str = "DescribeInstanceBackups";
const HOSTNAME: &str = "redis.tencentcloudapi.com";
const SERVICE: &str = Redis::INFO.name;
const REGION: &str = "ap-guangzhou";
const DATE: &str = "2023-11-14";

static X_TC_ACTION: HeaderName = HeaderName::from_static("x-tc-action");
static X_TC_REGION: HeaderName = HeaderName::from_static("x-tc-region");
static X_TC_TIMESTAMP: HeaderName = HeaderName::from_static("x-tc-timestamp");
static X_TC_VERSION: HeaderName = HeaderName::from_static("x-tc-version");

pub(super) fn run(mode: Mode) {
    let body = body(&Request200);
    assert_eq!(body.len(), 200);
    let key = tc3::SigningKey::derive(KEY_SECRET, DATE, SERVICE);
    let client = client::<Redis>(REGION);
    let mut tuned = Tuned::new();
    let expected = tuned.sign(TIMESTAMP, ACTION, REGION, body.clone());
    assert_eq!(
        with_public_functions(&key, TIMESTAMP, &body),
        *expected.headers()
    );
    assert_same(&prepare(&client, &Request200), &expected);

    Comparison::new(mode, "TC3, 200 bytes: body in, headers out")
        .ours("the functions of cloud_core::tencent::tc3", || {
            with_public_functions(&key, black_box(TIMESTAMP), black_box(&body))
        })
        .rival("tuned", 1.2, || {
            tuned.headers(black_box(TIMESTAMP), ACTION, REGION, black_box(&body))
        })
        .run();

    // The body is written by the same function on both sides: what differs is all that the client does besides.
    Comparison::new(mode, "TC3, 200 bytes: operation in, http::Request out")
        .ours("Client::prepare", || {
            prepare(&client, black_box(&Request200))
        })
        .rival("the client's encoder, then tuned", 1.2, || {
            tuned.sign(
                black_box(TIMESTAMP),
                ACTION,
                REGION,
                self::body(black_box(&Request200)),
            )
        })
        .run();
}

/// As the client puts them together.
fn with_public_functions(key: &tc3::SigningKey, timestamp: i64, body: &[u8]) -> HeaderMap {
    let signed = [("content-type", "application/json"), ("host", HOSTNAME)];
    let body_hash: [u8; 64] = hex(&Sha256::digest(body));
    let canonical = tc3::canonical_request(
        "POST",
        "/",
        "",
        &signed,
        std::str::from_utf8(&body_hash).unwrap(),
    );
    let signature = key.sign(&tc3::string_to_sign(timestamp, DATE, SERVICE, &canonical));
    let authorization = tc3::authorization(KEY_ID, DATE, SERVICE, &signed, &signature);
    headers(timestamp, ACTION, REGION, authorization.as_bytes())
}

/// A signer for one key, one day and one host.
pub(crate) struct Tuned {
    key: Hmac<Sha256>,
    uri: Uri,
    buffer: Vec<u8>,
}

impl Tuned {
    pub(crate) fn new() -> Self {
        let step = |key: &[u8], message: &str| {
            let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
            mac.update(message.as_bytes());
            mac.finalize().into_bytes()
        };
        let date_key = step(format!("TC3{KEY_SECRET}").as_bytes(), DATE);
        let signing_key = step(&step(&date_key, SERVICE), "tc3_request");
        Self {
            key: Hmac::new_from_slice(&signing_key).unwrap(),
            uri: format!("https://{HOSTNAME}/").parse().unwrap(),
            buffer: Vec::with_capacity(512),
        }
    }

    pub(crate) fn sign(
        &mut self,
        timestamp: i64,
        action: &str,
        region: &str,
        body: Bytes,
    ) -> Request<Bytes> {
        let headers = self.headers(timestamp, action, region, &body);
        post(self.uri.clone(), headers, body)
    }

    fn headers(&mut self, timestamp: i64, action: &str, region: &str, body: &[u8]) -> HeaderMap {
        let out = &mut self.buffer;
        out.clear();
        push_all(
            out,
            &[
                "POST\n/\n\ncontent-type:application/json\nhost:",
                HOSTNAME,
                "\n\ncontent-type;host\n",
            ],
        );
        push_sha256_hex(out, &Sha256::digest(body));
        let canonical = Sha256::digest(&*out);

        out.clear();
        let seconds = &mut itoa::Buffer::new();
        let seconds = seconds.format(timestamp);
        push_all(
            out,
            &[
                "TC3-HMAC-SHA256\n",
                seconds,
                "\n",
                DATE,
                "/",
                SERVICE,
                "/tc3_request\n",
            ],
        );
        push_sha256_hex(out, &canonical);
        let mut mac = self.key.clone();
        mac.update(out);
        let signature = mac.finalize().into_bytes();

        out.clear();
        push_all(
            out,
            &[
                "TC3-HMAC-SHA256 Credential=",
                KEY_ID,
                "/",
                DATE,
                "/",
                SERVICE,
                "/tc3_request, SignedHeaders=content-type;host, Signature=",
            ],
        );
        push_sha256_hex(out, &signature);
        headers(timestamp, action, region, out)
    }
}

fn headers(timestamp: i64, action: &str, region: &str, authorization: &[u8]) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(12);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(USER_AGENT, HeaderValue::from_static(Redis::INFO.user_agent));
    headers.insert(&X_TC_VERSION, HeaderValue::from_static(Redis::INFO.version));
    headers.insert(&X_TC_TIMESTAMP, HeaderValue::from(timestamp));
    insert(&mut headers, &HOST, HOSTNAME.as_bytes());
    insert(&mut headers, &X_TC_ACTION, action.as_bytes());
    insert(&mut headers, &X_TC_REGION, region.as_bytes());
    let mut authorization = HeaderValue::from_bytes(authorization).unwrap();
    authorization.set_sensitive(true);
    headers.insert(AUTHORIZATION, authorization);
    headers
}

/// A request whose body has 200 bytes and takes next to nothing to encode.
struct Request200;

impl Record for Request200 {
    fn fields(&self) -> &'static [Field] {
        const FIELDS: &[Field] = &[Field::new("InstanceId")];
        FIELDS
    }

    fn value(&self, index: usize) -> Value<'_> {
        const TEXT: &str = match std::str::from_utf8(&[b'x'; 183]) {
            Ok(text) => text,
            Err(_) => "",
        };
        match index {
            0 => Value::Text(TEXT),
            _ => Value::Absent,
        }
    }
}

impl Operation<Redis> for Request200 {
    type Response = serde_json::Value;

    fn metadata(&self) -> Metadata<'_> {
        Metadata::new(ACTION, Effect::Read).region(Need::Required)
    }

    fn scope(&self) -> Scope<'_> {
        Scope::default()
    }

    fn encode(&self, params: &mut Params) {
        params.record(self);
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// What `Params` makes of a record on Tencent Cloud.
fn body(request: &dyn Record) -> Bytes {
    serde_json::to_vec(&Value::Record(request)).unwrap().into()
}
