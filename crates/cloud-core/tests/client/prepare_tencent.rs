//! Tencent Cloud's signed requests: a JSON body, and TC3-HMAC-SHA256 over it.

use std::collections::BTreeMap;

use bytes::Bytes;
use cloud_core::{Client, Credentials};
use http::{Method, Request};
use serde_json::{Value as Json, json};

use crate::common::memory::{Clock, ID, NOW, SECRET, TOKEN, client, now};
use crate::common::services::Redis;
use crate::prepare::{full, headers, hex, hmac_sha256, sensitive, sha256};
use crate::{request, success};

/// The header `Authorization`, from the request as it is sent and the day of its timestamp.
fn authorization(sent: &Request<Bytes>, date: &str) -> String {
    let headers = sent.headers();
    let header = |name: &str| headers[name].to_str().unwrap();
    let canonical = format!(
        "POST\n/\n\ncontent-type:{}\nhost:{}\n\ncontent-type;host\n{}",
        header("content-type"),
        header("host").to_lowercase(),
        sha256(sent.body())
    );
    let scope = format!("{date}/redis/tc3_request");
    let to_sign = format!(
        "TC3-HMAC-SHA256\n{}\n{scope}\n{}",
        header("x-tc-timestamp"),
        sha256(canonical.as_bytes())
    );
    let key = hmac_sha256(format!("TC3{SECRET}").as_bytes(), date);
    let key = hmac_sha256(&hmac_sha256(&key, "redis"), "tc3_request");
    let signature = hex(&hmac_sha256(&key, &to_sign));
    format!(
        "TC3-HMAC-SHA256 Credential={ID}/{scope}, SignedHeaders=content-type;host, Signature={signature}"
    )
}

#[test]
fn every_header_and_the_body() {
    let client = client::<Redis>(success())
        .language("en-US")
        .build()
        .unwrap();
    let sent = now(client.prepare(&full())).unwrap();
    assert_eq!(sent.method(), Method::POST);
    assert_eq!(sent.uri(), "https://redis.tencentcloudapi.com/");
    assert_eq!(
        headers(&sent),
        BTreeMap::from([
            ("authorization", &*authorization(&sent, "2023-11-14")),
            ("content-type", "application/json"),
            ("host", "redis.tencentcloudapi.com"),
            ("user-agent", "cloud-core-tests/1 redis"),
            ("x-tc-action", "DescribeBackups"),
            ("x-tc-language", "en-US"),
            ("x-tc-region", "cn-test-1"),
            ("x-tc-timestamp", &NOW.to_string()),
            ("x-tc-token", TOKEN),
            ("x-tc-version", "2018-04-12"),
        ])
    );
    assert_eq!(sensitive(&sent), ["authorization", "x-tc-token"]);
    assert_eq!(
        serde_json::from_slice::<Json>(sent.body()).unwrap(),
        json!({
            "InstanceId": "crs-1", "Limit": 20, "Status": [2, -2],
            "Tag": [{"Key": "a b*c~d+e", "Value": "备 😀/?&=%"}, {"Key": "no value"}],
            "ClientIds": r#"["c-1","c \"2\""]"#, "Note": "in the form",
        })
    );
}

#[test]
fn what_is_not_set_is_not_sent() {
    let client = client::<Redis>(success())
        .credentials(Credentials::new(ID, SECRET))
        .build()
        .unwrap();
    let sent = now(client.prepare(&request())).unwrap();
    for name in ["x-tc-token", "x-tc-language"] {
        assert!(!sent.headers().contains_key(name), "{name}");
    }
    // No parameters are an empty object, not an empty body.
    assert_eq!(&sent.body()[..], b"{}");
    assert_eq!(
        sent.headers()["authorization"],
        authorization(&sent, "2023-11-14")
    );
}

#[test]
fn the_host_is_signed_in_lower_case_with_its_port() {
    let client = client::<Redis>(success())
        .endpoint("https://Redis.Example.COM:8443")
        .build()
        .unwrap();
    let sent = now(client.prepare(&request())).unwrap();
    assert_eq!(sent.headers()["host"], "Redis.Example.COM:8443");
    assert_eq!(
        sent.headers()["authorization"],
        authorization(&sent, "2023-11-14")
    );
}

#[test]
fn each_request_is_signed_for_its_own_moment_and_day() {
    let clock = Clock::new();
    let client: Client<Redis> = client(success()).runtime(clock.clone()).build().unwrap();
    // Across midnight in UTC, back again, and over a leap day: the key of a day that is kept must be that day's.
    for (seconds, date) in [
        (1_700_006_399, "2023-11-14"),
        (1_700_006_400, "2023-11-15"),
        (1_700_006_399, "2023-11-14"),
        (1_709_164_800, "2024-02-29"),
        (1_709_251_200, "2024-03-01"),
        (0, "1970-01-01"),
    ] {
        clock.set(seconds);
        let sent = now(client.prepare(&request())).unwrap();
        assert_eq!(sent.headers()["x-tc-timestamp"], seconds.to_string());
        assert_eq!(
            sent.headers()["authorization"],
            authorization(&sent, date),
            "{date}"
        );
    }
}
