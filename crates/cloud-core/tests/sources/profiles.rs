//! Profiles and sections that say where the key is: whom that makes the client ask.

use std::path::Path;

use cloud_core::CredentialSource;
use cloud_core::aliyun::credentials::{Profile, SharedFile};
use cloud_core::tencent::credentials::Profile as Tccli;
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::assume_role::{POST, aliyun_answer, form, tencent_answer, world};
use crate::world::{ID, OTHER_SECRET, PROOF, SECRET, TOKEN, World, header};

const ROLE: &str = "GET /latest/meta-data/ram/security-credentials/backups";
const UNTIL: &str = "temporary key until 2023-11-14T23:13:20Z";

/// A file that is gone with the test.
struct Written(TempDir);

impl Written {
    fn new(name: &str, text: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        Self(folder)
    }

    /// The same world, with the file in its home.
    fn home_of(&self, world: World) -> World {
        let path: &'static str = self.0.path().display().to_string().leak();
        world.variable("HOME", path)
    }
}

/// The profiles of Alibaba Cloud's command line in a home of this world.
fn profiles(profiles: &Json) -> Written {
    let text = json!({ "current": "it", "profiles": profiles }).to_string();
    Written::new(".aliyun/config.json", &text)
}

fn metadata_answer() -> String {
    json!({
        "Code": "Success", "AccessKeyId": ID, "AccessKeySecret": SECRET, "SecurityToken": TOKEN, "Expiration": "2023-11-14T23:13:20Z",
    })
    .to_string()
}

fn role(name: &str, mode: &str) -> Json {
    json!({
        "name": name, "mode": mode, "access_key_id": "other-id", "access_key_secret": OTHER_SECRET, "ram_role_arn": "r",
        "ram_session_name": "nightly", "expired_seconds": 900, "external_id": "e", "policy": "{}", "sts_region": "cn-hangzhou",
    })
}

#[test]
fn a_role_of_a_profile() {
    let written = profiles(&json!([role("it", "RamRoleArn")]));
    let world = written.home_of(world(&aliyun_answer()));
    let outcome = world.outcome(&Profile::current());
    assert!(
        outcome.starts_with(&format!(
            "{UNTIL}: ~/.aliyun/config.json, profile it: role r"
        )),
        "{outcome}"
    );
    assert_eq!(
        world.questions(),
        ["POST https://sts.cn-hangzhou.aliyuncs.com/"]
    );
    let asked = form(&world.requests()[0]);
    for (name, value) in [
        ("RoleArn", "r"),
        ("RoleSessionName", "nightly"),
        ("DurationSeconds", "900"),
        ("ExternalId", "e"),
        ("Policy", "{}"),
    ] {
        assert_eq!(asked[name], value, "{name}");
    }
}

#[test]
fn a_role_that_another_profile_takes() {
    let mut chained = role("it", "ChainableRamRoleArn");
    chained["source_profile"] = "base".into();
    let base = json!({ "name": "base", "mode": "AK", "access_key_id": "base-id", "access_key_secret": OTHER_SECRET });
    let written = profiles(&json!([chained, base]));
    let world = written.home_of(world(&aliyun_answer()));
    let outcome = world.outcome(&Profile::current());
    assert!(
        outcome.contains("profile it: role r") && outcome.contains("profile base"),
        "{outcome}"
    );
    let request = &world.requests()[0];
    assert!(header(request, "authorization").contains("Credential=base-id,"));

    let mut back = role("base", "ChainableRamRoleArn");
    back["source_profile"] = "it".into();
    chained = role("it", "ChainableRamRoleArn");
    chained["source_profile"] = "base".into();
    let written = profiles(&json!([chained, back]));
    let outcome = written
        .home_of(World::default())
        .outcome(&Profile::current());
    assert!(
        outcome.ends_with("`source_profile` goes in a circle: it → base → it"),
        "{outcome}"
    );
}

#[test]
fn the_role_of_the_machine() {
    let ini = "[default]\ntype = ecs_ram_role\nrole_name = backups\n";
    let written =
        profiles(&json!([{ "name": "it", "mode": "EcsRamRole", "ram_role_name": "backups" }]));
    let file = Written::new(".alibabacloud/credentials.ini", ini);
    let sources: [(&Written, &dyn CredentialSource, &str); 2] = [
        (
            &written,
            &Profile::current(),
            "~/.aliyun/config.json, profile it: ",
        ),
        (
            &file,
            &SharedFile::usual(),
            "~/.alibabacloud/credentials.ini, section [default]: ",
        ),
    ];
    for (written, source, place) in sources {
        let world = World::default().answer(ROLE, metadata_answer());
        let outcome = written.home_of(world).outcome(source);
        assert!(
            outcome.starts_with(&format!("{UNTIL}: {place}")),
            "{outcome}"
        );
        // A profile that names the machine is broken where there is none: the next source would be another key.
        let nobody = World::default().answer(ROLE, crate::world::Answer::Refused);
        let outcome = written
            .home_of(nobody.answer("PUT /latest/api/token", crate::world::Answer::Refused))
            .outcome(source);
        assert!(outcome.starts_with("configuration: "), "{outcome}");
        assert!(outcome.contains(place), "{outcome}");
    }
}

#[test]
fn a_token_of_a_cluster() {
    let token = Written::new("token", PROOF);
    let path = token.0.path().join("token");
    let path: &Path = &path;
    let written = profiles(&json!([{
        "name": "it", "mode": "OIDC", "ram_role_arn": "r", "oidc_provider_arn": "p", "oidc_token_file": path,
        "ram_session_name": "nightly", "expired_seconds": 1800,
    }]));
    let world = written.home_of(world(&aliyun_answer()));
    let outcome = world.outcome(&Profile::current());
    assert!(outcome.starts_with(UNTIL), "{outcome}");
    let asked = form(&world.requests()[0]);
    assert_eq!(asked["OIDCToken"], PROOF);
    assert_eq!(
        (&*asked["RoleSessionName"], &*asked["DurationSeconds"]),
        ("nightly", "1800")
    );
}

#[test]
fn an_address_and_a_program() {
    let written = profiles(
        &json!([{ "name": "it", "mode": "CredentialsURI", "credentials_uri": "http://127.0.0.1:1/key" }]),
    );
    let world = World::default().answer("GET /key", metadata_answer());
    let outcome = written.home_of(world).outcome(&Profile::current());
    assert!(outcome.starts_with(UNTIL), "{outcome}");

    let written =
        profiles(&json!([{ "name": "it", "mode": "External", "process_command": "a 'b" }]));
    let outcome = written
        .home_of(World::default())
        .outcome(&Profile::current());
    assert!(outcome.starts_with("configuration: "), "{outcome}");
    assert!(
        outcome.contains("~/.aliyun/config.json, profile it: "),
        "{outcome}"
    );
}

#[test]
fn what_a_profile_leaves_out() {
    for (profile, missing) in [
        (
            json!({ "name": "it", "mode": "RamRoleArn", "access_key_id": "i", "access_key_secret": OTHER_SECRET }),
            "ram_role_arn",
        ),
        (
            json!({ "name": "it", "mode": "RamRoleArn", "ram_role_arn": "r" }),
            "access_key_id",
        ),
        (
            json!({ "name": "it", "mode": "ChainableRamRoleArn", "ram_role_arn": "r" }),
            "source_profile",
        ),
        (
            json!({ "name": "it", "mode": "OIDC", "ram_role_arn": "r" }),
            "oidc_provider_arn",
        ),
        (
            json!({ "name": "it", "mode": "CredentialsURI" }),
            "credentials_uri",
        ),
        (
            json!({ "name": "it", "mode": "External" }),
            "process_command",
        ),
    ] {
        let outcome = profiles(&json!([profile]))
            .home_of(World::default())
            .outcome(&Profile::current());
        let expected = format!(
            "configuration: the client can't send this: ~/.aliyun/config.json, profile it: `{missing}` is missing"
        );
        assert_eq!(outcome, expected);
    }
}

#[test]
fn roles_of_tccli() {
    let key = json!({ "secretId": "other-id", "secretKey": OTHER_SECRET, "role-arn": "r", "role-session-name": "nightly" });
    let written = Written::new(".tccli/default.credential", &key.to_string());
    let world = written.home_of(world(&tencent_answer()));
    let outcome = world.outcome(&Tccli::active());
    assert!(
        outcome.starts_with(&format!("{UNTIL}: ~/.tccli/default.credential: role r")),
        "{outcome}"
    );
    assert_eq!(header(&world.requests()[0], "x-tc-action"), "AssumeRole");
    assert_eq!(
        world.requests()[0].uri().path(),
        POST.trim_start_matches("POST ")
    );

    let written = Written::new(".tccli/default.credential", r#"{"use-cvm-role": true}"#);
    let outcome = written.home_of(World::default()).outcome(&Tccli::active());
    assert!(outcome.starts_with("configuration: "), "{outcome}");
}
