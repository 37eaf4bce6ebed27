//! Constants of a service that are sent as headers: any text that a header can carry, and an error for other text.

use cloud_core::tencent::Tencent;
use cloud_core::{Service, ServiceInfo};

use crate::common::memory::{client, now};
use crate::common::services::Redis;
use crate::{refused, request, success};

enum Foreign {}

impl Service for Foreign {
    type Provider = Tencent;

    const INFO: ServiceInfo = ServiceInfo {
        user_agent: "备份/1",
        version: "版本",
        ..Redis::INFO
    };
}

enum Broken {}

impl Service for Broken {
    type Provider = Tencent;

    const INFO: ServiceInfo = ServiceInfo {
        user_agent: "one\r\ntwo",
        ..Redis::INFO
    };
}

#[test]
fn text_that_is_not_ascii_is_sent_as_it_is() {
    let transport = success();
    let client = client::<Foreign>(transport.clone()).build().unwrap();
    now(client.send(request())).unwrap();
    let (sent, _) = &transport.requests()[0];
    assert_eq!(sent.headers()["user-agent"].as_bytes(), "备份/1".as_bytes());
    assert_eq!(sent.headers()["x-tc-version"].as_bytes(), "版本".as_bytes());
}

#[test]
fn control_characters_are_refused() {
    let error = refused::<Broken>(
        |client| {
            let key = cloud_core::Credentials::new("id", "s3cr3t");
            client.region("r").credentials(key)
        },
        request(),
    );
    assert_eq!(
        error.message(),
        "the header user-agent can't carry this value: it holds control characters"
    );
}
