//! Keys from instance metadata and token services: the emulator gives them out, and lets in who signs with them.

use std::io::Write as _;
use std::time::Duration;

use aliyun_hbr::describe_backup_clients::ClientType;
use aliyun_hbr::{DescribeBackupClients, Hbr};
use cloud_core::aliyun::credentials::{CredentialsUri, EcsRamRole, OidcRoleArn, RamRoleArn};
use cloud_core::tencent::credentials::{AssumeRole, CvmRole, WebIdentity};
use cloud_core::ucloud::credentials as ucloud;
use cloud_core::{CredentialSource, Error, Operation, Policy, Service};
use cloud_emulator::Provider::{Aliyun, Tencent, Ucloud};
use cloud_emulator::{Emulator, Fault, Rule, Verdict};
use tempfile::NamedTempFile;
use tencent_redis::{DescribeInstanceBackups, Redis};
use ucloud_udb::{DescribeUdbInstanceBackupState, Udb};

use crate::{Caller as _, Kind, Make as _, both, key};

both!(metadata, keys_of_metadata_are_let_in);
both!(roles, keys_of_roles_are_let_in);
both!(tokens, keys_for_tokens_are_let_in);
both!(expiry, an_expired_key_is_replaced);
both!(faults, token_services_that_fail_for_a_while);
both!(silence, metadata_that_are_broken_or_slow);

fn describe_udb() -> DescribeUdbInstanceBackupState {
    DescribeUdbInstanceBackupState::new(8885)
        .region("hk")
        .zone("hk-02")
}

fn describe_redis() -> DescribeInstanceBackups {
    DescribeInstanceBackups::new("crs-5a4py64p")
}

fn describe_hbr() -> DescribeBackupClients {
    DescribeBackupClients::new(ClientType::EcsClient)
}

/// Sends a request with a key from this source.
fn send<K: Kind, S: Service, O: Operation<S>>(
    emulator: &Emulator,
    source: impl CredentialSource,
    operation: O,
) -> Result<O::Response, Error> {
    let client: K::Client<S> = K::Client::make(emulator, source, Policy::new());
    client.send(operation)
}

/// What the emulator was asked, all of which it accepted: `POST / AssumeRole`.
fn accepted(emulator: &Emulator) -> Vec<String> {
    let requests = emulator.requests();
    emulator.clear_requests();
    let line = |request: &cloud_emulator::RecordedRequest| {
        assert!(
            matches!(request.verdict, Verdict::Accepted { .. }),
            "{request:#?}"
        );
        let action = request.action.as_deref().unwrap_or_default();
        format!("{} {} {action}", request.method, request.path)
            .trim_end()
            .to_owned()
    };
    requests.iter().map(line).collect()
}

const UDB: &str = "POST / DescribeUDBInstanceBackupState";
const REDIS: &str = "POST / DescribeInstanceBackups";
const HBR: &str = "POST / DescribeBackupClients";
const TAKE: &str = "POST / AssumeRole";

fn keys_of_metadata_are_let_in<K: Kind>() {
    // Without a token, Alibaba Cloud's are refused then.
    let emulator = Emulator::builder()
        .require_metadata_token()
        .start_blocking()
        .unwrap();
    let url = emulator.url();
    send::<K, Udb, _>(&emulator, ucloud::InstanceRole::at(&url), describe_udb()).unwrap();
    assert_eq!(
        accepted(&emulator),
        ["GET /meta-data/v1/uam/security-credentials", UDB]
    );
    let named = ucloud::InstanceRole::at(&url).role("emulator-role");
    send::<K, Udb, _>(&emulator, named, describe_udb()).unwrap();
    assert_eq!(
        accepted(&emulator),
        [
            "GET /meta-data/v2/iam/security-credentials/emulator-role",
            UDB
        ]
    );

    send::<K, Redis, _>(&emulator, CvmRole::at(&url), describe_redis()).unwrap();
    let path = "GET /latest/meta-data/cam/security-credentials/";
    assert_eq!(
        accepted(&emulator),
        [path, &format!("{path}emulator-role"), REDIS]
    );

    send::<K, Hbr, _>(&emulator, EcsRamRole::at(&url), describe_hbr()).unwrap();
    let path = "GET /latest/meta-data/ram/security-credentials/";
    let key = format!("{path}emulator-role");
    assert_eq!(
        accepted(&emulator),
        ["PUT /latest/api/token", path, &key, HBR]
    );

    let emulator = Emulator::start_blocking().unwrap();
    let uri = emulator.url() + key.trim_start_matches("GET ");
    send::<K, Hbr, _>(&emulator, CredentialsUri::new(uri), describe_hbr()).unwrap();
    assert_eq!(accepted(&emulator), [key.as_str(), HBR]);
}

fn keys_of_roles_are_let_in<K: Kind>() {
    let emulator = Emulator::start_blocking().unwrap();
    let url = emulator.url();
    let role = ucloud::AssumeRole::new(key(Ucloud), "ucs:iam::1:role/a").endpoint(&url);
    let chained = ucloud::AssumeRole::new(role.clone(), "ucs:iam::1:role/b").endpoint(&url);
    send::<K, Udb, _>(&emulator, role, describe_udb()).unwrap();
    assert_eq!(accepted(&emulator), [TAKE, UDB]);
    send::<K, Udb, _>(&emulator, chained, describe_udb()).unwrap();
    assert_eq!(accepted(&emulator), [TAKE, TAKE, UDB]);

    let role = AssumeRole::new(key(Tencent), "qcs::cam::uin/1:roleName/a")
        .endpoint(&url)
        .duration(Duration::from_secs(43_200));
    let chained = AssumeRole::new(role.clone(), "qcs::cam::uin/1:roleName/b").endpoint(&url);
    send::<K, Redis, _>(&emulator, role, describe_redis()).unwrap();
    assert_eq!(accepted(&emulator), [TAKE, REDIS]);
    send::<K, Redis, _>(&emulator, chained, describe_redis()).unwrap();
    assert_eq!(accepted(&emulator), [TAKE, TAKE, REDIS]);

    let role = RamRoleArn::new(key(Aliyun), "acs:ram::1:role/a")
        .endpoint(&url)
        .policy(r#"{"Version": "1", "Statement": []}"#)
        .session_name("backup monitor+1");
    let chained = RamRoleArn::new(role.clone(), "acs:ram::1:role/b").endpoint(&url);
    send::<K, Hbr, _>(&emulator, role, describe_hbr()).unwrap();
    assert_eq!(accepted(&emulator), [TAKE, HBR]);
    send::<K, Hbr, _>(&emulator, chained, describe_hbr()).unwrap();
    assert_eq!(accepted(&emulator), [TAKE, TAKE, HBR]);

    // What the emulator refuses.
    let short = AssumeRole::new(key(Tencent), "r")
        .endpoint(&url)
        .duration(Duration::ZERO);
    let error = send::<K, Redis, _>(&emulator, short, describe_redis()).unwrap_err();
    assert_eq!(error.code(), Some("InvalidParameterValue"), "{error}");
    assert!(error.message().contains("role r: "), "{error}");
    let stranger = cloud_core::Credentials::new("AKIDnobody", "s3cr3t");
    let stranger = AssumeRole::new(stranger, "r").endpoint(&url);
    let error = send::<K, Redis, _>(&emulator, stranger, describe_redis()).unwrap_err();
    assert_eq!(
        error.code(),
        Some("AuthFailure.SecretIdNotFound"),
        "{error}"
    );
}

/// A file with a web identity token, which is removed at the end.
fn token_file() -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(b"eyJhbGciOi.JSUzI1NiIs.InR5cCI6IkpXVCJ9\n")
        .unwrap();
    file
}

fn keys_for_tokens_are_let_in<K: Kind>() {
    let emulator = Emulator::start_blocking().unwrap();
    let url = emulator.url();
    let file = token_file();
    let role = WebIdentity::new("qcs::cam::uin/1:roleName/a", "OIDC", file.path()).endpoint(&url);
    send::<K, Redis, _>(&emulator, role, describe_redis()).unwrap();
    let request = &emulator.requests()[0];
    assert_eq!(request.header("authorization"), Some("SKIP"));
    assert_eq!(request.parameter("WebIdentityToken"), Some("***"));
    assert_eq!(
        accepted(&emulator),
        ["POST / AssumeRoleWithWebIdentity", REDIS]
    );

    let provider = "acs:ram::1:oidc-provider/a";
    let role = OidcRoleArn::new("acs:ram::1:role/a", provider, file.path()).endpoint(&url);
    let chained = RamRoleArn::new(role.clone(), "acs:ram::1:role/b").endpoint(&url);
    send::<K, Hbr, _>(&emulator, role, describe_hbr()).unwrap();
    let request = &emulator.requests()[0];
    assert_eq!(request.parameter("OIDCProviderArn"), Some(provider));
    assert_eq!(request.header("authorization"), None);
    assert_eq!(accepted(&emulator), ["POST / AssumeRoleWithOIDC", HBR]);
    send::<K, Hbr, _>(&emulator, chained, describe_hbr()).unwrap();
    assert_eq!(
        accepted(&emulator),
        ["POST / AssumeRoleWithOIDC", TAKE, HBR]
    );
}

/// The provider's clock says that the key has expired, whatever the client believes.
fn an_expired_key_is_replaced<K: Kind>() {
    let emulator = Emulator::start_blocking().unwrap();
    let client: K::Client<Udb> = K::Client::make(
        &emulator,
        ucloud::InstanceRole::at(emulator.url()),
        Policy::new(),
    );
    client.send(describe_udb()).unwrap();
    emulator.clear_requests();
    emulator.clock().shift(7 * 3_600);
    client.send(describe_udb()).unwrap();
    let requests = emulator.requests();
    let paths: Vec<&str> = requests
        .iter()
        .map(|request| request.path.as_str())
        .collect();
    assert_eq!(paths, ["/", "/meta-data/v1/uam/security-credentials", "/"]);
}

fn token_services_that_fail_for_a_while<K: Kind>() {
    let emulator = Emulator::start_blocking().unwrap();
    let url = emulator.url();
    let rule = |action: &str| Rule::new(Fault::Transient).action(action).times(2);
    emulator.fail(rule("AssumeRole"));
    let role = RamRoleArn::new(key(Aliyun), "r").endpoint(&url);
    send::<K, Hbr, _>(&emulator, role, describe_hbr()).unwrap();
    assert_eq!(emulator.requests().len(), 4);

    // A signature of long ago is mended here as for every other call.
    emulator.clock().shift(3_600);
    let role = AssumeRole::new(key(Tencent), "r").endpoint(&url);
    send::<K, Redis, _>(&emulator, role, describe_redis()).unwrap();
    emulator.clock().shift(0);

    let file = token_file();
    emulator.clear_requests();
    emulator.fail(rule("AssumeRoleWithWebIdentity"));
    let role = WebIdentity::new("r", "p", file.path()).endpoint(&url);
    send::<K, Redis, _>(&emulator, role, describe_redis()).unwrap();
    assert_eq!(emulator.requests().len(), 4);
}

fn metadata_that_are_broken_or_slow<K: Kind>() {
    let emulator = Emulator::start_blocking().unwrap();
    let url = emulator.url();
    let fail = |fault: Fault| {
        emulator.fail(
            Rule::new(fault)
                .path("/latest/meta-data/cam/security-credentials/")
                .times(1),
        );
    };
    let refused = |source: CvmRole| {
        let error = send::<K, Redis, _>(&emulator, source, describe_redis()).unwrap_err();
        error
            .to_string()
            .replace(&emulator.address().to_string(), "HOST")
    };
    assert_eq!(
        refused(CvmRole::at(&url).role("other")),
        "DescribeInstanceBackups: the client can't send this: instance metadata: HOST does not know the role `other`: \
         name the one that is bound to this machine, or none"
    );
    fail(Fault::Html { status: 200 });
    assert_eq!(
        refused(CvmRole::at(&url)),
        "DescribeInstanceBackups: the answer can't be read: instance metadata: HOST answers with text that is no name of a role"
    );
    fail(Fault::Html { status: 200 });
    assert_eq!(
        refused(CvmRole::at(&url).role("emulator-role")),
        "DescribeInstanceBackups: the answer can't be read: instance metadata: HOST answers with HTML or XML, \
         as proxies and login pages send it"
    );
    fail(Fault::Slow {
        head_millis: 5_000,
        body_millis: 0,
    });
    let message = refused(CvmRole::at(&url));
    assert!(message.contains("no answer from HOST: "), "{message}");
}
