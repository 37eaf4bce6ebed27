//! The files of Alibaba Cloud's command line and SDKs.

use cloud_core::credentials::Credentials;

use crate::common::services::Hbr;
use crate::home::Home;
use crate::source::after;

const CONFIG: &str = r#"{
    "current": "work",
    "profiles": [
        {"name": "default", "mode": "AK", "access_key_id": "default-id", "access_key_secret": "default-s3cr3t",
         "region_id": "cn-beijing", "output_format": "json", "language": "zh", "expired_seconds": 900},
        {"name": "work", "mode": "AK", "access_key_id": "work-id", "access_key_secret": "work-s3cr3t",
         "sts_token": "", "region_id": "cn-hangzhou", "retry_timeout": 0},
        {"name": "sts", "mode": "StsToken", "access_key_id": "sts-id", "access_key_secret": "sts-s3cr3t",
         "sts_token": "sts-s3cr3t-token", "sts_expiration": 1700000900},
        {"name": "role", "mode": "EcsRamRole", "ram_role_name": "backups"},
        {"name": "sso", "mode": "CloudSSO", "access_token": "s3cr3t"},
        {"name": "typo", "mode": "s3cr3t"},
        {"name": "none", "access_key_id": "none-id", "access_key_secret": "none-s3cr3t"},
        {"name": "half", "mode": "AK", "access_key_id": "half-id"},
        {"name": "token", "mode": "StsToken", "access_key_id": "t-id", "access_key_secret": "t-s3cr3t"},
        {"name": "over", "mode": "StsToken", "access_key_id": "o-id", "access_key_secret": "o-s3cr3t",
         "sts_token": "o-s3cr3t", "sts_expiration": 1699999999},
        {"name": "millis", "mode": "StsToken", "access_key_id": "m-id", "access_key_secret": "m-s3cr3t",
         "sts_token": "m-s3cr3t", "sts_expiration": 1700000900000},
        {"name": "number", "mode": "AK", "access_key_id": "n-id", "access_key_secret": 5},
        {"name": "empty", "mode": "AK", "access_key_id": "", "access_key_secret": ""}
    ],
    "meta_path": ""
}"#;

const INI: &str = "[default]\ntype = access_key\naccess_key_id = ini-id\naccess_key_secret = ini-s3cr3t\n\n\
    [sts]\ntype = sts\naccess_key_id = ini-id\naccess_key_secret = ini-s3cr3t\nsecurity_token = ini-s3cr3t-token\n\
    [role]\ntype = ecs_ram_role\nrole_name = backups\n[rsa]\ntype = rsa_key_pair\n[typo]\ntype = s3cr3t\n[none]\nrole_name = r\n\
    [half]\ntype = access_key\naccess_key_secret = s3cr3t\n[token]\ntype = sts\naccess_key_id = i\naccess_key_secret = s3cr3t\n";

const CLI: (&str, &str) = (".aliyun/config.json", CONFIG);
const SDK: (&str, &str) = (".alibabacloud/credentials", INI);

fn key(name: &str) -> Credentials {
    Credentials::new(format!("{name}-id"), format!("{name}-s3cr3t"))
}

#[test]
fn every_place_has_its_turn() {
    let variables = [
        ("ALIBABA_CLOUD_ACCESS_KEY_ID", "env-id"),
        ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "env-s3cr3t"),
    ];
    let home = Home::with(&[CLI, SDK], &variables);
    assert_eq!(
        home.place_of::<Hbr>(&key("env")),
        "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET"
    );
    let home = Home::with(&[CLI, SDK], &[]);
    assert_eq!(
        home.place_of::<Hbr>(&key("work")),
        "~/.aliyun/config.json, profile work"
    );
    for off in ["true", "TRUE"] {
        let home = Home::with(&[CLI, SDK], &[("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", off)]);
        assert_eq!(
            home.place_of::<Hbr>(&key("ini")),
            "~/.alibabacloud/credentials, section [default]"
        );
    }
    let home = Home::with(&[SDK], &[]);
    assert_eq!(
        home.place_of::<Hbr>(&key("ini")),
        "~/.alibabacloud/credentials, section [default]"
    );
    // The Python SDK's name of the file is looked for first.
    let home = Home::with(&[SDK, (".alibabacloud/credentials.ini", INI)], &[]);
    assert_eq!(
        home.place_of::<Hbr>(&key("ini")),
        "~/.alibabacloud/credentials.ini, section [default]"
    );
}

#[test]
fn variables_name_other_files_and_other_profiles() {
    let home = Home::with(
        &[("c.json", CONFIG)],
        &[("ALIBABA_CLOUD_CONFIG_FILE", "{home}/c.json")],
    );
    assert_eq!(home.place_of::<Hbr>(&key("work")), "~/c.json, profile work");
    for variable in [
        "ALIBABA_CLOUD_PROFILE",
        "ALIBABACLOUD_PROFILE",
        "ALICLOUD_PROFILE",
    ] {
        let home = Home::with(&[CLI], &[(variable, "default")]);
        assert_eq!(
            home.place_of::<Hbr>(&key("default")),
            "~/.aliyun/config.json, profile default"
        );
    }
    let home = Home::with(
        &[("i", INI)],
        &[
            ("ALIBABA_CLOUD_CREDENTIALS_FILE", "{home}/i"),
            ("ALIBABA_CLOUD_PROFILE", "sts"),
        ],
    );
    assert_eq!(
        home.place_of::<Hbr>(&key("ini").with_token("ini-s3cr3t-token")),
        "~/i, section [sts]"
    );
    // One name for both kinds of files: it is enough that one has it.
    let ini = INI.replace("[sts]", "[elsewhere]");
    let home = Home::with(
        &[CLI, (SDK.0, &ini)],
        &[("ALIBABA_CLOUD_PROFILE", "elsewhere")],
    );
    assert_eq!(
        home.place_of::<Hbr>(&key("ini").with_token("ini-s3cr3t-token")),
        "~/.alibabacloud/credentials, section [elsewhere]"
    );
}

#[test]
fn the_modes_of_a_profile() {
    let home = Home::with(&[CLI], &[("ALIBABA_CLOUD_PROFILE", "sts")]);
    let temporary = key("sts")
        .with_token("sts-s3cr3t-token")
        .expires_at(after(900));
    assert_eq!(
        home.place_of::<Hbr>(&temporary),
        "~/.aliyun/config.json, profile sts"
    );

    for (profile, message) in [
        (
            "sso",
            "only the command line can use the mode CloudSSO: choose another profile with ALIBABA_CLOUD_PROFILE",
        ),
        (
            "typo",
            "`mode` is none that is known, such as AK or StsToken",
        ),
        ("none", "`mode` is missing: `aliyun configure` writes it"),
        (
            "half",
            "half a key: `access_key_id` is there, but `access_key_secret` is not",
        ),
        ("token", "`sts_token` is missing"),
        ("number", "`access_key_secret` is a number, not text"),
        (
            "millis",
            "`sts_expiration` is not a time in seconds since 1970",
        ),
    ] {
        // The other file's key is not used instead.
        let home = Home::with(&[CLI, SDK], &[("ALIBABA_CLOUD_PROFILE", profile)]);
        assert_eq!(
            home.refusal::<Hbr>(),
            format!("~/.aliyun/config.json, profile {profile}: {message}")
        );
    }
    let home = Home::with(&[CLI], &[("ALIBABA_CLOUD_PROFILE", "over")]);
    assert_eq!(
        home.refusal::<Hbr>(),
        "the profile of Alibaba Cloud's command line: the key in ~/.aliyun/config.json, profile over has expired at \
         2023-11-14T22:13:19Z: renew it there, or check the clock of this computer"
    );
}

#[test]
fn a_profile_that_is_not_there_or_empty() {
    let home = Home::with(&[CLI, SDK], &[("ALIBABA_CLOUD_PROFILE", "wrok")]);
    assert_eq!(
        home.refusal::<Hbr>(),
        "~/.aliyun/config.json has no profile wrok, which ALIBABA_CLOUD_PROFILE names"
    );
    let lost = CONFIG.replace(r#""current": "work""#, r#""current": "lost""#);
    let home = Home::with(&[(CLI.0, &lost), SDK], &[]);
    assert_eq!(
        home.refusal::<Hbr>(),
        "~/.aliyun/config.json has no profile lost, which `current` names"
    );
    // What the command line writes before anybody has configured it is no key.
    for text in [
        "{}",
        r#"{"profiles": []}"#,
        &CONFIG.replace(r#""current": "work""#, r#""current": "empty""#),
    ] {
        let home = Home::with(&[(CLI.0, text), SDK], &[]);
        assert_eq!(
            home.place_of::<Hbr>(&key("ini")),
            "~/.alibabacloud/credentials, section [default]"
        );
    }
}

#[test]
fn what_is_broken_in_the_files_is_said() {
    for (text, message) in [
        (
            &CONFIG[..200],
            "~/.aliyun/config.json is no JSON: EOF while parsing a string at line 5 column 45",
        ),
        ("[]", "~/.aliyun/config.json is a list, not an object"),
        (
            r#"{"profiles": {}}"#,
            "~/.aliyun/config.json, `profiles` is an object, not a list",
        ),
        (
            r#"{"profiles": ["s3cr3t"]}"#,
            "~/.aliyun/config.json, `profiles`, item 1 is text, not an object",
        ),
        (
            r#"{"current": 1, "profiles": [{}]}"#,
            "~/.aliyun/config.json: `current` is a number, not text",
        ),
    ] {
        assert_eq!(
            Home::with(&[(CLI.0, text), SDK], &[]).refusal::<Hbr>(),
            message
        );
    }
    for (section, message) in [
        (
            "rsa",
            "the type rsa_key_pair is not supported: use an access key or a role",
        ),
        (
            "typo",
            "`type` is none that is known, such as access_key or sts",
        ),
        ("none", "`type` is missing"),
        (
            "half",
            "half a key: `access_key_secret` is there, but `access_key_id` is not",
        ),
        ("token", "`security_token` is missing"),
    ] {
        let home = Home::with(&[SDK], &[("ALIBABA_CLOUD_PROFILE", section)]);
        assert_eq!(
            home.refusal::<Hbr>(),
            format!("~/.alibabacloud/credentials, section [{section}]: {message}")
        );
    }
    let home = Home::with(&[SDK], &[("ALIBABA_CLOUD_PROFILE", "wrok")]);
    assert_eq!(
        home.refusal::<Hbr>(),
        "~/.alibabacloud/credentials has no section [wrok], which ALIBABA_CLOUD_PROFILE names"
    );
    for (variable, file) in [
        ("ALIBABA_CLOUD_CONFIG_FILE", "c"),
        ("ALIBABA_CLOUD_CREDENTIALS_FILE", "k"),
    ] {
        let home = Home::with(&[], &[(variable, &format!("{{home}}/{file}"))]);
        assert_eq!(
            home.refusal::<Hbr>(),
            format!("there is no ~/{file}, which {variable} names")
        );
    }
}

#[test]
fn the_region_comes_from_the_profile() {
    for (variables, region) in [
        (&[][..], "cn-hangzhou"),
        (&[("ALIBABA_CLOUD_PROFILE", "default")], "cn-beijing"),
        (&[("ALIBABA_CLOUD_REGION_ID", "cn-env")], "cn-env"),
    ] {
        let settings = Home::with(&[CLI], variables).settings::<Hbr>();
        assert_eq!(settings.region.as_deref(), Some(region));
    }
}
