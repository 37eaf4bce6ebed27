//! The files of Tencent Cloud's SDKs and of tccli.

use cloud_core::credentials::Credentials;

use crate::common::services::Redis;
use crate::home::Home;
use crate::source::after;

const SHARED: &str = "; keys\n[default]\nsecret_id = file-id\nsecret_key=file-s3cr3t # mine\n\n[other]\nsecret_id=no\n";
const TCCLI: &str = r#"{"secretId": "cli-id", "secretKey": "cli-s3cr3t"}"#;

fn key(name: &str) -> Credentials {
    Credentials::new(format!("{name}-id"), format!("{name}-s3cr3t"))
}

#[test]
fn every_place_has_its_turn() {
    let files = [
        (".tencentcloud/credentials", SHARED),
        (".tccli/default.credential", TCCLI),
    ];
    let variables = [
        ("TENCENTCLOUD_SECRET_ID", "env-id"),
        ("TENCENTCLOUD_SECRET_KEY", "env-s3cr3t"),
    ];
    let home = Home::with(&files, &variables);
    assert_eq!(
        home.place_of::<Redis>(&key("env")),
        "TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY"
    );
    let home = Home::with(&files, &[]);
    assert_eq!(
        home.place_of::<Redis>(&key("file")),
        "~/.tencentcloud/credentials, section [default]"
    );
    let home = Home::with(&files[1..], &[]);
    assert_eq!(
        home.place_of::<Redis>(&key("cli")),
        "~/.tccli/default.credential"
    );
}

#[test]
fn the_shared_file_is_read_as_the_sdks_read_it() {
    for text in [
        "[default]\nsecret_id=file-id\nsecret_key=file-s3cr3t",
        "[default]\r\nsecret_id = file-id\r\nsecret_key = file-s3cr3t\r\n",
        "\u{feff}[ default ]\nSecret_Id: file-id\nSECRET_KEY: file-s3cr3t\n",
        "[default]\nsecret_id=\"file-id\"\nsecret_key='file-s3cr3t'\n",
        "secret_id=no\n[other]\nsecret_key=no\n[default]\n# secret_id=no\n  secret_id = file-id ; mine\nsecret_key=file-s3cr3t\n",
        "[default]\nsecret_id=no\nsecret_id=file-id\nsecret_key=file-s3cr3t\nrole_arn=\n",
    ] {
        let home = Home::with(&[(".tencentcloud/credentials", text)], &[]);
        assert_eq!(
            home.place_of::<Redis>(&key("file")),
            "~/.tencentcloud/credentials, section [default]"
        );
    }
    let token = format!(
        "{}\n",
        SHARED.replace("[other]", "token=file-s3cr3t-token\n[other]")
    );
    let home = Home::with(
        &[("elsewhere", &token)],
        &[("TENCENTCLOUD_CREDENTIALS_FILE", "{home}/elsewhere")],
    );
    let key = key("file").with_token("file-s3cr3t-token");
    assert_eq!(
        home.place_of::<Redis>(&key),
        "~/elsewhere, section [default]"
    );
}

#[test]
fn what_is_broken_in_the_shared_file_is_said() {
    for (text, message) in [
        (
            "[default]\nsecret_id=file-id\n",
            "section [default]: half a key: `secret_id` is there, but `secret_key` is not",
        ),
        (
            "[default]\nsecret_id=\nsecret_key=file-s3cr3t\n",
            "section [default]: half a key: `secret_key` is there, but `secret_id` is not",
        ),
        (
            "[default]\n",
            "section [default]: it has no key: `secret_id` and `secret_key` are missing",
        ),
        (
            "[default]\nsecret_id=file-id\nfile-s3cr3t\n",
            "line 3: neither a `[section]` nor `name = value`",
        ),
        (
            "[default\nsecret_id=file-id\n",
            "line 1: a section that has no `]`",
        ),
    ] {
        // tccli's key is not used instead.
        let home = Home::with(
            &[
                (".tencentcloud/credentials", text),
                (".tccli/default.credential", TCCLI),
            ],
            &[],
        );
        assert_eq!(
            home.refusal::<Redis>(),
            format!("~/.tencentcloud/credentials, {message}")
        );
    }
    for (text, message) in [
        (
            "[work]\nsecret_id=file-id\n",
            "~/.tencentcloud/credentials has no section [default]",
        ),
        ("", "~/.tencentcloud/credentials has no section [default]"),
    ] {
        let home = Home::with(&[(".tencentcloud/credentials", text)], &[]);
        assert_eq!(home.refusal::<Redis>(), message);
    }
    let home = Home::with(&[], &[("TENCENTCLOUD_CREDENTIALS_FILE", "{home}/none")]);
    assert_eq!(
        home.refusal::<Redis>(),
        "there is no ~/none, which TENCENTCLOUD_CREDENTIALS_FILE names"
    );
}

#[test]
fn profiles_of_tccli() {
    let work = r#"{"type": "default", "secretId": "work-id", "secretKey": "work-s3cr3t", "token": "work-s3cr3t-token"}"#;
    let files = [
        (".tccli/default.credential", TCCLI),
        (".tccli/work.credential", work),
    ];
    let home = Home::with(&files, &[("TCCLI_PROFILE", "work")]);
    assert_eq!(
        home.place_of::<Redis>(&key("work").with_token("work-s3cr3t-token")),
        "~/.tccli/work.credential"
    );

    // Signed in with the browser: the key has an end.
    let oauth = r#"{"type": "oauth", "secretId": "cli-id", "secretKey": "cli-s3cr3t", "token": "s3cr3t", "expiresAt": 1700000900,
        "oauth": {"openId": "o", "accessToken": "s3cr3t", "expiresAt": 1700000900, "refreshToken": "s3cr3t", "site": "cn"}}"#;
    let home = Home::with(&[(".tccli/default.credential", oauth)], &[]);
    let temporary = key("cli").with_token("s3cr3t").expires_at(after(900));
    assert_eq!(
        home.place_of::<Redis>(&temporary),
        "~/.tccli/default.credential"
    );
    let explanation = home.explain::<Redis>().to_string();
    assert!(
        explanation.contains("good until 2023-11-14T22:28:20Z"),
        "{explanation}"
    );
}

#[test]
fn what_is_broken_in_a_profile_of_tccli_is_said() {
    for (text, message) in [
        (
            r#"{"secretId": "cli-id"}"#,
            "~/.tccli/default.credential: half a key: `secretId` is there, but `secretKey` is not",
        ),
        (
            r#"{"secretId": 1, "secretKey": "s3cr3t"}"#,
            "~/.tccli/default.credential: `secretId` is a number, not text",
        ),
        (
            r#"{"secretId": "cli-id", "#,
            "~/.tccli/default.credential is no JSON: EOF while parsing a value at line 1 column 23",
        ),
        ("[]", "~/.tccli/default.credential is a list, not an object"),
        (
            r#"{"type": "oauth", "secretId": "cli-id", "secretKey": "s3cr3t", "token": "s3cr3t", "expiresAt": 1699999999}"#,
            "the profile of tccli: the key in ~/.tccli/default.credential has expired at 2023-11-14T22:13:19Z: \
             renew it there, or check the clock of this computer",
        ),
        (
            r#"{"secretId": "cli-id", "secretKey": "s3cr3t", "token": "s3cr3t", "expiresAt": "soon"}"#,
            "~/.tccli/default.credential: `expiresAt` is text, not a number of seconds",
        ),
        (
            // In milliseconds it would be a year with five digits.
            r#"{"secretId": "cli-id", "secretKey": "s3cr3t", "token": "s3cr3t", "expiresAt": 1700000900000}"#,
            "~/.tccli/default.credential: `expiresAt` is not a time in seconds since 1970",
        ),
        (
            r#"{"secretId": "cli-id", "secretKey": "s3cr3t", "token": "s3cr3t", "expiresAt": 18446744073709551615}"#,
            "~/.tccli/default.credential: `expiresAt` is not a time in seconds since 1970",
        ),
        (
            r#"{"secretId": "cli-id", "secretKey": "s3cr3t", "token": "s3cr3t", "expiresAt": -1}"#,
            "~/.tccli/default.credential: `expiresAt` is not a whole number of seconds",
        ),
    ] {
        let home = Home::with(&[(".tccli/default.credential", text)], &[]);
        assert_eq!(home.refusal::<Redis>(), message);
    }
    let home = Home::with(
        &[(".tccli/default.credential", TCCLI)],
        &[("TCCLI_PROFILE", "work")],
    );
    assert_eq!(
        home.refusal::<Redis>(),
        "there is no ~/.tccli/work.credential, although TCCLI_PROFILE names the profile work"
    );
}

#[test]
fn the_region_comes_from_the_profile_of_tccli() {
    for (text, region) in [
        (
            r#"{"_sys_param": {"region": "ap-guangzhou", "output": "json"}, "redis": {"version": "2018-04-12"}}"#,
            "ap-guangzhou",
        ),
        (
            r#"{"region": "ap-beijing", "output": "json"}"#,
            "ap-beijing",
        ),
    ] {
        let files = [
            (".tccli/default.credential", TCCLI),
            (".tccli/default.configure", text),
        ];
        let settings =
            |variables: &[(&str, &str)]| Home::with(&files, variables).settings::<Redis>();
        assert_eq!(settings(&[]).region.as_deref(), Some(region));
        let variable = ("TENCENTCLOUD_REGION", "ap-env");
        assert_eq!(settings(&[variable]).region.as_deref(), Some("ap-env"));
    }
}
