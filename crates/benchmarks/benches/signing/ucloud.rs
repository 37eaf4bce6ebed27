//! UCloud: eight parameters, all in the form body.

use std::hint::black_box;

use bytes::Bytes;
use cloud_core::ucloud::sign;
use cloud_core::{Effect, Field, Metadata, Need, Operation, Params, Record, Scope, Service, Value};
use http::header::{CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderValue, Request, Uri};
use sha1::{Digest, Sha1};
use ucloud_udb::Udb;

use crate::fixtures::{KEY_ID, KEY_SECRET, assert_same, client, prepare};
use crate::harness::{Comparison, Mode};
use crate::tuned::{hex, insert, post, push_all, push_pairs, with_sorted};

const ACTION: &str = "DescribeUDBInstanceBackupState";
const HOSTNAME: &str = "api.ucloud.cn";
const REGION: &str = "cn-bj2";
const ZONE: &str = "cn-bj2-04";

type Pair = (&'static str, &'static str);

const OWN: [Pair; 4] = [
    ("BackupId", "8880"),
    ("BackupZone", "cn-bj2-05"),
    ("ClassType", "sql"),
    ("Remark", "每日 full backup"),
];
const COMMON: [Pair; 3] = [("Action", ACTION), ("Region", REGION), ("Zone", ZONE)];

pub(super) fn run(mode: Mode) {
    let client = client::<Udb>(REGION);
    let mut tuned = Tuned::new();
    let all: Vec<Pair> = OWN
        .into_iter()
        .chain(COMMON)
        .chain([("PublicKey", KEY_ID)])
        .collect();
    assert_eq!(
        sign::signature(all.iter().copied(), KEY_SECRET).as_bytes(),
        tuned.signature(&all)
    );
    assert_same(&prepare(&client, &Flat), &tuned.sign(&OWN, &COMMON));

    Comparison::new(
        mode,
        "UCloud, 8 parameters: names and values in, signature out",
    )
    .ours("cloud_core::ucloud::sign::signature", || {
        sign::signature(black_box(&all).iter().copied(), KEY_SECRET)
    })
    .rival("tuned", 1.3, || tuned.signature(black_box(&all)))
    .run();

    Comparison::new(
        mode,
        "UCloud, 8 parameters: operation in, http::Request out",
    )
    .ours("Client::prepare", || prepare(&client, black_box(&Flat)))
    .rival("tuned, from names and values", 1.3, || {
        tuned.sign(black_box(&OWN), black_box(&COMMON))
    })
    .run();
}

/// A signer for one key and one host.
pub(crate) struct Tuned {
    uri: Uri,
    buffer: Vec<u8>,
}

impl Tuned {
    pub(crate) fn new() -> Self {
        Self {
            uri: format!("https://{HOSTNAME}/").parse().unwrap(),
            buffer: Vec::with_capacity(512),
        }
    }

    fn signature(&mut self, pairs: &[(&str, &str)]) -> [u8; 40] {
        let out = &mut self.buffer;
        out.clear();
        with_sorted(pairs, |sorted| {
            for (name, value) in sorted {
                push_all(out, &[name, value]);
            }
        });
        push_all(out, &[KEY_SECRET]);
        hex(&Sha1::digest(&*out))
    }

    /// A request with its own parameters, and those that all requests have but for the key.
    pub(crate) fn sign(&mut self, own: &[(&str, &str)], common: &[(&str, &str)]) -> Request<Bytes> {
        let mut all = [("", ""); 32];
        let (of_own, rest) = all.split_at_mut(own.len());
        of_own.copy_from_slice(own);
        rest[..common.len()].copy_from_slice(common);
        rest[common.len()] = ("PublicKey", KEY_ID);
        let all = &all[..own.len() + common.len() + 1];
        let signature = self.signature(all);
        let mut body = Vec::with_capacity(320);
        push_pairs(&mut body, all, b"+");
        push_all(&mut body, &["&Signature="]);
        body.extend_from_slice(&signature);

        let mut headers = HeaderMap::with_capacity(3);
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        headers.insert(USER_AGENT, HeaderValue::from_static(Udb::INFO.user_agent));
        insert(&mut headers, &HOST, HOSTNAME.as_bytes());
        post(self.uri.clone(), headers, body)
    }
}

/// The same parameters as a request, ready to be copied.
struct Flat;

impl Record for Flat {
    fn fields(&self) -> &'static [Field] {
        const FIELDS: &[Field] = &[
            Field::new(OWN[0].0),
            Field::new(OWN[1].0),
            Field::new(OWN[2].0),
            Field::new(OWN[3].0),
        ];
        FIELDS
    }

    fn value(&self, index: usize) -> Value<'_> {
        OWN.get(index)
            .map_or(Value::Absent, |(_, value)| Value::Text(value))
    }
}

impl Operation<Udb> for Flat {
    type Response = serde_json::Value;

    fn metadata(&self) -> Metadata<'_> {
        Metadata::new(ACTION, Effect::Read)
            .region(Need::Required)
            .zone(Need::Required)
            .project(Need::Optional)
    }

    fn scope(&self) -> Scope<'_> {
        Scope {
            zone: Some(ZONE),
            ..Scope::default()
        }
    }

    fn encode(&self, params: &mut Params) {
        params.record(self);
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}
