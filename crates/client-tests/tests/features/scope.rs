//! Where a request goes, and what it says about that.

use cloud_core::{Credentials, ErrorKind, Service};
use fixture_aliyun::{DescribeBerths, OpenHarbor};
use fixture_tencent::DescribeStaff;
use fixture_ucloud::{Depot, DescribeBoxes};
use http::Method;

use crate::common::{body, now, query, sent};

#[test]
fn every_request_is_a_post_over_https() {
    for request in [
        sent(DescribeBoxes::new()),
        sent(DescribeStaff::new()),
        sent(OpenHarbor::new()),
    ] {
        assert_eq!(request.method(), Method::POST);
        assert_eq!(request.uri().scheme_str(), Some("https"));
    }
}

#[test]
fn the_first_rule_that_fits_the_region_gives_the_host() {
    let host = |request: http::Request<bytes::Bytes>| request.uri().host().unwrap().to_owned();
    assert_eq!(host(sent(DescribeBoxes::new())), "api.depot.example");
    assert_eq!(
        host(sent(DescribeBoxes::new().region("x"))),
        "api.example.com"
    );
    assert_eq!(
        host(sent(DescribeStaff::new().region("a-fsi"))),
        "orchard.a-fsi.example.com"
    );
    assert_eq!(host(sent(DescribeStaff::new())), "orchard.example.com");
    assert_eq!(
        host(sent(DescribeBerths::new().region("central"))),
        "harbor.example.com"
    );
    assert_eq!(
        host(sent(DescribeBerths::new())),
        "harbor.island.example.com"
    );
}

#[test]
fn the_scope_comes_from_the_client_and_can_be_set_on_a_request() {
    let request = DescribeBoxes::new().zone("z-1").project_id("p-1");
    let sent = body(&sent(request));
    assert_eq!(
        (&*sent["Region"], &*sent["Zone"], &*sent["ProjectId"]),
        ("island", "z-1", "p-1")
    );
    let homeless = cloud_core::Client::<Depot>::builder()
        .environment(cloud_core::Environment::from_iter::<[(&str, &str); 0]>([]))
        .credentials(Credentials::new("id", "s3cr3t"))
        .build()
        .unwrap();
    let error = now(homeless.prepare(&DescribeBoxes::new())).unwrap_err();
    assert!(error.to_string().contains("region"), "{error}");
}

#[test]
fn an_operation_may_take_nothing() {
    let request = sent(OpenHarbor::new());
    assert!(query(&request).is_empty() && body(&request).is_empty());
    assert_eq!(Depot::INFO.errors[0], ("153", ErrorKind::Throttled));
}
