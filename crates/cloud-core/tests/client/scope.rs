//! Region, zone and project: from the request, else from the client, else from the environment.

use cloud_core::{Credentials, Effect, Metadata, Need, Operation, Params, Scope, Service};

use crate::common::memory::{ID, SECRET, bare, environment, now};
use crate::common::records::Answer;
use crate::common::services::{DescribeBackups, Hbr, Redis, Udb};
use crate::prepare::form;
use crate::{refused, request, success};

#[test]
fn what_is_missing_is_said_in_full() {
    let key = Credentials::new(ID, SECRET);
    assert_eq!(
        refused::<Udb>(|client| client.credentials(key.clone()), request()).to_string(),
        "DescribeBackups: the client can't send this: no region is set: give it to the request with `.region(…)`, \
         to the client with `Client::builder().region(…)`, or in the environment variable UCLOUD_REGION"
    );
    let without_zone = DescribeBackups {
        region: Some("cn-bj2".into()),
        ..DescribeBackups::default()
    };
    assert_eq!(
        refused::<Udb>(|client| client.credentials(key.clone()), without_zone).message(),
        "no zone is set: give it to the request with `.zone(…)`, to the client with `Client::builder().zone(…)`, \
         or in the environment variable UCLOUD_ZONE"
    );
    let error = refused::<Redis>(|client| client.credentials(key.clone()), request());
    assert!(
        error
            .message()
            .ends_with("or in the environment variable TENCENTCLOUD_REGION"),
        "{error}"
    );
    let error = refused::<Hbr>(|client| client.credentials(key.clone()), request());
    assert!(
        error
            .message()
            .ends_with("or in the environment variable ALIBABA_CLOUD_REGION_ID"),
        "{error}"
    );
}

/// An operation that can't do without a project.
struct Needy;

impl<S: Service> Operation<S> for Needy {
    type Response = Answer;

    fn metadata(&self) -> Metadata<'_> {
        Metadata::new("Needy", Effect::Read).project(Need::Required)
    }

    fn scope(&self) -> Scope<'_> {
        Scope::default()
    }

    fn encode(&self, _params: &mut Params) {}

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

#[test]
fn a_project_can_be_required_too() {
    assert_eq!(
        refused::<Udb>(|client| client, Needy).to_string(),
        "Needy: the client can't send this: no project_id is set: give it to the request with `.project_id(…)`, \
         to the client with `Client::builder().project_id(…)`, or in the environment variable UCLOUD_PROJECT_ID"
    );
}

#[test]
fn the_request_wins_over_the_client_and_the_client_over_the_environment() {
    let from_environment = || {
        bare::<Udb>(success())
            .credentials(Credentials::new(ID, SECRET))
            .environment(environment(&[
                ("UCLOUD_REGION", "env-region"),
                ("UCLOUD_ZONE", "env-zone"),
                ("UCLOUD_PROJECT_ID", "env-project"),
            ]))
    };
    let from_client = || {
        from_environment()
            .region("client-region")
            .zone("client-zone")
            .project_id("client-project")
    };
    let bare_request = DescribeBackups::default();
    let own = DescribeBackups {
        region: Some("own-region".into()),
        zone: Some("own-zone".into()),
        project: Some("own-project".into()),
        ..DescribeBackups::default()
    };
    for (client, request, who) in [
        (from_environment(), &bare_request, "env"),
        (from_client(), &bare_request, "client"),
        (from_environment(), &own, "own"),
        (from_client(), &own, "own"),
    ] {
        let sent = form(
            now(client.build().unwrap().prepare(request))
                .unwrap()
                .body(),
        );
        for (name, what) in [
            ("Region", "region"),
            ("Zone", "zone"),
            ("ProjectId", "project"),
        ] {
            assert_eq!(sent[name], format!("{who}-{what}"));
        }
    }
}

#[test]
fn the_region_of_each_provider_comes_from_its_own_variables() {
    let key = Credentials::new(ID, SECRET);
    let tencent = bare::<Redis>(success())
        .credentials(key.clone())
        .environment(environment(&[
            ("TENCENTCLOUD_REGION", "ap-x"),
            ("UCLOUD_REGION", "cn-y"),
        ]))
        .build()
        .unwrap();
    let sent = now(tencent.prepare(&request())).unwrap();
    assert_eq!(sent.headers()["x-tc-region"], "ap-x");

    for (variables, host) in [
        (
            &[
                ("ALIBABA_CLOUD_REGION_ID", "cn-a"),
                ("ALICLOUD_REGION_ID", "cn-c"),
            ][..],
            "hbr.cn-a.aliyuncs.com",
        ),
        (
            &[
                ("ALIBABACLOUD_REGION_ID", "cn-b"),
                ("ALICLOUD_REGION_ID", "cn-c"),
            ],
            "hbr.cn-b.aliyuncs.com",
        ),
        // An empty variable is none.
        (
            &[
                ("ALIBABA_CLOUD_REGION_ID", ""),
                ("ALICLOUD_REGION_ID", "cn-c"),
            ],
            "hbr.cn-c.aliyuncs.com",
        ),
    ] {
        let aliyun = bare::<Hbr>(success())
            .credentials(key.clone())
            .environment(environment(variables))
            .build()
            .unwrap();
        let sent = now(aliyun.prepare(&request())).unwrap();
        assert_eq!(sent.headers()["host"], host);
    }
}

#[test]
fn what_an_operation_does_not_take_is_not_sent() {
    let client = bare::<Udb>(success())
        .credentials(Credentials::new(ID, SECRET))
        .region("r")
        .zone("z")
        .project_id("p")
        .build()
        .unwrap();
    let sent = form(now(client.prepare(&Needy)).unwrap().body());
    assert_eq!(sent["ProjectId"], "p");
    assert!(
        !sent.contains_key("Region") && !sent.contains_key("Zone"),
        "{sent:?}"
    );

    // What is optional and nowhere set is left out.
    let client = bare::<Udb>(success())
        .credentials(Credentials::new(ID, SECRET))
        .region("r")
        .build()
        .unwrap();
    let sent = form(now(client.prepare(&request())).unwrap().body());
    assert!(!sent.contains_key("ProjectId"), "{sent:?}");
}
