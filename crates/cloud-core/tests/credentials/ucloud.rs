//! The files of UCloud's command line, as it and the Go SDK write and read them.

use cloud_core::credentials::Credentials;

use crate::common::services::Udb;
use crate::home::Home;

const CONFIG: &str = r#"[
    {"project_id": "org-3kopqz", "region": "cn-bj2", "zone": "cn-bj2-02", "base_url": "https://api.ucloud.cn/",
     "timeout_sec": 15, "profile": "default", "active": false},
    {"project_id": "org-0qakla", "region": "cn-sh2", "zone": "cn-sh2-02", "base_url": "http://api.service.ucloud.cn",
     "timeout_sec": 30, "profile": "work", "active": true, "max_retry_times": 3, "agree_upload_log": false}
]"#;

const CREDENTIAL: &str = r#"[
    {"public_key": "default-id", "private_key": "default-s3cr3t", "cookie": "", "csrf_token": "", "profile": "default"},
    {"public_key": "work-id", "private_key": "work-s3cr3t", "profile": "work"}
]"#;

const FILES: [(&str, &str); 2] = [
    (".ucloud/config.json", CONFIG),
    (".ucloud/credential.json", CREDENTIAL),
];

const VARIABLES: [(&str, &str); 2] = [
    ("UCLOUD_PUBLIC_KEY", "env-id"),
    ("UCLOUD_PRIVATE_KEY", "env-s3cr3t"),
];

fn key(name: &str) -> Credentials {
    Credentials::new(format!("{name}-id"), format!("{name}-s3cr3t"))
}

#[test]
fn the_active_profile_wins_over_the_environment() {
    let home = Home::with(&FILES, &VARIABLES);
    assert_eq!(
        home.place_of::<Udb>(&key("work")),
        "~/.ucloud/credential.json, profile work"
    );
}

#[test]
fn a_variable_names_another_profile() {
    let home = Home::with(&FILES, &[("UCLOUD_PROFILE", "default")]);
    assert_eq!(
        home.place_of::<Udb>(&key("default")),
        "~/.ucloud/credential.json, profile default"
    );
}

#[test]
fn variables_name_other_files() {
    let files = [("c.json", CONFIG), ("k/k.json", CREDENTIAL)];
    let variables = [
        ("UCLOUD_SHARED_CONFIG_FILE", "{home}/c.json"),
        ("UCLOUD_SHARED_CREDENTIAL_FILE", "~/k/k.json"),
    ];
    let home = Home::with(&files, &variables);
    assert_eq!(
        home.place_of::<Udb>(&key("work")),
        "~/k/k.json, profile work"
    );
}

#[test]
fn without_a_profile_the_environment_has_the_key() {
    let place = "UCLOUD_PUBLIC_KEY and UCLOUD_PRIVATE_KEY";
    let inactive = CONFIG.replace("true", "false");
    let region_only = r#"[{"region": "hk", "profile": "other", "active": true}]"#;
    let empty = r#"[{"public_key": "", "private_key": "", "profile": "work"}]"#;
    for files in [
        &[][..],
        // No profile is active.
        &[(".ucloud/config.json", &*inactive), FILES[1]],
        // The active one is there for its region alone.
        &[(".ucloud/config.json", region_only), FILES[1]],
        &[(".ucloud/config.json", region_only)],
        // It was never filled in.
        &[FILES[0], (".ucloud/credential.json", empty)],
        &[(".ucloud/config.json", "[]"), FILES[1]],
    ] {
        let home = Home::with(files, &VARIABLES);
        assert_eq!(home.place_of::<Udb>(&key("env")), place, "{files:?}");
    }
}

#[test]
fn settings_come_from_the_profile() {
    let home = Home::with(
        &FILES,
        &[
            ("UCLOUD_ZONE", "env-zone"),
            ("UCLOUD_PROJECT_ID", "env-project"),
        ],
    );
    let settings = home.explain::<Udb>().settings;
    // The region is the client's own.
    assert_eq!(settings.region.as_deref(), Some("r"));
    assert_eq!(settings.zone.as_deref(), Some("cn-sh2-02"));
    assert_eq!(settings.project.as_deref(), Some("org-0qakla"));
    assert_eq!(
        settings.endpoint.as_deref(),
        Some("http://api.service.ucloud.cn")
    );

    let partial = r#"[{"zone": "hk-01", "profile": "work", "active": true}]"#;
    let home = Home::with(
        &[(".ucloud/config.json", partial), FILES[1]],
        &[
            ("UCLOUD_ZONE", "env-zone"),
            ("UCLOUD_PROJECT_ID", "env-project"),
        ],
    );
    let settings = home.explain::<Udb>().settings;
    assert_eq!(settings.zone.as_deref(), Some("hk-01"));
    assert_eq!(settings.project.as_deref(), Some("env-project"));
    assert_eq!(settings.endpoint, None);
}

#[test]
fn what_is_broken_is_said() {
    let credential = |text| [FILES[0], (".ucloud/credential.json", text)];
    for (files, variables, message) in [
        (
            credential(r#"[{"public_key": "work-id", "profile": "work"}]"#),
            &[][..],
            "~/.ucloud/credential.json, profile work: half a key: `public_key` is there, but `private_key` is not",
        ),
        (
            credential(r#"[{"private_key": "s3cr3t", "profile": "work"}]"#),
            &[],
            "~/.ucloud/credential.json, profile work: half a key: `private_key` is there, but `public_key` is not",
        ),
        (
            credential(
                r#"[{"public_key": "work-id", "private_key": ["s3cr3t"], "profile": "work"}]"#,
            ),
            &[],
            "~/.ucloud/credential.json, profile work: `private_key` is a list, not text",
        ),
        (
            credential(r#"[{"public_key": "work-id", "private_key": "s3cr3t"#),
            &[],
            "~/.ucloud/credential.json is no JSON: EOF while parsing a string at line 1 column 49",
        ),
        (
            credential(r#"{"profile": "work"}"#),
            &[],
            "~/.ucloud/credential.json is an object, not a list",
        ),
        (
            credential(r#"["s3cr3t"]"#),
            &[],
            "~/.ucloud/credential.json, item 1 is text, not an object",
        ),
        (
            credential(""),
            &[],
            "~/.ucloud/credential.json is no JSON: EOF while parsing a value at line 1 column 0",
        ),
        (
            credential(
                r#"[{"profile": "work", "auth_mode": "oauth", "access_token": "s3cr3t", "refresh_token": "s3cr3t"}]"#,
            ),
            &[],
            "~/.ucloud/credential.json, profile work: it is signed in with OAuth, which only the command line can use: \
             give it keys, or choose another profile with UCLOUD_PROFILE",
        ),
        (
            FILES,
            &[("UCLOUD_PROFILE", "wrok")],
            "~/.ucloud/credential.json has no profile wrok, which UCLOUD_PROFILE names",
        ),
        (
            FILES,
            &[("UCLOUD_SHARED_CREDENTIAL_FILE", "{home}/none.json")],
            "there is no ~/none.json, which UCLOUD_SHARED_CREDENTIAL_FILE names",
        ),
    ] {
        // A key in the environment changes nothing about it: it may be another's.
        let home = Home::with(&files, &VARIABLES);
        let home = variables
            .iter()
            .fold(home, |home, (name, value)| home.variable(name, value));
        assert_eq!(home.refusal::<Udb>(), message);
    }
    let home = Home::with(&FILES[..1], &[]).folder(".ucloud/credential.json");
    assert_eq!(
        home.refusal::<Udb>(),
        "can't read ~/.ucloud/credential.json: Is a directory (os error 21)"
    );
    let home = Home::with(&FILES[..1], &[]).file(".ucloud/credential.json", b"[\xff]");
    assert_eq!(
        home.refusal::<Udb>(),
        "can't read ~/.ucloud/credential.json: it is not UTF-8"
    );
}
