//! Where requests go: an endpoint of the user's, or the service's table.

use cloud_core::{Client, Credentials, Error, ErrorKind, RawRequest, Service};

use crate::common::memory::{ID, SECRET, bare, client, environment, now};
use crate::common::services::{DescribeBackups, Hbr, Redis, Sparse, Udb};
use crate::{refused, request, success};

/// The address and the header `Host` of a request.
fn goes_to<S: Service>(client: &Client<S>, request: &DescribeBackups) -> (String, String) {
    let sent = now(client.prepare(request)).unwrap();
    let uri = sent.uri();
    assert_eq!(uri.path(), "/");
    (
        format!("{}://{}", uri.scheme().unwrap(), uri.authority().unwrap()),
        sent.headers()["host"].to_str().unwrap().to_owned(),
    )
}

#[test]
fn an_endpoint_as_people_write_it() {
    for (text, address, host) in [
        (
            "https://api.example.com",
            "https://api.example.com",
            "api.example.com",
        ),
        (
            "https://api.example.com/",
            "https://api.example.com",
            "api.example.com",
        ),
        (
            "  api.example.com\n",
            "https://api.example.com",
            "api.example.com",
        ),
        (
            "api.example.com:8443",
            "https://api.example.com:8443",
            "api.example.com:8443",
        ),
        (
            "http://127.0.0.1:8080",
            "http://127.0.0.1:8080",
            "127.0.0.1:8080",
        ),
        ("http://localhost", "http://localhost", "localhost"),
        ("http://[::1]:8080/", "http://[::1]:8080", "[::1]:8080"),
        ("http://[::1]", "http://[::1]", "[::1]"),
        ("[2001:db8::7]", "https://[2001:db8::7]", "[2001:db8::7]"),
    ] {
        // In the signature of all providers the host is what the header says.
        let expected = (address.to_owned(), host.to_owned());
        let ucloud = client::<Udb>(success()).endpoint(text).build().unwrap();
        assert_eq!(goes_to(&ucloud, &request()), expected, "{text}");
        let tencent = client::<Redis>(success()).endpoint(text).build().unwrap();
        assert_eq!(goes_to(&tencent, &request()), expected, "{text}");
        let aliyun = client::<Hbr>(success()).endpoint(text).build().unwrap();
        assert_eq!(goes_to(&aliyun, &request()), expected, "{text}");
    }
}

fn unusable(endpoint: &str) -> Error {
    let error = bare::<Udb>(success())
        .endpoint(endpoint)
        .build()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!((error.operation(), error.attempts()), (None, 0));
    assert!(!error.may_have_arrived());
    // The environment is read with the same eyes.
    let variables = environment(&[("UCLOUD_API_BASE_URL", endpoint)]);
    let from_environment = bare::<Udb>(success()).environment(variables).build();
    if !endpoint.is_empty() {
        assert_eq!(from_environment.unwrap_err().to_string(), error.to_string());
    }
    error
}

#[test]
fn an_endpoint_that_can_not_be_used() {
    let path = "it has a path or a query, and actions are always sent to `/`";
    let port = "it has no host, or a port that is no number";
    for (text, reason) in [
        ("https://api.example.com/v1", path),
        ("https://api.example.com/?Action=x", path),
        ("https://api.example.com?x", path),
        ("ftp://api.example.com", "it is neither http nor https"),
        ("file:///etc/passwd", "it is no address"),
        ("https://api.example.com:port", port),
        ("https://api.example.com:99999", port),
        ("https://api.example.com:", port),
        ("http://[::1]:99999", port),
        ("https://", "it is no address"),
        ("", "it is no address"),
        ("https://api example com", "it is no address"),
        ("http://[::1", "it is no address"),
    ] {
        let error = unusable(text);
        assert_eq!(
            error.to_string(),
            format!(
                "the client can't send this: the endpoint `{text}` can't be used: {reason}; \
                 write it like `https://host` or `http://127.0.0.1:8080`"
            )
        );
    }
}

#[test]
fn a_password_in_an_endpoint_is_never_shown() {
    for text in [
        "https://user:hunter2@api.example.com",
        "https://user:hunter2@api.example.com/path",
        "user:hunter2@api.example.com",
        "https://user:hunter2@api.example.com:99999",
        "ftp://user:hunter2@api.example.com",
        "https://user:hunter2@second@api.example.com",
        "https://hunter2@api.example.com",
        "https://user:hunter2@",
        "https://user:hunter2@api example com",
    ] {
        let error = unusable(text);
        for shown in [error.to_string(), format!("{error:?}")] {
            assert!(!shown.contains("hunter2"), "{text}: {shown}");
        }
    }
    let error = unusable("https://user:hunter2@api.example.com");
    assert!(
        error
            .message()
            .starts_with("the endpoint `api.example.com` can't be used: it has a user in it"),
        "{error}"
    );
}

#[test]
fn the_endpoint_of_the_environment_is_used_unless_one_is_set() {
    let (ucloud, tencent, aliyun) = (
        environment(&[("UCLOUD_API_BASE_URL", "https://u.example")]),
        environment(&[("TENCENTCLOUD_ENDPOINT", "t.example")]),
        environment(&[("ALIBABA_CLOUD_ENDPOINT", "http://a.example")]),
    );
    let client_of = client::<Udb>(success())
        .environment(ucloud.clone())
        .build()
        .unwrap();
    assert_eq!(goes_to(&client_of, &request()).0, "https://u.example");
    let client_of = client::<Redis>(success())
        .environment(tencent)
        .build()
        .unwrap();
    assert_eq!(goes_to(&client_of, &request()).0, "https://t.example");
    let client_of = client::<Hbr>(success())
        .environment(aliyun)
        .build()
        .unwrap();
    assert_eq!(goes_to(&client_of, &request()).0, "http://a.example");
    let client_of = client::<Udb>(success())
        .environment(ucloud)
        .endpoint("https://set.example")
        .build()
        .unwrap();
    assert_eq!(goes_to(&client_of, &request()).0, "https://set.example");
}

#[test]
fn the_first_rule_that_matches_the_region_names_the_host() {
    let in_region = |region: &str| DescribeBackups {
        region: Some(region.into()),
        ..request()
    };
    let ucloud = client::<Udb>(success()).build().unwrap();
    let tencent = client::<Redis>(success()).build().unwrap();
    let aliyun = client::<Hbr>(success()).build().unwrap();
    assert_eq!(goes_to(&ucloud, &in_region("cn-bj2")).1, "api.ucloud.cn");
    for (region, host) in [
        ("ap-guangzhou", "redis.tencentcloudapi.com"),
        (
            "ap-shanghai-fsi",
            "redis.ap-shanghai-fsi.tencentcloudapi.com",
        ),
        ("fsi", "redis.tencentcloudapi.com"),
    ] {
        assert_eq!(goes_to(&tencent, &in_region(region)).1, host);
    }
    for (region, host) in [
        ("cn-hangzhou", "hbr.cn-hangzhou.aliyuncs.com"),
        // Of the central host, by the list.
        ("cn-wuhan", "hbr.aliyuncs.com"),
        // A region that did not exist when the table was made.
        ("mars-north-1", "hbr.mars-north-1.aliyuncs.com"),
    ] {
        assert_eq!(goes_to(&aliyun, &in_region(region)).1, host);
    }
}

#[test]
fn a_region_can_not_name_another_host() {
    let key = Credentials::new(ID, SECRET);
    for region in [
        "evil.com/",
        "evil.com",
        "x@evil.com",
        "x:1",
        "x?",
        "x#",
        "x\\y",
        "x y",
        "x\r\ny",
        "%65vil",
        "备份",
        "",
    ] {
        for error in [
            refused::<Hbr>(
                |client| client.credentials(key.clone()).region(region),
                request(),
            ),
            // The rule of the suffix makes a host of the region as well.
            refused::<Redis>(
                |client| {
                    client
                        .credentials(key.clone())
                        .region(format!("{region}.-fsi"))
                },
                request(),
            ),
        ] {
            assert!(
                error
                    .message()
                    .contains("is no name of a region: a host can't be made of it")
                    || error.message().starts_with("no region is set"),
                "{error}"
            );
        }
    }
}

#[test]
fn a_region_without_a_host_is_an_error_that_says_what_to_do() {
    assert_eq!(
        refused::<Sparse>(|client| client.region("cn-hangzhou"), request()).message(),
        "the service has no endpoint for the region `cn-hangzhou`; set one with `endpoint`"
    );
}

#[test]
fn a_host_that_needs_a_region_says_that_none_is_set() {
    // An action without a spec does not need a region by itself, but Alibaba Cloud's hosts do.
    let key = Credentials::new(ID, SECRET);
    let error = refused::<Hbr>(
        |client| client.credentials(key.clone()),
        RawRequest::new("A"),
    );
    assert!(error.message().starts_with("no region is set"), "{error}");
}
