//! Alibaba Cloud: four parameters in the query, four in the form body.

use std::hint::black_box;

use aliyun_hbr::Hbr;
use bytes::Bytes;
use cloud_core::aliyun::acs3;
use cloud_core::{Effect, Field, Metadata, Need, Operation, Params, Record, Scope, Service, Value};
use hmac::{Hmac, KeyInit, Mac};
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST, USER_AGENT};
use http::uri::{Authority, Parts, PathAndQuery, Scheme};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Uri};
use sha2::{Digest, Sha256};

use crate::fixtures::{KEY_ID, KEY_SECRET, NONCE, TIMESTAMP, assert_same, client, prepare};
use crate::harness::{Comparison, Mode};
use crate::tuned::{hex, insert, post, push_all, push_pairs, push_sha256_hex, with_sorted};

const ACTION: &str = "DescribeBackupClients";
const HOSTNAME: &str = "hbr.cn-hangzhou.aliyuncs.com";
const REGION: &str = "cn-hangzhou";
const VERSION: &str = Hbr::INFO.version;
const FORM: &str = "application/x-www-form-urlencoded";
const DATE: &str = "2023-11-14T22:13:20Z";
const NONCE_HEX: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const SIGNED_HEADERS: &str = "content-type;host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";

static X_ACS_ACTION: HeaderName = HeaderName::from_static("x-acs-action");
static X_ACS_CONTENT_SHA256: HeaderName = HeaderName::from_static("x-acs-content-sha256");
static X_ACS_DATE: HeaderName = HeaderName::from_static("x-acs-date");
static X_ACS_SIGNATURE_NONCE: HeaderName = HeaderName::from_static("x-acs-signature-nonce");
static X_ACS_VERSION: HeaderName = HeaderName::from_static("x-acs-version");

type Pair = (&'static str, &'static str);

const QUERY: [Pair; 4] = [
    ("ClientType", "ECS_CLIENT"),
    ("PageNumber", "1"),
    ("PageSize", "99"),
    ("CrossAccountType", "CROSS_ACCOUNT"),
];
const BODY: [Pair; 4] = [
    (
        "ClientIds",
        r#"["c-0001eg6mcvjs93f46s2d","c-0001eg6mcvjs93f46s2e"]"#,
    ),
    ("InstanceIds", r#"["i-bp1hvx2l5hzdp5s9yq4f"]"#),
    ("Tag.1.Key", "env"),
    ("Tag.1.Value", "production"),
];

pub(super) fn run(mode: Mode) {
    let key = acs3::SigningKey::new(KEY_SECRET);
    let client = client::<Hbr>(REGION);
    let mut tuned = Tuned::new();
    let expected = tuned.sign(TIMESTAMP, NONCE, ACTION, &QUERY, &BODY);
    let body = expected.body().clone();
    assert_eq!(
        with_public_functions(&key, &QUERY, &body),
        *expected.headers()
    );
    assert_same(&prepare(&client, &Flat), &expected);

    Comparison::new(mode, "ACS3, 200 bytes: query and body in, headers out")
        .ours("the functions of cloud_core::aliyun::acs3", || {
            with_public_functions(&key, black_box(&QUERY), black_box(&body))
        })
        .rival("tuned", 1.3, || {
            let (date, nonce) = (DATE.as_bytes(), NONCE_HEX.as_bytes());
            tuned.headers(ACTION, black_box(&QUERY), black_box(&body), date, nonce)
        })
        .run();

    Comparison::new(mode, "ACS3, 200 bytes: operation in, http::Request out")
        .ours("Client::prepare", || prepare(&client, black_box(&Flat)))
        .rival("tuned, from names and values", 1.3, || {
            tuned.sign(
                black_box(TIMESTAMP),
                black_box(NONCE),
                ACTION,
                black_box(&QUERY),
                black_box(&BODY),
            )
        })
        .run();
}

/// As the client puts them together.
fn with_public_functions(key: &acs3::SigningKey, query: &[Pair], body: &[u8]) -> HeaderMap {
    let query = acs3::canonical_query(query.iter().copied());
    let body_hash: [u8; 64] = hex(&Sha256::digest(body));
    let body_hash = std::str::from_utf8(&body_hash).unwrap();
    let signed = [
        ("content-type", FORM),
        ("host", HOSTNAME),
        ("x-acs-action", ACTION),
        ("x-acs-content-sha256", body_hash),
        ("x-acs-date", DATE),
        ("x-acs-signature-nonce", NONCE_HEX),
        ("x-acs-version", VERSION),
    ];
    let canonical = acs3::canonical_request("POST", "/", &query, &signed, body_hash);
    let signature = key.sign(&acs3::string_to_sign(&canonical));
    let authorization = acs3::authorization(KEY_ID, &signed, &signature);
    headers(
        ACTION,
        body_hash.as_bytes(),
        DATE.as_bytes(),
        NONCE_HEX.as_bytes(),
        authorization.as_bytes(),
    )
}

/// A signer for one key and one host.
pub(crate) struct Tuned {
    key: Hmac<Sha256>,
    scheme: Scheme,
    authority: Authority,
    /// `2023-11-14T`, and the seconds at which the day begins.
    day: (i64, &'static str),
    query: Vec<u8>,
    buffer: Vec<u8>,
}

impl Tuned {
    pub(crate) fn new() -> Self {
        Self {
            key: Hmac::new_from_slice(KEY_SECRET.as_bytes()).unwrap(),
            scheme: Scheme::HTTPS,
            authority: Authority::from_static(HOSTNAME),
            day: (TIMESTAMP - TIMESTAMP % 86_400, "2023-11-14T"),
            query: Vec::with_capacity(256),
            buffer: Vec::with_capacity(1024),
        }
    }

    pub(crate) fn sign(
        &mut self,
        timestamp: i64,
        nonce: u128,
        action: &str,
        query: &[(&str, &str)],
        form: &[(&str, &str)],
    ) -> Request<Bytes> {
        let mut body = Vec::with_capacity(256);
        with_sorted(form, |sorted| push_pairs(&mut body, sorted, b"+"));

        let (midnight, day) = self.day;
        let second = timestamp - midnight;
        let two = |number: i64| [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8];
        let mut date = [0; 20];
        date[..11].copy_from_slice(day.as_bytes());
        date[11..13].copy_from_slice(&two(second / 3_600));
        date[14..16].copy_from_slice(&two(second / 60 % 60));
        date[17..19].copy_from_slice(&two(second % 60));
        (date[13], date[16], date[19]) = (b':', b':', b'Z');

        let nonce: [u8; 32] = hex(&nonce.to_be_bytes());
        let headers = self.headers(action, query, &body, &date, &nonce);
        let mut path = Vec::with_capacity(2 + self.query.len());
        push_all(&mut path, &["/?"]);
        path.extend_from_slice(&self.query);
        let mut parts = Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(PathAndQuery::from_maybe_shared(Bytes::from(path)).unwrap());
        post(Uri::from_parts(parts).unwrap(), headers, body)
    }

    fn headers(
        &mut self,
        action: &str,
        query: &[(&str, &str)],
        body: &[u8],
        date: &[u8],
        nonce: &[u8],
    ) -> HeaderMap {
        self.query.clear();
        with_sorted(query, |sorted| push_pairs(&mut self.query, sorted, b"%20"));
        let body_hash: [u8; 64] = hex(&Sha256::digest(body));

        let out = &mut self.buffer;
        out.clear();
        push_all(out, &["POST\n/\n"]);
        out.extend_from_slice(&self.query);
        push_all(
            out,
            &[
                "\ncontent-type:application/x-www-form-urlencoded\nhost:",
                HOSTNAME,
                "\nx-acs-action:",
                action,
                "\nx-acs-content-sha256:",
            ],
        );
        out.extend_from_slice(&body_hash);
        push_all(out, &["\nx-acs-date:"]);
        out.extend_from_slice(date);
        push_all(out, &["\nx-acs-signature-nonce:"]);
        out.extend_from_slice(nonce);
        push_all(
            out,
            &["\nx-acs-version:", VERSION, "\n\n", SIGNED_HEADERS, "\n"],
        );
        out.extend_from_slice(&body_hash);
        let canonical = Sha256::digest(&*out);

        out.clear();
        push_all(out, &["ACS3-HMAC-SHA256\n"]);
        push_sha256_hex(out, &canonical);
        let mut mac = self.key.clone();
        mac.update(out);
        let signature = mac.finalize().into_bytes();

        out.clear();
        push_all(
            out,
            &[
                "ACS3-HMAC-SHA256 Credential=",
                KEY_ID,
                ",SignedHeaders=",
                SIGNED_HEADERS,
                ",Signature=",
            ],
        );
        push_sha256_hex(out, &signature);
        headers(action, &body_hash, date, nonce, out)
    }
}

fn headers(
    action: &str,
    body_hash: &[u8],
    date: &[u8],
    nonce: &[u8],
    authorization: &[u8],
) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(14);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(FORM));
    headers.insert(USER_AGENT, HeaderValue::from_static(Hbr::INFO.user_agent));
    headers.insert(&X_ACS_VERSION, HeaderValue::from_static(VERSION));
    insert(&mut headers, &HOST, HOSTNAME.as_bytes());
    insert(&mut headers, &X_ACS_ACTION, action.as_bytes());
    insert(&mut headers, &X_ACS_CONTENT_SHA256, body_hash);
    insert(&mut headers, &X_ACS_DATE, date);
    insert(&mut headers, &X_ACS_SIGNATURE_NONCE, nonce);
    let mut authorization = HeaderValue::from_bytes(authorization).unwrap();
    authorization.set_sensitive(true);
    headers.insert(AUTHORIZATION, authorization);
    headers
}

/// The same parameters as a request, ready to be copied.
struct Flat;

impl Record for Flat {
    fn fields(&self) -> &'static [Field] {
        const FIELDS: &[Field] = &[
            Field::new(QUERY[0].0),
            Field::new(QUERY[1].0),
            Field::new(QUERY[2].0),
            Field::new(QUERY[3].0),
            Field::new(BODY[0].0).in_form(),
            Field::new(BODY[1].0).in_form(),
            Field::new(BODY[2].0).in_form(),
            Field::new(BODY[3].0).in_form(),
        ];
        FIELDS
    }

    fn value(&self, index: usize) -> Value<'_> {
        let pair = QUERY.iter().chain(&BODY).nth(index);
        pair.map_or(Value::Absent, |(_, value)| Value::Text(value))
    }
}

impl Operation<Hbr> for Flat {
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
