//! Keys: given or from the environment, and never half a one.

use cloud_core::aliyun::Aliyun;
use cloud_core::credentials::{Chain, Slot};
use cloud_core::tencent::Tencent;
use cloud_core::{Client, ClientBuilder, Credentials, Environment, Service};

use crate::common::memory::{Memory, bare, environment, now};
use crate::common::services::{Hbr, Redis, Udb};
use crate::prepare::form;
use crate::{refused, request, success};

/// A client that looks everywhere but where it would have to ask somebody.
fn without_metadata<S: Service>(client: ClientBuilder<S>, chain: Chain) -> ClientBuilder<S> {
    client
        .region("r")
        .credential_chain(chain.without(Slot::Metadata))
}

#[test]
fn no_key_at_all() {
    assert_eq!(
        refused::<Udb>(|client| client.region("r"), request()).to_string(),
        "DescribeBackups: the client can't send this: no credentials: set UCLOUD_PUBLIC_KEY and UCLOUD_PRIVATE_KEY, \
         or give them to the client with `Client::builder().credentials(…)`; looked at \
         the profile of UCloud's command line (there is no ~/.ucloud/config.json), the environment (UCLOUD_PUBLIC_KEY is not set)"
    );
    assert_eq!(
        refused::<Redis>(
            |client| without_metadata(client, Chain::of::<Tencent>()),
            request()
        )
        .message(),
        "no credentials: set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, \
         or give them to the client with `Client::builder().credentials(…)`; looked at \
         the environment (TENCENTCLOUD_SECRET_ID is not set), \
         the credentials file of the SDKs (there is neither ~/.tencentcloud/credentials nor /etc/tencentcloud/credentials), \
         the profile of tccli (there is no home folder: HOME is not set), \
         web identity (TKE_ROLE_ARN is not set)"
    );
    assert_eq!(
        refused::<Hbr>(
            |client| without_metadata(client, Chain::of::<Aliyun>()),
            request()
        )
        .message(),
        "no credentials: set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, \
         or give them to the client with `Client::builder().credentials(…)`; looked at \
         the environment (none of ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABACLOUD_ACCESS_KEY_ID, ALICLOUD_ACCESS_KEY_ID is set), \
         OIDC (ALIBABA_CLOUD_ROLE_ARN is not set), \
         the profile of Alibaba Cloud's command line (there is no ~/.aliyun/config.json), \
         the credentials file of the SDKs (there is neither ~/.alibabacloud/credentials.ini nor ~/.alibabacloud/credentials), \
         credentials URI (ALIBABA_CLOUD_CREDENTIALS_URI is not set)"
    );
}

#[test]
fn an_empty_key_is_refused_before_anything_is_sent() {
    for (id, secret, half) in [
        ("", "", "id and secret"),
        (" ", "\n", "id and secret"),
        ("", "s3cr3t", "id"),
        ("AKIDexample", "", "secret"),
    ] {
        let given = || Credentials::new(id, secret).with_token("s3cr3t-token");
        let message = format!(
            "the key given to the client: the key in the program itself has an empty {half}"
        );
        for error in [
            refused::<Udb>(|client| client.region("r").credentials(given()), request()),
            refused::<Redis>(|client| client.region("r").credentials(given()), request()),
            refused::<Hbr>(|client| client.region("r").credentials(given()), request()),
        ] {
            assert_eq!(error.message(), message);
        }
    }
}

#[test]
fn half_a_key() {
    for (present, missing) in [
        ("UCLOUD_PUBLIC_KEY", "UCLOUD_PRIVATE_KEY"),
        ("UCLOUD_PRIVATE_KEY", "UCLOUD_PUBLIC_KEY"),
    ] {
        // An empty variable is none.
        for variables in [
            vec![(present, "half")],
            vec![(present, "half"), (missing, "")],
        ] {
            let error = refused::<Udb>(
                |client| client.region("r").environment(environment(&variables)),
                request(),
            );
            assert_eq!(
                error.message(),
                format!("half a key: the environment has {present} but not {missing}")
            );
        }
    }
}

#[test]
fn empty_variables_are_no_key() {
    let variables = [("UCLOUD_PUBLIC_KEY", ""), ("UCLOUD_PRIVATE_KEY", "")];
    let error = refused::<Udb>(
        |client| client.region("r").environment(environment(&variables)),
        request(),
    );
    assert!(error.message().starts_with("no credentials: "), "{error}");
}

#[test]
fn half_a_key_of_one_family_is_not_filled_up_from_another() {
    let error = refused::<Hbr>(
        |client| {
            client.region("r").environment(environment(&[
                ("ALIBABA_CLOUD_ACCESS_KEY_ID", "first"),
                ("ALICLOUD_ACCESS_KEY_ID", "third"),
                ("ALICLOUD_ACCESS_KEY_SECRET", "third-secret"),
            ]))
        },
        request(),
    );
    assert_eq!(
        error.message(),
        "half a key: the environment has ALIBABA_CLOUD_ACCESS_KEY_ID but not ALIBABA_CLOUD_ACCESS_KEY_SECRET"
    );
}

#[test]
fn the_token_comes_from_the_family_of_the_key() {
    let client = |variables: &[(&str, &str)]| -> Client<Hbr> {
        bare(success())
            .region("cn-r")
            .environment(environment(variables))
            .build()
            .unwrap()
    };
    let third = [
        ("ALICLOUD_ACCESS_KEY_ID", "third"),
        ("ALICLOUD_ACCESS_KEY_SECRET", "third-secret"),
    ];
    let foreign = [
        third[0],
        third[1],
        ("ALIBABA_CLOUD_SECURITY_TOKEN", "of the first"),
    ];
    let sent = now(client(&foreign).prepare(&request())).unwrap();
    assert!(!sent.headers().contains_key("x-acs-security-token"));
    let authorization = sent.headers()["authorization"].to_str().unwrap();
    assert!(
        authorization.contains("Credential=third,"),
        "{authorization}"
    );

    let own = [
        third[0],
        third[1],
        ("ALICLOUD_SECURITY_TOKEN", "of-the-third"),
    ];
    let sent = now(client(&own).prepare(&request())).unwrap();
    assert_eq!(sent.headers()["x-acs-security-token"], "of-the-third");
    assert_eq!(sent.headers()["x-acs-accesskey-id"], "third");
}

#[test]
fn tencent_knows_three_names_of_the_token() {
    let names = [
        "TENCENTCLOUD_SESSION_TOKEN",
        "TENCENTCLOUD_TOKEN",
        "TENCENTCLOUD_SECURITY_TOKEN",
    ];
    for first in 0..names.len() {
        let key = [
            ("TENCENTCLOUD_SECRET_ID", "id"),
            ("TENCENTCLOUD_SECRET_KEY", "s3cr3t"),
        ];
        let tokens = names[first..].iter().map(|name| (*name, *name));
        let client: Client<Redis> = bare(success())
            .region("r")
            .environment(key.into_iter().chain(tokens).collect())
            .build()
            .unwrap();
        let sent = now(client.prepare(&request())).unwrap();
        assert_eq!(sent.headers()["x-tc-token"], names[first]);
    }
}

const KEY: [(&str, &str); 3] = [
    ("UCLOUD_PUBLIC_KEY", "env-id"),
    ("UCLOUD_PRIVATE_KEY", "env-secret"),
    ("UCLOUD_SECURITY_TOKEN", "env-token"),
];

#[test]
fn a_given_key_wins_over_the_environment() {
    let client = |credentials: Option<Credentials>| -> Client<Udb> {
        let client = bare(success()).region("r").environment(environment(&KEY));
        match credentials {
            Some(credentials) => client.credentials(credentials),
            None => client,
        }
        .build()
        .unwrap()
    };
    let sent = form(now(client(None).prepare(&request())).unwrap().body());
    assert_eq!(sent["PublicKey"], "env-id");
    assert_eq!(sent["SecurityToken"], "env-token");
    let own = Credentials::new("own-id", "own-secret");
    let sent = form(now(client(Some(own)).prepare(&request())).unwrap().body());
    assert_eq!(sent["PublicKey"], "own-id");
    // The token of the environment belongs to the key of the environment.
    assert!(!sent.contains_key("SecurityToken"));
}

#[test]
fn a_key_is_looked_for_when_it_is_first_needed_and_shared_by_clones() {
    let transport: Memory = success();
    let client: Client<Udb> = bare(transport.clone())
        .region("r")
        .environment(environment(&KEY))
        .build()
        .unwrap();
    let clone = client.clone();
    assert!(
        format!("{client:?}").contains("credentials: None"),
        "{client:?}"
    );
    // A future that is made and dropped needs no key either.
    drop(client.send(request()));
    assert!(
        format!("{client:?}").contains("credentials: None"),
        "{client:?}"
    );
    now(client.send(request())).unwrap();
    for client in [client, clone] {
        assert!(format!("{client:?}").contains("env-id"), "{client:?}");
    }
    assert_eq!(transport.requests().len(), 1);
}

#[test]
fn a_key_that_was_not_found_is_looked_for_again() {
    let client: Client<Udb> = bare(success()).region("r").build().unwrap();
    for _ in 0..3 {
        let error = now(client.send(request())).unwrap_err();
        assert!(error.message().starts_with("no credentials: "), "{error}");
        assert!(
            format!("{client:?}").contains("credentials: None"),
            "{client:?}"
        );
    }
}

#[test]
fn credentials_say_what_they_hold() {
    let key = Credentials::new("id", "s3cr3t");
    assert_eq!((key.id(), key.secret().expose()), ("id", "s3cr3t"));
    assert_eq!(key.token(), None);
    let temporary = key.clone().with_token("s3cr3t-token".to_owned());
    assert_eq!(temporary.token().unwrap().expose(), "s3cr3t-token");
    assert_ne!(key, temporary);
    let variables: Environment = [("A".to_owned(), "1".to_owned())].into_iter().collect();
    assert_eq!(format!("{variables:?}"), r#"{"A"}"#);
    assert_eq!(
        format!("{:?}", Environment::process()),
        "Environment(process)"
    );
}
