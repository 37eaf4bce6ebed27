//! The same files, read by the official Python SDKs and by our clients, give the same key.
//!
//! `OFFICIAL_SDKS` names the folder in which the SDKs are installed, see the tests of `cloud-emulator`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests say what is wrong by ending"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cloud_core::{Environment, Operation, Service, blocking};
use serde_json::Value;
use tempfile::TempDir;

/// A home with these files in it, and the variables that go with it.
struct Home {
    folder: TempDir,
    variables: Vec<(&'static str, String)>,
}

impl Home {
    fn new(files: &[(&str, &str)], variables: &[(&'static str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
        }
        let home = ("HOME", folder.path().display().to_string());
        let others = variables
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()));
        let variables = [home].into_iter().chain(others).collect();
        Self { folder, variables }
    }

    /// The key that the official SDK of this provider finds.
    fn official(&self, installed: &Path, provider: &str) -> Value {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/identity/identity.py");
        let output = Command::new(installed.join("venv/bin/python"))
            .arg(program)
            .arg(provider)
            .env_clear()
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// A client that knows nothing but this home.
    fn client<S: Service>(&self) -> blocking::Client<S> {
        let environment: Environment = self.variables.iter().cloned().collect();
        let client = blocking::Client::builder().environment(environment);
        client.region("cn-test").build().unwrap()
    }
}

fn installed() -> PathBuf {
    let installed = std::env::var_os("OFFICIAL_SDKS").map(PathBuf::from);
    installed.unwrap_or_else(|| panic!("OFFICIAL_SDKS names no folder"))
}

/// What a request of the client is signed with: the key's id, and the token.
fn signed_with<S: Service>(
    client: &blocking::Client<S>,
    request: &impl Operation<S>,
    token_header: &str,
) -> (String, Option<String>) {
    let request = client.prepare(request).unwrap();
    let header = |name: &str| Some(request.headers().get(name)?.to_str().unwrap().to_owned());
    let signed = header("authorization").unwrap();
    let (_, id) = signed.split_once("Credential=").unwrap();
    let id = id.split(['/', ',']).next().unwrap();
    (id.to_owned(), header(token_header))
}

#[test]
#[ignore = "needs the official SDKs: OFFICIAL_SDKS"]
fn tencent() {
    let installed = installed();
    let file = "[default]\nsecret_id = AKIDfromtheprofile\nsecret_key=theSecret/of+the=profile\n\n[other]\nsecret_id = no\nsecret_key = no-s3cr3t\n";
    for home in [
        Home::new(&[(".tencentcloud/credentials", file)], &[]),
        Home::new(
            &[(".tencentcloud/credentials", file)],
            &[
                ("TENCENTCLOUD_SECRET_ID", "AKIDfromtheenvironment"),
                ("TENCENTCLOUD_SECRET_KEY", "another-s3cr3t"),
            ],
        ),
    ] {
        let official = home.official(&installed, "tencent");
        let request = tencent_redis::DescribeInstanceBackups::new("crs-1");
        let (id, token) =
            signed_with::<tencent_redis::Redis>(&home.client(), &request, "x-tc-token");
        assert_eq!(official["id"], id);
        assert_eq!(official["token"].as_str(), token.as_deref());
    }
}

#[test]
#[ignore = "needs the official SDKs: OFFICIAL_SDKS"]
fn aliyun() {
    let installed = installed();
    let config = r#"{
        "current": "backups",
        "profiles": [
            {"name": "default", "mode": "AK", "access_key_id": "LTAIdefault", "access_key_secret": "s3cr3t-1", "region_id": "cn-hangzhou"},
            {"name": "backups", "mode": "StsToken", "access_key_id": "STS.backups", "access_key_secret": "s3cr3t-2", "sts_token": "a+token/of=it", "region_id": "cn-beijing"}
        ]
    }"#;
    let ini = "[default]\ntype = access_key\naccess_key_id = LTAIini\naccess_key_secret = s3cr3t-3\n\n[night]\ntype = access_key\naccess_key_id = LTAInight\naccess_key_secret = s3cr3t-4\n";
    let no_metadata = ("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
    for home in [
        Home::new(&[(".aliyun/config.json", config)], &[no_metadata]),
        Home::new(
            &[(".aliyun/config.json", config)],
            &[no_metadata, ("ALIBABA_CLOUD_PROFILE", "default")],
        ),
        // The command line's profile comes before the file of the SDKs.
        Home::new(
            &[
                (".aliyun/config.json", config),
                (".alibabacloud/credentials.ini", ini),
            ],
            &[no_metadata],
        ),
        Home::new(&[(".alibabacloud/credentials.ini", ini)], &[no_metadata]),
        Home::new(
            &[(".alibabacloud/credentials.ini", ini)],
            &[no_metadata, ("ALIBABA_CLOUD_PROFILE", "night")],
        ),
        Home::new(
            &[(".aliyun/config.json", config)],
            &[
                no_metadata,
                ("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true"),
                ("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAIenv"),
                ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s3cr3t-5"),
            ],
        ),
    ] {
        let official = home.official(&installed, "aliyun");
        let request = aliyun_hbr::DescribeBackupClients::new(
            aliyun_hbr::describe_backup_clients::ClientType::EcsClient,
        );
        let (id, token) =
            signed_with::<aliyun_hbr::Hbr>(&home.client(), &request, "x-acs-security-token");
        assert_eq!(official["id"], id);
        assert_eq!(official["token"].as_str(), token.as_deref());
    }
}
