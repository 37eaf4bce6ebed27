//! Where requests of each service go, by region and by what their users set.

#![allow(clippy::unwrap_used, reason = "tests say what is wrong by ending")]

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use cloud_core::{Client, Credentials, Environment, RawRequest, Service};

/// The address of a request of a client in this region.
fn address<S: Service>(region: &str, endpoint: Option<&str>, variables: &[(&str, &str)]) -> String {
    let client = Client::<S>::builder()
        .environment(Environment::from_iter(variables.iter().copied()))
        .credentials(Credentials::new("id", "s3cr3t"))
        .region(region);
    let client = match endpoint {
        Some(endpoint) => client.endpoint(endpoint),
        None => client,
    };
    let client = client.build().unwrap();
    let request = RawRequest::new("Do");
    match pin!(client.prepare(&request)).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(sent) => {
            let address = sent.unwrap().uri().to_string();
            address.trim_end_matches('/').to_owned()
        }
        Poll::Pending => unreachable!("nothing is sent"),
    }
}

#[test]
fn ucloud_has_one_host() {
    for region in ["cn-bj2", "hk", "cn-zj", "moon-1"] {
        assert_eq!(
            address::<ucloud_udb::Udb>(region, None, &[]),
            "https://api.ucloud.cn"
        );
        assert_eq!(
            address::<ucloud_usnap::Usnap>(region, None, &[]),
            "https://api.ucloud.cn"
        );
    }
    // Inside of a VPC, and other brands.
    for other in [
        "http://api.service.ucloud.cn",
        "https://api.scloudsg.com",
        "https://api.sigcalcloud.com",
        "https://api.ucloud-global.com",
    ] {
        assert_eq!(address::<ucloud_udb::Udb>("hk", Some(other), &[]), other);
        let variable = [("UCLOUD_API_BASE_URL", other)];
        assert_eq!(address::<ucloud_usnap::Usnap>("hk", None, &variable), other);
    }
}

#[test]
fn tencent_has_one_host_but_for_finance() {
    type Redis = tencent_redis::Redis;
    for region in [
        "ap-guangzhou",
        "ap-guangzhou-open",
        "na-ashburn",
        "sa-saopaulo",
        "moon-1",
    ] {
        assert_eq!(
            address::<Redis>(region, None, &[]),
            "https://redis.tencentcloudapi.com"
        );
    }
    for region in ["ap-shanghai-fsi", "ap-shenzhen-fsi", "moon-fsi"] {
        let own = format!("https://redis.{region}.tencentcloudapi.com");
        assert_eq!(address::<Redis>(region, None, &[]), own);
    }
    for other in [
        "https://redis.intl.tencentcloudapi.com",
        "https://redis.internal.tencentcloudapi.com",
        "https://redis.ai.tencentcloudapi.com",
    ] {
        assert_eq!(address::<Redis>("ap-guangzhou", Some(other), &[]), other);
        let variable = [("TENCENTCLOUD_ENDPOINT", other)];
        assert_eq!(address::<Redis>("ap-guangzhou", None, &variable), other);
    }
    let near = Some("redis.{region}.tencentcloudapi.com");
    assert_eq!(
        address::<Redis>("ap-tokyo", near, &[]),
        "https://redis.ap-tokyo.tencentcloudapi.com"
    );
}

#[test]
fn alibaba_has_a_host_for_each_region_with_exceptions() {
    type Hbr = aliyun_hbr::Hbr;
    let own = "cn-wulanchabu cn-beijing cn-qingdao cn-shanghai cn-hongkong cn-heyuan cn-zhangjiakou cn-shenzhen cn-chengdu \
               cn-guangzhou cn-huhehaote cn-hangzhou cn-zhongwei ap-northeast-1 ap-northeast-2 ap-southeast-1 ap-southeast-3 \
               ap-southeast-5 ap-southeast-6 ap-southeast-7 ap-southeast-8 us-southeast-1 na-south-1 us-east-1 us-west-1 \
               eu-central-1 eu-west-1 me-central-1 me-east-1 cn-shanghai-finance-1 cn-beijing-finance-1 cn-shenzhen-finance-1 \
               cn-hangzhou-finance moon-1";
    for region in own.split_whitespace() {
        let host = format!("https://hbr.{region}.aliyuncs.com");
        assert_eq!(address::<Hbr>(region, None, &[]), host);
    }
    let central = "ap-northeast-2-pop cn-beijing-finance-pop cn-beijing-gov-1 cn-beijing-nu16-b01 cn-edge-1 cn-fujian \
                   cn-haidian-cm12-c01 cn-hangzhou-bj-b01 cn-hangzhou-internal-prod-1 cn-hangzhou-internal-test-1 \
                   cn-hangzhou-internal-test-2 cn-hangzhou-internal-test-3 cn-hangzhou-test-306 cn-hongkong-finance-pop \
                   cn-huhehaote-nebula-1 cn-qingdao-nebula cn-shanghai-et15-b01 cn-shanghai-et2-b01 cn-shanghai-inner \
                   cn-shanghai-internal-test-1 cn-shenzhen-inner cn-shenzhen-st4-d01 cn-shenzhen-su18-b01 cn-wuhan cn-yushanfang \
                   cn-zhangbei cn-zhangbei-na61-b01 cn-zhangjiakou-na62-a01 cn-zhengzhou-nebula-1 eu-west-1-oxs rus-west-1-pop";
    for region in central.split_whitespace() {
        assert_eq!(
            address::<Hbr>(region, None, &[]),
            "https://hbr.aliyuncs.com"
        );
    }
    // Inside of a VPC: the pattern holds for every region, in code as in the environment.
    let inside = "hbr-vpc.{region}.aliyuncs.com";
    let host = "https://hbr-vpc.cn-hangzhou.aliyuncs.com";
    assert_eq!(address::<Hbr>("cn-hangzhou", Some(inside), &[]), host);
    let variable = [("ALIBABA_CLOUD_ENDPOINT", inside)];
    assert_eq!(address::<Hbr>("cn-hangzhou", None, &variable), host);
    // What is said in code wins.
    assert_eq!(
        address::<Hbr>("cn-hangzhou", Some("http://127.0.0.1:8"), &variable),
        "http://127.0.0.1:8"
    );
}
