//! The signers against what the official SDKs produced: every vector, every step.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests say what is wrong by ending"
)]

use std::collections::BTreeMap;

use cloud_core::aliyun::acs3;
use cloud_core::tencent::tc3;
use cloud_core::ucloud::sign;
use serde_json::Value as Json;

fn vectors(text: &str, algorithm: &str) -> Vec<Json> {
    let file: BTreeMap<String, Vec<Json>> = serde_json::from_str(text).unwrap();
    let (wanted, others): (Vec<Json>, Vec<Json>) = file
        .into_values()
        .flatten()
        .partition(|vector| vector["algorithm"] == algorithm);
    for other in others {
        println!("skipped, not {algorithm}: {}", other["id"]);
    }
    wanted
}

fn text<'a>(vector: &'a Json, key: &str) -> &'a str {
    vector[key]
        .as_str()
        .unwrap_or_else(|| panic!("{} has no {key}", vector["id"]))
}

fn signature(vector: &Json) -> &str {
    vector["signature"]
        .as_str()
        .or(vector["expected_signature"].as_str())
        .unwrap()
}

/// The pairs of a form body or a query, in their order.
fn pairs(encoded: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        percent_encoding::percent_decode_str(&text.replace('+', " "))
            .decode_utf8()
            .unwrap()
            .into_owned()
    };
    encoded
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap())
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

#[test]
fn ucloud() {
    let vectors = vectors(include_str!("vectors/ucloud.json"), "SHA1-concat");
    assert_eq!(vectors.len(), 23);
    for vector in &vectors {
        let id = &vector["id"];
        let private_key = text(&vector["credentials"], "private_key");
        let parameters: Vec<(String, String)> = match vector["body"].as_str() {
            Some(body) => pairs(body)
                .into_iter()
                .filter(|(name, _)| name != "Signature")
                .collect(),
            None => {
                let public_key = vector["credentials"]["public_key"]
                    .as_str()
                    .map(|key| ("PublicKey".into(), key.into()));
                let own = vector["params"].as_object().unwrap().iter();
                own.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
                    .filter(|(name, _)| name != "PublicKey")
                    .chain(public_key.or_else(|| {
                        let key = vector["params"]["PublicKey"].as_str()?;
                        Some(("PublicKey".into(), key.into()))
                    }))
                    .collect()
            }
        };
        assert_eq!(
            sign::string_to_sign(borrowed(&parameters), private_key),
            text(vector, "string_to_sign"),
            "{id}"
        );
        assert_eq!(
            sign::signature(borrowed(&parameters), private_key),
            signature(vector),
            "{id}"
        );
    }
}

#[test]
fn tencent() {
    let vectors = vectors(include_str!("vectors/tencent.json"), tc3::ALGORITHM);
    assert_eq!(vectors.len(), 18);
    for vector in &vectors {
        let id = &vector["id"];
        let timestamp = vector["timestamp"].as_i64().unwrap();
        let date = tc3::date(timestamp);
        let service = vector["service"].as_str().unwrap_or("redis");
        let canonical = text(vector, "canonical_request");

        // The parts of the canonical request, taken apart again: method, path, query, headers, (names), hash of the body.
        let lines: Vec<&str> = canonical.split('\n').collect();
        let [method, path, query, headers @ .., "", _, body_hash] = &lines[..] else {
            panic!("{id}")
        };
        let headers: Vec<(&str, &str)> = headers
            .iter()
            .map(|line| line.split_once(':').unwrap())
            .collect();
        if let Some(signed) = vector["headers_signed"].as_object() {
            let signed: Vec<(&str, &str)> = signed
                .iter()
                .map(|(name, value)| (&**name, value.as_str().unwrap()))
                .collect();
            assert_eq!(headers, signed, "{id}");
        }
        assert_eq!(
            tc3::canonical_request(method, path, query, &headers, body_hash),
            canonical,
            "{id}"
        );

        let to_sign = tc3::string_to_sign(timestamp, &date, service, canonical);
        assert_eq!(to_sign, text(vector, "string_to_sign"), "{id}");
        let credentials = &vector["credentials"];
        let signed =
            tc3::SigningKey::derive(text(credentials, "secret_key"), &date, service).sign(&to_sign);
        assert_eq!(signed, signature(vector), "{id}");
        if let Some(authorization) = vector["authorization"].as_str() {
            let secret_id = text(credentials, "secret_id");
            assert_eq!(
                tc3::authorization(secret_id, &date, service, &headers, &signed),
                authorization,
                "{id}"
            );
        }
    }
}

#[test]
fn tencent_puts_the_values_of_headers_into_lower_case() {
    let headers = [
        ("host", "CVM.tencentcloudapi.com"),
        ("x-tc-action", "DescribeInstances"),
    ];
    let canonical = tc3::canonical_request("POST", "/", "", &headers, "hash");
    assert_eq!(
        canonical,
        "POST\n/\n\nhost:cvm.tencentcloudapi.com\nx-tc-action:describeinstances\n\nhost;x-tc-action\nhash"
    );
}

#[test]
fn aliyun() {
    let vectors = vectors(include_str!("vectors/aliyun.json"), acs3::ALGORITHM);
    assert_eq!(vectors.len(), 13);
    for vector in &vectors {
        let id = &vector["id"];
        let canonical = text(vector, "canonical_request");
        let lines: Vec<&str> = canonical.split('\n').collect();
        let [method, path, query, headers @ .., "", _, body_hash] = &lines[..] else {
            panic!("{id}")
        };
        let headers: Vec<(&str, &str)> = headers
            .iter()
            .map(|line| line.split_once(':').unwrap())
            .collect();

        // The query in canonical form, from the one that was sent.
        let sent = vector["target"]
            .as_str()
            .map_or(*query, |target| target.trim_start_matches("/?"));
        assert_eq!(
            acs3::canonical_query(borrowed(&pairs(sent))),
            *query,
            "{id}"
        );
        assert_eq!(
            acs3::canonical_request(method, path, query, &headers, body_hash),
            canonical,
            "{id}"
        );

        let to_sign = acs3::string_to_sign(canonical);
        assert_eq!(to_sign, text(vector, "string_to_sign"), "{id}");
        let credentials = &vector["credentials"];
        let signed = acs3::SigningKey::new(text(credentials, "access_key_secret")).sign(&to_sign);
        assert_eq!(signed, signature(vector), "{id}");
        if let Some(authorization) = vector["authorization"].as_str() {
            let access_key_id = text(credentials, "access_key_id");
            assert_eq!(
                acs3::authorization(access_key_id, &headers, &signed),
                authorization,
                "{id}"
            );
        }
    }
}
