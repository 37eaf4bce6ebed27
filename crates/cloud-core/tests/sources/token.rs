//! Roles that are taken with the token of somebody else: the token is in the body, and the request has no signature.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use cloud_core::aliyun::credentials::OidcRoleArn;
use cloud_core::tencent::credentials::WebIdentity;
use serde_json::{Value as Json, json};

use crate::assume_role::{aliyun_answer, form, tencent_answer};
use crate::world::{PROOF, World, header};

/// A file with a token, which goes with the test.
pub(crate) struct TokenFile(PathBuf);

impl TokenFile {
    pub(crate) fn new(text: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "cloud-core-token-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let path = std::env::temp_dir().join(name);
        fs::write(&path, text).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    /// The path for a variable, which lives as long as the test program.
    pub(crate) fn leak(&self) -> &'static str {
        self.path().to_owned().leak()
    }
}

impl Drop for TokenFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn world(answer: &Json) -> World {
    World::default().answer("POST /", answer.to_string())
}

/// The official SDK for Go sends this, that for Python the same in the address.
#[test]
fn what_aliyun_is_asked() {
    let file = TokenFile::new(&format!("{PROOF}\n"));
    let world = world(&aliyun_answer())
        .variable("ALIBABA_CLOUD_ROLE_ARN", "r")
        .variable("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "p")
        .variable("ALIBABA_CLOUD_OIDC_TOKEN_FILE", file.leak());
    let found = format!(
        "temporary key until 2023-11-14T23:13:20Z: role r, taken with the token in {}",
        file.path()
    );
    assert_eq!(world.outcome(&OidcRoleArn::from_env()), found);
    assert_eq!(
        world.questions(),
        [
            "POST https://sts.aliyuncs.com/?Action=AssumeRoleWithOIDC&Format=JSON&Timestamp=2023-11-14T22%3A13%3A20Z&Version=2015-04-01"
        ]
    );
    let request = &world.requests()[0];
    let mut names: Vec<&str> = request.headers().keys().map(|name| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["content-type", "host", "user-agent"]);
    assert_eq!(
        header(request, "content-type"),
        "application/x-www-form-urlencoded"
    );
    let expected = format!(
        "DurationSeconds=3600&OIDCProviderArn=p&OIDCToken={PROOF}&RoleArn=r&RoleSessionName=cloud-core-1700000000000"
    );
    assert_eq!(request.body(), &expected);

    let source = OidcRoleArn::new("r", "other", &file.0)
        .session_name("s")
        .policy("{}")
        .sts_region("cn-beijing")
        .vpc();
    assert_eq!(world.outcome(&source), found);
    assert!(
        world.questions()[1].starts_with("POST https://sts-vpc.cn-beijing.aliyuncs.com/?Action=")
    );
    let sent = form(&world.requests()[1]);
    assert_eq!(
        [
            &sent["RoleSessionName"],
            &sent["Policy"],
            &sent["OIDCProviderArn"]
        ],
        ["s", "{}", "other"]
    );
}

/// The official SDKs send this, but the token untrimmed, in the region `ap-guangzhou` (Go) and with another name of the session.
#[test]
fn what_tencent_is_asked() {
    let file = TokenFile::new(&format!("\n{PROOF}\r\n"));
    let world = world(&tencent_answer())
        .variable("TKE_ROLE_ARN", "r")
        .variable("TKE_PROVIDER_ID", "p")
        .variable("TKE_REGION", "ap-beijing")
        .variable("TKE_WEB_IDENTITY_TOKEN_FILE", file.leak());
    let found = format!(
        "temporary key until 2023-11-14T23:13:20Z: role r, taken with the token in {}",
        file.path()
    );
    assert_eq!(world.outcome(&WebIdentity::from_env()), found);
    assert_eq!(world.questions(), ["POST https://sts.tencentcloudapi.com/"]);
    let request = &world.requests()[0];
    for (name, value) in [
        ("authorization", "SKIP"),
        ("x-tc-action", "AssumeRoleWithWebIdentity"),
        ("x-tc-version", "2018-08-13"),
        ("x-tc-timestamp", "1700000000"),
        ("x-tc-region", "ap-beijing"),
        ("x-tc-token", ""),
    ] {
        assert_eq!(header(request, name), value, "{name}");
    }
    assert_eq!(
        serde_json::from_slice::<Json>(request.body()).unwrap(),
        json!({
            "ProviderId": "p", "WebIdentityToken": PROOF, "RoleArn": "r",
            "RoleSessionName": "cloud-core-1700000000000", "DurationSeconds": 7_200,
        })
    );
    // The variable belongs to the others.
    assert_eq!(world.outcome(&WebIdentity::new("r", "p", &file.0)), found);
    assert_eq!(header(&world.requests()[1], "x-tc-region"), "ap-guangzhou");
    let source = WebIdentity::from_env().region("ap-shenzhen-fsi");
    assert_eq!(world.outcome(&source), found);
    assert_eq!(
        world.questions()[2],
        "POST https://sts.ap-shenzhen-fsi.tencentcloudapi.com/"
    );
}

#[test]
fn the_file_is_read_again_each_time() {
    let file = TokenFile::new("first");
    let world = world(&aliyun_answer());
    let source = OidcRoleArn::new("r", "p", &file.0);
    world.outcome(&source);
    fs::write(&file.0, "second").unwrap();
    world.outcome(&source);
    let tokens: Vec<String> = world
        .requests()
        .iter()
        .map(|request| form(request)["OIDCToken"].clone())
        .collect();
    assert_eq!(tokens, ["first", "second"]);
}

#[test]
fn variables_that_are_not_set() {
    let aliyun = [
        "ALIBABA_CLOUD_ROLE_ARN",
        "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
        "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
    ];
    let tencent = [
        "TKE_ROLE_ARN",
        "TKE_PROVIDER_ID",
        "TKE_WEB_IDENTITY_TOKEN_FILE",
    ];
    let with = |names: &[&'static str]| {
        names
            .iter()
            .fold(World::default(), |world, name| world.variable(name, "x"))
    };
    let half = |set: &str, unset: &str| {
        format!(
            "configuration: the client can't send this: the environment has {set} but not {unset}: set both, or neither"
        )
    };
    let (oidc, web) = (OidcRoleArn::from_env(), WebIdentity::from_env());
    assert_eq!(
        with(&[]).outcome(&oidc),
        format!("absent: {} is not set", aliyun[0])
    );
    // Other sources use it too.
    assert_eq!(
        with(&aliyun[..1]).outcome(&oidc),
        format!("absent: {} is not set", aliyun[1])
    );
    assert_eq!(
        with(&aliyun[..2]).outcome(&oidc),
        half(aliyun[1], aliyun[2])
    );
    assert_eq!(
        with(&aliyun[1..]).outcome(&oidc),
        half(aliyun[1], aliyun[0])
    );
    assert_eq!(
        with(&aliyun[2..]).outcome(&oidc),
        half(aliyun[2], aliyun[0])
    );
    assert_eq!(
        with(&["TKE_REGION"]).outcome(&web),
        format!("absent: {} is not set", tencent[0])
    );
    assert_eq!(
        with(&tencent[..1]).outcome(&web),
        half(tencent[0], tencent[1])
    );
    assert_eq!(
        with(&tencent[1..]).outcome(&web),
        half(tencent[1], tencent[0])
    );
}

#[test]
fn no_token_in_the_file() {
    let empty = TokenFile::new(" \n");
    let gone = std::env::temp_dir().join("cloud-core-no-such-token");
    let what = "configuration: the client can't send this: role r: the file with the token, ";
    for (path, problem) in [(&gone, "does not exist"), (&empty.0, "is empty")] {
        let expected = format!("{what}{}, {problem}", path.display());
        let world = World::default();
        assert_eq!(world.outcome(&OidcRoleArn::new("r", "p", path)), expected);
        assert_eq!(world.outcome(&WebIdentity::new("r", "p", path)), expected);
        assert_eq!(world.questions(), [""; 0]);
    }
    let folder = std::env::temp_dir();
    let outcome = World::default().outcome(&OidcRoleArn::new("r", "p", folder));
    let expected = "configuration: the client can't send this: role r: can't read ";
    assert!(outcome.starts_with(expected), "{outcome}");
}

/// The service may quote what it was shown.
#[test]
fn a_refusal_that_quotes_the_token() {
    let file = TokenFile::new(PROOF);
    let refusal = json!({ "Code": "AuthenticationFail.OIDCToken.Invalid", "Message": format!("bad {PROOF}"), "RequestId": "r-1" });
    assert_eq!(
        world(&refusal).outcome(&OidcRoleArn::new("r", "p", &file.0)),
        "other: AssumeRoleWithOIDC: AuthenticationFail.OIDCToken.Invalid: role r: bad [secret] (request id r-1, HTTP 200)"
    );
    let error = json!({ "Code": "InvalidParameter.WebIdentityTokenError", "Message": format!("bad {PROOF}") });
    let refusal = json!({ "Response": { "Error": error, "RequestId": "r-1" } });
    assert_eq!(
        world(&refusal).outcome(&WebIdentity::new("r", "p", &file.0)),
        "invalid_parameter: AssumeRoleWithWebIdentity: InvalidParameter.WebIdentityTokenError: role r: bad [secret] \
         (request id r-1, HTTP 200)"
    );
}
